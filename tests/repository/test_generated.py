"""The committed packages are exactly what the pinned models give."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FAMILY = (
    "sagemaker",
    "sagemaker_a2i_runtime",
    "sagemaker_edge",
    "sagemaker_featurestore_runtime",
    "sagemaker_geospatial",
    "sagemaker_metrics",
    "sagemaker_runtime",
)


def test_generated_is_what_models_give(root: Path) -> None:
    """`botosmith check` finds no difference, and the models are what SOURCE says.

    Without the cache, which would not notice what it does not know of.
    """
    checked = subprocess.run(
        [sys.executable, "-m", "botosmith.generator.cli", "check", "--no-cache"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stdout[:2000]
    for name in FAMILY:
        assert f"generated/botosmith/{name} is up to date" in checked.stdout
