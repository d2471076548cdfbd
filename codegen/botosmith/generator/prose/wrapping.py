"""Lines of a given width out of light Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from attrs import frozen

from botosmith.generator.prose.markdown import NBSP

# Columns that are left to the text, however deeply lists are nested.
_MIN_TEXT = 16

_PREFIX = re.compile(rf"(?:(?:-|\d+\.)?{NBSP})*")
_LIKE_MARKER = re.compile(r"[-*+>|:]|#+|\d+[.)]")

#: A code span of Markdown: it ends at as many back quotes as it begins with.
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")


@frozen
class Line:
    """One line of Markdown: a paragraph, an item, a line of preformatted text.

    `first` and `rest` stand before its first and its other lines on the page.
    """

    first: str
    rest: str
    words: tuple[str, ...]


def read_line(text: str) -> Line | None:
    """Read one line of `to_markdown`'s result; None is an empty one.

    A code span is one word, as neither people nor programs find the two ends of one
    that is broken over lines.
    """
    text = text.strip(" ")
    prefix = _PREFIX.match(text)
    first = prefix[0].replace(NBSP, " ") if prefix else ""
    held = _CODE_SPAN.sub(lambda span: span[0].replace(" ", NBSP), text[len(first) :])
    words = tuple(word for word in held.split(" ") if word.strip())
    return Line(first, " " * len(first), words) if words else None


def fill_line(line: Line, *, width: int, hanging: int, is_top: bool) -> Iterator[str]:
    """Yield the lines that `line` takes, all but the page's first one indented.

    A line has more than `width` columns only if it holds a single word that is longer.
    """
    excess = max(0, hanging + len(line.rest) + _MIN_TEXT - width)
    rest = " " * hanging + line.rest[excess:]
    prefix = "" if is_top else " " * hanging
    rows = wrap(
        " ".join(_glue_markers(line.words, width - len(rest))),
        width,
        initial_indent=prefix + line.first[excess:],
        subsequent_indent=rest,
        expand_tabs=False,
        replace_whitespace=False,
        break_long_words=False,
        break_on_hyphens=False,
    )
    # textwrap breaks lines at the white space of ASCII only.
    yield from (row.replace(NBSP, " ").rstrip(" ") for row in rows)


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
