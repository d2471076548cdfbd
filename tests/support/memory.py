"""Texts that an object keeps in memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any


def find_texts(root: object, texts: Sequence[bytes]) -> list[bytes]:
    """Return those of some texts that are in a text or bytes that an object refers to.

    Args:
        root: The object.
        texts: The texts, encoded.
    """
    found = {text for kept in _walk(root) for text in texts if text in kept}
    return [text for text in texts if text in found]


def _walk(root: object) -> Iterator[bytes]:
    """Yield all texts and bytes below an object, of its own data alone."""
    seen: set[int] = set()
    left: list[Any] = [root]
    while left:
        value = left.pop()
        if id(value) in seen or _is_shared(value):
            continue
        seen.add(id(value))
        if isinstance(value, str):
            yield value.encode(errors="surrogatepass")
        elif isinstance(value, (bytes, bytearray)):
            yield bytes(value)
        left.extend(gc.get_referents(value))


def _is_shared(value: object) -> bool:
    """Return whether an object is code or a module, whose data is not its own."""
    if isinstance(value, (ModuleType, type)):
        return True
    return isinstance(value, dict) and "__builtins__" in value
