"""Options: the values that are drawn, and their size."""

from __future__ import annotations

from attrs import frozen


@frozen
class Options:
    """Options of the values that are drawn.

    Attributes:
        full: Whether every member is present, as far as a shape is not within itself;
            lists and maps then have the least items they may, at least one. Otherwise
            a member at the top is there half of the time, one further down less often.
        unknown_enums: Whether strings that have an enum may have a value that the
            model does not know.
        unknown_members: Whether a union of a reply may have a member that the model
            does not know; parameters never do, since botocore would refuse them.
        non_finite: Whether floats may be infinite or no number.
        without_tokens: Whether parameters may lack a required idempotency token, which
            clients fill in.
        items: How many more items than its minimum a list or map may have.
        depth: How many structures may be within each other before only required
            ones follow; without effect where `full`.
        recursion: How often a structure may be within itself.
        repeats: How often a structure is full in a value that is `full`; further ones
            have what they must. Without it, some values have a million members.
    """

    full: bool = False
    unknown_enums: bool = True
    unknown_members: bool = False
    non_finite: bool = False
    without_tokens: bool = False
    items: int = 3
    depth: int = 4
    recursion: int = 2
    repeats: int | None = None
