"""The name that was probably meant in place of an unknown one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

#: The most names that a message lists.
_SHOWN = 12


def suggest(name: object, names: Mapping[str, str]) -> str:
    """Return the end of a message about a name that does not exist.

    Args:
        name: The name that was given.
        names: The names that exist, each with another name of the same thing. A
            dictionary of boto3's names is looked up by Python's names as well.

    Returns:
        `; did you mean X?`, or the names that exist where none is near.
    """
    near = find_nearest(name, names)
    return f"; did you mean {near}?" if near else _list_names(names)


def find_nearest(name: object, names: Mapping[str, str]) -> str | None:
    """Return the name that was probably meant, if one is near enough.

    Args:
        name: The name that was given.
        names: The names that exist, each with another name of the same thing.
    """
    text = str(name)
    others = {other: known for known, other in names.items()}
    if text in others:
        return others[text]
    folded = {_fold(known): known for known in names}
    near = get_close_matches(_fold(text), folded, 1)
    return folded[near[0]] if near else None


def _fold(name: str) -> str:
    # `max_runtime_in_seconds` and `maxRuntimeInSeconds` are near to each other.
    return name.replace("_", "").replace("-", "").casefold()


def _list_names(names: Iterable[str]) -> str:
    known = list(names)
    if not known:
        return ", which has none"
    more = ", ..." if len(known) > _SHOWN else ""
    return f"; it has {', '.join(known[:_SHOWN])}{more}"
