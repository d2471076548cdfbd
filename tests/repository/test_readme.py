"""The README's examples: they run, they are typed, and they print what is shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.contract.scenarios.responder import Answer, Responder

from botosmith.generator.cli import main
from botosmith.testing import Fault, StandIn, load_service
from botosmith.testing.reply.frame import write_message

Block = tuple[str, str]


def read_blocks(readme: str) -> list[Block]:
    """The code blocks: language and text."""
    return re.findall(r"^```(\w+)\n(.*?)^```$", readme, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def blocks(root: Path) -> list[Block]:
    """Every code block of the README."""
    return read_blocks((root / "README.md").read_text())


@pytest.fixture(scope="module")
def programs(
    blocks: list[Block], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Its Python examples, as files."""
    folder = tmp_path_factory.mktemp("readme")
    texts = [text for language, text in blocks if language == "python"]
    paths = [folder / f"example{number}.py" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text)
    return paths


def run_example(program: Path, standin: StandIn, runtime: str = "") -> str:
    """Run an example against a stand-in, which it finds as it would find AWS."""
    found = subprocess.run(
        [sys.executable, "-W", "error", str(program)],
        env={
            **os.environ,
            "AWS_ENDPOINT_URL_SAGEMAKER": standin.url,
            "AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME": runtime or standin.url,
            "AWS_ACCESS_KEY_ID": standin.arguments["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": standin.arguments["aws_secret_access_key"],
        },
        cwd=program.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return found.stdout


def run_stream_example(program: Path, standin: StandIn) -> str:
    """Run the example that streams both ways, and look at what it sent."""
    (program.parent / "image.png").write_bytes(b"PNG")
    part = {":message-type": "event", ":event-type": "PayloadPart"}
    responder = Responder()
    responder.answers = [
        Answer(bytes(1100)),
        Answer(write_message(part, b"Because.")),
    ]
    try:
        printed = run_example(program, standin, responder.url)
    finally:
        responder.close()
    first, second = responder.received
    assert (first.headers["content-type"], first.body) == ("image/png", b"PNG")
    assert second.target == "/endpoints/demo/invocations-response-stream"
    return printed


def run_pages_example(program: Path, standin: StandIn) -> str:
    """Run the example of pages, of which there is one."""
    summary = {
        "TrainingJobArn": "arn",
        "CreationTime": 0,
        "TrainingJobStatus": "Failed",
    }
    names = ("first", "second")
    summaries = [{**summary, "TrainingJobName": name} for name in names]
    standin.reply_with("ListTrainingJobs", {"TrainingJobSummaries": summaries})
    return run_example(program, standin)


def test_examples_run(programs: list[Path], models: Path, root: Path) -> None:
    """Every Python example ends well and prints what the README shows."""
    assert len(programs) == 6
    with StandIn(load_service("sagemaker", models)) as standin:
        first = run_example(programs[0], standin)
        assert first == "arn:aws:sagemaker:us-east-1:123456789012:endpoint/demo\n"
        run_example(programs[1], standin)
        assert [call.operation for call in standin.calls[1:]] == [
            "DescribeEndpoint"
        ] * 3
        standin.queue(Fault.error("ResourceNotFound", "No such endpoint"))
        printed = run_example(programs[2], standin)
        run_example(programs[5], standin)
        assert run_pages_example(programs[3], standin) == "first\nsecond\n"
        assert run_stream_example(programs[4], standin) == "1024\n76\nb'Because.'\n"

    readme = (root / "README.md").read_text()
    (shown,) = (
        text
        for language, text in read_blocks(readme)
        if "violation" in text and language == "text"
    )
    assert printed.startswith("No such endpoint ")
    assert printed.endswith(f"\n{shown}")


@pytest.mark.parametrize("checker", [["mypy", "--strict"], ["pyright"]])
def test_examples_are_typed(
    checker: list[str], programs: list[Path], root: Path
) -> None:
    """mypy --strict and pyright have nothing to say about the examples."""
    found = subprocess.run(
        [sys.executable, "-m", *checker, *map(str, programs)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert found.returncode == 0, found.stdout


def test_commands_exist(blocks: list[Block], root: Path) -> None:
    """Each make target and each botosmith command that the README names is there."""
    makefile = (root / "Makefile").read_text()
    shown = "".join(text for language, text in blocks if language == "console")
    targets = set(re.findall(r"make ([\w-]+)", shown))
    commands = set(re.findall(r"botosmith (\w+)", shown))

    assert targets == {"demo", "test"}
    assert all(f"\n{target}:" in makefile for target in targets)
    assert commands == {"generate", "check", "list", "show", "update", "diff"}
    for command in commands:
        subprocess.run(
            [sys.executable, "-m", "botosmith.generator.cli", command, "--help"],
            check=True,
            capture_output=True,
        )


def test_table_works_as_it_stands(
    blocks: list[Block],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Pasted into an empty project, it generates its services, and is up to date."""
    (table,) = [text for language, text in blocks if language == "toml"]
    (tmp_path / "pyproject.toml").write_text(table)
    monkeypatch.chdir(tmp_path)

    codes = [main([command]) for command in ("generate", "check", "list")]

    captured = capsys.readouterr()
    assert codes == [0, 0, 0], captured.err
    packages = tmp_path / "src" / "myapp" / "aws"
    assert {folder.name for folder in packages.iterdir()} == {"dynamodb", "sqs"}
    assert {file.stem for file in (packages / "sqs" / "operations").iterdir()} == {
        "__init__",
        "receive_message",
        "send_message",
    }
