"""Small models, generated and used: one for each rule, and for each bug once found."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
import warnings
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import Any, get_type_hints

import attrs
import pytest
from botocore.model import ServiceModel

from botosmith.runtime import (
    ServiceError,
    ValidationError,
    from_boto3,
    from_wire,
    schema,
    to_boto3,
    to_wire,
    validate,
)
from botosmith.runtime.schema import hints

TEXT = {"type": "string"}


def structure(members: dict[str, str], **traits: Any) -> dict[str, Any]:
    """A structure whose members have just a shape."""
    references = {name: {"shape": shape} for name, shape in members.items()}
    return {"type": "structure", "members": references, **traits}


def attribute_names(generated: type) -> list[str]:
    """The attributes of a generated class's members."""
    return [field.attribute for field in schema.fields(generated)]


def test_names_that_python_keeps_for_itself(generate: Any) -> None:
    """A keyword takes an underscore, and the wire keeps the model's name."""
    parcels = generate(
        {
            "Box": structure({"class": "Text", "From": "Text", "Self": "Text"}),
            "Text": TEXT,
        }
    )

    box = parcels.Box(class_="a", from_="b", self_="c")

    assert to_wire(box) == {"class": "a", "From": "b", "Self": "c"}
    assert from_wire(parcels.Box, to_wire(box)) == box


def test_names_that_fall_together(generate: Any) -> None:
    """An identifier keeps its name, the others are numbered by the alphabet."""
    parcels = generate(
        {
            "Box": structure({"FooBar": "Text", "fooBar": "Text", "foo_bar": "Text"}),
            "box": structure(
                {"a-b": "Text", "a.b": "Text", "1st": "Text", "é": "Text"}
            ),
            "Text": TEXT,
        }
    )

    assert attribute_names(parcels.Box) == ["foo_bar_2", "foo_bar_3", "foo_bar"]
    assert attribute_names(parcels.Box_2) == ["a_b", "a_b_2", "member_1st", "member"]
    box = parcels.Box_2(a_b="1", a_b_2="2", member_1st="3", member="4")
    assert to_wire(box) == {"a-b": "1", "a.b": "2", "1st": "3", "é": "4"}


def test_members_named_like_what_their_module_uses(generate: Any) -> None:
    """They keep their names; the module calls its imports something else."""
    names = [
        "Field",
        "Define",
        "Wire",
        "Read",
        "Write",
        "Str",
        "Int",
        "List",
        "Dict",
        "Bool",
        "Float",
        "Bytes",
        "Datetime",
        "Classmethod",
        "WarnDeprecated",
        "Data",
        "Get",
        "Made",
        "Cls",
        "Item",
        "Key",
    ]
    members: dict[str, Any] = {name: {"shape": "Texts"} for name in names}
    members["Old"] = {"shape": "Text", "deprecated": True}
    members["At"] = {"shape": "Time"}
    parcels = generate(
        {
            "Box": {"type": "structure", "members": members},
            "Texts": {"type": "list", "member": {"shape": "Map"}},
            "Map": {
                "type": "map",
                "key": {"shape": "Text"},
                "value": {"shape": "Text"},
            },
            "Text": TEXT,
            "Time": {"type": "timestamp"},
        }
    )

    box = parcels.Box(
        **{name.lower(): [{"k": "v"}] for name in names if name != "WarnDeprecated"},
        warn_deprecated=[],
        at=datetime(2024, 1, 1, tzinfo=UTC),
    )

    assert from_wire(parcels.Box, to_wire(box)) == box
    assert to_wire(box)["List"] == [{"k": "v"}]


def test_shapes_named_like_what_their_module_uses(generate: Any) -> None:
    """They keep their names, too; only what every package exports comes first."""
    names = ["Any", "Self", "Structure", "Union", "Request", "Response", "Mapping"]
    shapes: dict[str, Any] = {
        name: structure({"Next": "OpenEnum", "Others": "Texts"}) for name in names
    }
    parcels = generate(
        {
            **shapes,
            "OpenEnum": {"type": "string", "enum": ["a"]},
            "Sequence": structure({name: name for name in names}),
            "Client": structure({"Text": "Text"}),
            "OPERATIONS": structure({"Text": "Text"}),
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Text": TEXT,
        },
        {"Read": {"input": {"shape": "Sequence"}, "output": {"shape": "Any"}}},
    )

    parts = {name.lower(): getattr(parcels, name)(next="a") for name in names}
    parts["self_"] = parts.pop("self")
    whole = parcels.Sequence(**parts)

    assert from_wire(parcels.Sequence, to_wire(whole)) == whole
    assert parcels.Client_(text="x").text == "x"
    assert parcels.OPERATIONS_(text="x").text == "x"
    assert list(parcels.OPERATIONS) == ["Read"]
    assert parcels.read is parcels.Client.read


def test_operations_named_like_what_the_client_has(generate: Any) -> None:
    """A client's own names come first; a member called client gives way to it."""
    parcels = generate(
        {"In": structure({"Client": "Text"}), "Text": TEXT},
        {"Send": {"input": {"shape": "In"}}, "Close": {}, "Import": {}},
    )

    assert attribute_names(parcels.In) == ["client_"]
    assert [entry.function.__name__ for entry in parcels.OPERATIONS.values()] == [
        "send_",
        "close_",
        "import_",
    ]
    assert callable(parcels.Client.send_)
    assert parcels.CloseRequest() == parcels.CloseRequest()


def test_enum_values_become_names(generate: Any) -> None:
    """Whatever a value is made of, it has a member, and its own text."""
    values = ["ml.m5.4xlarge", "InService", "IN_SERVICE", "2.0", "", "*", "+", "a b"]
    parcels = generate({"Kind": {"type": "string", "enum": values}})

    assert {member.name: member.value for member in parcels.Kind} == {
        "ML_M5_4XLARGE": "ml.m5.4xlarge",
        "IN_SERVICE_2": "InService",
        "IN_SERVICE": "IN_SERVICE",
        "VALUE_2_0": "2.0",
        "VALUE": "",
        "VALUE_2": "*",
        "VALUE_3": "+",
        "A_B": "a b",
    }


def test_shared_and_missing_ends_get_classes_of_their_own(generate: Any) -> None:
    """Every operation has its own request and reply, whatever shapes it shares."""
    parcels = generate(
        {
            "Shared": structure({"Name": "Text"}, required=["Name"]),
            "Holder": structure({"Shared": "Shared"}),
            "Text": TEXT,
        },
        {
            "One": {"input": {"shape": "Shared"}, "output": {"shape": "Shared"}},
            "Two": {"input": {"shape": "Shared"}},
            "Three": {"output": {"shape": "Holder"}},
        },
    )

    requests = [operation.request for operation in parcels.OPERATIONS.values()]
    responses = [operation.response for operation in parcels.OPERATIONS.values()]

    assert [cls.__name__ for cls in requests] == [
        "OneRequest",
        "TwoRequest",
        "ThreeRequest",
    ]
    assert [cls.__name__ for cls in responses] == [
        "OneResponse",
        "TwoResponse",
        "Holder",
    ]
    assert to_wire(parcels.OneRequest(name="x")) == to_wire(parcels.Shared(name="x"))
    assert attribute_names(parcels.OneResponse) == ["name"]


def test_unions_hold_exactly_one_member(generate: Any) -> None:
    """None and two are refused; one that is new is kept, value and all."""
    parcels = generate(
        {
            "Either": structure(
                {"Left": "Text", "SdkUnknownMember": "Text"}, union=True
            ),
            "Text": TEXT,
        }
    )

    left = parcels.Either(left="x")
    new = from_wire(parcels.Either, {"Middle": {"deep": 1}})

    assert from_wire(parcels.Either, {"Left": "x", "__type": "t"}) == left
    assert to_wire(new) == {"Middle": {"deep": 1}}
    assert new.sdk_unknown_member.name == "Middle"
    assert to_boto3(new) == {"SDK_UNKNOWN_MEMBER": {"name": "Middle"}}
    assert from_boto3(parcels.Either, to_boto3(new)) == new
    for wrong in (parcels.Either(), parcels.Either(left="x", sdk_unknown_member_="y")):
        with pytest.raises(ValidationError, match="exactly one"):
            to_wire(wrong)


def test_recursive_shapes_share_a_module(generate: Any) -> None:
    """Trees and mutual recursion work, whichever class comes first."""
    parcels = generate(
        {
            "Leaf": structure({"Tree": "Tree", "Leaves": "Leaves"}),
            "Tree": structure({"Leaf": "Leaf", "Name": "Text"}),
            "Leaves": {"type": "list", "member": {"shape": "Leaf"}},
            "Text": TEXT,
        }
    )

    tree = parcels.Tree(leaf=parcels.Leaf(leaves=[parcels.Leaf(tree=parcels.Tree())]))

    assert from_wire(parcels.Tree, to_wire(tree)) == tree
    assert from_boto3(parcels.Tree, to_boto3(tree)) == tree
    assert parcels.Tree.__module__ == parcels.Leaf.__module__


def test_idempotency_token_may_be_left_out(generate: Any) -> None:
    """Even where the model requires it, since the client fills it in."""
    members = {"Token": {"shape": "Text", "idempotencyToken": True}}
    parcels = generate(
        {
            "In": {"type": "structure", "members": members, "required": ["Token"]},
            "Text": TEXT,
        },
        {"Open": {"input": {"shape": "In"}}},
    )

    assert to_wire(parcels.In()) == {}
    assert [token.name for token in parcels.In._tokens] == ["Token"]


def test_deprecation_is_told(generate: Any) -> None:
    """A deprecated member warns when it is sent, once, and its operation knows."""
    old = {"shape": "Text", "deprecated": True, "deprecatedMessage": "Use New."}
    parcels = generate(
        {"In": {"type": "structure", "members": {"Old": old}}, "Text": TEXT},
        {"Open": {"input": {"shape": "In"}, "deprecated": True}},
    )

    with pytest.warns(DeprecationWarning, match=r"In\.old is deprecated: Use New"):
        assert to_wire(parcels.In(old="x")) == {"Old": "x"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        to_wire(parcels.In(old="x"))
    assert parcels.In._deprecated
    assert "Deprecated: the model gives no reason" in parcels.open.__doc__


def test_sensitive_values_are_masked_wherever_they_hide(generate: Any) -> None:
    """In the shape itself, in a list or map of it, and in errors about them."""
    parcels = generate(
        {
            "Box": structure({"One": "Secret", "Many": "Secrets", "Open": "Text"}),
            "Secret": {"type": "string", "sensitive": True, "max": 5},
            "Secrets": {"type": "list", "member": {"shape": "Secret"}},
            "Text": TEXT,
        }
    )

    box = parcels.Box(one="hush-hush", many=["hush-hush"], open="hello")

    assert repr(box) == "Box(one=***, many=***, open='hello')"
    with pytest.raises(ValidationError) as caught:
        to_wire(box)
    assert "hush" not in str(caught.value)
    assert "many[0]: *** has 9 characters" in str(caught.value)


def test_keys_of_sensitive_maps_are_masked(generate: Any) -> None:
    """A violation's path names no key that a sensitive member holds."""
    parcels = generate(
        {
            "Box": structure({"Codes": "Codes"}),
            "Codes": {
                "type": "map",
                "key": {"shape": "Short"},
                "value": {"shape": "Text"},
                "sensitive": True,
            },
            "Short": {"type": "string", "max": 3},
            "Text": TEXT,
        }
    )

    with pytest.raises(ValidationError) as sent:
        to_wire(parcels.Box(codes={"hush'hush": 1, 'hu"sh': "x"}))
    with pytest.raises(ValidationError) as given:
        from_boto3(parcels.Box, {"Codes": {"hush": 1}})

    assert "hu" not in f"{sent.value} {given.value}"
    assert "codes (key ***): *** has 9 characters" in str(sent.value)
    assert "codes[***]: *** is of type int" in str(sent.value)


def test_a_reply_made_by_hand_had_no_exchange(generate: Any) -> None:
    """Its metadata is there all the same, and says so."""
    parcels = generate({}, {"Open": {}})

    for reply in (parcels.OpenResponse(), from_wire(parcels.OpenResponse, {})):
        assert reply.response_metadata.attempts == 0
        assert reply.response_metadata.request_id is None


def test_what_is_no_object_of_ours_is_told(generate: Any) -> None:
    """Dictionaries, classes and other people's clients get a TypeError that says so."""
    parcels = generate({"Box": structure({})}, {"Open": {}})
    not_ours: list[Any] = [{}, parcels.Box, None]

    for wrong in not_ours:
        with pytest.raises(TypeError, match="generated class"):
            validate(wrong)
        with pytest.raises(TypeError, match="generated class"):
            to_boto3(wrong)
    with pytest.raises(TypeError, match="generated class"):
        from_boto3(not_ours[0].__class__, {})
    with pytest.raises(TypeError, match="client: expected a client of inline"):
        parcels.open("boto3")


def test_every_type_goes_both_ways(generate: Any) -> None:
    """Bytes, numbers that JSON cannot write, instants in each format, nested lists."""
    parcels = generate(
        {
            "Box": {
                "type": "structure",
                "members": {
                    "Blob": {"shape": "Blob"},
                    "Float": {"shape": "Float"},
                    "Long": {"shape": "Long"},
                    "Flag": {"shape": "Flag"},
                    "Plain": {"shape": "Time"},
                    "Iso": {"shape": "IsoTime"},
                    "Rfc": {"shape": "Time", "timestampFormat": "rfc822"},
                    "Grid": {"shape": "Grid"},
                    "Kinds": {"shape": "Kinds"},
                    "Named": {"shape": "Text", "locationName": "other-name"},
                },
            },
            "Blob": {"type": "blob", "max": 9},
            "Float": {"type": "float"},
            "Long": {"type": "long"},
            "Flag": {"type": "boolean"},
            "Time": {"type": "timestamp"},
            "IsoTime": {"type": "timestamp", "timestampFormat": "iso8601"},
            "Grid": {"type": "list", "member": {"shape": "Row"}},
            "Row": {"type": "list", "member": {"shape": "Long"}, "max": 3},
            "Kinds": {
                "type": "map",
                "key": {"shape": "Kind"},
                "value": {"shape": "Grid"},
            },
            "Kind": {"type": "string", "enum": ["k"]},
            "Text": TEXT,
        }
    )
    moment = datetime(2024, 2, 29, 12, 30, 15, tzinfo=UTC)

    box = parcels.Box(
        blob=b"\x00\xff",
        float=float("-inf"),
        long=2**40,
        flag=False,
        plain=moment.replace(microsecond=5),
        iso=moment.replace(microsecond=500),
        rfc=moment,
        grid=[[1], [], [2, 3]],
        kinds={"k": [[0]], "new": []},
        named="x",
    )
    document = to_wire(box)

    assert document == {
        "Blob": "AP8=",
        "Float": "-Infinity",
        "Long": 2**40,
        "Flag": False,
        "Plain": 1709209815.000005,
        "Iso": "2024-02-29T12:30:15.000500Z",
        "Rfc": "Thu, 29 Feb 2024 12:30:15 GMT",
        "Grid": [[1], [], [2, 3]],
        "Kinds": {"k": [[0]], "new": []},
        "other-name": "x",
    }
    assert from_wire(parcels.Box, json.loads(json.dumps(document))) == box
    assert from_boto3(parcels.Box, to_boto3(box)) == box
    assert to_boto3(box)["Named"] == "x"


def test_errors_are_exceptions_with_members(generate: Any) -> None:
    """A modelled error has its members as attributes, and never loses its own."""
    parcels = generate(
        {
            "LockerTaken": structure(
                {
                    "message": "Text",
                    "LockerId": "Text",
                    "Args": "Text",
                    "Until": "Time",
                },
                exception=True,
            ),
            "Time": {"type": "timestamp"},
            "Text": TEXT,
        },
        {"Open": {"errors": [{"shape": "LockerTaken"}]}},
    )
    response = {
        "Error": {"Code": "LockerTaken", "Message": "no"},
        "LockerId": "7",
        "Until": datetime(2024, 1, 1, tzinfo=UTC),
    }

    error = parcels.LockerTaken(response, "Open")

    assert parcels.OPERATIONS["Open"].errors == (parcels.LockerTaken,)
    assert issubclass(parcels.LockerTaken, parcels.ParcelsError)
    assert issubclass(parcels.ParcelsError, ServiceError)
    assert (error.locker_id, error.args_, error.until.year) == ("7", None, 2024)


def test_an_error_that_is_also_a_member_has_two_classes(generate: Any) -> None:
    """Data shapes are not an exception: the shape in another shape is a structure."""
    parcels = generate(
        {
            "Taken": structure({"Box": "Box"}, exception=True, error={"code": "A.B"}),
            "Box": structure({"Reason": "Taken", "Text": "Text"}),
            "Text": TEXT,
        },
        {"Open": {"output": {"shape": "Box"}, "errors": [{"shape": "Taken"}]}},
    )

    box = parcels.Box(reason=parcels.TakenDetails(box=parcels.Box(text="x")))

    assert to_wire(box) == {"Reason": {"Box": {"Text": "x"}}}
    assert issubclass(parcels.Taken, ServiceError)
    assert parcels.Taken._code == "A.B"


def test_an_error_that_is_also_a_request(generate: Any) -> None:
    """Its members keep clear of what a call takes beside them."""
    parcels = generate(
        {
            "Taken": structure({"Client": "Text", "Code": "Text"}, exception=True),
            "Text": TEXT,
        },
        {"Open": {"input": {"shape": "Taken"}, "errors": [{"shape": "Taken"}]}},
    )

    operation = parcels.OPERATIONS["Open"]
    parameters = inspect.signature(operation.function).parameters

    assert attribute_names(operation.request) == ["client_", "code_"]
    assert list(parameters) == ["client", "client_", "code_"]
    assert issubclass(parcels.Taken, ServiceError)


def test_text_that_python_would_read_is_quoted(generate: Any) -> None:
    """In operation names, titles, values, patterns, and documentation."""
    odd = 'a"b\\c\n"""\ud800 {{ x }} \\N{'
    parcels = generate(
        {
            "Box": {
                "type": "structure",
                "documentation": f"<p>{odd}</p>",
                "members": {odd: {"shape": "Text", "documentation": odd}},
            },
            "Text": {"type": "string", "pattern": odd},
            "Kind": {"type": "string", "enum": [odd]},
        },
        {odd: {"input": {"shape": "Box"}, "documentation": odd}, "Op": {}},
    )

    (member,), (kind,) = schema.fields(parcels.Box), list(parcels.Kind)

    assert list(parcels.OPERATIONS) == [odd, "Op"]
    assert member.member.name == odd
    assert isinstance(member.member.type, schema.String)
    assert member.member.type.pattern == odd
    assert kind.value == odd
    assert callable(parcels.Client.op_)
    # CPython refuses a class whose docstring has a lone surrogate.
    assert "\\ud800" in parcels.Box.__doc__


def test_descriptions_do_not_mind_what_members_are_called(generate: Any) -> None:
    """Names that the annotations themselves need, and shapes that come later."""
    names = ("annotated", "box", "int", "list", "str", "type", "schema", "Annotated")
    parcels = generate(
        {
            "Box": structure(dict.fromkeys(names, "Wire"), required=["str", "schema"]),
            "Wire": structure({"str": "Text", "list": "Texts", "Box": "Box"}),
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Text": TEXT,
        },
    )

    assert [field.member.name for field in schema.fields(parcels.Box)] == list(names)
    for field in schema.fields(parcels.Box):
        assert isinstance(field.member.type, schema.Structure)
        assert field.member.type.structure is parcels.Wire
        assert field.required == (field.member.name in {"str", "schema"})
    hints = get_type_hints(parcels.Wire)
    assert hints == {
        "str": str | None,
        "list": Sequence[str] | None,
        "box": parcels.Box | None,
    }


def test_members_are_those_of_the_generated_class(generate: Any) -> None:
    """An attribute of a user's subclass is not a member, and may lack at run time."""
    parcels = generate({"Box": structure({"Name": "Text"}), "Text": TEXT})

    @attrs.define(kw_only=True, eq=False, repr=False)
    class Crate(parcels.Box):  # type: ignore[misc, name-defined]
        name: str = "crate"
        maker: ForTypeCheckers | None = None  # type: ignore[name-defined] # noqa: F821

    assert attribute_names(Crate) == ["name"]
    assert repr(Crate(maker=7)) == "Crate(name='crate')"
    assert to_boto3(Crate()) == {"Name": "crate"}


def test_endpoints_see_the_members_that_they_depend_on(generate: Any) -> None:
    """The slim model keeps these members of an input, and nothing else of it."""
    parcels = generate(
        {
            "In": {
                "type": "structure",
                "members": {
                    "Table": {"shape": "Text", "contextParam": {"name": "ResourceArn"}},
                    "Other": {"shape": "Text"},
                },
            },
            "Text": TEXT,
        },
        {"Open": {"input": {"shape": "In"}}, "Shut": {}},
    )
    home = files(parcels) / "data" / "parcels" / "2024-03-01"
    slim = ServiceModel(json.loads((home / "operations.json").read_text()), "parcels")

    (parameter,) = slim.operation_model("Open").context_parameters
    assert (parameter.name, parameter.member_name) == ("ResourceArn", "Table")
    kept = slim.operation_model("Open").input_shape
    assert kept is not None
    assert list(kept.members) == ["Table"]
    assert slim.operation_model("Shut").input_shape is None


@pytest.mark.parametrize(
    ("trait", "member", "is_plain"),
    [
        ({}, {}, False),
        ({"endpointdiscovery": {"required": True}}, {}, False),
        (
            {"endpointdiscovery": {"required": True}},
            {"endpointdiscoveryid": True},
            True,
        ),
        ({"endpointoperation": True}, {}, True),
        ({"httpChecksum": {"requestAlgorithmMember": "Sum"}}, {}, True),
    ],
)
def test_operations_that_need_their_shapes_take_the_plain_path(
    trait: dict[str, Any],
    member: dict[str, Any],
    is_plain: bool,  # noqa: FBT001 - a parameter of the test
    generate: Any,
) -> None:
    """A slim model cannot tell botocore where to find endpoints, or what to sum up."""
    parcels = generate(
        {
            "In": {
                "type": "structure",
                "members": {"Table": {"shape": "Text", **member}},
            },
            "Text": TEXT,
        },
        {"Open": {"input": {"shape": "In"}, **trait}, "Shut": {}},
    )

    assert parcels.OPERATIONS["Open"].request._is_plain is is_plain
    assert not parcels.OPERATIONS["Shut"].request._is_plain


def test_replies_are_read_leniently(generate: Any) -> None:
    """A member that the model requires may be absent, null, or newer than the model."""
    parcels = generate(
        {
            "Out": structure({"Name": "Text", "Names": "Texts"}, required=["Name"]),
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Text": TEXT,
        },
        {"Open": {"output": {"shape": "Out"}}},
    )

    document = {"Names": ["a", None], "New": {"x": 1}}
    made = from_wire(parcels.Out, document, unknown="ignore")

    assert made.name is None
    assert made.names == ["a", None]
    assert from_wire(parcels.Out, {"Name": None}).name is None


def test_unset_is_none_and_nothing_else(generate: Any) -> None:
    """0, False, and whatever is empty are values, and are sent."""
    parcels = generate(
        {
            "Box": structure(
                {"Zero": "Number", "No": "Flag", "Empty": "Text", "None": "Texts"}
            ),
            "Number": {"type": "integer"},
            "Flag": {"type": "boolean"},
            "Texts": {"type": "list", "member": {"shape": "Text"}},
            "Text": TEXT,
        }
    )

    box = parcels.Box(zero=0, no=False, empty="", none=[])

    assert to_wire(box) == {"Zero": 0, "No": False, "Empty": "", "None": []}
    assert to_wire(attrs.evolve(box, zero=None)) == {
        "No": False,
        "Empty": "",
        "None": [],
    }


def test_same_input_same_bytes() -> None:
    """Nothing in the output depends on the run, such as the order of a set."""
    program = (
        "import hashlib\n"
        "from botosmith.generator.build.pipeline import build_service, open_models\n"
        "files = build_service(open_models(None), 'sqs', package='p')\n"
        "print(hashlib.sha256(repr(list(files.items())).encode()).hexdigest())\n"
    )

    digests = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2", "3")
    }

    assert len(digests) == 1
    assert len(digests.pop().strip()) == 64


def test_bounds_of_an_enum_are_those_of_text(generate: Any) -> None:
    """A value that may not be sent is told with the rule that it breaks."""
    parcels = generate(
        {
            "Box": structure({"Size": "Size"}),
            "Size": {"type": "string", "enum": ["S", "XL"], "min": 1, "max": 2},
        }
    )

    assert to_wire(parcels.Box(size="XS")) == {"Size": "XS"}
    with pytest.raises(ValidationError) as caught:
        to_wire(parcels.Box(size="XXL"))
    assert "size: 'XXL' has 3 characters, more than the maximum 2" in str(caught.value)


def test_annotations_say_each_type_once(generate: Any) -> None:
    """Traits beside a reference add bounds, or name its type if it is not visible."""
    bounds = {"min": 1, "max": 9}
    shapes = {
        "Text": TEXT,
        "Bounded": {**TEXT, **bounds, "pattern": "[a-z]"},
        "Kind": {**TEXT, "enum": ["a"], **bounds, "pattern": "[a-z]"},
        "Flag": {"type": "boolean", **bounds},
        "Count": {"type": "long", **bounds},
        "Share": {"type": "double", **bounds},
        "Bytes": {"type": "blob", **bounds},
        "Moment": {"type": "timestamp"},
        "Date": {"type": "timestamp", "timestampFormat": "iso8601"},
        "Inner": structure({"Again": "Inner", "Text": "Text"}),
        "Inners": {"type": "list", "member": {"shape": "Inner"}, **bounds},
        "Kinds": {"type": "list", "member": {"shape": "Plain"}},
        "Plain": {**TEXT, "enum": ["b"]},
        "Words": {"type": "list", "member": {"shape": "Bounded"}},
        "Gaps": {"type": "list", "member": {"shape": "Text"}, "sparse": True},
        "Rows": {"type": "list", "member": {"shape": "Inners"}},
        "Table": {
            "type": "map",
            "key": {"shape": "Plain"},
            "value": {"shape": "Kinds"},
            **bounds,
        },
        "Anything": {"type": "structure", "members": {}, "document": True},
        "Mark": {"type": "boolean", **bounds},
        "Marks": {"type": "list", "member": {"shape": "Mark"}},
    }
    box = structure({name: name for name in shapes if name != "Inner"})
    box["members"]["Late"] = {"shape": "Moment", "timestampFormat": "rfc822"}
    box["members"]["Host"] = {"shape": "Text", "hostLabel": True}
    box["members"]["Marked"] = {"shape": "Marks"}
    parcels = generate({**shapes, "Box": box})

    described = {
        field.member.name: field.member.type for field in schema.fields(parcels.Box)
    }
    module = inspect.getsource(sys.modules[parcels.Box.__module__])
    told = set(re.findall(r'schema\.member\(\s*"(\w+)",\s*schema\.', module))

    assert told == {"Date", "Words", "Gaps", "Rows", "Anything", "Late"}
    inners = schema.List(schema.Structure(parcels.Inner), 1, 9)
    kinds = schema.List(schema.Enum(parcels.Plain))
    expected = {
        "Text": schema.String(),
        "Bounded": schema.String(1, 9, "[a-z]"),
        "Kind": schema.Enum(parcels.Kind, 1, 9),
        "Flag": schema.Boolean(),
        "Count": schema.Integer(1, 9),
        "Share": schema.Float(1, 9),
        "Bytes": schema.Blob(1, 9),
        "Moment": schema.Timestamp(),
        "Date": schema.Timestamp("iso8601"),
        "Inners": inners,
        "Kinds": kinds,
        "Plain": schema.Enum(parcels.Plain),
        "Words": schema.List(schema.String(1, 9, "[a-z]")),
        "Gaps": schema.List(schema.String(), sparse=True),
        "Rows": schema.List(inners),
        "Table": schema.Map(schema.Enum(parcels.Plain), kinds, 1, 9),
        "Anything": schema.Document(),
        "Mark": schema.Boolean(),
        "Marks": schema.List(schema.Boolean()),
        "Late": schema.Timestamp("rfc822"),
        "Host": schema.String(1),
        "Marked": schema.List(schema.Boolean()),
    }
    again, _ = schema.fields(parcels.Inner)
    assert repr(again.member.type) == repr(schema.Structure(parcels.Inner))
    assert {name: repr(type_) for name, type_ in described.items()} == {
        name: repr(type_) for name, type_ in expected.items()
    }


def test_a_clock_that_is_stopped_changes_no_types(
    generate: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """freezegun puts a class of its own in the place of datetime, in every module."""
    parcels = generate(
        {
            "Frozen": structure({"At": "Moment"}),
            "Thawed": structure({"At": "Moment"}),
            "Moment": {"type": "timestamp"},
        }
    )

    class Stopped(type):
        def __subclasscheck__(cls, subclass: type) -> bool:
            return issubclass(subclass, datetime)

    class StoppedClock(datetime, metaclass=Stopped):
        pass

    with monkeypatch.context() as stopped:
        module = parcels.Frozen.__module__
        stopped.setattr(sys.modules[module], "datetime", StoppedClock)
        (frozen,) = schema.fields(parcels.Frozen)
    scalars = {
        StoppedClock if key is datetime else key: value
        for key, value in hints._SCALARS.items()
    }
    monkeypatch.setattr(hints, "_SCALARS", scalars)
    (thawed,) = schema.fields(parcels.Thawed)

    assert isinstance(frozen.member.type, schema.Timestamp)
    assert isinstance(thawed.member.type, schema.Timestamp)
