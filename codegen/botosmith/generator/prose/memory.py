"""Converted documentation of this process and of earlier ones.

Reading HTML takes half of planning, and few texts of a model change in an update.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import define, field

Convert = Callable[[str, bool], str]


@define
class Memory:
    """A converter's results.

    Attributes:
        used: Results that were asked for since `begin`.
        is_new: Whether one of them had to be worked out.
    """

    used: dict[str, str] = field(factory=dict[str, str], init=False)
    is_new: bool = field(default=False, init=False)
    _known: Mapping[str, str] = field(factory=dict[str, str], init=False)

    def begin(self, known: Mapping[str, str]) -> None:
        """Forget everything but what earlier processes found out."""
        self.used, self.is_new, self._known = {}, False, known

    def find(self, html: str, links: bool, convert: Convert) -> str:  # noqa: FBT001
        """Return the converted text, which is worked out if it is not known."""
        key = f"{links:d}{html}"
        text = self.used.get(key)
        if text is None:
            text = self._known.get(key)
            if text is None:
                text, self.is_new = convert(html, links), True
            self.used[key] = text
        return text


MEMORY = Memory()
