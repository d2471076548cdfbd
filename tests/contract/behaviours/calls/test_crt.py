"""The same where awscrt is installed, with which botocore can do some things more.

That is: signatures for many regions (SigV4a), and the checksums CRC32C and CRC64NVME.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support import crt


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which awscrt is on the path."""
    folder = tmp_path_factory.mktemp("crt")
    crt.install(folder)
    return {**os.environ, "PYTHONPATH": str(folder)}


@pytest.mark.parametrize(
    "command",
    [
        (
            "pytest",
            "--quiet",
            *("-p", "no:cacheprovider"),
            *(
                f"tests/contract/behaviours/{name}.py"
                for name in ("calls/test_auth", "bodies/test_checksum")
            ),
            "tests/contract/behaviours/calls/test_endpoint.py",
        ),
        ("tests.contract.services", "cloudfront-keyvaluestore", "s3"),
    ],
    ids=["traits", "services"],
)
def test_all_is_well_with_awscrt(
    environment: dict[str, str], command: tuple[str, ...], root: Path
) -> None:
    """With its signatures, our requests are botocore's, too."""
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=root,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_botocore_makes_use_of_it(environment: dict[str, str]) -> None:
    """Else the tests above would show nothing."""
    code = "from botocore.compat import HAS_CRT; print(HAS_CRT)"

    told = subprocess.check_output(
        [sys.executable, "-c", code], env=environment, text=True
    )

    assert told == "True\n"
