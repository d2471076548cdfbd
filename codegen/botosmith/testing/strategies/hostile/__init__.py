"""Service models that try to break out of the code that is generated from them."""

from botosmith.testing.strategies.hostile.bound import spell_bounds
from botosmith.testing.strategies.hostile.discovery import DISCOVERY, add_question
from botosmith.testing.strategies.hostile.model import hostile_models
from botosmith.testing.strategies.hostile.payload import MARKER
from botosmith.testing.strategies.hostile.rule import ENDPOINT_RULES
from botosmith.testing.strategies.hostile.spoil import (
    Spoilt,
    bent_models,
    spoilt_models,
)

__all__ = [
    "DISCOVERY",
    "ENDPOINT_RULES",
    "MARKER",
    "Spoilt",
    "add_question",
    "bent_models",
    "hostile_models",
    "spell_bounds",
    "spoilt_models",
]
