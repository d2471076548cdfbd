"""Examples that suit a shape: of its length or range, of its pattern where simple."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

from botocore.model import Shape

from botosmith.runtime.serde.pattern import matches
from botosmith.testing.pattern import Chain, Chars, Choice, Node, Repeat, read_pattern

#: The account of AWS's documentation.
ACCOUNT = "123456789012"

#: The moment of its reference pages.
MOMENT = datetime(2015, 1, 1, tzinfo=UTC)

#: Samples that read well, if the pattern allows them.
_SAMPLES = (
    "example",
    "example-1",
    "s3://example/key",
    "https://example.com/path",
    f"arn:aws:iam::{ACCOUNT}:role/example",
    ACCOUNT,
    "1.0.0",
    "us-east-1",
    "10.0.0.1",
    "ip-10-0-0-1.ec2.internal",
)

#: The characters to take from a set, first those that read best.
_PREFERRED = "a1A0-"


def choose_scalar(shape: Shape, wishes: tuple[str, ...] = ()) -> Any:
    """One parameter for a shape that holds no others, the same each time.

    Args:
        shape: The shape.
        wishes: What a string is to be, where the shape allows it.
    """
    rules = shape.metadata
    least = rules.get("min", 0)
    match shape.type_name:
        case "boolean":
            return True
        case "timestamp":
            return MOMENT
        case "blob":
            return b"example".ljust(least)
        case "string":
            if rules.get("enum"):
                return rules["enum"][0]
            longest = rules.get("max", math.inf)
            return choose_string(wishes, least, longest, rules.get("pattern"))
        case _:
            return max(least, min(1, rules.get("max", 1)))


@cache
def choose_string(
    wishes: tuple[str, ...], minimum: int, maximum: float, pattern: str | None
) -> str:
    """The first of some wishes, the samples and the pattern's own that is allowed.

    Where a pattern is beyond this, the length alone is right.
    """
    candidates = [
        text
        for text in _list_candidates(wishes, minimum, pattern)
        if minimum <= len(text) <= maximum
    ]
    allowed = (text for text in candidates if pattern is None or matches(pattern, text))
    return next(allowed, candidates[0])


def _list_candidates(
    wishes: tuple[str, ...], minimum: int, pattern: str | None
) -> Iterator[str]:
    yield from wishes
    yield from _SAMPLES
    tree = None if pattern is None else read_pattern(pattern)
    if tree is not None:
        for count in range(minimum + 2):
            yield _write(tree, count)
    yield _PREFERRED[0] * minimum


def _write(node: Node, count: int) -> str:
    """A text of a pattern, whose repeats are of some count where they may be."""
    match node:
        case Chars(choices):
            preferred = (char for char in _PREFERRED if char in choices)
            return next(preferred, choices[0])
        case Repeat(part, least, most):
            bound = count if most is None else min(count, most)
            return _write(part, count) * max(least, bound)
        case Choice(parts):
            return _write(parts[0], count)
        case Chain(parts):
            return "".join(_write(part, count) for part in parts)
