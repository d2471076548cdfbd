"""Hypothesis strategies made from service models, never from generated classes."""

from botosmith.testing.strategies.option import Options
from botosmith.testing.strategies.value import documents, outputs, parameters

__all__ = [
    "Options",
    "documents",
    "outputs",
    "parameters",
]
