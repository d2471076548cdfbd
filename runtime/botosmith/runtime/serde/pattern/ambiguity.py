"""Finds the expressions for which Python's `re` may take very long.

`re` tries one way through an expression after the other. If a text leads around a loop
in two ways, their number doubles with each round; if many loops in a row take the same
characters, it grows with a power of the text's length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeVar

from attrs import frozen

from botosmith.runtime.serde.pattern.automaton import Automaton
from botosmith.runtime.serde.pattern.charset import overlap

Node = TypeVar("Node", int, "tuple[int, int]")

#: Loops with more states are taken for ambiguous, rather than looked at for long.
_MOST_STATES = 80

#: The number of loops in a row that take time by the square of the text's length.
_MANY = 3


def is_slow(automaton: Automaton) -> bool:
    """Return whether `re` may take very long for an expression.

    Args:
        automaton: Its automaton, with counted repeats as endless ones.
    """
    return _Search(automaton).is_slow()


@frozen(slots=False)
class _Search:
    automaton: Automaton

    def is_slow(self) -> bool:
        return any(map(self.is_ambiguous, self.loops)) or self.has_many_loops()

    @cached_property
    def loops(self) -> list[set[int]]:
        """The sets of states that reach one another."""
        follow = self.automaton.follow
        found = find_components(range(len(follow)), follow.__getitem__)
        return [one for one in found if any(set(follow[state]) & one for state in one)]

    def is_ambiguous(self, loop: set[int]) -> bool:
        """Return whether a text leads around a loop in two ways."""
        if len(loop) > _MOST_STATES:
            return True
        inside = {
            state: [after for after in self.automaton.follow[state] if after in loop]
            for state in loop
        }
        if any(len(set(after)) < len(after) for after in inside.values()):
            return True

        def step(pair: tuple[int, int]) -> Iterator[tuple[int, int]]:
            for left in inside[pair[0]]:
                for right in inside[pair[1]]:
                    if left == right or self.share(left, right):
                        yield min(left, right), max(left, right)

        same = [(state, state) for state in loop]
        return any(
            len(one) > 1 and {left == right for left, right in one} == {True, False}
            for one in find_components(same, step)
        )

    def share(self, left: int, right: int) -> bool:
        """Return whether two states take a character in common."""
        return overlap(self.automaton.sets[left], self.automaton.sets[right])

    def has_many_loops(self) -> bool:
        """Return whether many loops of one state in a row take the same characters."""
        follow = self.automaton.follow
        loops = [state for state, after in enumerate(follow) if state in after]
        if len(loops) < _MANY:
            return False
        longest = dict.fromkeys(loops, 1)
        # A state comes before those that follow it, so that chains grow from the end.
        for state in reversed(loops):
            for after in self.list_reached(state):
                if after in longest and after > state:
                    longest[state] = max(longest[state], longest[after] + 1)
        return max(longest.values()) >= _MANY

    def list_reached(self, start: int) -> set[int]:
        """Return the states that a text of a loop's characters leads to."""
        found: set[int] = set()
        waiting = [start]
        while waiting:
            for after in self.automaton.follow[waiting.pop()]:
                if after not in found and self.share(start, after):
                    found.add(after)
                    waiting.append(after)
        return found


def find_components(
    starts: Iterable[Node], follow: Callable[[Node], Iterable[Node]]
) -> list[set[Node]]:
    """Return the strongly connected components of a graph (Tarjan 1972)."""
    order: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    path: dict[Node, None] = {}
    found: list[set[Node]] = []
    for start in starts:
        calls = [(start, iter(follow(start)))] if start not in order else []
        if calls:
            order[start] = lowest[start] = len(order)
            path[start] = None
        while calls:
            node, after = calls[-1]
            child = next(after, None)
            if child is None:
                calls.pop()
                if calls:
                    parent = calls[-1][0]
                    lowest[parent] = min(lowest[parent], lowest[node])
                if lowest[node] == order[node]:
                    found.append(_pop_to(path, node))
            elif child not in order:
                order[child] = lowest[child] = len(order)
                path[child] = None
                calls.append((child, iter(follow(child))))
            elif child in path:
                lowest[node] = min(lowest[node], order[child])
    return found


def _pop_to(path: dict[Node, None], node: Node) -> set[Node]:
    component: set[Node] = set()
    while node not in component:
        component.add(path.popitem()[0])
    return component
