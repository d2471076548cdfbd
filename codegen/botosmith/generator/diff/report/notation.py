"""The lines that tell a change, which plain text and Markdown have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from attrs import frozen

from botosmith.generator.diff.change import Action, Change
from botosmith.generator.diff.report.wording import (
    Renaming,
    pair_names,
    show_controls,
    write_count,
    write_list,
    write_value,
)
from botosmith.generator.diff.totals import find_kind

#: How many Python names and operations a change is told with.
MOST = 4

#: How many characters of a value are shown beside another.
WIDTH = 60


@frozen
class Notation:
    """How a format writes what becomes of things.

    Attributes:
        arrow: What stands between the old and the new.
        quote: Writes a text of a model so that it is told from our own words.
    """

    arrow: str
    quote: Callable[[str], str]

    def write_places(self, change: Change) -> str:
        """Where it is; of what was renamed, both places."""
        places = [change.old_path, change.new_path]
        distinct = dict.fromkeys(self.quote(place) for place in places if place)
        return self.arrow.join(distinct)

    def write_values(self, change: Change) -> str:
        """What stands there, briefly; nothing where that would only be a beginning."""
        values = [change.before, change.after]
        if change.action is Action.CHANGED and values != [None, None]:
            return self.arrow.join(map(self._write_value, values))
        # What came or went as a whole is told by what came or went with it.
        if change.contents:
            kinds = Counter(map(find_kind, change.contents))
            counts = (write_count(number, f"{kind}") for kind, number in kinds.items())
            return f"with {' and '.join(counts)}"
        told = [value for value in values if not isinstance(value, dict | list | None)]
        return self.arrow.join(map(self._write_value, told))

    def write_names(self, change: Change) -> str:
        """The Python names that callers may have to change, or may use now."""
        return write_list([self._write_name(one) for one in pair_names(change)], MOST)

    def write_operations(self, change: Change) -> str:
        """The first of the operations that reach it."""
        return write_list([self.quote(name) for name in change.operations], MOST)

    def _write_value(self, value: object) -> str:
        if value is None:
            return "nothing"
        text = show_controls(write_value(value))
        return self.quote(text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…")

    def _write_name(self, renaming: Renaming) -> str:
        old, new = (self.quote(name or "") for name in (renaming.old, renaming.new))
        if renaming.old is None:
            return f"{new} (new)"
        if renaming.new is None:
            return f"{old} (gone)"
        return old if old == new else f"{old}{self.arrow}{new}"
