"""Errors of a call whose arguments do not fit its signature."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs

from botosmith.runtime import schema
from botosmith.runtime.advice.boto3_names import find_alias
from botosmith.runtime.advice.suggestion import suggest
from botosmith.runtime.errors import ValidationError
from botosmith.runtime.objects.structure import Request, Structure
from botosmith.runtime.serde.validation import find_violations
from botosmith.runtime.violation import MASK, Violation

#: The arguments of functions that wait, or give pages, beside those of their operation,
#: with boto3's names for them. Where the operation has one of the name, ours has an
#: underscore behind.
OURS = {
    "wait_until_": {"delay": "Delay", "max_attempts": "MaxAttempts", "progress": ""},
    "paginate_": {
        "page_size": "PageSize",
        "max_items": "MaxItems",
        "resume_token": "StartingToken",
    },
}

#: The arguments in which boto3 takes them.
_OF_BOTO3 = frozenset({"PaginationConfig", "WaiterConfig"})


def call_error(
    function: str,
    request: type[Request[Any]],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> ValidationError | None:
    """Return the error for a function, whose first argument is the client."""
    own = {field.attribute for field in schema.fields(request)}
    ours = {
        f"{name}_" if name in own else name: other
        for start, names in OURS.items()
        if function.startswith(start)
        for name, other in names.items()
    }
    given = {name: value for name, value in kwargs.items() if name not in ours}
    if "client" in given:
        del given["client"]
        return constructor_error(request, args, given, ours)
    return constructor_error(request, args[1:], given, ours) if args else None


def constructor_error(
    structure: type[Structure],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    beside: Mapping[str, str] = MappingProxyType({}),
) -> ValidationError | None:
    """Return the error for a generated class; None if its arguments are not the cause.

    Args:
        structure: The class.
        args: The positional arguments.
        kwargs: The others.
        beside: The arguments that a function takes beside those of the class, with
            boto3's names for them.
    """
    if not _takes_members(structure):
        return None
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(structure)  # type: ignore[arg-type]
    known = {field.alias or field.name: field.name for field in fields if field.init}
    # A value under no name, or a wrong one, may be meant for a sensitive member.
    secret = schema.has_secrets(structure)
    misfits = [
        Violation(
            f"argument {index}",
            MASK if secret else value,
            "is positional; members go by name",
        )
        for index, value in enumerate(args, start=1)
    ]
    misfits += [
        Violation(
            name,
            MASK if secret else value,
            _rule_for_unknown(name, structure, {**dict.fromkeys(known, ""), **beside}),
        )
        for name, value in kwargs.items()
        if name not in known
    ]
    missing = _find_missing(fields, kwargs)
    if not misfits and not missing:
        return None  # the arguments fit, and something else has failed
    partial = structure.__new__(structure)
    for field in fields:
        setattr(partial, field.name, kwargs.get(field.alias or field.name))
    found = find_violations(partial)
    # The walk finds missing members only, and no attribute of a subclass.
    members = {member.attribute for member in schema.fields(structure)}
    own = [one for one in missing if one.path not in members]
    return ValidationError(structure.__name__, (*misfits, *found, *own))


def _takes_members(structure: type[Structure]) -> bool:
    """Return whether a class has the constructor that attrs makes of its members."""
    code = getattr(structure.__init__, "__code__", None)
    return code is not None and code.co_filename.startswith("<attrs generated")


def _find_missing(
    fields: tuple[attrs.Attribute[Any], ...],
    kwargs: dict[str, Any],
) -> list[Violation]:
    """Find the arguments that are required and not given, a subclass's own as well."""
    rule = "is required, but missing"
    return [
        Violation(field.name, None, rule, absent=True)
        for field in fields
        if field.init and field.default is attrs.NOTHING and field.alias not in kwargs
    ]


def _rule_for_unknown(name: str, structure: Any, attributes: dict[str, str]) -> str:
    for field in schema.fields(structure):
        attributes[field.attribute] = field.member.name
    is_request = issubclass(structure, Request)
    alias = find_alias(structure, name) if is_request else None
    hint = f"; did you mean {alias}?" if alias else suggest(name, attributes)
    if name in _OF_BOTO3:
        start = "paginate_" if name == "PaginationConfig" else "wait_until_"
        hint = f"; write {', '.join(OURS[start])}"
        if not OURS[start].keys() & attributes.keys():
            hint = f"; the functions {start}... take {', '.join(OURS[start])}"
    return f"is not a member of {structure.__name__}{hint}"
