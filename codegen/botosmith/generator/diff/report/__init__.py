"""Reports of a diff: for a terminal, a pull request, a program or a browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from botosmith.generator.diff.change import Diff
from botosmith.generator.diff.report.data import write_json
from botosmith.generator.diff.report.markdown import write_markdown
from botosmith.generator.diff.report.page import write_page
from botosmith.generator.diff.report.text import write_text
from botosmith.generator.settings import FORMATS

__all__ = ["FORMATS", "write_report"]

# The command line knows the formats without importing what writes them.
_WRITERS: Mapping[str, Callable[[Diff], str]] = MappingProxyType(
    dict(
        zip(
            FORMATS,
            (write_text, write_markdown, write_json, write_page),
            strict=True,
        )
    )
)


def write_report(diff: Diff, format: str) -> str:  # noqa: A002 # as --format
    """Return a diff in one of `FORMATS`; the same diff gives the same text."""
    # A model's JSON may hold a surrogate, which cannot be written as UTF-8.
    return _WRITERS[format](diff).encode("utf-8", "backslashreplace").decode("utf-8")
