"""Service models that try to break out of the code that is generated from them."""

from tests.support.hostile.constraints import spell_bounds
from tests.support.hostile.discovery import DISCOVERY, add_question
from tests.support.hostile.model import hostile_models
from tests.support.hostile.mutations import (
    Spoilt,
    bent_models,
    spoilt_models,
)
from tests.support.hostile.payload import MARKER
from tests.support.hostile.rule import ENDPOINT_RULES

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
