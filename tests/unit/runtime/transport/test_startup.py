"""Imports of a process that has just begun, step by step."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def loaded(parcels_folder: Path) -> object:
    """Runs a program and gives the names of the modules that it has loaded."""

    def run(program: str) -> set[str]:
        done = subprocess.run(
            [
                sys.executable,
                "-W",
                "error",
                "-c",
                f"{program}\nimport sys\nprint(*sys.modules)",
            ],
            env={
                "PYTHONPATH": ":".join([str(parcels_folder), *sys.path]),
                "AWS_ACCESS_KEY_ID": "a",
                "AWS_SECRET_ACCESS_KEY": "b",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return set(done.stdout.split())

    return run


def _roots(modules: set[str]) -> set[str]:
    return {module.partition(".")[0] for module in modules}


def test_data_classes_need_no_botocore(loaded: object) -> None:
    """Making, sending through `to_wire` and reading objects is ours alone."""
    modules = loaded(  # type: ignore[operator]
        "from shop import parcels\n"
        "from botosmith.runtime import from_wire, to_boto3, to_wire, validate\n"
        "request = parcels.OpenLockerRequest(locker_id='a')\n"
        "assert from_wire(type(request), to_wire(request)) == request\n"
        "validate(request)\n"
        "to_boto3(request)\n"
        "import pickle, copy\n"
        "assert pickle.loads(pickle.dumps(copy.deepcopy(request))) == request\n"
    )

    assert "botocore" not in _roots(modules)


def test_importing_a_service_loads_none_of_it(loaded: object) -> None:
    """Neither operations nor shapes nor errors nor the client."""
    modules = loaded("from shop import parcels")  # type: ignore[operator]

    assert {module for module in modules if module.startswith("shop.")} == {
        "shop.parcels"
    }
    assert "json" not in modules


def test_a_client_loads_no_operation(loaded: object) -> None:
    """Nor boto3, nor an error class, nor the machinery of rare cases."""
    modules = loaded(  # type: ignore[operator]
        "from shop import parcels\nparcels.Client('eu-west-1').close()"
    )

    assert {module for module in modules if module.startswith("shop.")} == {
        "shop.parcels",
        "shop.parcels.client",
    }
    assert not {"aiobotocore", "asyncio", "boto3"} & _roots(modules)
    assert not [name for name in modules if name.startswith("botosmith.runtime.aio")]
    assert "botosmith.runtime.advice.arguments" not in modules
    assert "botosmith.generator" not in modules


def test_a_call_loads_its_own_operation(loaded: object) -> None:
    """And the shapes that it reaches."""
    modules = loaded(  # type: ignore[operator]
        "from shop import parcels\n"
        "client = parcels.Client('eu-west-1')\n"
        "def answer(**_): raise KeyboardInterrupt\n"
        "client.meta.events.register('before-send', answer)\n"
        "try: client.close_locker(locker_id='a')\n"
        "except (KeyboardInterrupt, DeprecationWarning): pass\n"
    )

    assert {module for module in modules if module.startswith("shop.parcels.")} == {
        "shop.parcels.client",
        "shop.parcels.operations",
        "shop.parcels.operations.close_locker",
    }
