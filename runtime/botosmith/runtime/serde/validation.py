"""The rules of the model, applied to an object as a whole.

A superset of `botocore.validate`: what is required, types, exactly one member in a
union, lengths and ranges with both bounds. Patterns and enum values are checked only
on request, since models lag behind their services.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from sys import float_info
from typing import Any

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Structure, Union
from botosmith.runtime.serde import writers
from botosmith.runtime.serde.depth import TOO_DEEP, TooDeep, go_deeper
from botosmith.runtime.serde.service_values import leave_given
from botosmith.runtime.serde.validation_mode import Validation, check_mode
from botosmith.runtime.violation import (
    MASK,
    Violation,
    conceal,
    hide,
    join_key,
    join_path,
)

#: The remedy for a bound that botocore does not check.
_SEND_ANYWAY = (
    "The service may take more than this model says; to send it all the same: "
    'client.send(request, validation="botocore") or Client(validation="botocore").'
)


def validate(
    value: Structure, *, strict: bool = False, validation: Validation = "model"
) -> None:
    """Check an object against the model it was generated from.

    Args:
        value: Any generated object; what it holds is checked too.
        strict: Whether to check patterns, which the whole value has to match, and
            enum values as well. Services accept values that the model does not know
            yet, so sending never does.
        validation: The same by the names that `Client` has: `strict`, `model`, or
            `botocore` for what botocore checks.

    Raises:
        ValidationError: Lists every violation with its path, value and rule.
        ValueError: `validation` has no such value.
    """
    mode = check_mode(validation)
    violations = find_violations(value, "strict" if strict else mode)
    if violations:
        from botosmith.runtime.errors import ValidationError

        raise ValidationError(type(value).__name__, violations)


def find_violations(
    value: Structure, validation: Validation = "model"
) -> tuple[Violation, ...]:
    """Every violation in an object, in the model's order."""
    near_secrets = schema.has_secrets(type(value))
    check = _Check(validation, near_secrets=near_secrets)
    try:
        check.members(value, "")
    except RecursionError:
        return (Violation(type(value).__name__, None, TOO_DEEP, absent=True),)
    found = leave_given(type(value), check.violations)
    return conceal(found, near_secrets=near_secrets)


class _Check:
    """One walk through an object."""

    def __init__(self, validation: Validation, *, near_secrets: bool) -> None:
        self.near_secrets = near_secrets
        self.strict = validation == "strict"
        self.as_botocore = validation == "botocore"
        self.violations: list[Violation] = []

    def report(
        self,
        type_: schema.Type,
        value: Any,
        path: str,
        rule: str,
        remedy: str | None = None,
    ) -> None:
        shown = MASK if schema.may_hold_secrets(type_) else value
        self.violations.append(Violation(path, shown, rule, remedy=remedy))

    def mistake(
        self, type_: schema.Type, value: Any, path: str, expected: str = ""
    ) -> None:
        """Report a value of another type, and say what to write."""
        from botosmith.runtime.advice.wrong_types import advise_scalar, describe_mistake

        rule = describe_mistake(type_, value, is_secret=self.near_secrets)
        if rule is None:
            rule = _is_no(value, expected) + advise_scalar(type_, value)
            self.report(type_, value, path, rule)
        else:
            self.violations.append(Violation(path, None, rule, absent=True))

    def exceed(self, type_: schema.Type, value: Any, path: str, rule: str) -> None:
        """Report a bound that botocore leaves to the service."""
        if not self.as_botocore:
            self.report(type_, value, path, rule, _SEND_ANYWAY)

    def members(self, structure: Structure, path: str) -> None:
        if isinstance(structure, Union):
            self.union(structure, path)
        for field in schema.fields(type(structure)):
            place = join_path(path, field.attribute)
            value = getattr(structure, field.attribute)
            if value is not None:
                self.member(field.member, value, place)
            elif field.required:
                rule = "is required, but missing"
                self.violations.append(Violation(place, None, rule, absent=True))

    def member(self, member: schema.Member, value: Any, path: str) -> None:
        before = len(self.violations)
        self.value(member.type, value, path)
        if member.sensitive:
            self.violations[before:] = [
                hide(found, path) for found in self.violations[before:]
            ]

    def union(self, union: Union, path: str) -> None:
        chosen = [
            field.attribute
            for field in schema.fields(type(union))
            if getattr(union, field.attribute) is not None
        ]
        if union.sdk_unknown_member is not None:
            chosen.append("sdk_unknown_member")
        if len(chosen) != 1:
            found = " and ".join(chosen) if chosen else "none"
            rule = f"needs exactly one of its members set, not {found}"
            place = path or type(union).__name__
            self.violations.append(Violation(place, None, rule, absent=True))

    def value(  # noqa: C901, PLR0912 - a case for each type
        self, type_: schema.Type, value: Any, path: str
    ) -> None:
        """Check any value against its type."""
        match type_:
            case schema.Events() | schema.Stream():
                pass
            case schema.Structure():
                self.structure(type_, value, path)
            case schema.List():
                self.list(type_, value, path)
            case schema.Map():
                self.map(type_, value, path)
            case schema.String() | schema.Enum():
                self.text(type_, value, path)
            case schema.Integer() | schema.Float():
                self.number(type_, value, path)
            case schema.Blob():
                self.blob(type_, value, path)
            case schema.Boolean():
                self.instance(type_, value, path, bool)
            case schema.Timestamp():
                self.timestamp(type_, value, path)
            case schema.Body():
                self.body(value, path)
            case schema.Document():
                if not writers.is_document(value):
                    self.report(
                        type_, value, path, "is or holds a value that JSON cannot hold"
                    )
            case schema.Octets():
                self.octets(type_, value, path)

    def instance(
        self, type_: schema.Type, value: Any, path: str, expected: type[Any]
    ) -> None:
        if not isinstance(value, expected):
            self.mistake(type_, value, path, expected.__name__)

    def timestamp(self, type_: schema.Timestamp, value: Any, path: str) -> None:
        moment = value
        if self.as_botocore and not isinstance(value, datetime):
            moment = writers.parse_instant(value)
        if not isinstance(moment, datetime):
            self.mistake(type_, value, path, "datetime")
        elif not writers.is_instant(moment):
            rule = "is outside of the years 1 to 9999 in UTC"
            try:
                has_offset = value.tzinfo is None or value.utcoffset() is not None
            except Exception:  # noqa: BLE001 - a time zone may be anybody's code
                has_offset = False
            if not has_offset:
                rule = "has a time zone without an offset from UTC"
            self.report(type_, value, path, rule)

    def structure(self, type_: schema.Structure, value: Any, path: str) -> None:
        expected = type_.structure
        if isinstance(value, expected):
            before = len(self.violations)
            try:
                self.members(value, path)
            except TooDeep:
                raise
            except RecursionError:
                del self.violations[before:]
                go_deeper(self.members, value, path)
        else:
            self.mistake(type_, value, path)

    def list(self, type_: schema.List, value: Any, path: str) -> None:
        if not writers.is_list(value):
            self.mistake(type_, value, path)
            return
        self.length(type_, value, path, "items")
        for index, item in enumerate(value):
            self.item(type_, type_.member, item, f"{path}[{index}]")

    def map(self, type_: schema.Map, value: Any, path: str) -> None:
        if not writers.is_map(value):
            self.mistake(type_, value, path)
            return
        self.length(type_, value, path, "keys")
        for key, item in value.items():
            self.value(type_.key, key, f"{path} (key {key!r})")
            self.item(type_, type_.value, item, join_key(path, key))

    def item(
        self, owner: schema.List | schema.Map, type_: schema.Type, value: Any, path: str
    ) -> None:
        if value is not None or not owner.sparse:
            self.value(type_, value, path)

    def text(self, type_: schema.String | schema.Enum, value: Any, path: str) -> None:
        if not isinstance(value, str):
            self.mistake(type_, value, path, "str")
        elif isinstance(type_, schema.Enum):
            self.length(type_, value, path, "characters")
            if self.strict and value not in type_.enum._value2member_map_:
                rule = f"is not a value that {type_.enum.__name__} knows"
                self.report(type_, str(value), path, rule)
        else:
            self.length(type_, value, path, "characters")
            if self.strict and not _matches(type_.pattern, value):
                rule = f"does not match {type_.pattern!r} as a whole"
                self.report(type_, value, path, rule)

    def number(
        self, type_: schema.Integer | schema.Float, value: Any, path: str
    ) -> None:
        whole = isinstance(type_, schema.Integer)
        accepted = int if whole else (int, float, Decimal)
        # botocore takes True for 1.
        is_no_number = isinstance(value, bool) and not self.as_botocore
        if not isinstance(value, accepted) or is_no_number:
            self.mistake(type_, value, path, "int" if whole else "float")
        elif isinstance(value, Decimal) and value.is_snan():
            self.report(type_, value, path, "has no place on the wire")
        else:
            # A decimal is sent as a float, and no decimal compares with NaN.
            sent = float(value) if isinstance(value, Decimal) else value
            if isinstance(sent, int) and not _is_writable(type_, sent):
                largest = "4,300 digits" if whole else "the largest float"
                rule = f"is a whole number beyond {largest}"
                self.violations.append(Violation(path, None, rule, absent=True))
            else:
                self.bounds(type_, value, sent, path)

    def bounds(
        self, type_: schema.Integer | schema.Float, value: Any, sent: float, path: str
    ) -> None:
        if type_.min is not None and sent < type_.min:
            self.report(type_, value, path, f"is below the minimum {type_.min}")
        elif type_.max is not None and sent > type_.max:
            self.exceed(type_, value, path, f"is above the maximum {type_.max}")

    def body(self, value: Any, path: str) -> None:
        from botosmith.runtime.bodies.request_body import find_fault

        fault = find_fault(value)
        if fault is not None:
            # The value is not shown: it may be large, or a table of many lines.
            self.violations.append(Violation(path, None, fault, absent=True))

    def octets(self, type_: schema.Octets, value: Any, path: str) -> None:
        if not isinstance(value, (bytes, bytearray, str)):
            self.report(type_, value, path, _is_no(value, "bytes"))

    def blob(self, type_: schema.Blob, value: Any, path: str) -> None:
        content = writers.content(value)
        if content is None:
            self.report(type_, value, path, _is_no(value, "bytes"))
        else:
            self.length(type_, content, path, "bytes")

    def length(
        self,
        type_: schema.String | schema.Enum | schema.Blob | schema.List | schema.Map,
        value: Any,
        path: str,
        unit: str,
    ) -> None:
        count = len(value)
        if type_.min is not None and count < type_.min:
            rule = f"has {count} {unit}, fewer than the minimum {type_.min}"
            # botocore counts neither bytes nor keys.
            is_ours = isinstance(type_, schema.Blob | schema.Map)
            tell = self.exceed if is_ours else self.report
            tell(type_, value, path, rule)
        elif type_.max is not None and count > type_.max:
            rule = f"has {count} {unit}, more than the maximum {type_.max}"
            self.exceed(type_, value, path, rule)


def _is_writable(type_: schema.Integer | schema.Float, value: int) -> bool:
    limit = writers.LONGEST if isinstance(type_, schema.Integer) else float_info.max
    return -limit <= value <= limit


def _is_no(value: Any, expected: str) -> str:
    return f"is of type {type(value).__name__}, not {expected}"


def _matches(pattern: str | None, value: str) -> bool:
    """Return whether a whole text matches a pattern, as the service checks it."""
    if pattern is None:
        return True
    # Imported here, since only strict checks of text with a pattern need it.
    from botosmith.runtime.serde.pattern import matches

    return matches(pattern, value)
