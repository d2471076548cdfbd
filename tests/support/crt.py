"""awscrt, by which botocore makes some signatures and checksums, in a folder apart.

Where it is on the path, botocore signs everything with it; so the tests go without, as
users mostly do, and a few of them, and those of all services, once more with it.
"""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement


def install(folder: Path) -> None:
    """Install the awscrt that the botocore in use asks for."""
    wanted = [Requirement(text) for text in requires("botocore") or ()]
    (awscrt,) = [one for one in wanted if one.name == "awscrt"]
    what = f"{awscrt.name}{awscrt.specifier}"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--upgrade", "--target", str(folder), what], check=True)


def strip_signature(authorization: str) -> str:
    """A header without a signature that is another one each time it is made."""
    if not authorization.startswith("AWS4-ECDSA-P256-SHA256 "):
        return authorization
    return authorization.partition("Signature=")[0]


if __name__ == "__main__":
    install(Path(sys.argv[1]))
