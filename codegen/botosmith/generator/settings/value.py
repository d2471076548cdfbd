"""Values of settings: the defaults, and the checks of a given value."""

from __future__ import annotations

import keyword
import re
import unicodedata
from pathlib import Path

#: The default folder of pinned models, import root, package and changelog folder.
MODELS = Path("models")
OUT = Path("generated")
PACKAGE = "botosmith"
CHANGELOG = Path("changelog.d")

#: A release of botocore.
VERSION = re.compile(r"\d+\.\d+\.\d+(\.?(a|b|rc|dev|post)\d+)*", re.ASCII)

#: The forms of a diff's report, and how severe a change can be, the worst first.
FORMATS = ("text", "markdown", "json", "html")
SEVERITIES = ("breaking", "compatible", "documentation")


def normalise_package(text: str) -> str:
    """Return the name in the form NFKC, to which Python converts identifiers."""
    return unicodedata.normalize("NFKC", text)


def explain_package(text: str) -> str | None:
    """Return why a text is not the dotted name of a package; None if it is one."""
    for part in text.split("."):
        if not part.isidentifier() or keyword.iskeyword(part):
            return f"{text!r} is not a package's name: {part!r} is not an identifier"
    return None
