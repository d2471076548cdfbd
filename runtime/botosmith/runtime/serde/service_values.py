"""Members of a request that the service itself gave: they go back unchecked.

A token of the next page may break the bounds that the model has for it; boto3 sends it
all the same. Only when a request is refused does anything here run.
"""

from __future__ import annotations

import copy
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import attrs

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Request, Structure
from botosmith.runtime.protocol.codec import CODECS
from botosmith.runtime.violation import Violation

#: The class of the request under way, and those of its attributes.
_given: ContextVar[tuple[type, frozenset[str]] | None] = ContextVar(
    "_given", default=None
)

_AROUND = frozenset({"header", "headers", "querystring", "uri"})


@contextmanager
def giving(request: Request[Any], attributes: frozenset[str]) -> Generator[None]:
    """Within, leave attributes of a request unchecked."""
    token = _given.set((type(request), attributes) if attributes else None)
    try:
        yield
    finally:
        _given.reset(token)


def is_giving() -> bool:
    """Return whether the request under way holds what the service gave."""
    return _given.get() is not None


def find_given(structure: type[Structure]) -> frozenset[str]:
    """Return the attributes of a request under way that the service gave."""
    given = _given.get()
    # A hook may make calls of its own, of other operations.
    if given is None or given[0] is not structure:
        return frozenset()
    return given[1]


def leave_given(
    structure: type[Structure], violations: Sequence[Violation]
) -> Sequence[Violation]:
    """Return the violations that are not of such an attribute."""
    given = find_given(structure)
    if not given:
        return violations
    return tuple(
        found
        for found in violations
        if found.path.partition(".")[0].partition("[")[0].partition(" ")[0] not in given
    )


def write_given(value: Structure, method: str) -> dict[str, Any] | None:
    """Write a request that wire code refuses only for what the service gave.

    Args:
        value: The request.
        method: The name of the wire code, `_to_wire` or `_to_envelope`.

    Returns:
        The document or the parameters; None if the service gave nothing.
    """
    given = find_given(type(value))
    if not given:
        return None
    rest: Any = copy.copy(value)
    for attribute in given:
        setattr(rest, attribute, None)
    written: dict[str, Any] = getattr(rest, method)()
    by_name = method == "_to_envelope" or type(value)._protocol not in CODECS
    keys: list[str] = []
    for field in schema.fields(type(value)):
        member = field.member
        key = member.name if by_name else member.wire_name
        keys.append(key)
        is_around = member.location in _AROUND
        if field.attribute in given and is_around == (method == "_to_envelope"):
            item = getattr(value, field.attribute)
            written[key] = _write(type(value), member.type, item, by_name=by_name)
    return {key: written[key] for key in (*keys, *written) if key in written}


def _write(structure: Any, type_: schema.Type, value: Any, *, by_name: bool) -> Any:
    from botosmith.runtime.serde.interpreter import find_form

    return find_form(structure, by_name=by_name).writer(_unbounded(type_))(value)


def _unbounded(type_: schema.Type) -> schema.Type:
    """Return a type without bounds; those of structures below it stay."""
    # Here, since every client imports this module, and few programs need the types.
    bounded = schema.String, schema.Enum, schema.Integer, schema.Float, schema.Blob
    if isinstance(type_, bounded):
        return attrs.evolve(type_, min=None, max=None)
    if isinstance(type_, schema.List):
        member = _unbounded(type_.member)
        return attrs.evolve(type_, member=member, min=None, max=None)
    if isinstance(type_, schema.Map):
        key, value = _unbounded(type_.key), _unbounded(type_.value)
        return attrs.evolve(type_, key=key, value=value, min=None, max=None)
    return type_
