"""Hypothesis strategies made from service models, never from generated classes."""

from tests.support.hostile import MARKER, hostile_models

from botosmith.testing.strategies.option import Options
from botosmith.testing.strategies.value import documents, outputs, parameters

__all__ = [
    "MARKER",
    "Options",
    "documents",
    "hostile_models",
    "outputs",
    "parameters",
]
