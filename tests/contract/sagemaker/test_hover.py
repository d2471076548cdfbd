"""Editors show the pages of operations with their code as code."""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.support.language_server import LanguageServer, start_server

import botosmith.runtime
from botosmith import sagemaker

from .page import split

IMPORT = "from botosmith import sagemaker"


@pytest.fixture(scope="module")
def server(
    root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[LanguageServer]:
    """pyright's language server, which finds our packages."""
    folder = tmp_path_factory.mktemp("workspace")
    home = Path(str(botosmith.runtime.__file__)).parents[2]
    with start_server(folder, root / "generated", home) as started:
        yield started


@pytest.mark.parametrize(
    "name", ["create_training_job", "search", "create_inference_experiment"]
)
def test_code_is_in_code_blocks(server: LanguageServer, name: str) -> None:
    """Usage, Value and Request syntax are blocks of Markdown, as they are in `help`."""
    shown = server.hover(f"sagemaker.{name}", IMPORT)
    sections = split(str(inspect.getdoc(getattr(sagemaker, name))))
    blocks = re.findall(r"^```\w*\n(.*?)\n```", shown, re.DOTALL | re.MULTILINE)

    assert f"def {name}(" in blocks[0]
    assert [textwrap.dedent(block).strip() for block in blocks[1:]] == [
        textwrap.dedent(sections[heading]).strip()
        for heading in ("Usage", "Value", "Request syntax")
    ]
    for heading in ("Usage", "Value", "Request syntax"):
        assert f"\n{heading}:\n\n```\n" in shown


def test_words_are_not_in_code_blocks(server: LanguageServer) -> None:
    """Everything else is text, in which links and code can be told apart."""
    shown = server.hover("sagemaker.create_training_job", IMPORT)
    text = re.sub(r"^```.*?\n```", "", shown, flags=re.DOTALL | re.MULTILINE)

    assert "https://docs.aws.amazon.com/sagemaker/latest/dg/algos.html&gt;" in text
    assert "Pattern: `[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}`" in text
    assert "\nRaises:  \n" in text


def test_waiters_and_pages_have_no_code(server: LanguageServer) -> None:
    """Their sections are words, shown as such below the signature."""
    for name in ("wait_until_endpoint_in_service", "paginate_list_models"):
        shown = server.hover(f"sagemaker.{name}", IMPORT)
        assert shown.count("```") == 2, name
        assert "Value:" in shown, name
