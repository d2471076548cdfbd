"""What is wrong with a call whose arguments do not fit its signature."""

from __future__ import annotations

from typing import Any

import attrs

from botosmith.runtime import wire
from botosmith.runtime.alias import find_alias
from botosmith.runtime.errors import ValidationError
from botosmith.runtime.structure import Request, Structure
from botosmith.runtime.suggestion import suggest
from botosmith.runtime.validation import find_violations
from botosmith.runtime.violation import MASK, Violation

#: What functions that wait, or give pages, are given beside the arguments of their
#: operation; where that has one of the name, ours has an underscore behind.
OURS = {
    "wait_until_": ("delay", "max_attempts", "progress"),
    "paginate_": ("page_size", "max_items", "resume_token"),
}


def call_error(
    request: type[Request[Any]], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> ValidationError | None:
    """The error for an operation's function; its first argument is the client."""
    if "client" in kwargs:
        named = {name: value for name, value in kwargs.items() if name != "client"}
        return constructor_error(request, args, named)
    return constructor_error(request, args[1:], kwargs) if args else None


def without_ours(
    function: str, request: type[Request[Any]], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """The arguments of a function that are the operation's own."""
    own = {field.attribute for field in wire.fields(request)}
    plain = next(names for start, names in OURS.items() if function.startswith(start))
    ours = {f"{name}_" if name in own else name for name in plain}
    return {name: value for name, value in kwargs.items() if name not in ours}


def constructor_error(
    structure: type[Structure], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> ValidationError | None:
    """The error for a generated class; None when its arguments are not the cause."""
    known = {
        attribute.alias: attribute.name
        for attribute in attrs.fields(structure)  # type: ignore[arg-type]
    }
    # A value under no name, or a wrong one, may be meant for a sensitive member.
    secret = wire.has_secrets(structure)
    violations = [
        Violation(
            f"argument {index}",
            MASK if secret else value,
            "is positional; members go by name",
        )
        for index, value in enumerate(args, start=1)
    ]
    violations += [
        Violation(
            name,
            MASK if secret else value,
            _rule_for_unknown(name, structure, list(known)),
        )
        for name, value in kwargs.items()
        if name not in known
    ]
    partial = structure.__new__(structure)
    for alias, attribute in known.items():
        setattr(partial, attribute, kwargs.get(alias))
    violations += find_violations(partial)
    if not violations:
        return None
    return ValidationError(structure.__name__, tuple(violations))


def _rule_for_unknown(name: str, structure: Any, known: list[str]) -> str:
    attributes = dict.fromkeys(known, "")
    for field in wire.fields(structure):
        attributes[field.attribute] = field.member.name
    is_request = issubclass(structure, Request)
    alias = find_alias(structure, name) if is_request else None
    hint = f"; did you mean {alias}?" if alias else suggest(name, attributes)
    return f"is not a member of {structure.__name__}{hint}"
