"""Texts by their names, as a store holds them: JSON that is checked when read."""

from __future__ import annotations

import json
from typing import Any

from botosmith.generator.json_type import is_object


def read_texts(value: bytes | None) -> dict[str, str] | None:
    """Return the texts that a stored value holds; None if it is not such JSON."""
    try:
        texts: Any = json.loads(value or b"null")
    except (ValueError, RecursionError):
        return None
    if not is_object(texts):
        return None
    is_text = all(isinstance(text, str) for text in texts.values())
    return texts if is_text else None
