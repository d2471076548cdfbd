"""Docstrings cut into the parts that they are made of."""

from __future__ import annotations

import inspect
import re
from typing import Any


def docstring(value: Any) -> str:
    """A docstring without the indent of its source."""
    text = inspect.getdoc(value)
    assert text
    return text


def split(text: str) -> dict[str, str]:
    """The sections of a docstring by heading; what comes first has none.

    The headings of code end with two colons and an empty line.
    """
    heading = r"^([A-Z][a-z]+(?: [a-z]+)?):(?:|:\n)\n(?= )"
    parts = re.split(heading, text, flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2], strict=True))}


def split_members(section: str) -> list[tuple[str, str]]:
    """The names and texts of a section of `name: text` entries."""
    parts = re.split(r"^ {4}(\w+):", section, flags=re.MULTILINE)
    assert not parts[0].strip()
    return list(zip(parts[1::2], parts[2::2], strict=True))


def squeeze(text: str) -> str:
    """A text without white space and without the marks of code."""
    return "".join(text.split()).replace("`", "")
