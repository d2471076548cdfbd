"""Between generated objects and the plain values of boto3 and of the wire.

`to_boto3` and `from_boto3` speak botocore's parameters and parsed replies: member
names of the model, datetimes, bytes. `to_wire` and `from_wire` speak the JSON that is
sent: they run the generated wire code, or go by the members' descriptions where there
is none, and when a value is refused, say why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from botosmith.runtime import schema
from botosmith.runtime.bodies.stream import EventStream, StreamingBody
from botosmith.runtime.objects.metadata import METADATA_KEY, ResponseMetadata
from botosmith.runtime.objects.structure import (
    Request,
    Response,
    Structure,
    Union,
)
from botosmith.runtime.serde.depth import TOO_DEEP, TooDeep, go_deeper
from botosmith.runtime.serde.readers import SDK_UNKNOWN_MEMBER
from botosmith.runtime.serde.validation_mode import Validation, check_mode
from botosmith.runtime.serde.writers import (
    Refused,
    as_botocore_checks,
    is_list,
    is_map,
    unmark,
)
from botosmith.runtime.violation import Violation, conceal, hide

if TYPE_CHECKING:
    from botosmith.runtime.errors import ValidationError
    from botosmith.runtime.serde.diagnosis import Decoder

#: The treatment of a key that is not a member's name.
Unknown = Literal["error", "ignore"]

_IGNORING = (
    '{}(..., unknown="ignore") passes over names that the model does not have, as '
    "replies newer than it do."
)

S = TypeVar("S", bound=Structure)
R = TypeVar("R", bound=Response)


def to_boto3(value: Structure) -> dict[str, Any]:
    """Turn an object into the dictionary that boto3 takes or gives.

    Members that are None are left out; enum members become plain text.

    Raises:
        ValidationError: It is nested too deeply, or holds itself.
    """
    try:
        return _to_boto3(value)
    except RecursionError:
        raise _fail_for_depth(type(value)) from None


def _to_boto3(value: Structure) -> dict[str, Any]:
    data = {
        field.member.name: _to_parameter(field.member.type, item)
        for field in schema.fields(type(value))
        if (item := getattr(value, field.attribute)) is not None
    }
    if isinstance(value, Union) and value.sdk_unknown_member is not None:
        data[SDK_UNKNOWN_MEMBER] = {"name": value.sdk_unknown_member.name}
    return data


def to_parsed(response: Response) -> dict[str, Any]:
    """Turn a reply into the dictionary that boto3 gives, with its metadata."""
    metadata = response.response_metadata.to_boto3()
    return {**to_boto3(response), "ResponseMetadata": metadata}


def _to_parameter(type_: schema.Type, value: Any) -> Any:
    if not isinstance(type_, schema.Body):
        return to_plain(value)
    from botosmith.runtime.bodies.request_body import Unsendable, as_body

    try:
        return as_body(value)
    except Unsendable:
        return value  # for boto3 to refuse


def to_plain(value: Any) -> Any:  # noqa: PLR0911 - one for each kind of value
    """Turn a member's value into what boto3 takes or gives for it."""
    if isinstance(value, (EventStream, StreamingBody)):
        return value.raw
    if isinstance(value, str):
        return str.__str__(value)
    try:
        if isinstance(value, Structure):
            return _to_boto3(value)
        if is_list(value):
            return [to_plain(item) for item in value]
        if is_map(value):
            return {to_plain(key): to_plain(item) for key, item in value.items()}
    except TooDeep:
        raise
    except RecursionError:
        return go_deeper(to_plain, value)
    return value


def from_plain(structure: type[Structure], field: schema.Field, value: Any) -> Any:
    """Make a member's value from what boto3 takes for it, or what a reply has for it.

    Raises:
        ValidationError: It is not of the member's type.
    """
    from botosmith.runtime.serde.diagnosis import PARSED, Decoder

    decoder = Decoder(PARSED)
    made = decoder.value(field.member.type, to_plain(value), field.attribute)
    if field.member.sensitive:
        hidden = [hide(found, field.attribute) for found in decoder.violations]
        _raise_for(structure, hidden)
    _raise_for(structure, decoder.violations)
    return made


def from_boto3(
    structure: type[S], data: Mapping[str, Any], *, unknown: Unknown = "error"
) -> S:
    """Make an object from the dictionary that boto3 takes or gives.

    Args:
        structure: The generated class.
        data: botocore's parameters or parsed reply. A reply may hold boto3's
            `ResponseMetadata`, and a request the names that boto3 documents in place
            of the model's (`fromTime` of Logs' CreateExportTask). A reply's values
            are converted where that loses nothing, as in `from_wire`.
        unknown: `error` refuses a key that is not a member's name, at every level;
            `ignore` passes over it, for a reply that is newer than the model.

    Raises:
        ValidationError: A value is not of the member's type, or a key is unknown;
            lists every such value and key.
        ValueError: `unknown` has no such value.
    """
    remedy = _IGNORING.format("from_boto3")
    made, found = _decode(structure, data, is_closed=_is_closed(unknown), remedy=remedy)
    _raise_for(structure, found)
    return made


def from_parameters(structure: type[S], data: Mapping[str, Any]) -> S:
    """Make a request from the parameters that one of botocore's hooks has changed.

    Raises:
        ValidationError: A value is not of the member's type, or a key is unknown.
    """
    made, found = _decode(structure, data, is_closed=True)
    _raise_for(structure, found)
    return made


def _is_closed(unknown: str) -> bool:
    if unknown not in {"error", "ignore"}:
        msg = f"unknown: expected 'error' or 'ignore', got {unknown!r}"
        raise ValueError(msg)
    return unknown == "error"


def _decode(
    structure: type[S],
    data: Mapping[str, Any],
    *,
    is_closed: bool,
    remedy: str | None = None,
) -> tuple[S, list[Violation]]:
    from botosmith.runtime.serde.diagnosis import PARAMETERS, PARSED, Decoder

    form = PARSED if issubclass(structure, Response) else PARAMETERS
    decoder = Decoder(form, closed=is_closed, remedy=remedy)
    data = _rename_aliases(structure, data, decoder.violations)
    made = decoder.structure(structure, data, "")
    given: Any = data
    if isinstance(made, Response) and isinstance(given, Mapping):
        decoder.violations += _tell_exchange(made, data)
    return made, decoder.violations


def _tell_exchange(
    response: Response, parsed: Mapping[str, Any]
) -> tuple[Violation, ...]:
    """Give a reply the facts about the exchange, which the answer of a hook may lack.

    Returns:
        What is wrong with them.
    """
    metadata = parsed.get(METADATA_KEY)
    if metadata is None:
        return ()
    try:
        response.response_metadata = ResponseMetadata.from_boto3(metadata)
    except (AttributeError, TypeError, ValueError):
        rule = "is not the dictionary that botocore gives"
        return (Violation(METADATA_KEY, None, rule, absent=True),)
    return ()


def _rename_aliases(structure: Any, data: Any, violations: list[Violation]) -> Any:
    """Return parameters of a request by the model's names, whichever they have."""
    if not _may_have_aliases(structure, data):
        return data
    from botosmith.runtime.advice.boto3_names import rename_aliases

    return rename_aliases(structure, data, violations)


def _may_have_aliases(structure: Any, data: Any) -> bool:
    if not (issubclass(structure, Request) and isinstance(data, Mapping)):
        return False
    names: set[Any] = {*data}  # pyright: ignore[reportUnknownVariableType]
    return not names <= schema.members(structure).keys()


def read_parsed(
    structure: type[S], parsed: Mapping[str, Any]
) -> tuple[S, tuple[Violation, ...]]:
    """Make an object from what botocore's parser gave, converting what loses nothing.

    Args:
        structure: The generated class of a reply or of an event.
        parsed: botocore's dictionary; names that the model does not have are passed
            over.

    Returns:
        The object, and what is wrong with each value that is None there because it
        cannot be read.
    """
    from botosmith.runtime.serde.diagnosis import PARSED, Decoder

    decoder = Decoder(PARSED)
    made = decoder.structure(structure, parsed, "")
    if isinstance(made, Response):
        decoder.violations += _tell_exchange(made, parsed)
    return made, conceal(decoder.violations, near_secrets=schema.has_secrets(structure))


def from_parsed(
    response: type[R], parsed: Mapping[str, Any]
) -> tuple[R, tuple[Violation, ...]]:
    """Make a reply as `read_parsed` does, with wire code where that can read it."""
    try:
        made = response._from_wire(dict(parsed))
    except (TypeError, RecursionError):
        return read_parsed(response, parsed)
    return made, _tell_exchange(made, parsed)


def to_wire(value: Structure, *, validation: Validation = "model") -> dict[str, Any]:
    """Validate an object and give the JSON document that is sent for it.

    Args:
        value: Any generated object.
        validation: How much of it is checked, as by `Client`.

    Raises:
        ValidationError: Lists every violation with its path, value and rule.
        ValueError: `validation` has no such value.
    """
    mode = check_mode(validation)
    _check_strictly(value, mode)
    return _write(value, lambda: unmark(value._to_wire()), mode)


def to_document(value: Structure, validation: Validation = "model") -> dict[str, Any]:
    """The same for a codec, which has a use for the marks of wire code.

    Raises:
        ValidationError: Lists every violation with its path, value and rule.
    """
    _check_strictly(value, validation)
    return _write(value, value._to_wire, validation)


def _check_strictly(value: Structure, validation: Validation) -> None:
    """Check what wire code does not know, if asked: patterns and enum values."""
    if validation == "strict":
        from botosmith.runtime.serde.validation import find_violations

        _raise_for(type(value), find_violations(value, validation))


def to_envelope(
    request: Request[Any], validation: Validation = "model"
) -> dict[str, Any]:
    """Validate the part of a request that is outside the document, and give that.

    Raises:
        ValidationError: Lists every violation of the request.
    """
    return _write(request, request._to_envelope, validation)


def _write(
    value: Structure, wire_code: Callable[[], dict[str, Any]], validation: Validation
) -> dict[str, Any]:
    try:
        if validation != "botocore":
            return wire_code()
        with as_botocore_checks():
            return wire_code()
    except Warning:  # about a deprecated member, where warnings are errors
        raise
    except Exception as error:
        from botosmith.runtime.serde.validation import find_violations

        # Wire code stops at the first refusal; the walk finds all of them.
        found = find_violations(value, validation)
        if not found:
            written = _write_given(value, wire_code.__name__, validation)
            if written is not None:
                return written
        _raise_for(type(value), found or _unexplained(value, error))
        raise


def _write_given(
    value: Structure, method: str, validation: Validation
) -> dict[str, Any] | None:
    from botosmith.runtime.serde.service_values import write_given

    with as_botocore_checks() if validation == "botocore" else nullcontext():
        return write_given(value, method)


def _unexplained(value: Structure, error: Exception) -> tuple[Violation, ...]:
    if isinstance(error, RecursionError):
        rule = TOO_DEEP
    elif isinstance(error, Refused):
        rule = "holds a value that has no place on the wire"
    else:
        return ()
    return (Violation(type(value).__name__, None, rule, absent=True),)


def from_wire(structure: type[S], data: Any, *, unknown: Unknown = "error") -> S:
    """Make an object from a JSON document.

    A value of another type than the member's is converted where that loses nothing: a
    number or a boolean to the text that JSON has for it, text to the number or boolean
    that it spells, and a number without a fraction to a whole one.

    Args:
        structure: The generated class.
        data: The document, as `json.loads` gives it.
        unknown: `error` refuses a key that is not a member's name on the wire, at
            every level; `ignore` passes over it, for a document that is newer than
            the model. A union keeps its one member that is newer.

    Raises:
        ValidationError: A value is not of the member's type, or a key is unknown;
            lists every such value and key.
        ValueError: `unknown` has no such value.
    """
    is_closed = _is_closed(unknown)
    made: S | None
    try:
        made = structure._read(data)
    except (TypeError, RecursionError):
        made = None
    if made is not None and not (is_closed and _has_unknown_names(structure, data)):
        return made
    members = name_payload(structure, data)
    made, violations = read_document(structure, members, is_closed=is_closed)
    _raise_for(structure, violations)
    return made


def _has_unknown_names(structure: type[Structure], data: Any) -> bool:
    from botosmith.runtime.serde.unknown_members import has_unknown_names

    try:
        return has_unknown_names(structure, name_payload(structure, data))
    except RecursionError:
        return True  # perhaps: the walk that names them goes deeper


def name_payload(structure: type[Structure], document: Any) -> Any:
    """Return a document by members, also where one of them is the whole document."""
    if not (issubclass(structure, Response) and structure._reads_payload):
        return document
    fields = schema.fields(structure)
    members = (field.member for field in fields if field.member.location is None)
    return {next(member.wire_name for member in members): document}


def read_document(
    structure: type[S],
    data: Any,
    *,
    from_text: bool = False,
    by_name: bool = False,
    is_closed: bool = False,
) -> tuple[S, tuple[Violation, ...]]:
    """Make an object from a document, converting whatever loses nothing.

    Args:
        structure: The generated class.
        data: The document.
        from_text: Whether every number becomes a float, as in rest-json.
        by_name: Whether members go by their names in the model.
        is_closed: Whether a key that is not a member's is one of what is wrong.

    Returns:
        The object, and what is wrong with each value that is None there because it
        cannot be read.
    """
    from botosmith.runtime.serde.diagnosis import Decoder, find_representation

    form = find_representation(from_text=from_text, by_name=by_name)
    decoder = Decoder(form, closed=is_closed, remedy=_IGNORING.format("from_wire"))
    made = decoder.structure(structure, data, "")
    return made, conceal(decoder.violations, near_secrets=schema.has_secrets(structure))


def read_members(
    fields: tuple[schema.Field, ...],
    data: Mapping[str, Any],
    *,
    from_text: bool,
    by_name: bool,
) -> dict[str, Any]:
    """Make the values of some members from a document, as `read_document` does.

    Returns:
        The values by the members' names; None for one that is not there, or that is
        not of its member's type.
    """
    from botosmith.runtime.serde.diagnosis import Decoder, find_representation

    form = find_representation(from_text=from_text, by_name=by_name)
    values: dict[str, Any] = {}
    for field in fields:
        member = field.member
        found = data.get(member.name if by_name else member.wire_name)
        values[member.name] = _decode_member(Decoder(form), member.type, found)
    return values


def decode(type_: schema.Type, parsed: Any) -> Any:
    """Make a member's value from what botocore's parser gave.

    None where it is not of the member's type.
    """
    from botosmith.runtime.serde.diagnosis import PARSED, Decoder

    return _decode_member(Decoder(PARSED), type_, parsed)


def _decode_member(decoder: Decoder, type_: schema.Type, value: Any) -> Any:
    try:
        decoded = decoder.value(type_, value, "")
    except RecursionError:
        return None
    return None if decoder.violations else decoded


def _fail_for_depth(structure: type[Structure]) -> ValidationError:
    from botosmith.runtime.errors import ValidationError

    violation = Violation(structure.__name__, None, TOO_DEEP, absent=True)
    return ValidationError(structure.__name__, (violation,))


def _raise_for(
    structure: type[Structure], violations: list[Violation] | tuple[Violation, ...]
) -> None:
    if violations:
        from botosmith.runtime.errors import ValidationError

        found = conceal(violations, near_secrets=schema.has_secrets(structure))
        raise ValidationError(structure.__name__, found)
