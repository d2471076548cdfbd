"""Names as people type them on a command line, and the nearest to a wrong one."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from botosmith.generator.problem import UnknownName

#: How many names are offered for a wrong one.
OFFERED = 3


def find_name(kind: str, given: str, known: Iterable[str]) -> str:
    """The known name that was meant: `CreateModel` for `create-model`.

    Upper and lower case, hyphens and underscores make no difference; no two names of
    a kind differ by these alone, in any model of botocore.

    Raises:
        UnknownName: There is no such name; offers the nearest.
    """
    names = {_letters(name): name for name in known}
    found = names.get(_letters(given))
    if found is not None:
        return found
    nearest = get_close_matches(_letters(given), names, n=OFFERED, cutoff=0.5)
    raise UnknownName(kind, given, tuple(names[name] for name in nearest))


def _letters(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()
