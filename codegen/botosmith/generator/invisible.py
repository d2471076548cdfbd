"""Invisible characters, replaced by their codes.

Text of a model may hold characters that reorder the text around them ("Trojan source",
CVE-2021-42574), act on a terminal, end a line or hide. Generated code, reports and
terminal output show their codes instead. The set does
not depend on the Unicode version of Python: the same model gives the same bytes.
"""

from __future__ import annotations

import re

#: The categories Cc, Cf, Cs and Co of Unicode, line and paragraph separators, all that
#: its property Default_Ignorable_Code_Point names, and the blank pattern of Braille.
_RANGES = (
    *("\x00-\x1f", "\x7f-\x9f", "\xad"),
    *("\u034f", "\u0600-\u0605", "\u061c", "\u06dd", "\u070f"),
    *("\u0890\u0891", "\u08e2", "\u115f\u1160", "\u17b4\u17b5", "\u180b-\u180f"),
    *("\u200b-\u200f", "\u2028-\u202e", "\u2060-\u206f", "\u2800", "\u3164"),
    *("\ud800-\udfff", "\ue000-\uf8ff", "\ufdd0-\ufdef", "\ufe00-\ufe0f", "\ufeff"),
    *("\uffa0", "\ufff0-\ufffb", "\ufffe\uffff"),
    *("\U000110bd", "\U000110cd", "\U00013430-\U0001343f", "\U0001bca0-\U0001bca3"),
    *("\U0001d173-\U0001d17a", "\U000e0000-\U000e0fff", "\U000f0000-\U0010ffff"),
)

_INVISIBLE = re.compile(f"[{''.join(_RANGES)}]")

#: The ends of lines are kept in a text of several lines.
_INVISIBLE_IN_LINES = re.compile(rf"(?!\n)[{''.join(_RANGES)}]")


def make_visible(text: str) -> str:
    """Return a text on one line, with codes for invisible characters."""
    return _INVISIBLE.sub(_spell, text)


def make_lines_visible(text: str) -> str:
    """Return a text of several lines, with codes for invisible characters."""
    return _INVISIBLE_IN_LINES.sub(_spell, text)


def has_invisible(text: str) -> bool:
    """Return whether a text on one line holds invisible characters."""
    return _INVISIBLE.search(text) is not None


def make_json_visible(text: str) -> str:
    """Return equivalent JSON, with escapes for invisible characters.

    Outside of its strings, JSON has line ends and nothing else that is escaped here.
    """
    return _INVISIBLE_IN_LINES.sub(_escape_json, text)


def _spell(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode()


def _escape_json(match: re.Match[str]) -> str:
    # JSON escapes a character above U+FFFF as a surrogate pair.
    units = match[0].encode("utf-16-be", "surrogatepass")
    pairs = (units[at : at + 2].hex() for at in range(0, len(units), 2))
    return "".join(f"\\u{pair}" for pair in pairs)
