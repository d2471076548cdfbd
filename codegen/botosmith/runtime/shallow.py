"""The first level of a document that is nested too deeply to be read as a whole."""

from __future__ import annotations

import re

_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"|[\[\]{}]').finditer


def keep_first_level(body: bytes) -> bytes | None:
    """Return a JSON object with null for each object and list that it holds.

    An error whose members are nested too deeply keeps its code and message so.

    Args:
        body: The document.

    Returns:
        The object's JSON; None where the document is not an object, or is cut.
    """
    text = body.decode(errors="replace").strip()
    if not text.startswith("{"):
        return None
    kept: list[str] = []
    depth = begin = 0
    for token in _TOKENS(text):
        if token[0] in "[{":
            depth += 1
            if depth == 2:  # noqa: PLR2004 - the first of a value of the object
                kept.append(text[begin : token.start()])
        elif token[0] in "]}":
            depth -= 1
            if depth == 1:
                kept.append("null")
                begin = token.end()
            elif depth == 0:
                kept.append(text[begin : token.end()])
                is_all = token.end() == len(text)
                return "".join(kept).encode() if is_all else None
    return None
