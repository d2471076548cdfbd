"""Lines of a given width out of light Markdown.

textwrap does not serve here: it cuts a word that is too long at exactly the width,
while a URL has places where it may be broken (RFC 3986, Appendix C).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from attrs import frozen

from botosmith.generator.prose.markdown import NBSP

# Columns that are left to the text, however deeply lists are nested.
_MIN_TEXT = 16

_PREFIX = re.compile(rf"(?:(?:-|\d+\.)?{NBSP})*")
_LIKE_MARKER = re.compile(r"[-*+>|:]|#+|\d+[.)]")
_BREAKS = ("/?#&=", ".,:;_")


@frozen
class Line:
    """One line of Markdown: a paragraph, an item, a line of preformatted text.

    `first` and `rest` stand before its first and its other lines on the page.
    """

    first: str
    rest: str
    words: tuple[str, ...]


def read_line(text: str) -> Line | None:
    """Read one line of `to_markdown`'s result; None is an empty one."""
    text = text.strip(" ")
    prefix = _PREFIX.match(text)
    first = prefix[0].replace(NBSP, " ") if prefix else ""
    words = tuple(word for word in text[len(first) :].split(" ") if word.strip())
    return Line(first, " " * len(first), words) if words else None


def fill_line(line: Line, *, width: int, hanging: int, is_top: bool) -> Iterator[str]:
    """Yield the lines of at most `width` columns that `line` takes.

    All are indented by `hanging` columns, but not the first one of the page's top.
    """
    excess = max(0, hanging + len(line.rest) + _MIN_TEXT - width)
    rest = " " * hanging + line.rest[excess:]
    prefix = "" if is_top else " " * hanging
    prefix += line.first[excess:]
    row: list[str] = []
    for word in _glue_markers(line.words, width - len(rest)):
        if len(prefix + " ".join([*row, word])) <= width:
            row.append(word)
            continue
        *pieces, last = _break_word(word, width - len(rest))
        for full in [" ".join(row), *pieces] if row else pieces:
            yield _clean(prefix + full)
            prefix = rest
        row = [last]
    yield _clean(prefix + " ".join(row))


def _clean(text: str) -> str:
    return text.replace(NBSP, " ").rstrip(" ")


def _glue_markers(words: Sequence[str], room: int) -> Iterator[str]:
    """Keep what looks like the marker of a list off the start of a line."""
    held = words[0]
    for word in words[1:]:
        if _LIKE_MARKER.fullmatch(word) and len(held) + 1 + len(word) <= room:
            held += NBSP + word
        else:
            yield held
            held = word
    yield held


def _break_word(word: str, room: int) -> Iterator[str]:
    while len(word) > room:
        end = _find_break(word[:room])
        yield word[:end]
        word = word[end:]
    yield word


def _find_break(head: str) -> int:
    """Find where to end a line in a word that goes on after `head`.

    Never after a hyphen if it can be helped: nobody could tell whether it is part of
    the URL. A break close to the start of the line is none worth having.
    """
    ends = [max(head.rfind(mark) for mark in marks) + 1 for marks in _BREAKS]
    ends += [len(head[: head.rfind("-") + 1].rstrip("-")), len(head.rstrip("-"))]
    return next((end for end in ends if end > len(head) // 2), len(head))
