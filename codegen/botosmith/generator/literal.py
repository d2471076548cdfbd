"""Text of a model as Python source: whatever it holds, it stays inert."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

#: What may not stand bare in source: control characters, other line ends, surrogates.
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff]"
)

#: Text that means itself between quotation marks, as most of a model's does.
_PLAIN = re.compile(r"[ !#-\[\]-~]*")

_SURROGATE = re.compile("[\ud800-\udfff]")

#: From this length on, a literal is broken into several that Python joins again.
BREAK_AT = 60


def quote(text: str) -> str:
    """A string literal, as black would write it; raw where that reads better."""
    if len(text) > BREAK_AT:
        parts = [text[i : i + BREAK_AT] for i in range(0, len(text), BREAK_AT)]
        return f"({' '.join(map(_quote_short, parts))})"
    return _quote_short(text)


def write_scalar(value: object) -> str:
    """The literal of a string, a number, true or false."""
    return quote(value) if isinstance(value, str) else repr(value)


def _quote_short(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return f'"{text}"'
    raw = f'r"{text}"'
    if "\\" in text and text.isprintable() and text.isascii() and _reads_as(raw, text):
        return raw
    plain = f'"{text}"'
    if text.isprintable() and "\\" not in text and _reads_as(plain, text):
        return plain
    return _UNPRINTABLE.sub(_escape, repr(text))


def _reads_as(literal: str, text: str) -> bool:
    try:
        return bool(ast.literal_eval(literal) == text)
    except (SyntaxError, ValueError, UnicodeEncodeError):
        return False


def quote_docstring(lines: Sequence[str]) -> tuple[str, ...]:
    """A docstring's lines, its quotes included; raw where backslashes would double."""
    text = "\n".join(lines)
    if "\\" in text and _may_be_raw(text):
        opening, inert = 'r"""', list(lines)
    else:
        opening, inert = '"""', [_escape_line(line) for line in lines]
        if lines[-1].endswith('"'):
            # It would run into the closing quotes.
            inert[-1] = f'{_escape_line(lines[-1][:-1])}\\"'
    inert[0] = opening + inert[0]
    return (*inert, '"""') if len(inert) > 1 else (f'{inert[0]}"""',)


def _may_be_raw(text: str) -> bool:
    return not (
        '"""' in text or text.endswith(("\\", '"')) or _UNPRINTABLE.search(text)
    )


def _escape_line(line: str) -> str:
    # CPython refuses a class whose docstring has lone surrogates; they are spelt out.
    speakable = _SURROGATE.sub(_escape, line)
    inert = speakable.replace("\\", "\\\\").replace('"""', '\\"\\"\\"')
    return _UNPRINTABLE.sub(_escape, inert)


def print_inert(text: str) -> str:
    """Text that stays within its line, for a comment."""
    return _UNPRINTABLE.sub(_escape, text.replace("\n", " "))


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()
