"""The demonstration runs to its end by itself, and shows what it promises."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SENT = [
    "CreateModel",
    "CreateEndpointConfig",
    "CreateEndpoint",
    "DescribeModel",
    "DescribeEndpointConfig",
    "DescribeEndpoint",
    "ListModels",
    "ListEndpointConfigs",
    "ListEndpoints",
    "AddTags",
    "ListTags",
    "DeleteEndpoint",
    "DeleteEndpointConfig",
    "DeleteModel",
    "CreateInferenceExperiment",
]


@pytest.fixture(scope="module")
def shown(root: Path) -> str:
    """Return what the demonstration prints, without an account or a configuration."""
    ran = subprocess.run(
        [
            sys.executable,
            "-W",
            "error::ResourceWarning",
            "examples/demo.py",
        ],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stderr == ""
    return ran.stdout


@pytest.mark.parametrize("operation", SENT)
def test_every_step_is_sent(shown: str, operation: str) -> None:
    """Each call shows its request and reaches a server on this machine."""
    lines = [line for line in shown.splitlines() if line.startswith("-> ")]

    assert any(line.endswith(f"SageMaker.{operation}") for line in lines)
    assert all(line.startswith("-> POST http://127.0.0.1:") for line in lines)


def test_errors_are_shown(shown: str) -> None:
    """A wrong name gives the service's typed error, wrong arguments give ours."""
    assert "ResourceNotFound Job definition no-such-definition not found" in shown
    assert "SageMakerError ValidationException: Could not find endpoint" in shown
    assert "ValidationError CreateEndpointInput: 3 violations" in shown


def test_the_stand_in_vouches_for_the_seed_page(shown: str) -> None:
    """The signature and the body of the full request were checked by botocore."""
    assert "The stand-in verified CreateInferenceExperiment" in shown
    assert "CreateInferenceExperimentResponse(" in shown
