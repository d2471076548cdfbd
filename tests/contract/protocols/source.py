"""The protocol cases: where they are, and what is in them.

They are another project's data and stay where they are: a folder with
`protocol_cases.py`, which knows how to read, play and compare them, and the cases.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.support.repository import ROOT

#: Names another folder.
VARIABLE = "BOTOSMITH_PROTOCOL_CASES"
DEFAULT = Path("..", "shared", "protocol-cases")

#: The module of such a folder.
MODULE = "protocol_cases"


class MissingError(Exception):
    """The folder has no cases.

    Attributes:
        is_asked_for: Whether someone has said where they are.
    """

    def __init__(self, problem: str, *, is_asked_for: bool) -> None:
        super().__init__(problem)
        self.is_asked_for = is_asked_for


def find_folder(environment: Mapping[str, str], root: Path) -> Path:
    """Return the folder that the environment names, else the one beside a repository.

    Raises:
        MissingError: It is missing, or is not a folder of cases.
    """
    named = environment.get(VARIABLE)
    folder = Path(named).expanduser() if named else root / DEFAULT
    module = folder / f"{MODULE}.py"
    if not module.is_file():
        problem = (
            f"the protocol cases did not run: {os.path.normpath(module)} is not there; "
            f"{VARIABLE} says which folder has it"
        )
        raise MissingError(problem, is_asked_for=bool(named))
    return folder


@cache
def load_cases() -> Any:
    """The module of the folder.

    Raises:
        MissingError: There is none.
    """
    folder = find_folder(os.environ, ROOT)
    spec = spec_from_file_location(MODULE, folder / f"{MODULE}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    # The folder is not ours to put anything in.
    with patch.object(sys, "dont_write_bytecode", new=True):
        spec.loader.exec_module(module)
    return module


@cache
def load_suites() -> tuple[Any, ...]:
    """Return the suites, each a model of a service with the cases for it.

    Raises:
        MissingError: The folder of cases is missing.
    """
    return tuple(load_cases().load_suites())
