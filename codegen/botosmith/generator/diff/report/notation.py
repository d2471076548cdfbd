"""The lines of a change that plain text and Markdown have in common."""

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

#: The number of Python names and operations that are listed for a change.
MOST = 4

#: The number of characters that are shown of a value.
WIDTH = 60


@frozen
class Notation:
    """The notation of changes in a format.

    Attributes:
        arrow: The separator between the old and the new.
        quote: Returns a text of a model with marks that set it off.
    """

    arrow: str
    quote: Callable[[str], str]

    def write_places(self, change: Change) -> str:
        """Return the place of a change; both places of a renaming."""
        places = [change.old_path, change.new_path]
        distinct = dict.fromkeys(self.quote(place) for place in places if place)
        return self.arrow.join(distinct)

    def write_values(self, change: Change) -> str:
        """Return the values of a change, shortened, or a count of its contents."""
        values = [change.before, change.after]
        if change.action is Action.CHANGED and values != [None, None]:
            return self.arrow.join(map(self._write_value, values))
        # A thing that was added or removed as a whole is shown by its contents.
        if change.contents:
            kinds = Counter(map(find_kind, change.contents))
            counts = (write_count(number, f"{kind}") for kind, number in kinds.items())
            return f"with {' and '.join(counts)}"
        told = [value for value in values if not isinstance(value, dict | list | None)]
        return self.arrow.join(map(self._write_value, told))

    def write_names(self, change: Change) -> str:
        """Return the Python names that callers may have to change, or may use now."""
        return write_list([self._write_name(one) for one in pair_names(change)], MOST)

    def write_operations(self, change: Change) -> str:
        """Return the first of the operations that reach the change."""
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
