"""Two services whose names come to one package: an error, never a lost package."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.generator.commands.test_cli import make_model, read, save
from tests.unit.generator.conftest import Run

HERE = "generated/botosmith"

TOLD = (
    "botosmith: {first} and {second} have the same package, {package}: generate each "
    "with its own --package or --out\n"
)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("names", "package"),
    [
        (("a-b", "a_b"), "a_b"),
        (("a.b", "a-b"), "a_b"),
        (("a--b", "a-b"), "a_b"),
        (("A-B", "a-b"), "a_b"),
        (("Lambda", "lambda"), "lambda_"),
        (("lambda", "lambda_"), "lambda_"),
    ],
)
@pytest.mark.parametrize("command", ["generate", "check"])
@pytest.mark.parametrize("is_named", [True, False])
def test_two_services_in_one_run(
    run: Run,
    names: tuple[str, str],
    package: str,
    command: str,
    is_named: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Both are named, and nothing is written, not even other services' packages."""
    for name in (*names, "letters"):
        save(make_model(), name)
    before = read()

    code, out, err = run(command, *((*names, "letters") if is_named else ()))

    first, second = names if is_named else sorted(names)
    assert (code, out) == (2, "")
    assert err == TOLD.format(
        first=first, second=second, package=f"botosmith.{package}"
    )
    assert read() == before


def test_services_of_a_project(run: Run) -> None:
    """As those of a command line."""
    for name in ("a-b", "a_b"):
        save(make_model(), name)
    Path("pyproject.toml").write_text(
        '[tool.botosmith]\nservices = ["a-b", "a_b"]\npackage = "my.aws"\n'
    )

    code, _, err = run("generate")

    assert code == 2
    assert err == TOLD.format(first="a-b", second="a_b", package="my.aws.a_b")


def test_update_refuses_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither models nor packages are written."""
    for name in ("a-b", "a_b"):
        save(make_model(), name)
    Path("models").rename("botocore")
    for name in ("endpoints", "partitions"):
        Path("botocore", f"{name}.json").write_text(json.dumps({"partitions": []}))
    monkeypatch.setattr(
        "botosmith.generator.update.release.Loader.BUILTIN_DATA_PATH",
        str(Path.cwd() / "botocore"),
    )
    before = read()

    code, _, err = run("update", "a-b", "a_b")

    assert code == 2
    assert err.endswith(TOLD.format(first="a-b", second="a_b", package="botosmith.a_b"))
    assert read() == before


def test_same_service_twice_is_one(run: Run) -> None:
    """A service does not clash with itself."""
    save(make_model(), "a-b")

    assert run("generate", "a-b", "A-B", "a-b")[0] == 0


@pytest.mark.parametrize("command", ["generate", "check"])
def test_package_of_another_service_is_kept(run: Run, command: str) -> None:
    """One that an earlier run wrote is as little overwritten."""
    save(make_model(), "a-b")
    run("generate")
    save(make_model("Others"), "a_b")
    before = read()

    code, _, err = run(command, "a_b")

    assert code == 1
    assert err == (
        f"botosmith: {HERE}/a_b: holds the package of a-b, which has the same name as "
        "that of a_b: use another --package or --out, or remove the folder\n"
    )
    assert read() == before


def test_package_within_a_package(run: Run) -> None:
    """The folder of a package's own modules is not another package's."""
    save(make_model(), "letters")
    run("generate")
    save(make_model(), "shapes")
    before = read()

    code, _, err = run("generate", "shapes", "--package", "botosmith.letters")

    assert code == 1
    assert err == (
        f"botosmith: {HERE}/letters/shapes: is within the package of letters: "
        "use another --package\n"
    )
    assert read() == before


def test_name_that_is_two(run: Run) -> None:
    """A name that is spelt as neither of two services is neither."""
    for name in ("a-b", "a_b"):
        save(make_model(), name)

    code, _, err = run("generate", "A-B")

    assert code == 2
    assert err == "botosmith: no service is named 'A-B'; the nearest: a-b, a_b\n"
    assert run("generate", "a_b")[0] == 0


def test_package_whose_service_has_another_version(run: Run) -> None:
    """A newer API version is the same service's."""
    file = save(make_model(), "a-b")
    run("generate")
    file.parent.rename(file.parent.with_name("2025-01-01"))

    assert run("generate")[0] == 0


def test_folder_of_others_is_not_a_package(run: Run) -> None:
    """Data that lies in a folder of others says nothing about a service."""
    folder = Path(HERE, "a_b")
    data = folder / "data" / "z" / "1"
    data.mkdir(parents=True)
    (data / "service-2.json").write_text("{}")
    save(make_model(), "a_b")

    assert run("generate")[0] == 0
