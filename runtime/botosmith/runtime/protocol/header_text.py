"""Text of requests that HTTP cannot carry, above all in headers.

RFC 9110, section 5.5, has no control characters in a value but the tab; `http.client`
refuses line breaks alone, and lets those pass that a blank follows. A map of S3's
metadata becomes a header for each key, of which `http.client` takes fewer characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from botocore.exceptions import ParamValidationError

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Request, Structure
from botosmith.runtime.serde.writers import is_list, is_map
from botosmith.runtime.violation import MASK, Violation, hide, join_path

#: Half a surrogate pair cannot be encoded, and no header can be signed with one.
_FORBIDDEN = re.compile("[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
#: A name that `http.client` sends: printable ASCII but the colon, which ends a name.
_NAME = re.compile("[ -9;-~]*")

_NAMED = {"\n": "a line feed", "\r": "a carriage return", "\0": "a NUL character"}

_NOT_ASCII = "has characters that are not ASCII, which S3's metadata cannot have"
_NOT_A_NAME = (
    "has characters that a header's name cannot have; expected printable ASCII without "
    "colons"
)


class HeaderRefused(ParamValidationError):  # noqa: N818 - a signal to the route
    """A header holds what HTTP cannot carry."""


class HeaderCheck:
    """Checks the headers that a serializer has made."""

    def __init__(self, serializer: Any) -> None:
        """Take botocore's serializer, or what stands in its place."""
        self._serializer = serializer

    def serialize_to_request(
        self, parameters: dict[str, Any], operation_model: Any
    ) -> dict[str, Any]:
        """Make the dictionary that botocore signs and sends.

        Raises:
            HeaderRefused: A header holds what HTTP cannot carry.
        """
        request: dict[str, Any] = self._serializer.serialize_to_request(
            parameters, operation_model
        )
        headers = request["headers"]
        # The user's own handlers may have put in bytes, which are theirs to answer for.
        texts = "".join([value for value in headers.values() if type(value) is str])
        # Nearly all headers are printable, which Python finds out in less time.
        if not texts.isprintable() and (match := _FORBIDDEN.search(texts)):
            raise HeaderRefused(report=f"A header {_refuse(match[0])}")
        names = "".join(headers)
        is_plain = names.isascii() and names.replace("-", "").isalnum()
        if not is_plain and not _NAME.fullmatch(names):
            raise HeaderRefused(report=f"The name of a header {_NOT_A_NAME}")
        return request


def find_bad_headers(
    request: Request[Any], model: Any, *, ascii_only: bool
) -> tuple[Violation, ...]:
    """Return what headers cannot carry of a request's members.

    Args:
        request: The request.
        model: botocore's model of the operation.
        ascii_only: Whether the keys and values of maps have to be ASCII, as those of
            S3's metadata.
    """
    found: list[Violation] = []
    for field in schema.fields(type(request)):
        location = _locate(field.member, model)
        value: object = getattr(request, field.attribute)
        broken: Iterator[_Broken] = iter(())
        if location == "header":
            broken = _check_values(field.attribute, value)
        elif location == "headers" and is_map(value):
            broken = _check_map(field.attribute, value, ascii_only=ascii_only)
        is_secret = field.member.sensitive
        for path, text, rule in broken:
            place = field.attribute if is_secret else path
            found.append(Violation(place, MASK if is_secret else text, rule))
    return tuple(found)


def _locate(member: schema.Member, model: Any) -> str | None:
    """Return the location of a request's member outside the body."""
    shape: Any = model.input_shape
    described: Any = shape.members.get(member.name) if shape is not None else None
    if described is None:
        return member.location
    # Descriptions tell locations only where there is wire code.
    location: str | None = described.serialization.get("location")
    return location


_Broken = tuple[str, Any, str]


def _check_values(path: str, value: Any) -> Iterator[_Broken]:
    if is_list(value):
        for index, item in enumerate(value):
            yield from _check_values(f"{path}[{index}]", item)
    elif isinstance(value, str) and (match := _FORBIDDEN.search(value)):
        yield path, str(value), _refuse(match[0])


def _check_map(
    path: str, value: Mapping[Any, Any], *, ascii_only: bool
) -> Iterator[_Broken]:
    for key, item in value.items():
        if not isinstance(key, str):
            continue
        if ascii_only and not key.isascii():
            yield f"{path} (key {key!r})", str(key), _NOT_ASCII
        elif not _NAME.fullmatch(key):
            yield f"{path} (key {key!r})", str(key), _NOT_A_NAME
        if ascii_only and isinstance(item, str) and not item.isascii():
            yield f"{path}[{key!r}]", str(item), _NOT_ASCII
        else:
            yield from _check_values(f"{path}[{key!r}]", item)


def _refuse(character: str) -> str:
    name = _NAMED.get(character, "a control character")
    if "\ud800" <= character <= "\udfff":
        name = "half a surrogate pair"
    code = f"U+{ord(character):04X}"
    return f"holds {name} ({code}), which an HTTP header cannot carry"


def find_surrogates(value: Any, path: str = "") -> Iterator[Violation]:
    """Find the texts that cannot be encoded, in an object and all that it holds."""
    if isinstance(value, Structure):
        for field in schema.fields(type(value)):
            place = join_path(path, field.attribute)
            found = find_surrogates(getattr(value, field.attribute), place)
            sensitive = field.member.sensitive
            yield from (hide(one, place) if sensitive else one for one in found)
    elif is_list(value):
        for index, item in enumerate(value):
            yield from find_surrogates(item, f"{path}[{index}]")
    elif is_map(value):
        for key, item in value.items():
            yield from find_surrogates(key, f"{path} (key {key!r})")
            yield from find_surrogates(item, f"{path}[{key!r}]")
    elif isinstance(value, str) and (match := _SURROGATE.search(value)):
        rule = f"holds half a surrogate pair (U+{ord(match[0]):04X})"
        yield Violation(path, str(value), f"{rule}, which UTF-8 does not have")
