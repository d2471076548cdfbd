"""Advice about values of wrong types: the code to write instead.

Dictionaries in place of objects are the commonest habit of boto3's users. The advice is
made of the names in the dictionary, boto3's or Python's, and of its values, unless they
may be sensitive.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import islice
from os import PathLike
from typing import Any, TypeGuard

from botosmith.runtime import schema
from botosmith.runtime.advice.suggestion import find_nearest
from botosmith.runtime.objects.pickling import public_name
from botosmith.runtime.objects.structure import Structure
from botosmith.runtime.serde.writers import is_list

#: The longest code that an error shows, and how deep in objects it goes.
_WIDTH, _DEPTH, _ITEMS = 160, 3, 2

#: The most keys of a dictionary that are looked at.
_KEYS = 100

_SHORT = reprlib.Repr()
_SHORT.maxstring = _SHORT.maxother = 40


def describe_mistake(type_: schema.Type, value: Any, *, is_secret: bool) -> str | None:
    """Return what is wrong with a value of a wrong type, and what to write.

    Args:
        type_: The type of the member.
        value: What was given.
        is_secret: Whether the values in it must not be shown.

    Returns:
        The rule for a violation that shows no value itself; None for a type that is
        told by the value and the type's name.
    """
    match type_:
        case schema.Structure():
            return _instead_of_structure(type_.structure, value, is_secret=is_secret)
        case schema.List():
            wanted = f"a list of {_name(type_.member)}"
            return _instead_of_list(type_, value, wanted, is_secret=is_secret)
        case schema.Map():
            return _instead_of_map(value)
        case _:
            return None


def advise_scalar(type_: schema.Type, value: Any) -> str:
    """Return what converts a value to a scalar type, as the end of a sentence."""
    for wanted, given, advice in _CONVERSIONS:
        if isinstance(type_, wanted) and isinstance(value, given):
            return f". Write {advice}."
    return ""


_TEXT = (schema.String, schema.Enum)

_CONVERSIONS: tuple[tuple[Any, Any, str], ...] = (
    (_TEXT, (bytes, bytearray), "value.decode()"),
    (_TEXT, PathLike, "str(path)"),
    (_TEXT, date, "value.isoformat()"),
    (schema.Boolean, (str, int), "True or False"),
    (schema.Integer, str, "int(value)"),
    (schema.Float, str, "float(value)"),
    (schema.Timestamp, str, "datetime.fromisoformat(value)"),
    (schema.Timestamp, bool, "a datetime"),
    (schema.Timestamp, (int, float), "datetime.fromtimestamp(value, UTC)"),
    (schema.Timestamp, date, "datetime.combine(value, time(), UTC)"),
)


def _instead_of_structure(
    expected: type[Structure], value: Any, *, is_secret: bool
) -> str:
    code = _Code(is_secret=is_secret)
    name = expected.__name__
    if _is_mapping(value):
        written = code.structure(expected, value)
        return (
            f"expected {name}, got {_kind(value).__name__}. Write {written}, "
            f"or from_boto3({name}, {{...}})."
        )
    written = code.structure(expected, {})
    if _is_class(value):
        if value is expected:
            return f"expected an object of {name}, got the class. Write {written}."
        return f"expected {name}, got the class {_tell(value)}. Write {written}."
    if isinstance(value, Structure):
        # Two services may have classes of one name.
        return f"expected {_path(expected)}, got {_path(_kind(value))}."
    if is_list(value) and len(value) == 1:
        return (
            f"expected {name}, got {_tell(_kind(value))}. Write its one item by itself."
        )
    # A class of the user's own, or of another library, may have the same name.
    kind = _kind(value)
    is_namesake = kind.__name__ == name
    got = f"{kind.__module__}.{kind.__qualname__}" if is_namesake else kind.__name__
    wanted = _path(expected) if is_namesake else name
    return f"expected {wanted}, got {got}. Write {written}."


def _instead_of_list(
    type_: schema.List, value: Any, wanted: str, *, is_secret: bool
) -> str:
    got = f"expected {wanted}, got {_tell(_kind(value))}."
    code = _Code(is_secret=is_secret)
    item = type_.member
    if _is_class(value):
        return f"expected {wanted}, got the class {_tell(value)}."
    if _is_mapping(value):
        if isinstance(item, schema.Structure):
            return f"{got} Write {code.list_of(item.structure, value)}."
        return f"{got} Write list(value) for its keys, or list(value.values())."
    is_one = isinstance(value, str | bytes) or not isinstance(value, Iterable)
    if not is_one:
        return f"{got} Write list(value)."
    if isinstance(item, schema.Structure) and not isinstance(value, item.structure):
        return f"{got} Write [{code.structure(item.structure, {})}]."
    return f"{got} Write [{code.value(item, value, 0)}]."


def _instead_of_map(value: Any) -> str:
    got = f"expected a dict, got {_tell(_kind(value))}."
    if _is_class(value):
        return f"expected a dict, got the class {_tell(value)}."
    if _is_mapping(value):
        return f"{got} Write dict(value)."
    if isinstance(value, Structure):
        return f"{got} Write to_boto3(value)."
    return f"{got} Write {{key: value}}."


def _kind(value: object) -> type:
    return type(value)


def _is_class(value: object) -> TypeGuard[type]:
    return isinstance(value, type)


def _is_mapping(value: object) -> TypeGuard[Mapping[Any, Any]]:
    return isinstance(value, Mapping)


def _tell(kind: type) -> str:
    """Return a class's name, with the package of one that is generated."""
    return _path(kind) if issubclass(kind, Structure) else kind.__name__


def _path(kind: type) -> str:
    return ".".join(public_name(kind) or (kind.__module__, kind.__qualname__))


def _name(type_: schema.Type) -> str:
    match type_:
        case schema.Structure():
            return type_.structure.__name__
        case schema.Enum():
            return type_.enum.__name__
        case schema.List():
            return "lists"
        case schema.Map():
            return "dicts"
        case schema.Timestamp():
            return "datetime"
        case _:
            return _NAMES.get(type(type_), "values")


_NAMES: Mapping[type, str] = {
    schema.String: "str",
    schema.Integer: "int",
    schema.Float: "float",
    schema.Boolean: "bool",
    schema.Blob: "bytes",
}


class _Code:
    """Writes the code that makes an object."""

    def __init__(self, *, is_secret: bool) -> None:
        self.is_secret = is_secret

    def structure(
        self, structure: type[Structure], data: Mapping[Any, Any], depth: int = 0
    ) -> str:
        """Return a call of a class with what a dictionary holds."""
        names = _find_attributes(structure, data)
        written = _Arguments(structure.__name__)
        for field in schema.fields(structure):
            if field.attribute in names:
                value = data[names[field.attribute]]
                is_masked = field.member.sensitive
                text = (
                    "..." if is_masked else self.value(field.member.type, value, depth)
                )
                written.add(field.attribute, text)
            elif field.required:
                written.add(field.attribute, "...")
        # A name that nothing is like is left to the user.
        if len(names) < len(data) or not written.texts:
            written.rest = True
        return str(written)

    def value(self, type_: schema.Type, value: Any, depth: int) -> str:
        """Return a value of a member as it would be written."""
        match type_:
            case schema.Structure() if _is_mapping(value):
                if depth >= _DEPTH:
                    return f"{type_.structure.__name__}(...)"
                return self.structure(type_.structure, value, depth + 1)
            case schema.List() if is_list(value):
                texts = [
                    self.value(type_.member, item, depth + 1) for item in value[:_ITEMS]
                ]
                more = ["..."] if len(value) > _ITEMS else []
                return f"[{', '.join([*texts, *more])}]"
            case schema.Structure() if isinstance(value, Structure):
                return f"{_kind(value).__name__}(...)"
            case _:
                is_shown = isinstance(value, str | int | float | bytes)
                return _repr(value) if is_shown and not self.is_secret else "..."

    def list_of(self, structure: type[Structure], data: Mapping[Any, Any]) -> str:
        """Return a list of objects, for one dictionary or for `{key: value}`."""
        if _find_attributes(structure, data) or not data:
            return f"[{self.structure(structure, data)}]"
        fields = schema.fields(structure)
        if len(fields) == 2 and fields[1].attribute == "value":  # noqa: PLR2004
            key, value = (field.member.name for field in fields)
            texts = [
                self.structure(structure, {key: one, value: other})
                for one, other in list(data.items())[:_ITEMS]
            ]
            more = ["..."] if len(data) > _ITEMS else []
            return f"[{', '.join([*texts, *more])}]"
        return f"[{self.structure(structure, {})}]"


class _Arguments:
    """The call of a class, made short where it is long."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.texts: list[tuple[str, str]] = []
        self.rest = False

    def add(self, name: str, text: str) -> None:
        self.texts.append((name, text))

    def __str__(self) -> str:
        forms: tuple[Callable[[str], str], ...] = (
            lambda text: text,
            lambda _: "...",
        )
        for form in forms:
            parts = [f"{name}={form(text)}" for name, text in self.texts]
            written = self._join(parts)
            if len(written) <= _WIDTH:
                return written
        parts = [f"{name}=..." for name, _ in self.texts[: _ITEMS + 1]]
        return self._join([*parts, "..."])

    def _join(self, parts: list[str]) -> str:
        more = ["..."] if self.rest and parts[-1:] != ["..."] else []
        return f"{self.name}({', '.join([*parts, *more])})"


def _find_attributes(
    structure: type[Structure], data: Mapping[Any, Any]
) -> dict[str, Any]:
    """Return the key of a dictionary that is meant for each attribute."""
    known = {field.attribute: field.member.name for field in schema.fields(structure)}
    found: dict[str, Any] = {}
    # Looking for what is near takes long, and nobody writes so many members.
    for key in islice(data, _KEYS):
        meant = find_nearest(key, known) if isinstance(key, str) else None
        if meant is not None:
            # A name that is right goes before one that is nearly so.
            is_right = key in {meant, known[meant]}
            if is_right or meant not in found:
                found[meant] = key
    return found


def _repr(value: Any) -> str:
    # Members of enums are texts, too.
    plain = str.__str__(value) if isinstance(value, str) else value
    return _SHORT.repr(plain)
