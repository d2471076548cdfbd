"""Runs the tests of `inside` where aiobotocore is, which the others go without."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from botocore.loaders import Loader
from tests.contract.asynchronous.environment import make_environment, run_well
from tests.contract.damage.run import run
from tests.contract.damage.test_short import KINDS, PLAN

from botosmith import sagemaker
from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.naming import package_name

INSIDE = Path(__file__).with_name("inside")

#: Services of the protocols and streams that the pinned ones do not have.
SERVICES = ("kinesis", "lambda", "rds", "s3")

LIST = """
from importlib.metadata import distributions
for one in distributions():
    print(one.name, one.version)
"""


@pytest.fixture(scope="module")
def python(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with this project and its extra `async`."""
    return make_environment(root, tmp_path_factory.mktemp("environment"), "async,speed")


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An import root whose package `lab` holds services that are not pinned."""
    folder = tmp_path_factory.mktemp("generated")
    for service in SERVICES:
        package = folder / "lab" / package_name(service)
        models = open_models(Path(Loader.BUILTIN_DATA_PATH))
        for path, text in build_service(models, service, package="lab").items():
            place = package / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
    return folder


def test_the_extra_brings_aiobotocore(python: Path) -> None:
    """With the newest botocore that it admits, and nothing that it does not need."""
    listed = run_well(python, "-I", "-c", LIST)
    found = dict(line.split() for line in listed.splitlines())

    assert {"aiobotocore", "attrs", "botocore", "botosmith"} <= found.keys()
    assert "jinja2" not in found
    assert "boto3" not in found


def test_inside(python: Path, root: Path, lab: Path) -> None:
    """The tests of `inside` pass there."""
    printed = run_well(
        *(python, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        *("-c", INSIDE / "pytest.ini", "--confcutdir", INSIDE, INSIDE),
        PYTHONPATH=os.pathsep.join(map(str, (root, root / "codegen", lab))),
    )

    assert " passed" in printed


def test_damaged_replies_end_as_documented(python: Path, tmp_path: Path) -> None:
    """Those of an `AsyncClient`; `tests/contract/damage` has more."""
    totals = run(PLAN, tmp_path, {"awaited": str(python)}, jobs=2)

    assert "\n".join(map(str, totals.failures)) == ""
    seen = totals.outcomes["awaited"]
    assert min(seen[kind] for kind in KINDS) > seen.total() // 50


def test_without_aiobotocore_the_error_says_what_to_install() -> None:
    """Here it is missing: the class is there, and using it tells how to get it."""
    if "aiobotocore" in sys.modules:
        pytest.skip("aiobotocore is installed")

    with pytest.raises(ModuleNotFoundError, match=r"pip install 'botosmith\[async\]'"):
        sagemaker.AsyncClient("us-east-1")
