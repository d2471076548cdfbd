"""Text of a model as Python source, in which it can have no effect."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from botosmith.generator.invisible import has_invisible, make_visible

#: Text that needs no escapes between quotation marks, as most of a model's.
_PLAIN = re.compile(r"[ !#-\[\]-~]*")


def quote(text: str) -> str:
    """Return a literal on one line, as black would write it; raw if it reads better."""
    if _PLAIN.fullmatch(text):
        return f'"{text}"'
    raw = f'r"{text}"'
    if "\\" in text and text.isprintable() and text.isascii() and _reads_as(raw, text):
        return raw
    plain = f'"{text}"'
    if _is_shown(text) and "\\" not in text and _reads_as(plain, text):
        return plain
    # repr leaves some invisible characters, such as fillers, unescaped.
    return make_visible(repr(text))


def write_scalar(value: object) -> str:
    """Return the literal of a string, a number, true or false."""
    return quote(value) if isinstance(value, str) else repr(value)


def _is_shown(text: str) -> bool:
    return text.isprintable() and not has_invisible(text)


def _reads_as(literal: str, text: str) -> bool:
    try:
        return bool(ast.literal_eval(literal) == text)
    except (SyntaxError, ValueError, UnicodeEncodeError):
        return False


def quote_docstring(lines: Sequence[str]) -> tuple[str, ...]:
    """Return a docstring's lines, its quotes included; raw where that reads better.

    Invisible characters are shown as codes, for readers of the source and of `help`.
    """
    shown = [make_visible(line) for line in lines]
    text = "\n".join(shown)
    if "\\" in text and _may_be_raw(text):
        opening, inert = 'r"""', shown
    else:
        opening, inert = '"""', [_escape_line(line) for line in shown]
        if shown[-1].endswith('"'):
            # It would run into the closing quotes.
            inert[-1] = f'{_escape_line(shown[-1][:-1])}\\"'
    inert[0] = opening + inert[0]
    return (*inert, '"""') if len(inert) > 1 else (f'{inert[0]}"""',)


def _may_be_raw(text: str) -> bool:
    # mypy 2.4 crashes at a raw string that holds both U+FFFD and a backslash with a u:
    # it takes U+FFFD for an escaped surrogate, and searches for the escape.
    if "\N{REPLACEMENT CHARACTER}" in text:
        return False
    return not ('"""' in text or text.endswith(("\\", '"')))


def _escape_line(line: str) -> str:
    return line.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')


def print_inert(text: str) -> str:
    """Return text that stays within its line, for a comment."""
    return make_visible(text)
