"""The values that a waiter looks at in a reply, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

# botocore needs it for its own waiters, and brings it along.
import jmespath
from jmespath.exceptions import JMESPathError

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Response, Structure
from botosmith.runtime.serde.depth import TooDeep, go_deeper
from botosmith.runtime.serde.writers import is_list, is_map
from botosmith.runtime.violation import MASK

#: A reply or an error as botocore parses it, with `ResponseMetadata`.
ReplyDocument: TypeAlias = Mapping[str, Any]

#: The number of characters of a value that are shown.
_SHOWN = 60


def search(expression: str, parsed: ReplyDocument) -> Any:
    """Return what a JMESPath expression finds; jmespath caches compiled ones.

    Raises:
        jmespath.exceptions.JMESPathError: The expression makes no sense of the reply.
    """
    return jmespath.search(expression, parsed)


def look(
    expressions: Iterable[str], reply: Response, parsed: ReplyDocument
) -> Mapping[str, Any]:
    """Return what expressions find in a reply, where they make sense of it.

    Args:
        expressions: The expressions.
        reply: The reply.
        parsed: The same as botocore has it.
    """
    # If masking the secrets changes what an expression finds, its result reveals a
    # secret: mask it.
    masked = _mask(reply) if schema.has_secrets(type(reply)) else parsed
    seen: dict[str, Any] = {}
    for expression in expressions:
        try:
            found = search(expression, parsed)
            is_open = masked is parsed or found == search(expression, masked)
        except JMESPathError:
            continue
        seen[expression] = found if is_open else MASK
    return seen


def _mask(value: Any) -> Any:
    """The same without what is sensitive."""
    try:
        if isinstance(value, Structure):
            return {
                field.member.name: MASK if field.member.sensitive else _mask(item)
                for field in schema.fields(type(value))
                if (item := getattr(value, field.attribute)) is not None
            }
        if is_list(value):
            return [_mask(item) for item in value]
        if is_map(value):
            return {key: _mask(item) for key, item in value.items()}
    except TooDeep:
        raise
    except RecursionError:
        return go_deeper(_mask, value)
    return value


def describe_seen(seen: Mapping[str, Any]) -> str:
    """Return what was seen on one line, such as `EndpointStatus: 'Creating'`."""
    return ", ".join(f"{path}: {_shorten(repr(item))}" for path, item in seen.items())


def _shorten(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."
