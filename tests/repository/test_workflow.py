"""The automation and the guide say what the commands take, and nothing else."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from botosmith.generator.diff.change import Severity
from botosmith.generator.settings import (
    CheckSettings,
    DiffSettings,
    UpdateSettings,
    parse_arguments,
)

WORKFLOWS = ("ci", "update")


def load(root: Path, name: str) -> dict[str, Any]:
    """A workflow as GitHub reads it."""
    text = (root / ".github" / "workflows" / f"{name}.yml").read_text()
    # YAML 1.1 takes the word `on` for a truth value.
    loaded: dict[Any, Any] = yaml.safe_load(text)
    return {"on" if key is True else str(key): value for key, value in loaded.items()}


def list_scripts(workflow: dict[str, Any]) -> Iterator[str]:
    """Return what its steps run in a shell."""
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            if "run" in step:
                yield step["run"]


def list_commands(text: str) -> Iterator[list[str]]:
    """The command lines of botosmith in a text, without what follows them."""
    joined = text.replace("\\\n", " ")
    for line in re.findall(
        r"^.*?\bbotosmith ((?:update|diff|check)\b.*)$", joined, re.MULTILINE
    ):
        words = shlex.split(line, comments=True)
        end = next((at for at, word in enumerate(words) if word[0] in ">|;&"), None)
        yield [word.rstrip(";") for word in words[:end]]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_scripts_are_bash(root: Path, name: str) -> None:
    """Each script of a workflow is one that a shell reads."""
    scripts = list(list_scripts(load(root, name)))
    bash = shutil.which("bash")

    assert scripts
    assert bash is not None
    for script in scripts:
        done = subprocess.run(
            [bash, "-n"], input=script, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


def test_no_workflow_is_left_out(root: Path) -> None:
    """The tests of this module see every workflow."""
    files = (root / ".github" / "workflows").iterdir()

    assert {file.name for file in files} == {f"{name}.yml" for name in WORKFLOWS}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_scripts_get_values_by_environment(root: Path, name: str) -> None:
    """GitHub puts nothing into a script, where it would be read as shell."""
    for script in list_scripts(load(root, name)):
        assert "${{" not in script


@pytest.fixture
def clone(root: Path, tmp_path: Path) -> Path:
    """A folder with the Makefile, where each program notes how it was called."""
    projects = [f"{folder}/pyproject.toml" for folder in (".", "codegen", "runtime")]
    for name in ("Makefile", *projects):
        place = tmp_path / name
        place.parent.mkdir(exist_ok=True)
        shutil.copy(root / name, place)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    for name in ("python", "botosmith"):
        program = programs / name
        program.write_text(
            f"#!{sys.executable}\nimport sys\n"
            f"print({name!r}, sys.argv[1:], file=open('calls', 'a'))\n"
            "print('1.2.3')\n"
        )
        program.chmod(0o755)
    (tmp_path / ".venv" / ".installed").touch()
    return tmp_path


def run_make_update(
    clone: Path, *arguments: str, **variables: str
) -> tuple[int, list[str]]:
    """Run `make update`: its exit code, and the calls of programs."""
    make = shutil.which("make")
    assert make is not None
    done = subprocess.run(
        [make, "update", *arguments],
        cwd=clone,
        env={**os.environ, **variables},
        capture_output=True,
        check=False,
    )
    calls = clone / "calls"
    return done.returncode, calls.read_text().splitlines() if calls.exists() else []


@pytest.mark.parametrize("is_argument", [True, False])
def test_update_takes_a_version(clone: Path, is_argument: bool) -> None:  # noqa: FBT001
    """A version that is named is installed and pinned, even if it is an older one."""
    if is_argument:
        code, calls = run_make_update(clone, "BOTOCORE=1.2.3")
    else:
        code, calls = run_make_update(clone, BOTOCORE="1.2.3")

    assert code == 0
    assert "'botocore==1.2.3', 'boto3==1.2.3'" in calls[0]
    assert calls[1] == "botosmith ['update', '--botocore', '1.2.3']"
    assert '"botocore==1.2.3"' in (clone / "pyproject.toml").read_text()


def test_update_takes_the_newest_version(clone: Path) -> None:
    """As on a schedule, where the workflow's input is empty."""
    code, calls = run_make_update(clone, BOTOCORE="")

    assert code == 0
    assert calls[0].endswith("'botocore', 'boto3']")
    assert calls[1] == "botosmith ['update']"


@pytest.mark.parametrize(
    "hostile",
    [
        "1.2.3; touch ran",
        "$(touch ran)",
        "$(shell touch ran)",
        "`touch ran`",
        '" && touch ran && "',
        "' && touch ran && '",
        "1.2.3\ntouch ran",
    ],
)
def test_no_input_is_run(clone: Path, hostile: str) -> None:
    """A workflow's input is a word for the programs, whatever it holds."""
    _, calls = run_make_update(clone, BOTOCORE=hostile)

    assert not (clone / "ran").exists()
    assert repr(f"botocore=={hostile}") in calls[0]
    assert calls[1] == f"botosmith {['update', '--botocore', hostile]}"


@pytest.mark.parametrize("name", WORKFLOWS)
def test_targets_and_commands_exist(root: Path, name: str) -> None:
    """Each make target is there, and each command line is one that botosmith takes."""
    makefile = (root / "Makefile").read_text()
    text = "\n".join(list_scripts(load(root, name)))

    targets = re.findall(r"\bmake ([\w-]+)", text)
    assert targets
    assert all(f"\n{target}:" in makefile for target in targets)
    for words in list_commands(text):
        parse_arguments(words)


def test_ci_runs_what_people_run(root: Path) -> None:
    """The suite on each Python that is supported, and a check without a cache."""
    workflow = load(root, "ci")
    matrix = workflow["jobs"]["test"]["strategy"]["matrix"]["python"]
    classifiers = (root / "pyproject.toml").read_text()

    assert matrix == re.findall(r"Python :: (3\.\d+)", classifiers)
    assert {"push", "pull_request"} == workflow["on"].keys()
    (check,) = list_commands("\n".join(list_scripts(workflow)))
    settings = parse_arguments(check)
    assert isinstance(settings, CheckSettings)
    assert not settings.cache


def test_update_is_scheduled_and_tells_what_breaks(root: Path) -> None:
    """A pull request whose body is the diff, with a label, after the tests."""
    workflow = load(root, "update")
    script = "\n".join(list_scripts(workflow))
    commands = [parse_arguments(words) for words in list_commands(script)]
    diffs = [one for one in commands if isinstance(one, DiffSettings)]

    assert workflow["on"]["schedule"]
    assert [one.format for one in diffs] == ["markdown", "html", "text"]
    assert [one.fail_on for one in diffs] == [None, None, "breaking"]
    order = [
        script.index(text)
        for text in ("make update", "diff.html", "make test", "gh pr create")
    ]
    assert order == sorted(order)
    assert '--body-file "$RUNNER_TEMP/body.md" --label "$LABEL"' in script


def test_guide_shows_commands_that_exist(root: Path) -> None:
    """Every command line of docs/updating.md is one that botosmith takes."""
    text = (root / "docs" / "updating.md").read_text()

    blocks = "\n".join(re.findall(r"```console\n(.*?)```", text, re.DOTALL))
    commands = [parse_arguments(words) for words in list_commands(blocks)]

    kinds = {type(command) for command in commands}
    assert kinds == {CheckSettings, DiffSettings, UpdateSettings}
    assert len(commands) >= 7
    assert all(severity in text for severity in Severity)
