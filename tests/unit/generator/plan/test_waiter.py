"""Waiters of small models: what is generated of them, and what is refused."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.unit.generator.conftest import make_model, write_model

from botosmith.generator.build.formatting import format_modules
from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.errors import ModelError
from botosmith.generator.naming import FunctionName
from botosmith.generator.output.atomic_write import write_package
from botosmith.generator.output.existing_package import read_previous
from botosmith.generator.plan.name_lock import Previous, keep_names

SHAPES = {
    "Text": {"type": "string"},
    "Waiter": {"type": "string", "enum": ["a"]},
    "Acceptor": {"type": "structure", "members": {"Client": {"shape": "Text"}}},
    "Kinds": {"type": "list", "member": {"shape": "Waiter"}},
    "LookRequest": {
        "type": "structure",
        "members": {
            "Client": {"shape": "Text"},
            "Kinds": {"shape": "Kinds"},
            "Acceptor": {"shape": "Acceptor"},
            "Progress": {"shape": "Text"},
            "maxAttempts": {"shape": "Text"},
        },
    },
    "LookResponse": {
        "type": "structure",
        "members": {"Status": {"shape": "Text"}},
    },
}

OPERATIONS = {
    "Look": {
        "input": {"shape": "LookRequest"},
        "output": {"shape": "LookResponse"},
    },
    "WaitUntilTold": {},
    "Ping": {},
}

OPEN: dict[str, Any] = {
    "operation": "Look",
    "delay": 2,
    "maxAttempts": 5,
    "description": "Wait until it is <open>",
    "acceptors": [
        {
            "state": "success",
            "matcher": "path",
            "argument": 'Status || "a\\"b"',
            "expected": 'It\'s "open"\n',
        },
        {"state": "failure", "matcher": "error", "expected": True},
        {"state": "retry", "matcher": "status", "expected": 404},
    ],
}

EXPECTED = """\
_WAITER = _Waiter(
    name="LookedUp",
    delay=2,
    max_attempts=5,
    acceptors=(
        _Acceptor(
            state="success",
            matcher="path",
            argument='Status || "a\\\\"b"',
            expected='It\\'s "open"\\n',
        ),
        _Acceptor(state="failure", matcher="error", expected=True),
        _Acceptor(state="retry", matcher="status", expected=404),
    ),
)


def wait_until_looked_up(
    client: Client,
    *,
    client_: str | None = None,
    kinds: Sequence[Waiter | str] | None = None,
    acceptor: Acceptor | None = None,
    progress: str | None = None,
    max_attempts: str | None = None,
    delay: float | None = None,
    max_attempts_: int | None = None,
    progress_: WaiterProgress | None = None,
) -> LookResponse:
"""

Spoil = Callable[[dict[str, Any]], object]


def write_waiters(models: Path, waiters: Any, version: Any = 2) -> None:
    """Put waiters beside a model."""
    write_model(models, make_model(deepcopy(SHAPES), deepcopy(OPERATIONS)))
    source = {"version": version, "waiters": waiters}
    write_source(models, json.dumps(source))


def write_source(models: Path, text: str) -> None:
    """Put any text where waiters are looked for."""
    file = models / "parcels" / "2024-03-01" / "waiters-2.json"
    file.write_text(text)


def build(models: Path, **arguments: Any) -> dict[str, str]:
    """The files that are generated."""
    files = build_service(open_models(models), "parcels", package="x", **arguments)
    return {path.as_posix(): text for path, text in files.items()}


def import_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Generate a package as users have it, and import it."""
    sources = build_service(open_models(tmp_path), "parcels", package=tmp_path.name)
    home = tmp_path / "out" / tmp_path.name / "parcels"
    write_package(home, format_modules(sources))
    monkeypatch.syspath_prepend(tmp_path / "out")
    return importlib.import_module(f"{tmp_path.name}.parcels")


def test_module_is_readable(tmp_path: Path) -> None:
    """A waiter's facts stand in it as plain data; the rest is one call."""
    write_waiters(tmp_path, {"LookedUp": OPEN})

    sources = build_service(open_models(tmp_path), "parcels", package="x")

    formatted = {
        path.as_posix(): text for path, text in format_modules(sources).items()
    }
    text = formatted["waiters/looked_up.py"]
    assert text[text.index("_WAITER") : text.index('    r"""')] == EXPECTED


def test_docstring_says_it_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The docstring says the end to wait for, the bad ends, and the delays."""
    accepting: dict[str, Any] = {
        **OPEN,
        "acceptors": [
            {
                "state": "success",
                "matcher": "pathAll",
                "argument": "a[].b",
                "expected": "x",
            },
            {
                "state": "success",
                "matcher": "pathAll",
                "argument": "a[].b",
                "expected": "y",
            },
            {"state": "success", "matcher": "error", "expected": False},
            {
                "state": "failure",
                "matcher": "pathAny",
                "argument": "a",
                "expected": False,
            },
            {"state": "failure", "matcher": "status", "expected": 403},
            {"state": "retry", "matcher": "error", "expected": "Busy"},
        ],
    }
    never = {**OPEN, "acceptors": []}
    write_waiters(tmp_path, {"Open": accepting, "Never": never, "Refused": OPEN})

    parcels = import_package(tmp_path, monkeypatch)

    told = " ".join(str(parcels.wait_until_open.__doc__).split())
    for words in (
        (
            "Waits until `look` reports that all of `a[].b` are `x` or `y`, or there is"
            " no error."
        ),
        "Wait until it is <open>",
        "Goes on as long as there is the error `Busy`.",
        (
            "Fails as soon as one of `a` is false, or the HTTP status is 403, and at"
            " any other error."
        ),
        "Calls every 2 seconds, at most 5 times.",
        "client_: As in `look`.",
        "max_attempts_: The number of calls after which to stop; by default 5.",
        "Value: The last reply. Raises:",
    ):
        assert words in told
    assert "and at any" not in str(parcels.wait_until_refused.__doc__)
    told = " ".join(str(parcels.wait_until_never.__doc__).split())
    assert told.startswith("Waits. Description: Wait until it is <open> Fails at any ")


def test_waiters_are_exported_lazily(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As functions and methods; nothing of them is imported before."""
    write_waiters(tmp_path, {"LookedUp": OPEN})

    parcels = import_package(tmp_path, monkeypatch)

    assert "wait_until_looked_up" in parcels.__all__
    assert not [name for name in sys.modules if f"{tmp_path.name}.parcels.w" in name]
    function = parcels.wait_until_looked_up
    assert parcels.Client.wait_until_looked_up is function
    assert f"{tmp_path.name}.parcels.waiters.looked_up" in sys.modules
    stub = Path(str(parcels.__file__)).with_suffix(".pyi").read_text()
    assert "wait_until_looked_up as wait_until_looked_up" in stub


def test_service_without_waiters_has_no_folder_of_them(tmp_path: Path) -> None:
    """An empty file is as good as a missing one."""
    write_waiters(tmp_path, {})
    empty = build(tmp_path)
    (tmp_path / "parcels/2024-03-01/waiters-2.json").unlink()

    assert build(tmp_path) == empty
    assert not [name for name in empty if "waiter" in name]


def test_subset_has_its_operations_waiters(tmp_path: Path) -> None:
    """And no others."""
    waiters = {"Looked": OPEN, "Pinged": {**OPEN, "operation": "Ping"}}
    write_waiters(tmp_path, waiters)

    files = build(tmp_path, operations=("Ping",))

    modules = {name for name in files if name.startswith("waiters/")}
    assert modules == {"waiters/__init__.py", "waiters/pinged.py"}
    assert "Looked" not in files["data/parcels/2024-03-01/waiters-2.json"]


def test_operation_comes_first(tmp_path: Path) -> None:
    """An operation and a waiter may have one name, and so may two waiters."""
    write_waiters(tmp_path, {"Told": OPEN, "DBOpen": OPEN, "DbOpen": OPEN})

    files = build(tmp_path)

    assert "def wait_until_told(" in files["operations/wait_until_told.py"]
    assert "def wait_until_told_2(" in files["waiters/told.py"]
    assert "def wait_until_db_open(" in files["waiters/db_open.py"]
    assert "def wait_until_db_open_2(" in files["waiters/db_open_2.py"]


def test_package_keeps_its_waiters_names(tmp_path: Path) -> None:
    """A later addition to a model takes another name, or the lock says so."""
    models, out = tmp_path / "models", tmp_path / "out"
    old = deepcopy(OPERATIONS)
    del old["WaitUntilTold"]
    write_waiters(models, {"Told": OPEN})
    write_model(models, make_model(SHAPES, old))
    write_package(out, build_service(open_models(models), "parcels", package="x"))
    write_waiters(models, {"Told": OPEN})

    previous = read_previous(out, "parcels")
    files = build(models, previous=previous)

    assert previous.model is not None
    assert set(previous.model.waiters) == {"Told"}
    assert "def wait_until_told(" in files["waiters/told.py"]
    assert "def wait_until_told_2(" in files["operations/wait_until_told.py"]
    lock = json.loads(files["data/names.json"])["names"]
    assert lock == {
        "operations.WaitUntilTold": "wait_until_told_2",
        "waiters.Told": "wait_until_told",
    }


@pytest.mark.parametrize("text", ["{", "[]", '{"version": 2, "waiters": {"A": 1}}'])
def test_damaged_package_has_no_waiters(tmp_path: Path, text: str) -> None:
    """Generating is how it is mended."""
    models, out = tmp_path / "models", tmp_path / "out"
    write_waiters(models, {"Told": OPEN})
    write_package(out, build_service(open_models(models), "parcels", package="x"))
    (out / "data/parcels/2024-03-01/waiters-2.json").write_text(text)

    previous = read_previous(out, "parcels")

    assert previous.model is not None
    assert not previous.model.waiters
    places, _ = keep_names(previous.model, Previous())
    assert places.functions["operations.Ping"] == FunctionName("Ping")


def spoil_acceptor(**changes: Any) -> Spoil:
    """Change the first acceptor; None takes a key away."""

    def spoil(waiters: dict[str, Any]) -> None:
        acceptor = waiters["Open"]["acceptors"][0]
        acceptor.update(changes)
        for key in [key for key in changes if changes[key] is None]:
            del acceptor[key]

    return spoil


STATES = "success, failure, retry"
MATCHERS = "path, pathAll, pathAny, status, error"

CASES: list[tuple[Spoil, list[str]]] = [
    (lambda w: w.update(Open=[]), ["waiters.Open: is an array, not an object"]),
    (
        lambda w: w["Open"].update(delay="1", maxAttempts=1.5, acceptors={}),
        [
            "waiters.Open.delay: is a string, not a number",
            "waiters.Open.maxAttempts: is 1.5, not a whole number",
            "waiters.Open.acceptors: is an object, not an array",
        ],
    ),
    (
        lambda w: w.update(Open={}),
        [
            "waiters.Open.operation: is missing",
            "waiters.Open.delay: is missing",
            "waiters.Open.maxAttempts: is missing",
            "waiters.Open.acceptors: is missing",
        ],
    ),
    (
        lambda w: w["Open"].update(operation="Loook", delay=-1, maxAttempts=0),
        [
            "waiters.Open.operation: 'Loook' is not among the operations",
            "waiters.Open.delay: is -1, which is less than 0",
            "waiters.Open.maxAttempts: is 0, less than 1",
        ],
    ),
    (
        spoil_acceptor(state="done", matcher="paths"),
        [
            f"waiters.Open.acceptors[0].state: is 'done', none of: {STATES}",
            f"waiters.Open.acceptors[0].matcher: is 'paths', none of: {MATCHERS}",
        ],
    ),
    (
        spoil_acceptor(state=None),
        [f"waiters.Open.acceptors[0].state: is missing, none of: {STATES}"],
    ),
    (
        spoil_acceptor(state=1),
        ["waiters.Open.acceptors[0].state: is 1, not a string"],
    ),
    (
        spoil_acceptor(argument=None, expected=None),
        [
            (
                "waiters.Open.acceptors[0].expected: is missing, not a string, a"
                " number, true or false"
            ),
            "waiters.Open.acceptors[0].argument: is missing",
        ],
    ),
    (
        spoil_acceptor(argument="a.["),
        [
            (
                "waiters.Open.acceptors[0].argument: is not a JMESPath expression: "
                "Invalid jmespath expression: Incomplete expression:"
            )
        ],
    ),
    (
        spoil_acceptor(expected=float("nan")),
        [
            (
                "waiters.Open.acceptors[0].expected: is nan, not a string, a number,"
                " true or false"
            )
        ],
    ),
    (
        spoil_acceptor(matcher="status", expected="200"),
        ["waiters.Open.acceptors[0].expected: is '200', not a whole number"],
    ),
    (
        spoil_acceptor(matcher="status", expected=True),
        ["waiters.Open.acceptors[0].expected: is True, not a whole number"],
    ),
    (
        spoil_acceptor(matcher="error", expected=404),
        ["waiters.Open.acceptors[0].expected: is 404, not a string, true or false"],
    ),
]


@pytest.mark.parametrize(("spoil", "expected"), CASES)
def test_bad_waiters_are_refused(
    tmp_path: Path, spoil: Spoil, expected: list[str]
) -> None:
    """Every problem is told with its place."""
    waiters = {"Open": deepcopy(OPEN)}
    spoil(waiters)
    write_waiters(tmp_path, waiters)

    assert find_problems(tmp_path) == expected


def find_problems(models: Path) -> list[str]:
    """Return what is wrong with a service's waiters."""
    with pytest.raises(ModelError) as caught:
        build(models)
    for problem in caught.value.problems:
        assert problem.file == "parcels/2024-03-01/waiters-2.json"
    return [
        ": ".join(filter(None, (problem.path, problem.message)))
        for problem in caught.value.problems
    ]


def test_file_is_of_a_version_that_botocore_reads(tmp_path: Path) -> None:
    """Or of none that we can read."""
    write_waiters(tmp_path, {}, version=1)
    assert find_problems(tmp_path) == ["version: is 1, and botocore reads 2"]

    write_source(tmp_path, "{}")
    assert find_problems(tmp_path) == [
        "version: is missing, and botocore reads 2",
        "waiters: is missing",
    ]


def test_file_is_an_object(tmp_path: Path) -> None:
    """Whatever else JSON has."""
    write_waiters(tmp_path, {})
    write_source(tmp_path, "[]")

    assert find_problems(tmp_path) == ["is an array, not an object"]


def test_file_is_json(tmp_path: Path) -> None:
    """And nothing is generated of one that is not."""
    write_waiters(tmp_path, {})
    write_source(tmp_path, "{")

    (problem,) = find_problems(tmp_path)

    assert problem.startswith("is not JSON: ")
