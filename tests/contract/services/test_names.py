"""The list of names that are not by their rules; each service compares its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contract.services.names import (
    RENAMED,
    Renamed,
    is_by_rule,
    read_renamed,
    write_renamed,
)

from botosmith.generator.build.pipeline import list_services, open_models
from botosmith.generator.naming import ClassName, FieldName


def test_services_of_the_list_exist() -> None:
    """A service that botocore has no more leaves nothing behind."""
    assert {*read_renamed()} <= {*list_services(open_models(None))}


def test_list_is_as_it_is_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Sorted, with nothing twice, and nothing that would not be written again."""
    listed = [
        Renamed(service, *_split(line))
        for service, lines in read_renamed().items()
        for line in lines
    ]
    again = tmp_path / "renamed.txt"
    monkeypatch.setattr("tests.contract.services.names.RENAMED", again)

    write_renamed(listed)

    assert again.read_text("utf-8") == RENAMED.read_text("utf-8")


def _split(line: str) -> tuple[str, str, str]:
    place, _, names = line.rpartition(": ")
    raw, _, name = names.partition(" -> ")
    return place, raw, name


def test_rules_see_keywords_and_clashes() -> None:
    """A keyword's name does not count as the rule's, though the rule gives it."""
    assert is_by_rule(FieldName, "VpcConfig", "vpc_config")
    assert not is_by_rule(FieldName, "From", "from_")
    assert not is_by_rule(FieldName, "Code", "code_")
    assert not is_by_rule(ClassName, "AthenaError", "AthenaError_2")
