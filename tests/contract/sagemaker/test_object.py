"""Requests, replies and what they hold behave as plain Python data."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_type_hints

import attrs
import pytest
from botocore.session import Session
from tests.support.figures import FIGURES

from botosmith import sagemaker
from botosmith.runtime import (
    Request,
    Response,
    ResponseMetadata,
    Structure,
    UnknownMember,
    ValidationError,
    Violation,
    from_wire,
    to_wire,
)
from botosmith.runtime.objects import deprecation

from .pinned import Pinned, snake
from .probe import Transport

SECRET = "hunter2-" * 3000
METADATA = ResponseMetadata(
    request_id="r-1", status=200, headers={"x-amzn-requestid": "r-1"}, attempts=2
)


@pytest.fixture(scope="module")
def documents(pinned: Pinned) -> dict[str, Any]:
    """A document with every member of each structure, and of replies without any."""
    replies: dict[str, Any] = {pinned.response(name): {} for name in pinned.operations}
    return replies | {name: pinned.example(name) for name in pinned.structures}


@pytest.fixture
def objects(documents: dict[str, Any], pinned: Pinned) -> list[Any]:
    """An object of each structure with every member set; a union has one."""
    made = [
        from_wire(getattr(sagemaker, name), document)
        for name, document in documents.items()
    ]
    for one in made:
        if isinstance(one, Response):
            one.response_metadata = METADATA
    synthetic = len(documents) - len(pinned.structures)
    assert len(made) == FIGURES.structures - FIGURES.errors + synthetic
    silent = [one for one in pinned.operations.values() if "output" not in one]
    assert synthetic >= len(silent)
    return made


@pytest.fixture
def transport() -> Transport:
    """A stand-in for the network."""
    return Transport()


@pytest.fixture
def client(transport: Transport) -> Iterator[sagemaker.Client]:
    """A client that calls nobody."""
    with make_client(transport) as made:
        yield made


def make_client(transport: Transport) -> sagemaker.Client:
    """Make a client that calls nobody, also in another process."""
    session = Session()
    session.set_credentials("AKID", "secret")
    made = sagemaker.Client("us-east-1", session=session)
    made.meta.events.register("before-send", transport)
    return made


def names(value: Any) -> list[str]:
    """The attributes of an object."""
    return [field.name for field in attrs.fields(type(value))]


def assert_same(found: Structure, expected: Structure) -> None:
    """Equal in everything, and not the same object."""
    assert found is not expected
    assert type(found) is type(expected)
    for name in names(expected):
        assert getattr(found, name) == getattr(expected, name)
    assert found == expected


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_objects_survive_a_pickle(protocol: int, objects: list[Any]) -> None:
    """By every protocol, with the facts about the exchange."""
    pickled = pickle.dumps(objects, protocol)
    for one, made in zip(objects, pickle.loads(pickled), strict=True):  # noqa: S301
        assert_same(made, one)


def test_pickles_know_public_names_alone(objects: list[Any]) -> None:
    """A pickle outlives the move of a shape between the package's modules."""
    for one in objects:
        content = pickle.dumps(one)
        assert b"botosmith.sagemaker." not in content
        assert b"botosmith.sagemaker" in content


def test_falsy_values_are_values() -> None:
    """0, False, "" and empty lists are not lost on any way."""
    one = sagemaker.CreateModelInput(
        model_name="", containers=[], tags=None, enable_network_isolation=False
    )
    other = sagemaker.ProductionVariant(variant_name="", initial_variant_weight=0.0)
    for made in (one, other):
        for again in (
            pickle.loads(pickle.dumps(made)),  # noqa: S301
            copy.copy(made),
            copy.deepcopy(made),
            attrs.evolve(made),
            from_wire(type(made), to_wire(made)),
        ):
            assert_same(again, made)


def test_copies_share_and_deep_copies_do_not(objects: list[Any]) -> None:
    """As for any Python object."""
    for one in objects:
        shallow, deep = copy.copy(one), copy.deepcopy(one)
        assert_same(shallow, one)
        assert_same(deep, one)
        for name in names(one):
            value = getattr(one, name)
            assert getattr(shallow, name) is value
            if isinstance(value, (Structure, list, dict)):
                assert getattr(deep, name) is not value


def test_evolve_changes_a_copy(objects: list[Any]) -> None:
    """`attrs.evolve` gives another object with some members changed."""
    for one in objects:
        before = copy.deepcopy(one)
        assert_same(attrs.evolve(one), one)
        for name in names(one):
            changed = attrs.evolve(one, **{name: None})
            assert getattr(changed, name) is None
        assert one == before


def test_equality_takes_every_member_into_account(objects: list[Any]) -> None:
    """One member that differs makes two objects differ; metadata does not count."""
    for one in objects:
        for name in names(one):
            if getattr(one, name) is not None:
                other = attrs.evolve(one, **{name: None})
                assert (one == other) is (name == "response_metadata"), name
                assert (one != other) is (name != "response_metadata"), name
        assert one != to_wire_quietly(one)
        assert one != attrs.asdict(one)


def to_wire_quietly(value: Structure) -> dict[str, Any]:
    """Return what is sent for an object, deprecated members included."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return to_wire(value)


def test_objects_of_two_classes_are_never_equal() -> None:
    """Also when they have the same members."""
    assert sagemaker.DeleteModelInput(model_name="m") != sagemaker.DescribeModelInput(
        model_name="m"
    )
    assert sagemaker.DeleteModelResponse() == sagemaker.DeleteModelResponse()
    assert sagemaker.DeleteModelResponse() != sagemaker.StopPipelineExecutionResponse()


def test_what_can_change_has_no_hash(objects: list[Any]) -> None:
    """A hash of a mutable object would not hold."""
    for one in objects:
        with pytest.raises(TypeError, match="unhashable"):
            hash(one)


def test_what_is_frozen_has_a_hash() -> None:
    """Operations, metadata, unknown members and violations can be put in sets."""
    operation = sagemaker.OPERATIONS["CreateModel"]
    pairs: list[tuple[Any, Any]] = [
        (operation, sagemaker.OPERATIONS["CreateModel"]),
        (METADATA, copy.deepcopy(METADATA)),
        (UnknownMember("New", {"a": 1}), UnknownMember("New", {"b": 2})),
        (Violation("a.b", 1, "is odd"), Violation("a.b", 1, "is odd")),
    ]
    for one, other in pairs:
        assert one is not other
        assert one == other
        assert len({one, other}) == 1
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            one.name = one.path = one.status = None


def test_asdict_gives_every_member(
    objects: list[Any], documents: dict[str, Any], pinned: Pinned
) -> None:
    """`attrs.asdict` turns objects within objects to dictionaries as well."""
    for one, (name, document) in zip(objects, documents.items(), strict=True):
        found = attrs.asdict(one)
        assert list(found) == names(one)
        expected = rename(pinned, name, document)
        if isinstance(one, Response):
            expected["response_metadata"] = without_none(attrs.asdict(METADATA))
        assert without_none(found) == expected


def rename(pinned: Pinned, name: str, document: Any) -> Any:
    """A document with our names and values."""
    shape = pinned.shapes.get(name, {"type": "structure", "members": {}})
    match shape["type"]:
        case "structure":
            return {
                snake(key): rename(pinned, shape["members"][key]["shape"], value)
                for key, value in document.items()
            }
        case "list":
            item = shape["member"]["shape"]
            return [rename(pinned, item, value) for value in document]
        case "map":
            item = shape["value"]["shape"]
            return {key: rename(pinned, item, one) for key, one in document.items()}
        case "timestamp":
            return datetime.fromtimestamp(document, UTC)
        case _:
            return document


def without_none(value: Any) -> Any:
    """A value without the members that are not set."""
    if isinstance(value, dict):
        return {k: without_none(item) for k, item in value.items() if item is not None}
    return list(map(without_none, value)) if isinstance(value, list) else value


def test_annotations_can_be_resolved(objects: list[Any]) -> None:
    """`get_type_hints` and `attrs.resolve_types` find every name at run time."""
    for one in objects:
        cls: Any = type(one)
        hints = get_type_hints(cls)
        resolved = attrs.fields(attrs.resolve_types(cls, include_extras=False))
        assert {field.name: field.type for field in resolved} == {
            field.name: hints[field.name] for field in resolved
        }


def test_match_finds_members() -> None:
    """Class patterns look into objects, by name."""
    vpc = sagemaker.VpcConfig(security_group_ids=["sg-1"], subnets=["a", "b"])
    value: Any = sagemaker.CreateModelInput(model_name="m", vpc_config=vpc)
    match value:
        case sagemaker.CreateModelInput(
            model_name=str(name),
            vpc_config=sagemaker.VpcConfig(subnets=[first, *_]),
            tags=None,
        ):
            assert (name, first) == ("m", "a")
        case _:
            pytest.fail("the pattern does not match")


def send(request: Request[Any], document: dict[str, Any]) -> tuple[Any, Any]:
    """Send a request from whatever process this is."""
    transport = Transport()
    transport.answer = document
    with make_client(transport) as client:
        reply = client.send(request)
    return transport.sent, reply


def test_objects_travel_between_processes(
    root: Path, pinned: Pinned, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A spawned process gets requests, sends them, and gives back whole replies."""
    monkeypatch.syspath_prepend(root)  # where the new process finds this module
    operations = ["CreateInferenceExperiment", "DescribeTrainingJob", "CreateModel"]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        for name in operations:
            sent = pinned.example(pinned.request(name))
            received = pinned.example(pinned.response(name))
            request = from_wire(getattr(sagemaker, pinned.request(name)), sent)
            echo, reply = pool.submit(send, request, received).result()
            assert echo == sent
            assert reply == from_wire(
                getattr(sagemaker, pinned.response(name)), received
            )
            assert reply.response_metadata.status == 200
            assert reply.response_metadata.attempts == 1


SENSITIVE = {"ClientSecret", "ModelCardContent"}


def test_sensitive_members_are_masked(
    objects: list[Any], documents: dict[str, Any], pinned: Pinned
) -> None:
    """`repr` shows `***` for them, wherever they are within an object."""
    masked: set[str] = set()
    for one, name in zip(objects, documents, strict=True):
        members = pinned.shapes.get(name, {"members": {}})["members"]
        for member, reference in members.items():
            shown = f"{snake(member)}=***" in repr(one)
            is_sensitive = reference["shape"] in SENSITIVE
            # A URL that lets in who has it is masked as well.
            assert shown is (is_sensitive or member == "AuthorizedUrl"), (name, member)
            if is_sensitive:
                setattr(one, snake(member), SECRET)
                assert SECRET[:8] not in repr(one)
                assert SECRET[:8] not in str([one])
                masked.add(reference["shape"])
    assert masked == SENSITIVE


def test_validation_masks_sensitive_members(
    client: sagemaker.Client, pinned: Pinned
) -> None:
    """An error about a secret does not show it."""
    document = {**pinned.example("OidcConfig"), "ClientSecret": SECRET}
    config = from_wire(sagemaker.OidcConfig, document)
    with pytest.raises(ValidationError) as caught:
        client.create_workforce(workforce_name="w", oidc_config=config)
    assert "oidc_config.client_secret: ***" in str(caught.value)
    card: Any = {SECRET: SECRET}
    with pytest.raises(ValidationError) as second:
        client.create_model_card(
            model_card_name="c", content=card, model_card_status="Draft"
        )
    assert "content: ***" in str(second.value)
    for error in (caught.value, second.value):
        told = [str(error), repr(error), repr(error.violations), repr(vars(error))]
        assert not [text for text in told if SECRET[:8] in text]


@pytest.mark.parametrize("use", ["method", "function", "send", "to_wire"])
def test_a_deprecated_member_warns_once(
    use: str, client: sagemaker.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The warning points at the line that makes the call."""
    monkeypatch.setattr(deprecation, "_warned", set())
    arguments: dict[str, Any] = {
        "domain_name": "d",
        "auth_mode": "IAM",
        "default_user_settings": sagemaker.UserSettings(),
        "home_efs_file_system_kms_key_id": "k",
    }
    request = sagemaker.CreateDomainRequest(**arguments)
    calls: dict[str, Any] = {
        "method": lambda: client.create_domain(**arguments),
        "function": lambda: sagemaker.create_domain(client, **arguments),
        "send": lambda: client.send(request),
        "to_wire": lambda: to_wire(request),
    }
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for _ in range(3):
            calls[use]()
    (warning,) = caught
    assert warning.category is DeprecationWarning
    line = calls[use].__code__.co_firstlineno
    assert (warning.filename, warning.lineno) == (__file__, line)
    assert str(warning.message) == (
        "CreateDomainRequest.home_efs_file_system_kms_key_id is deprecated: "
        "This property is deprecated, use KmsKeyId instead."
    )


def test_a_deprecated_member_that_is_not_set_does_not_warn(
    client: sagemaker.Client, transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does one that a reply holds: the service put it there, not the caller."""
    monkeypatch.setattr(deprecation, "_warned", set())
    transport.answer = {"DomainName": "d", "HomeEfsFileSystemKmsKeyId": "k"}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        client.create_domain(
            domain_name="d",
            auth_mode="IAM",
            default_user_settings=sagemaker.UserSettings(),
        )
        reply = client.describe_domain(domain_id="d-1")
    assert reply.home_efs_file_system_kms_key_id == "k"
