"""Pinned models are botocore's own data, and SOURCE vouches for it."""

from __future__ import annotations

import hashlib
import json
import shutil
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader
from tests.support.figures import BOTOCORE, FAMILY

from botosmith.generator.errors import ModelError, OutputError, UnknownName
from botosmith.generator.output.atomic_write import write_trees
from botosmith.generator.output.folder_plan import Changes
from botosmith.generator.update.pin import KINDS, SHARED, pin_tree, verify
from botosmith.generator.update.release import find_installed

FOLDER = "sagemaker/2017-07-24"


@pytest.fixture
def copy(models: Path, tmp_path: Path) -> Path:
    """The pinned models, to be spoilt."""
    return Path(shutil.copytree(models, tmp_path / "models"))


def pin(services: list[str], models: Path) -> Changes:
    """Pin services of the installed botocore."""
    (changes,) = write_trees([pin_tree(services, models, find_installed())])
    return changes


def load(*folders: str) -> Loader:
    """A loader over these folders alone."""
    return Loader(extra_search_paths=[*folders], include_default_search_paths=False)


def list_json(folder: Path) -> list[str]:
    """Every JSON file below a folder, without the ending."""
    files = folder.rglob("*.json")
    return sorted(file.relative_to(folder).as_posix()[:-5] for file in files)


def messages(folder: Path) -> list[str]:
    """Return what verification says of which files."""
    problems = verify(folder)
    return [f"{Path(p.file).relative_to(folder)}: {p.message}" for p in problems]


def test_pinned_files_are_those_of_botocore(models: Path) -> None:
    """Every file of the services that bindings need is pinned, and no other."""
    own = Path(Loader.BUILTIN_DATA_PATH)
    files = (file for name in FAMILY for file in (own / name).glob("*/*"))
    names = {file.relative_to(own).as_posix().partition(".json")[0] for file in files}

    assert version("botocore") == BOTOCORE
    assert list_json(models) == sorted(
        [*SHARED, *(name for name in names if not name.endswith("/examples-1"))]
    )


def test_pinned_values_are_those_of_botocore(models: Path) -> None:
    """Every file holds what botocore's loader gives, its keys in the same order."""
    theirs = load(Loader.BUILTIN_DATA_PATH)

    for name in list_json(models):
        text = (models / f"{name}.json").read_bytes().decode()
        # Dumped, since comparing objects would pass over the order of keys.
        assert json.dumps(json.loads(text)) == json.dumps(theirs.load_data(name)), name


def test_pinned_files_are_readable(models: Path) -> None:
    """A line for each value, an indent of two, characters as they are."""
    for name in list_json(models):
        text = (models / f"{name}.json").read_bytes().decode()
        laid_out = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
        assert text == laid_out + "\n", name


@pytest.mark.parametrize("kind", KINDS)
def test_loader_reads_pinned_service(models: Path, kind: str) -> None:
    """botocore's loader, given nothing else, loads what it loads from its own data."""
    ours, theirs = load(str(models)), load(Loader.BUILTIN_DATA_PATH)

    known = {*theirs.list_available_services(kind)}
    assert ours.list_available_services(kind) == [one for one in FAMILY if one in known]
    for service in known.intersection(FAMILY):
        # Extras are merged in here, as for any client.
        expected: Any = theirs.load_service_model(service, kind)
        assert ours.load_service_model(service, kind) == expected


def test_source_tells_version_and_digests(models: Path) -> None:
    """SOURCE names botocore's version and, sorted, the SHA-256 of each file."""
    source = json.loads((models / "SOURCE").read_bytes())
    digests = {
        f"{name}.json": hashlib.sha256(
            (models / f"{name}.json").read_bytes()
        ).hexdigest()
        for name in list_json(models)
    }

    assert source == {"botocore": BOTOCORE, "sha256": digests}
    assert list(source["sha256"]) == sorted(source["sha256"])
    assert verify(models) == []


def test_notice_reproduces_botocores(models: Path) -> None:
    """NOTICE says where the models come from, and all that botocore's notice says."""
    notice = (models / "NOTICE").read_text("utf-8")
    theirs = distribution("botocore").read_text("NOTICE")

    assert theirs is not None
    assert notice.endswith(theirs.strip() + "\n")
    assert f"botocore {BOTOCORE}" in notice
    assert "Apache License, Version 2.0" in notice
    assert "Amazon.com, Inc." in notice


def test_changed_byte_is_found(copy: Path) -> None:
    """One changed byte is named with its file and both digests."""
    file = copy / FOLDER / "waiters-2.json"
    content = bytearray(file.read_bytes())
    before = hashlib.sha256(content).hexdigest()
    content[100] ^= 1
    file.write_bytes(content)
    after = hashlib.sha256(content).hexdigest()

    assert messages(copy) == [
        f"{FOLDER}/waiters-2.json: has the SHA-256 {after}, and SOURCE says {before}"
    ]


def test_missing_and_unlisted_files_are_found(copy: Path) -> None:
    """A file without an entry and an entry without a file are both told."""
    (copy / "partitions.json").rename(copy / "divisions.json")

    assert messages(copy) == [
        "divisions.json: is not in SOURCE",
        "partitions.json: is missing, and SOURCE lists it",
    ]


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"sha256": 3}', "\x00"])
def test_unreadable_source_is_one_problem(copy: Path, text: str) -> None:
    """A SOURCE that is not what it should be is told as a problem of that file."""
    (copy / "SOURCE").write_text(text)

    (problem,) = verify(copy)
    assert problem.file == str(copy / "SOURCE")
    assert problem.message.startswith("cannot be read")
    with pytest.raises(ModelError):
        pin([], copy)


def test_missing_source_is_a_problem(copy: Path) -> None:
    """Models without a SOURCE are not vouched for."""
    (copy / "SOURCE").unlink()

    assert messages(copy) == ["SOURCE: is missing"]


def test_pinning_gives_what_is_committed(models: Path, tmp_path: Path) -> None:
    """Pinned from nothing, the files are byte for byte those of the repository."""
    pin(FAMILY, tmp_path / "models")

    files = [file for file in models.rglob("*") if file.is_file()]
    for file in files:
        made = tmp_path / "models" / file.relative_to(models)
        assert made.read_bytes() == file.read_bytes(), file
    made_files = [file for file in (tmp_path / "models").rglob("*") if file.is_file()]
    assert len(made_files) == len(files)


def test_pinning_again_changes_nothing(copy: Path) -> None:
    """A file that is right already is not touched."""
    times = {file: file.stat().st_mtime_ns for file in copy.rglob("*.json")}

    assert not pin([], copy)
    assert {file: file.stat().st_mtime_ns for file in times} == times


def test_pinning_adds_a_service(copy: Path) -> None:
    """Another service joins; the one there stays, a stale file of it goes."""
    stale = copy / "sagemaker" / "2016-01-01" / "service-2.json"
    stale.parent.mkdir()
    stale.write_text("{}\n")
    source = json.loads((copy / "SOURCE").read_bytes())
    source["sha256"]["sagemaker/2016-01-01/service-2.json"] = "0" * 64
    (copy / "SOURCE").write_text(json.dumps(source))

    changes = pin(["sts"], copy)

    assert {path.parts[0] for path in changes.created} == {"sts"}
    assert [str(path) for path in changes.updated] == ["SOURCE"]
    assert [copy / path for path in changes.removed] == [stale]
    assert load(str(copy)).list_available_services("service-2") == [*FAMILY, "sts"]
    assert verify(copy) == []


def test_pinning_leaves_models_of_others(copy: Path) -> None:
    """A model that SOURCE does not list is kept, and never replaced."""
    mine = copy / "parcels" / "2024-03-01" / "service-2.json"
    mine.parent.mkdir(parents=True)
    mine.write_text("{}\n")
    sts = copy / "sts" / "2011-06-15" / "service-2.json"
    sts.parent.mkdir(parents=True)
    sts.write_text("{}\n")

    with pytest.raises(OutputError, match="sts"):
        pin(["sts"], copy)
    pin([], copy)
    assert mine.read_text() == sts.read_text() == "{}\n"


def test_unknown_service_writes_nothing(tmp_path: Path) -> None:
    """A service that botocore has not is refused with the nearest names."""
    with pytest.raises(UnknownName) as caught:
        pin(["sagemakr"], tmp_path / "models")

    assert caught.value.nearest[0] == "sagemaker"
    assert list(tmp_path.iterdir()) == []
