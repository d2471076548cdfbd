"""Numbers and their nouns in words."""

from __future__ import annotations

from typing import Final

from botosmith.generator.model import ShapeModel

_SINGULARS: Final = {
    "string": "character",
    "blob": "byte",
    "list": "item",
    "map": "entry",
}
_PLURALS: Final = {"entry": "entries"}


def count(number: float, noun: str) -> str:
    """Return a number with a noun in its singular or plural, "" for no noun."""
    if not noun:
        return str(number)
    plural = _PLURALS.get(noun, f"{noun}s")
    return f"{number} {noun if number == 1 else plural}"


def tell_limits(shape: ShapeModel) -> str:
    """Return the bounds of a shape as a sentence, "" for a shape without bounds."""
    if shape.enum is not None:
        return ""
    noun = _SINGULARS.get(shape.type, "")
    # Everything has a length of 0 or more.
    low = None if noun and shape.min == 0 else shape.min
    high = shape.max
    if low is not None and high is not None:
        return (
            f"Exactly {count(low, noun)}."
            if low == high
            else f"From {low} to {count(high, noun)}."
        )
    if low is not None:
        return f"At least {count(low, noun)}."
    return f"At most {count(high, noun)}." if high is not None else ""
