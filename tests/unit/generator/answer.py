"""Replies to the operations of drawn models, sound ones and others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.model import ListShape, MapShape, OperationModel, Shape, StructureShape
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from botosmith.testing.message import Reply
from botosmith.testing.reply import (
    Fault,
    Style,
    list_error_forms,
    write_error,
    write_reply,
)
from botosmith.testing.strategies import Options, outputs

FIRST_ERROR_STATUS = 300

#: Shapes that no protocol takes for a document, or each for another one.
_WHOLES = (b"", b"[]", b"null", b'""', b"\xf6", b"<a/>", b"<html>")

_PIECES = (b"", b"\xff", b'"', b"[", b"<a>", b"null", b"0")


@st.composite
def replies(draw: DrawFn, operation: OperationModel) -> Reply:
    """Successes, and errors of which the model may know.

    What cannot be written, as a name that XML does not have, is an empty reply.
    """
    # Its own name may be none that an element can have.
    source: Any = operation
    operation = OperationModel(source._operation_model, source.service_model, "Ship")
    newer, nulls, loose = (draw(st.booleans()) for _ in range(3))
    style = Style(newer=newer, nulls=nulls, loose=loose)
    made: Any
    fault: Fault | None
    if draw(st.integers(0, 2)):
        made, fault = _draw_output(draw, operation), None
    else:
        made, fault = None, _draw_fault(draw, operation)
    form = draw(st.sampled_from(list_error_forms(operation.service_model)))
    try:
        if fault is None:
            return write_reply(operation, made, style)
        return write_error(operation.service_model, fault, form, style)
    except (AttributeError, KeyError, TypeError, ValueError):
        return Reply(200, {}, b"")


def _draw_output(draw: DrawFn, operation: OperationModel) -> Any:
    shape = operation.output_shape
    if shape is None:
        return {}
    options = Options(unknown_members=draw(st.booleans()))
    protocol = operation.service_model.resolved_protocol
    return draw(outputs(shape, protocol, options))


def _draw_fault(draw: DrawFn, operation: OperationModel) -> Fault:
    service = operation.service_model
    shape: Any = draw(st.sampled_from([None, *service.error_shapes]))
    known = shape is not None
    return Fault(
        shape.error_code if known else draw(st.sampled_from(("New", "", "a:b"))),
        "It is so.",
        shape,
        draw(outputs(shape, service.resolved_protocol)) if known else {},
        draw(st.sampled_from((400, 404, 500, 503))),
    )


@st.composite
def garbled(draw: DrawFn, body: bytes) -> bytes:
    """Bytes in which some are missing, others or more; or others altogether."""
    start, end = sorted(draw(st.integers(0, len(body))) for _ in range(2))
    spoilt = body[:start] + draw(st.sampled_from(_PIECES)) + body[end:]
    return draw(st.sampled_from((spoilt, spoilt, spoilt, *_WHOLES)))


def makes_sense(operation: OperationModel, status: int) -> bool:
    """Return whether a reply can be what the model says.

    It cannot where botocore reads less than it says, where two members share a name on
    the wire, or where one is to be in a header, an attribute or the status whose type
    has no place there.
    """
    output = operation.output_shape
    is_error = status >= FIRST_ERROR_STATUS
    if output is not None and output.metadata.get("exception") and is_error:
        return False  # botocore takes the error for the output
    is_cbor = operation.service_model.resolved_protocol == "smithy-rpc-v2-cbor"
    if is_cbor and operation.has_event_stream_output:
        return False  # botocore gives the initial response as it comes
    errors = operation.service_model.error_shapes
    outputs_: list[Any] = [output] if output is not None else []
    shapes: list[Any] = [*errors] if is_error else outputs_
    return all(
        _can_be_told(shape) and all(map(_has_a_place, shape.members.values()))
        for shape in shapes
    )


def has_namesakes(shape: Shape) -> bool:
    """Return whether members share a name on the wire, all the way down."""
    return any(
        len({*_names(inner)}) < len(inner.members) for inner in _walk(shape, set())
    )


def _can_be_told(shape: Shape) -> bool:
    return not has_namesakes(shape) and not any(
        _is_odd_attribute(member)
        for inner in _walk(shape, set())
        for member in inner.members.values()
    )


def _walk(shape: Shape, seen: set[str]) -> Iterator[StructureShape]:
    """A shape's structures, all the way down."""
    match shape:
        case StructureShape() if shape.name not in seen:
            seen.add(shape.name)
            yield shape
            for member in shape.members.values():
                yield from _walk(member, seen)
        case ListShape():
            yield from _walk(shape.member, seen)
        case MapShape():
            yield from _walk(shape.value, seen)
        case _:
            pass


def _names(shape: StructureShape) -> Iterator[str]:
    for name, member in shape.members.items():
        yield str(member.serialization.get("name", name))


def _is_odd_attribute(shape: Shape) -> bool:
    is_attribute = bool(shape.serialization.get("xmlAttribute"))
    return is_attribute and shape.type_name != "string"


def _has_a_place(shape: Shape) -> bool:
    match shape.serialization.get("location"):
        case "statusCode":
            return shape.type_name in {"integer", "long"}
        case "headers":
            return isinstance(shape, MapShape) and _is_text(shape.value)
        case "header":
            item = shape.member if isinstance(shape, ListShape) else shape
            return not isinstance(item, (StructureShape, ListShape, MapShape))
        case _:
            return True


def _is_text(shape: Shape) -> bool:
    return shape.type_name == "string" and not shape.metadata.get("enum")
