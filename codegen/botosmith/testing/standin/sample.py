"""Example strings that suit a shape: of its length, and of its pattern where simple."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from botosmith.testing.pattern import (
    Chain,
    Chars,
    Choice,
    Node,
    Repeat,
    matches,
    read_pattern,
)

#: The account of AWS's documentation.
ACCOUNT = "123456789012"

#: What reads well, where the pattern allows it.
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


def write_arn(service: str, region: str, kind: str, name: str) -> str:
    """An ARN in the documentation's account."""
    return f"arn:aws:{service}:{region}:{ACCOUNT}:{kind}/{name}"


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
