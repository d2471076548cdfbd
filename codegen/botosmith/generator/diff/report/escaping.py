"""Text of models in Markdown, escaped: no markup, mentions or links remain."""

from __future__ import annotations

import re

from botosmith.generator.diff.report.wording import show_controls

_BACKTICKS = re.compile("`+")
_MARKUP = re.compile(r"[\\`*_\[\]<>&|~$]")
_REFERENCE = re.compile(r"[@#]")


def write_code(text: str) -> str:
    """Return a text as a code span, in which GitHub finds no markup or mentions."""
    text = show_controls(text) or " "
    # CommonMark: a span ends at a run of as many backticks as it began with, and
    # loses one space at both ends if there is one at both, unless all is spaces.
    fence = "`" * (max(map(len, _BACKTICKS.findall(text)), default=0) + 1)
    pad = " " if text.strip(" ") and {text[0], text[-1]} & {"`", " "} else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def write_prose(text: str) -> str:
    """Return a text escaped for a paragraph."""
    escaped = _MARKUP.sub(r"\\\g<0>", show_controls(text))
    # A backslash does not stop GitHub's mention of @somebody; an empty comment does.
    return _REFERENCE.sub(r"\g<0><!-- -->", escaped)
