"""The resource that an operation works on, such as `TrainingJob`."""

from __future__ import annotations

import re
from collections.abc import Iterable

_VERB = re.compile(r"(?:Batch)?[A-Z][a-z]*")


def find_resources(operations: Iterable[str]) -> dict[str, str]:
    """Return the resources of operations: `Model` for `CreateModel` and `ListModels`.

    The resource is the operation's name without its verb; a plural becomes the singular
    if another operation has the singular.
    """
    nouns = {name: _VERB.sub("", name, count=1) or name for name in operations}
    known = set(nouns.values())
    return {name: _singular(noun, known) for name, noun in sorted(nouns.items())}


def _singular(noun: str, known: set[str]) -> str:
    for ending, singular in (("ies", "y"), ("es", ""), ("s", "")):
        candidate = noun.removesuffix(ending) + singular
        if noun.endswith(ending) and candidate in known:
            return candidate
    return noun
