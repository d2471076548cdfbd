"""Names as people type them on a command line, and the nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from botosmith.generator.errors import UnknownName

#: The number of names that are offered for a wrong one.
OFFERED = 3


def find_name(kind: str, given: str, known: Iterable[str]) -> str:
    """Return the known name that was meant: `CreateModel` for `create-model`.

    Upper and lower case, hyphens and underscores make no difference, unless several
    names differ by these alone: then the name has to be given as it is.

    Raises:
        UnknownName: The name is unknown or ambiguous; offers the nearest.
    """
    names: dict[str, list[str]] = {}
    for name in known:
        if name == given:
            return name
        names.setdefault(_letters(name), []).append(name)
    found = names.get(_letters(given), [])
    if len(found) == 1:
        return found[0]
    nearest = get_close_matches(_letters(given), names, n=OFFERED, cutoff=0.5)
    offered = found or [name for letters in nearest for name in names[letters]]
    raise UnknownName(kind, given, tuple(offered))


def _letters(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()
