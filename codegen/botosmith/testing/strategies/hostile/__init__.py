"""Service models that try to break out of the code that is generated from them."""

from botosmith.testing.strategies.hostile.model import hostile_models
from botosmith.testing.strategies.hostile.payload import MARKER

__all__ = ["MARKER", "hostile_models"]
