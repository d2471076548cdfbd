"""HTML documentation of botocore's models to the text of Python docstrings.

The text is the Markdown that people write in docstrings: paragraphs, lists, `code`,
and links as `text (<URL>)`. It is not Python source: quotes and backslashes are as
they were in the documentation.
"""

from __future__ import annotations

import re
from functools import cache

from botosmith.generator.prose.markdown import to_markdown
from botosmith.generator.prose.memory import MEMORY
from botosmith.generator.prose.wrapping import Line, fill_line, read_line

__all__ = ["forget", "summary", "to_lines"]

_MIN_WIDTH = 24
_SENTENCE_END = re.compile(
    r"(?<![ (]e\.g\.)(?<![ (]i\.e\.)(?<! vs\.)(?<! etc\.)(?<=[.!?])[)\"'”]* (?![a-z])"
)


def to_lines(html: str, *, width: int, lead: str = "", hanging: int = 0) -> list[str]:
    """Lay out a documentation string in lines of `width` columns.

    A URL, a code span (a pattern, for example) and any other word is whole on its line,
    which is longer than `width` where the word is.

    Args:
        html: The documentation, possibly empty, possibly malformed.
        width: The columns of every line, those of `hanging` included.
        lead: Put before the first word, on the same line.
        hanging: The columns by which all lines but the first are indented.

    Returns:
        Lines without line ends and trailing spaces, one empty line between
        paragraphs, none at the ends.

    Raises:
        ValueError: `hanging` leaves less than 24 columns of `width`.
    """
    if width - hanging < _MIN_WIDTH:
        problem = (
            f"width {width} with hanging {hanging} leaves {width - hanging} columns,"
            f" expected at least {_MIN_WIDTH}"
        )
        raise ValueError(problem)
    rows: list[str] = []
    for line in _start_with(lead.split(), _read_lines(html)):
        if line is None:
            rows.append("")
        else:
            rows += fill_line(line, width=width, hanging=hanging, is_top=not rows)
    return rows


def summary(html: str) -> str:
    """Return the first sentence as one line without links, "" when there is none."""
    for line in map(read_line, to_markdown(html, links=False).split("\n")):
        if line is not None:
            text = " ".join(" ".join(line.words).split())
            end = _SENTENCE_END.search(text)
            return text[: end.end()].rstrip() if end else text
    return ""


def forget() -> None:
    """Forget all texts: another service has others."""
    MEMORY.begin({})
    _read_lines.cache_clear()


@cache
def _read_lines(html: str) -> tuple[Line | None, ...]:
    """Read all lines; None is an empty line, never at an end, never twice."""
    lines: list[Line | None] = []
    for line in map(read_line, to_markdown(html).split("\n")):
        if line is not None or (lines and lines[-1] is not None):
            lines.append(line)
    return tuple(lines[:-1] if lines and lines[-1] is None else lines)


def _start_with(
    lead: list[str], lines: tuple[Line | None, ...]
) -> tuple[Line | None, ...]:
    """Put a lead into the first paragraph, or above what is a list or code."""
    if not lead:
        return lines
    top = lines[0] if lines else None
    if top is None or top.first:
        return (Line("", "", tuple(lead)), *lines)
    return (Line("", "", (*lead, *top.words)), *lines[1:])
