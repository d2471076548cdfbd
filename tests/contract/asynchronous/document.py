"""The examples of docs/async.md."""

from __future__ import annotations

import re

from tests.support.repository import ROOT


def read_examples() -> list[str]:
    """Its Python programs, in their order."""
    text = (ROOT / "docs" / "async.md").read_text()
    return re.findall(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
