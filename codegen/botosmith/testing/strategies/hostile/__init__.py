"""Service models that try to break out of the code that is generated from them."""

from botosmith.testing.strategies.hostile.bound import count_lengths
from botosmith.testing.strategies.hostile.model import hostile_models
from botosmith.testing.strategies.hostile.payload import MARKER
from botosmith.testing.strategies.hostile.spoil import (
    Spoilt,
    bent_models,
    spoilt_models,
)

__all__ = [
    "MARKER",
    "Spoilt",
    "bent_models",
    "count_lengths",
    "hostile_models",
    "spoilt_models",
]
