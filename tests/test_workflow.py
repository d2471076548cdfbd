"""The automation and the guide say what the commands take, and nothing else."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
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
    """What its steps run in a shell."""
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
        # What GitHub puts in stands for a word.
        plain = re.sub(r"\$\{\{.*?\}\}", "word", script)
        done = subprocess.run(
            [bash, "-n"], input=plain, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr


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
