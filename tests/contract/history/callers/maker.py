"""Makes values from recipes, with the classes that a package has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

from botosmith.runtime import OpenEnum, Structure
from botosmith.runtime.objects.pickling import restore_structure

#: The classes that recipes name, by the word for it.
SORTS: dict[str, type] = {
    "value": OpenEnum,
    "object": Structure,
    "hollow": Structure,
    "error": Exception,
}


class ClassGone(Exception):  # noqa: N818 - a signal, and no error
    """The package has no class of some name."""


def find_class(package: ModuleType, name: str, base: type) -> Any:
    """A class of the package, if it is still one of that sort."""
    found = getattr(package, name, None)
    if isinstance(found, type) and issubclass(found, base):
        return found
    raise ClassGone(name)


def find_classes(recipe: Any, package: ModuleType) -> None:
    """See whether the package has all classes that a recipe needs."""
    match recipe:
        case [str(word), str(name), *_] if word in SORTS:
            find_class(package, name, SORTS[word])
        case _:
            pass
    parts = recipe.values() if isinstance(recipe, dict) else recipe
    for part in parts if isinstance(parts, Iterable) else ():
        if isinstance(part, list | dict):
            find_classes(part, package)


def build(recipe: Any, package: ModuleType) -> Any:
    """Make what a recipe describes."""
    word, *needs = recipe
    if word in SORTS:
        name, said = needs
        return _build_object(word, name, said, package)
    if word in {"list", "map"}:
        *parts, count = needs
        built = [build(part, package) for part in parts]
        return built * count if word == "list" else _build_map(built, count)
    return _SCALARS[word](*needs)


_SCALARS: dict[str, Callable[..., Any]] = {
    "string": lambda length: "a" * length,
    "blob": lambda length: b"a" * length,
    "number": lambda number: number,
    "boolean": lambda: True,
    "timestamp": lambda: datetime(2024, 1, 1, tzinfo=UTC),
    "structure": lambda: {"a": [1]},  # a document
}


def make_hollow(package: ModuleType, name: str, members: Mapping[str, Any]) -> Any:
    """An object with some members, whatever others it is to have."""
    find_class(package, name, SORTS["hollow"])
    built = {key: build(value, package) for key, value in members.items()}
    return restore_structure(package.__name__, name, built)


def _build_object(word: str, name: str, said: Any, package: ModuleType) -> Any:
    if word == "hollow":
        return make_hollow(package, name, said)
    made = find_class(package, name, SORTS[word])
    if word == "value":
        return made(said)
    built = {key: build(value, package) for key, value in said.items()}
    if word == "object":
        return made(**built)
    message = built.get("Message", "told")
    return made({"Error": {"Code": name, "Message": message}, **built}, "Call")


def _build_map(entry: list[Any], count: int) -> dict[str, Any]:
    key, item = entry
    keys = [key]
    # Keys that are too short for so many different ones are left at one.
    if 1 < count <= 10 ** len(key):
        keys = [f"{number:0{len(key)}}" for number in range(count)]
    return dict.fromkeys(keys[:count], item)
