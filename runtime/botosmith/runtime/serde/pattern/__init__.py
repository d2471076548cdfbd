"""The patterns of models, checked as AWS services check them.

A service matches the whole value with Java's `String.matches`: "Member must satisfy
regular expression pattern". All patterns of botocore's models compile in Java, but some
neither in Python nor in ECMAScript, which Smithy names as their language. A pattern is
therefore read as Java reads it, and as ECMAScript reads it if Java refuses it.

This package is imported when the first pattern is checked.
"""

from __future__ import annotations

import re
from functools import cache

from botosmith.runtime.serde.pattern.error import RefusedError, UnsupportedError
from botosmith.runtime.serde.pattern.guard import Guard, find_guard
from botosmith.runtime.serde.pattern.translate import translate_from

#: No pattern takes long for a text of so many characters.
_SHORT = 12

__all__ = ["compile_pattern", "matches", "translate"]


def matches(pattern: str, text: str) -> bool:
    """Return whether a whole text matches a pattern; True if that cannot be checked."""
    compiled = compile_pattern(pattern)
    if compiled is None:
        return True
    guard = _find_guard(pattern) if len(text) > _SHORT else None
    if guard is not None and (guard.exact or not guard.accepts(text)):
        return guard.accepts(text)
    return compiled.fullmatch(text) is not None


@cache
def _find_guard(pattern: str) -> Guard | None:
    compiled = compile_pattern(pattern)
    return None if compiled is None else find_guard(compiled)


@cache
def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """Return a pattern for Python's `fullmatch`; None if it cannot be checked."""
    for java in (True, False):
        try:
            return _compile(pattern, java=java)
        except RefusedError:
            continue
        # re gives ValueError for a number of more than 4,300 digits.
        except (UnsupportedError, re.error, OverflowError, RecursionError, ValueError):
            break
    return None


def translate(pattern: str) -> str | None:
    """Return a pattern in Python's syntax, under `re.ASCII`; None without equivalent.

    Its meaning holds for `fullmatch` alone: `^` and `$` at its ends are kept.
    """
    compiled = compile_pattern(pattern)
    return None if compiled is None else compiled.pattern


def _compile(pattern: str, *, java: bool) -> re.Pattern[str]:
    # Without ASCII, \d, \w, \s and \b would take more than Java and ECMAScript do.
    return re.compile(translate_from(pattern, java=java), re.ASCII)
