"""The folders of the repository."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

#: The pinned models.
MODELS = ROOT / "models"
