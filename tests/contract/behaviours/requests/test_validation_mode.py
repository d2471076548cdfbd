"""Checks of a request before it is sent, and who says that they are enough."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ParamValidationError
from botocore.model import ServiceModel
from botocore.validate import ParamValidator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import share_session, write_model
from tests.contract.behaviours.trio import Trio
from tests.contract.behaviours.value import make
from tests.support.anything import MOMENTS

from botosmith.runtime import ValidationError, schema, to_boto3, to_wire, validate
from botosmith.runtime.serde.validation import find_violations

PROTOCOLS = ("json", "rest-json", "query", "ec2", "rest-xml", "smithy-rpc-v2-cbor")

BOUNDS = {"min": 2, "max": 3}

SHAPES: dict[str, Any] = {
    "In": {
        "type": "structure",
        "required": ["Name"],
        "members": {
            "Name": {"shape": "Name"},
            "Kind": {"shape": "Kind"},
            "Count": {"shape": "Count"},
            "Long": {"shape": "Long"},
            "Float": {"shape": "Float"},
            "Double": {"shape": "Double"},
            "Data": {"shape": "Data"},
            "Names": {"shape": "Names"},
            "Sizes": {"shape": "Sizes"},
            "Box": {"shape": "Box"},
            "Boxes": {"shape": "Boxes"},
            "At": {"shape": "At"},
            "Flag": {"shape": "Flag"},
            "Choice": {"shape": "Choice"},
        },
    },
    "Box": {
        "type": "structure",
        "required": ["Name"],
        "members": {"Name": {"shape": "Name"}, "Box": {"shape": "Box"}},
    },
    "Choice": {
        "type": "structure",
        "union": True,
        "members": {"Name": {"shape": "Name"}, "Count": {"shape": "Count"}},
    },
    "Name": {"type": "string", "pattern": "[a-z]+", **BOUNDS},
    "Kind": {"type": "string", "enum": ["one", "two"], "max": 3},
    "Count": {"type": "integer", **BOUNDS},
    "Long": {"type": "long", **BOUNDS},
    "Float": {"type": "float", **BOUNDS},
    "Double": {"type": "double", **BOUNDS},
    "Data": {"type": "blob", **BOUNDS},
    "Names": {"type": "list", "member": {"shape": "Name"}, **BOUNDS},
    "Sizes": {
        "type": "map",
        "key": {"shape": "Name"},
        "value": {"shape": "Count"},
        **BOUNDS,
    },
    "Boxes": {"type": "list", "member": {"shape": "Box"}},
    "At": {"type": "timestamp"},
    "Flag": {"type": "boolean"},
    "Out": {"type": "structure", "members": {}},
}

OPERATIONS = {
    "Put": {
        "input": {"shape": "In", "locationName": "PutRequest"},
        "output": {"shape": "Out"},
    }
}

ANSWERS = {
    "query": Answer(b"<PutResponse><PutResult/></PutResponse>"),
    "ec2": Answer(b"<PutResponse/>"),
    "rest-xml": Answer(b"<Out/>"),
    "smithy-rpc-v2-cbor": Answer(
        b"\xbf\xff", headers={"smithy-protocol": "rpc-v2-cbor"}
    ),
}

Connect = Callable[..., Trio]

#: Any, since pyright takes the items of the enum for its metaclass's.
_CHECKS: Any = list(HealthCheck)


@pytest.fixture(scope="module")
def folders() -> dict[str, Path]:
    """The models of one service, by its protocol."""
    return {one: write_model(one, OPERATIONS, SHAPES) for one in PROTOCOLS}


@pytest.fixture(params=PROTOCOLS)
def protocol(request: pytest.FixtureRequest) -> str:
    """Each protocol."""
    name: str = request.param
    return name


@pytest.fixture
def trio(connect: Connect, folders: dict[str, Path], protocol: str) -> Trio:
    """Clients of the service in one protocol, of which ours check as botocore does."""
    made = connect("parcels", models=folders[protocol])
    for client in made.ours.values():
        client._validation = "botocore"
    return made


#: Values that exceed one bound that botocore leaves to the service.
BEYOND: dict[str, tuple[Any, str]] = {
    "Name": ("abcd", "name: 'abcd' has 4 characters"),
    "Kind": ("four", "kind: 'four' has 4 characters"),
    "Count": (4, "count: 4 is above the maximum 3"),
    "Long": (1 << 40, "is above the maximum 3"),
    "Float": (3.5, "float: 3.5 is above the maximum 3"),
    "Double": (1e300, "double: 1e+300 is above the maximum 3"),
    "Double, a decimal": (Decimal("3.5"), "is above the maximum 3"),
    "Double, infinite": (float("inf"), "double: inf is above the maximum 3"),
    "Data": (b"abcd", "data: b'abcd' has 4 bytes"),
    "Data, too short": (b"a", "data: b'a' has 1 bytes"),
    "Data, as text": ("abcd", "has 4 bytes"),
    "Names": (["ab"] * 4, "has 4 items"),
    "Names, each": (["ab", "abcde"], "names[1]: 'abcde' has 5 characters"),
    "Sizes": ({"aa": 2, "ab": 2, "ac": 2, "ad": 2}, "has 4 keys"),
    "Sizes, too few": ({"aa": 2}, "has 1 keys"),
    "Sizes, a key": ({"abcde": 2, "ab": 2}, "has 5 characters"),
    "Sizes, a value": ({"ab": 9, "ac": 2}, "9 is above the maximum 3"),
    "Box": ({"Name": "abcd"}, "box.name: 'abcd' has 4 characters"),
    "Boxes": ([{"Name": "ab"}, {"Name": "abcd"}], "boxes[1].name: 'abcd'"),
    "Choice": ({"Count": 9}, "choice.count: 9 is above the maximum 3"),
}


@pytest.mark.parametrize("case", BEYOND)
def test_bounds_are_left_to_the_service(trio: Trio, protocol: str, case: str) -> None:
    """By either serializer, the bytes are botocore's; `model` says what helps."""
    value, told = BEYOND[case]
    parameters = {"Name": "ab", case.partition(",")[0]: value}

    call = trio.call("Put", parameters, ANSWERS.get(protocol, Answer({})))

    assert call.theirs.error is None
    request = make(trio.package.OPERATIONS["Put"].request, parameters)
    for client in trio.ours.values():
        with pytest.raises(ValidationError) as caught:
            client.send(request, validation="model")
        assert told in str(caught.value)
        assert 'client.send(request, validation="botocore")' in str(caught.value)


#: Values that botocore takes for one of another type than the model's.
ODD: dict[str, Any] = {
    "Count": True,
    "Float": True,
    "Double": True,
    "Long": True,
    "At": "2024-05-06T07:08:09Z",
    "At, with an offset": "2024-05-06T07:08:09.5+02:00",
    "At, without a time": "2024-05-06",
    "At, in seconds": 1_700_000_000,
    "At, with a fraction": 1_700_000_000.25,
    "At, as text of seconds": "1700000000",
}


@pytest.mark.parametrize("case", ODD)
def test_values_that_botocore_takes(connect: Connect, protocol: str, case: str) -> None:
    """They are sent as botocore sends them, where its rules are asked for."""
    shapes = {
        name: {key: rule for key, rule in shape.items() if key not in BOUNDS}
        for name, shape in SHAPES.items()
    }
    trio = connect("parcels", models=write_model(protocol, OPERATIONS, shapes))
    for client in trio.ours.values():
        client._validation = "botocore"
    parameters = {"Name": "ab", case.partition(",")[0]: ODD[case]}

    call = trio.call("Put", parameters, ANSWERS.get(protocol, Answer({})))

    assert call.theirs.error is None
    request = make(trio.package.OPERATIONS["Put"].request, parameters)
    with pytest.raises(ValidationError, match=r"is of type \w+, not"):
        trio.ours["generated"].send(request, validation="model")


#: Values that botocore refuses, too.
WRONG: dict[str, Any] = {
    "Name": "a",
    "Count": 1,
    "Long": -1,
    "Float": 1.5,
    "Double": float("-inf"),
    "Names": ["ab"],
    "Names, one": ["ab", "a"],
    "Sizes": {"a": 2, "ab": 2},
    "Box": {},
    "Choice": {},
    "Choice, two": {"Name": "ab", "Count": 2},
    "Flag": 1,
    "At": "soon",
    "Kind": 5,
    "Data": 5,
}


@pytest.mark.parametrize("case", WRONG)
def test_what_botocore_refuses_is_refused(
    connect: Connect, folders: dict[str, Path], case: str
) -> None:
    """Before anything is sent, in our words: no remedy is offered."""
    trio = connect("parcels", models=folders["json"])
    parameters = {"Name": "ab", case.partition(",")[0]: WRONG[case]}
    made = _fill(trio.package.OPERATIONS["Put"].request, parameters)

    with pytest.raises(ParamValidationError):
        trio.theirs._make_api_call("Put", parameters)
    for client in trio.ours.values():
        with pytest.raises(ValidationError) as caught:
            client.send(made, validation="botocore")
        assert "botocore" not in str(caught.value)


def _fill(structure: Any, parameters: dict[str, Any]) -> Any:
    """An object of values that constructors refuse."""
    made = structure.__new__(structure)
    for attribute in structure._attribute_names():
        setattr(made, attribute, None)
    for field in schema.fields(structure):
        value = parameters.get(field.member.name)
        type_ = field.member.type
        if isinstance(type_, schema.Structure) and isinstance(value, dict):
            value = _fill(type_.structure, value)
        setattr(made, field.attribute, value)
    return made


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "Name": st.text(max_size=5),
    "Kind": st.text(max_size=5),
    "Count": st.integers(0, 5) | st.booleans(),
    "Long": st.integers(0, 5) | st.floats(0, 5),
    "Float": st.floats() | st.integers(0, 5) | st.decimals(0, 5),
    "Double": st.floats(0, 5) | st.booleans() | st.just("2"),
    "Data": st.binary(max_size=5) | st.just("é") | st.just(5),
    "Names": st.lists(st.text(max_size=5), max_size=5),
    "Sizes": st.dictionaries(st.text(max_size=5), st.integers(0, 5), max_size=5),
    "Box": st.fixed_dictionaries({}, optional={"Name": st.text(max_size=5)}),
    "At": MOMENTS | st.text(max_size=5) | st.floats(0, 1e9) | st.integers(0, 1 << 31),
    "Flag": st.booleans() | st.integers(0, 1),
    "Choice": st.fixed_dictionaries(
        {}, optional={"Name": st.text(max_size=5), "Count": st.integers(0, 5)}
    ),
}


def test_verdicts_are_botocores(connect: Connect, folders: dict[str, Path]) -> None:
    """On values of every sort, right and wrong."""
    trio = connect("parcels", models=folders["json"])
    loader = share_session(folders["json"]).get_component("data_loader")
    model = ServiceModel(loader.load_service_model("parcels", "service-2"), "parcels")
    shape = model.operation_model("Put").input_shape
    assert shape is not None
    verdicts: set[bool] = set()

    @settings(
        max_examples=600,
        deadline=None,
        suppress_health_check=_CHECKS,
    )
    @given(st.fixed_dictionaries({}, optional=VALUES))
    def hold(parameters: dict[str, Any]) -> None:
        request = _fill(trio.package.OPERATIONS["Put"].request, parameters)
        theirs = ParamValidator().validate(to_boto3(request), shape).has_errors()
        ours = bool(find_violations(request, "botocore"))
        verdicts.add(theirs)
        assert ours == theirs, find_violations(request, "botocore")
        if not theirs:
            assert to_wire(request, validation="botocore")

    hold()
    assert verdicts == {True, False}


def test_strict_refuses_before_sending(trio: Trio, protocol: str) -> None:
    """Patterns and enum values, which services may know more of than the model."""
    request = make(
        trio.package.OPERATIONS["Put"].request, {"Name": "A_B", "Kind": "xyz"}
    )
    trio.expect(ANSWERS.get(protocol, Answer({})))

    for client in trio.ours.values():
        client.send(request, validation="model")
        with pytest.raises(ValidationError) as caught:
            client.send(request, validation="strict")
        assert "name: 'A_B' does not match '[a-z]+'" in str(caught.value)
        assert "kind: 'xyz' is not a value that Kind knows" in str(caught.value)
    assert [len(network.sent) for network in trio.networks] == [0, 1, 1]


@pytest.mark.parametrize("event", ["provide-client-params", "before-parameter-build"])
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_hooks_are_checked_as_the_call(
    connect: Connect, folders: dict[str, Path], event: str, serializer: str
) -> None:
    """Parameters that a hook changes, in place or by others, have the call's rules."""
    trio = connect("parcels", models=folders["json"])
    client = trio.ours[serializer]
    network = trio.networks[1 + ["generated", "botocore"].index(serializer)]
    network.expect(Answer({}))

    def change(params: Any, **_: Any) -> Any:
        if event == "provide-client-params":
            return {**params, "Name": "abcdef"}
        params["Name"] = "abcdef"
        return None

    client.meta.events.register(event, change)
    request = trio.package.OPERATIONS["Put"].request(name="ab")

    client.send(request, validation="botocore")
    assert network.sent[-1].document == {"Name": "abcdef"}
    if serializer == "generated":
        with pytest.raises(ValidationError, match="6 characters"):
            client.send(request)


def test_calls_of_hooks_have_rules_of_their_own(
    connect: Connect, folders: dict[str, Path]
) -> None:
    """A call that a hook makes is checked by the model all the same."""
    trio = connect("parcels", models=folders["json"])
    outer, inner = trio.ours["generated"], trio.ours["botocore"]
    request = trio.package.OPERATIONS["Put"].request
    refused: list[Exception] = []

    def call(**_: Any) -> None:
        with pytest.raises(ValidationError) as caught:
            inner.send(request(name="abcdef"))
        refused.append(caught.value)

    outer.meta.events.register("before-call", call)
    trio.networks[1].expect(Answer({}))
    outer.send(request(name="abcdef"), validation="botocore")

    assert len(refused) == 1


def test_words_that_are_no_mode(connect: Connect, folders: dict[str, Path]) -> None:
    """A client, a call and the free functions refuse them alike."""
    trio = connect("parcels", models=folders["json"])
    request = trio.package.OPERATIONS["Put"].request(name="ab")
    wrong: Any = "loose"
    for use in (
        lambda: trio.package.Client("us-east-1", validation=wrong),
        lambda: trio.ours["generated"].send(request, validation=wrong),
        lambda: trio.ours["generated"].generate_presigned_url(
            request, validation=wrong
        ),
        lambda: validate(request, validation=wrong),
        lambda: to_wire(request, validation=wrong),
    ):
        with pytest.raises(
            ValueError, match="validation: expected 'model', 'botocore'"
        ):
            use()


def test_urls_are_signed_by_the_same_rules(trios: Callable[[str], Trio]) -> None:
    """The client's setting, and the call's own."""
    trio = trios("s3")
    s3 = trio.package
    request = s3.ListObjectsV2Request(bucket="b", optional_object_attributes=["x"])
    for client in trio.ours.values():
        with pytest.raises(ValidationError, match="not a value"):
            client.generate_presigned_url(request, validation="strict")
        assert client.generate_presigned_url(request, validation="botocore")
