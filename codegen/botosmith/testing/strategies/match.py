"""Strings from the tree of a pattern.

The tree is walked while drawing, instead of being turned into a strategy of
strategies: each of those costs as much to draw as the string itself.
"""

from __future__ import annotations

from functools import cache
from random import Random

from attrs import frozen
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from botosmith.runtime.serde.pattern import matches
from botosmith.testing.pattern import Chain, Chars, Choice, Node, Repeat

#: The repeats of a part beyond those that it must have.
_SPREAD = 3

#: The number of draws of a string that a look-around or anchor may refuse.
_ATTEMPTS = 20

#: The number of searches in another way, once for a pattern.
_SEARCHES = 400

#: Characters of strings whose pattern is of little help.
_LETTERS = tuple("abcXYZ019")

#: The length of such strings beyond their minimum.
_SPARE = 12


@st.composite
def matching(
    draw: DrawFn, pattern: str, tree: Node, minimum: int, maximum: float
) -> str:
    """Strings of a length and of a pattern, unless that has hardly any."""
    plan = _Plan.fit(tree, minimum, maximum)
    for _ in range(_ATTEMPTS):
        text = plan.write(draw, tree)
        if minimum <= len(text) <= maximum and matches(pattern, text):
            return text
    found = _find_match(pattern, tree, minimum, maximum)
    return draw(letters(minimum, maximum)) if found is None else found


@cache
def _find_match(pattern: str, tree: Node, minimum: int, maximum: float) -> str | None:
    """The same string of a pattern each time; None where none is found."""
    plan = _Plan.fit(tree, minimum, maximum)
    random = Random(pattern)  # noqa: S311 - the same each time is what it is for
    chosen = (plan.choose(random, tree) for _ in range(_SEARCHES))
    return next(
        (
            text
            for text in chosen
            if minimum <= len(text) <= maximum and matches(pattern, text)
        ),
        None,
    )


def letters(minimum: int, maximum: float) -> SearchStrategy[str]:
    """Strings of a length, whatever their pattern: botocore looks at no pattern."""
    return texts(_LETTERS, minimum, int(min(maximum, minimum + _SPARE)))


@cache
def texts(characters: tuple[str, ...], least: int, most: int) -> SearchStrategy[str]:
    """Strings of some characters; made once, since that takes longer than drawing."""
    return st.text(characters, min_size=least, max_size=most)


@cache
def indexes(limit: int) -> SearchStrategy[int]:
    """Whole numbers from 0 to below a limit."""
    return st.integers(0, limit - 1)


@frozen
class _Plan:
    """Return the repeats of a pattern's parts, where it leaves them open.

    Attributes:
        count: At least so often.
        spread: At most so much more often.
    """

    count: int
    spread: int

    @classmethod
    @cache
    def fit(cls, tree: Node, minimum: int, maximum: float) -> _Plan:
        """The plan with the fewest repeats that makes strings of a length."""
        for count in range(minimum + 1):
            for spread in (_SPREAD, 0):
                plan = cls(count, spread)
                least, most = plan.measure(tree)
                if least >= minimum and most <= maximum:
                    return plan
        return cls(0, _SPREAD)

    def measure(self, node: Node) -> tuple[int, int]:
        """The least and the greatest length of what `write` gives."""
        match node:
            case Chars(choices):
                return len(choices[0]), len(choices[0])
            case Repeat(part):
                least, most = self._bounds(node)
                shortest, longest = self.measure(part)
                return shortest * least, longest * most
            case Choice(parts):
                sizes = [self.measure(part) for part in parts]
                return min(size[0] for size in sizes), max(size[1] for size in sizes)
            case Chain(parts):
                sizes = [self.measure(part) for part in parts]
                return sum(size[0] for size in sizes), sum(size[1] for size in sizes)

    def write(self, draw: DrawFn, node: Node) -> str:
        """Draw a string."""
        match node:
            case Chars((text,)):
                return text
            case Chars(choices):
                return draw(texts(choices, 1, 1))
            case Repeat(Chain((Chars(choices),))) if len(choices) > 1:
                return draw(texts(choices, *self._bounds(node)))
            case Repeat(part):
                least, most = self._bounds(node)
                size = least + draw(indexes(most - least + 1))
                return "".join(self.write(draw, part) for _ in range(size))
            case Choice(parts):
                return self.write(draw, parts[draw(indexes(len(parts)))])
            case Chain(parts):
                return "".join(self.write(draw, part) for part in parts)

    def choose(self, random: Random, node: Node) -> str:
        """Choose a string as `write` draws one."""
        match node:
            case Chars(choices):
                return random.choice(choices)
            case Repeat(part):
                size = random.randint(*self._bounds(node))
                return "".join(self.choose(random, part) for _ in range(size))
            case Choice(parts):
                return self.choose(random, random.choice(parts))
            case Chain(parts):
                return "".join(self.choose(random, part) for part in parts)

    def _bounds(self, repeat: Repeat) -> tuple[int, int]:
        if repeat.most is None:
            least = max(repeat.least, self.count)
            return least, least + self.spread
        least = max(repeat.least, min(repeat.most, self.count))
        return least, min(repeat.most, least + self.spread)
