"""The reasons for which a pattern cannot be translated."""

from __future__ import annotations


class RefusedError(Exception):
    """The regular expression language refuses the pattern: it is a syntax error."""


class UnsupportedError(Exception):
    """The pattern holds a construct for which Python has no equivalent."""
