"""Checks of presigned URLs, forms and tokens: how long, by which method, and for what.

botocore signs any lifetime and any HTTP method that it is given. Of a request with a
body it makes query parameters, by reading the body as a JSON object; it fails with a
`ValueError` where the body is something else, and writes nested values as Python prints
them (`botocore.auth.SigV4QueryAuth`, `botocore.auth._get_body_as_dict`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from json import JSONDecodeError
from typing import Any

from botosmith.runtime import schema
from botosmith.runtime.errors import ValidationError
from botosmith.runtime.objects.structure import Request, Structure
from botosmith.runtime.serde.convert import to_document
from botosmith.runtime.serde.validation_mode import find_mode
from botosmith.runtime.serde.writers import is_list, is_map
from botosmith.runtime.violation import Violation

#: The longest lifetime of a signature of version 4, in seconds: 7 days
#: (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html).
MAX_SECONDS = 604_800

HTTP_METHODS = ("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")

#: Protocols whose bodies are forms, which fit into a query string.
_FORMS = frozenset({"query", "ec2"})
#: Protocols whose bodies are JSON objects: each member becomes a query parameter.
_OBJECTS = frozenset({"json", "rest-json"})

_NO_BODY = (
    "is sent in the request's body, which a URL does not have. Leave it out, or make "
    "the call itself"
)
_NESTED = (
    "holds objects, which a URL's query string cannot carry. Leave it out, or make the "
    "call itself"
)


def check_lifetime(subject: str, expires_in: object) -> int:
    """Return for how many seconds a signature is valid.

    Args:
        subject: The name of the method that signs, for the error.
        expires_in: Whole seconds, as an int or a timedelta.

    Raises:
        ValidationError: It is something else, or not from 1 to 604,800 seconds.
    """
    if rule := _refuse_lifetime(expires_in):
        raise ValidationError(subject, (Violation("expires_in", expires_in, rule),))
    return _count_seconds(expires_in)


def check_signing(
    subject: str, expires_in: object, http_method: object
) -> tuple[int, str | None]:
    """Return the lifetime in seconds and the HTTP method of a presigned URL.

    Args:
        subject: The name of the method that signs, for the error.
        expires_in: Whole seconds, as an int or a timedelta.
        http_method: An HTTP method in any case; None for the operation's own.

    Raises:
        ValidationError: One of the two is wrong; lists both where both are.
    """
    violations: list[Violation] = []
    if rule := _refuse_lifetime(expires_in):
        violations.append(Violation("expires_in", expires_in, rule))
    method = http_method.upper() if isinstance(http_method, str) else None
    if http_method is not None and method not in HTTP_METHODS:
        rule = f"is not an HTTP method; expected one of {', '.join(HTTP_METHODS)}"
        violations.append(Violation("http_method", http_method, rule))
    if violations:
        raise ValidationError(subject, tuple(violations))
    return _count_seconds(expires_in), method


def _refuse_lifetime(value: object) -> str | None:
    if isinstance(value, timedelta):
        if value.microseconds:
            return "is not a whole number of seconds"
    elif not isinstance(value, int) or isinstance(value, bool):
        return "is neither an integer of seconds nor a timedelta"
    seconds = _count_seconds(value)
    if seconds < 1:
        return "is below the minimum of 1 second"
    if seconds > MAX_SECONDS:
        return f"is above the maximum of {MAX_SECONDS} seconds (7 days)"
    return None


def _count_seconds(value: Any) -> int:
    if isinstance(value, timedelta):
        return value // timedelta(seconds=1)
    return int(value)


@contextmanager
def refuse_body(request: Request[Any], model: Any) -> Generator[None]:
    """Refuse a request whose body a URL cannot carry, while botocore signs the URL.

    Args:
        request: The request.
        model: botocore's model of the operation.

    Raises:
        ValidationError: Lists every member that the URL would lose or garble.
    """
    found = list(_find_lost(request, model))
    violations = tuple(violation for _, violation in found)
    subject = type(request).__name__
    # A required member cannot be left out. S3's old signature does not look at the
    # body, so that the user of the URL sends it: botocore knows which one it uses.
    is_xml = model.service_model.resolved_protocol == "rest-xml"
    if violations and not (is_xml and all(required for required, _ in found)):
        raise ValidationError(subject, violations)
    try:
        yield
    except (JSONDecodeError, UnicodeDecodeError):
        # Raised by `_get_body_as_dict` alone. CBOR has a body even without members.
        whole = Violation(request._operation, None, _NO_BODY, absent=True)
        raise ValidationError(subject, violations or (whole,)) from None


def _find_lost(request: Request[Any], model: Any) -> Iterator[tuple[bool, Violation]]:
    """Each member that a URL cannot carry, and whether it is required."""
    protocol = model.service_model.resolved_protocol
    # It is the signer that makes query parameters of a body.
    is_signed = model.auth_type != "none"
    if protocol in _FORMS and is_signed:
        return
    # The slim model of operations with wire code lacks shapes or members, and their
    # payloads are structures.
    shape = model.input_shape
    payload = shape.serialization.get("payload") if shape is not None else None
    for field in schema.fields(type(request)):
        value = getattr(request, field.attribute)
        is_empty = value is None or (isinstance(value, (str, bytes)) and not value)
        if is_empty or _is_located(field.member, shape):
            continue
        is_raw = field.member.name == payload and not isinstance(value, Structure)
        rule = (
            _NO_BODY
            if protocol not in _OBJECTS or is_raw or not is_signed
            else _refuse_value(request, field, value)
        )
        if rule is not None:
            yield field.required, Violation(field.attribute, None, rule, absent=True)


def _is_located(member: schema.Member, shape: Any) -> bool:
    """Return whether a member is outside the body."""
    described = shape.members.get(member.name) if shape is not None else None
    if described is None:
        return member.location is not None
    # Descriptions tell locations only where there is wire code.
    return "location" in described.serialization


def _refuse_value(request: Request[Any], field: schema.Field, value: Any) -> str | None:
    """The reason why a member of a JSON object cannot be a query parameter."""
    if isinstance(field.member.type, schema.Body):
        return _NO_BODY
    if isinstance(value, Structure) and _is_payload(request, field):
        inner = (getattr(value, name) for name in value._attribute_names())
        return _NESTED if any(map(_is_nested, inner)) else None
    return _NESTED if _is_nested(value) else None


def _is_payload(request: Request[Any], field: schema.Field) -> bool:
    """Return whether a structure is the whole document, without a name in it."""
    return field.member.wire_name not in to_document(request, find_mode(type(request)))


def _is_nested(value: Any) -> bool:
    if is_list(value):
        return any(
            isinstance(item, Structure) or is_list(item) or is_map(item)
            for item in value
        )
    return isinstance(value, Structure) or is_map(value)
