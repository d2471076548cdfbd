"""Measured rows of tables, each ours beside a peer's."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen


@frozen
class Row:
    """One figure of ours, and the same of a peer.

    Attributes:
        what: What was measured.
        peer: Whose figure stands beside ours.
        ours: Our figure: a median, where it is a time.
        theirs: The peer's.
        unit: The unit of both.
        number: The number of the target; None where there is none.
        target: What ours divided by the peer's is to stay at or below; None where the
            figures are only reported.
    """

    what: str
    peer: str
    ours: float
    theirs: float
    unit: str
    number: int | None = None
    target: float | None = None

    @property
    def ratio(self) -> float:
        """Ours divided by the peer's."""
        return self.ours / self.theirs

    @property
    def is_missed(self) -> bool:
        """Return whether there is a target, and the ratio is above it."""
        return self.target is not None and self.ratio > self.target


@frozen
class Table:
    """Rows that were measured together.

    Attributes:
        name: The name by which the command line and the files know it.
        title: What its rows have in common.
        note: What a reader has to know to understand them.
        versions: The versions of what was measured, by names of distributions.
        rows: The rows.
    """

    name: str
    title: str
    note: str
    versions: Mapping[str, str]
    rows: tuple[Row, ...]
