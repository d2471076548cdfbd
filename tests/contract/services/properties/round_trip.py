"""Property: what becomes an object becomes again what it was."""

from __future__ import annotations

from collections import Counter
from typing import Any

from botocore.model import StructureShape
from hypothesis import given
from tests.contract.services.properties.compare import same
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.request import FULL, SOME
from tests.contract.services.properties.subject import Subject

from botosmith.runtime import (
    Request,
    Structure,
    from_boto3,
    from_wire,
    to_boto3,
    to_wire,
)
from botosmith.runtime.protocol.codec import CODECS, Codec
from botosmith.runtime.schema import fields
from botosmith.testing.strategies import parameters


def check_round_trips(
    subject: Subject, effort: Effort, name: str, counts: Counter[str]
) -> None:
    """Draw a request and a reply of an operation, with all that is within them."""
    operation = subject.package.OPERATIONS[name]
    model = subject.operation(name)
    for kind, shape in (
        (operation.request, model.input_shape),
        (operation.response, model.output_shape),
    ):
        if shape is not None:
            _check_shape(effort, kind, (shape, subject.model.resolved_protocol), counts)


def _check_shape(
    effort: Effort,
    kind: type[Structure],
    place: tuple[StructureShape, str],
    counts: Counter[str],
) -> None:
    shape, protocol = place
    streams = _find_streams(shape)
    codec = None if "payload" in shape.serialization else CODECS.get(protocol)

    def check(value: dict[str, Any]) -> None:
        counts["round trips"] += 1
        kept = {key: item for key, item in value.items() if key not in streams}
        made = from_boto3(kind, kept)
        given_back = to_boto3(made)
        same(given_back, kept, "to_boto3(from_boto3(value))")
        same(from_boto3(kind, given_back), made, "from_boto3(to_boto3(object))")
        if codec is not None:
            _check_wire(kind, made, codec)

    @effort.settings()
    @given(parameters(shape, SOME))
    def some(value: dict[str, Any]) -> None:
        check(value)

    @effort.settings(full=True)
    @given(parameters(shape, FULL))
    def full(value: dict[str, Any]) -> None:
        check(value)

    some()
    full()


def _check_wire(kind: type[Structure], made: Structure, codec: Codec) -> None:
    """A request's members outside the body are in no document; all else comes back."""
    document = to_wire(made)
    again = from_wire(kind, codec.decode(codec.encode(document)))
    located = {
        field.attribute
        for field in fields(kind)
        if issubclass(kind, Request) and field.member.location is not None
    }
    for field in fields(kind):
        if field.attribute not in located:
            same(
                getattr(again, field.attribute),
                getattr(made, field.attribute),
                f"from_wire(to_wire(object)).{field.attribute}",
            )
    if not located:
        same(to_wire(again), document, "to_wire(from_wire(document))")


def _find_streams(shape: StructureShape) -> set[str]:
    """Values that are read or sent as they come; two of them never are equal."""
    payload = shape.serialization.get("payload")
    if payload and shape.members[payload].type_name == "blob":
        return {payload}
    return set()
