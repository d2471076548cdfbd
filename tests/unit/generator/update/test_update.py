"""`botosmith update` and `check --latest`: all of an update, or nothing of it."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from packaging.version import Version
from tests.support.changelog import draft_changelog
from tests.unit.generator.conftest import Run, make_model

from botosmith.generator.cli import main
from botosmith.generator.errors import UsageError
from botosmith.generator.update import release
from botosmith.generator.update import run as update
from botosmith.generator.update.release import Release, is_older

PACKAGE = Path("generated/botosmith/parcels")
FILE = "parcels/2024-03-01/service-2.json"
SHAPES = {
    "OpenInput": {"type": "structure", "members": {"Size": {"shape": "Size"}}},
    "Size": {"type": "string", "enum": ["S", "L"], "max": 9},
}
OPERATIONS = {"Open": {"input": {"shape": "OpenInput"}}}

#: Runs a command line, and is killed at the second folder that is replaced.
KILLED = """
import os, signal, sys
from pathlib import Path
from botosmith.generator.cli import main
rename, renamed = Path.rename, []
def rename_some(self, target):
    if self.name.endswith(".new"):
        renamed.append(self)
        if len(renamed) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
    return rename(self, target)
Path.rename = rename_some
sys.exit(main())
"""


def make_endpoints(**regions: list[str]) -> dict[str, Any]:
    """A file of endpoints, by the services' prefixes."""
    services: dict[str, Any] = {
        name: {"endpoints": {region: {} for region in found}}
        for name, found in regions.items()
    }
    partition = {
        "partition": "aws",
        "defaults": {"hostname": "{service}.{region}.{dnsSuffix}"},
        "dnsSuffix": "amazonaws.com",
        "regionRegex": "^eu-",
        "regions": {"eu-1": {}},
        "services": services,
    }
    return {"version": 3, "partitions": [partition]}


class Botocore:
    """The data of a botocore that is installed, for the tests to change."""

    def __init__(self, data: Path) -> None:
        """Fill a folder with one service."""
        self.data = data
        self.version = "1.99.0"
        self.model = make_model(json.loads(json.dumps(SHAPES)), OPERATIONS)
        self.endpoints = make_endpoints(parcels=["eu-1"], other=["eu-1"])
        self.partitions: dict[str, Any] = {"partitions": []}

    def find(self) -> Release:
        """The release as it is now."""
        self.save(FILE, self.model)
        self.save("endpoints.json", self.endpoints)
        self.save("partitions.json", self.partitions)
        return Release(self.version, self.data, "\nbotocore's notice\n")

    def save(self, name: str, content: Any) -> None:
        """Write one of its files."""
        file = self.data / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content))

    @property
    def shapes(self) -> dict[str, Any]:
        """The shapes of the service."""
        shapes: dict[str, Any] = self.model["shapes"]
        return shapes


@pytest.fixture
def botocore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Botocore:
    """The installed botocore; the current folder is empty."""
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    fake = Botocore(tmp_path / "data")
    monkeypatch.setattr(release, "find_installed", fake.find)
    return fake


@pytest.fixture
def run(botocore: Botocore, run: Run) -> Run:
    """Runs a command line in this process, over the botocore of the tests."""
    assert botocore.data.parent.exists()
    return run


@pytest.fixture
def pinned(run: Run) -> Run:
    """The same, where the service is pinned and generated."""
    assert run("update", "parcels")[0] == 0
    return run


def read_all() -> dict[str, tuple[bytes, int]]:
    """Every file below the current folder, with the time it was last written."""
    return {
        path.as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in sorted(Path().rglob("*"))
        if path.is_file()
    }


def test_first_update_pins_and_generates(run: Run, botocore: Botocore) -> None:
    """A service that is named comes with its models, its package and a fragment."""
    code, out, _ = run("update", "parcels")

    assert code == 0
    assert json.loads(Path("models", FILE).read_bytes()) == botocore.model
    assert json.loads(Path("models/SOURCE").read_bytes())["botocore"] == "1.99.0"
    assert Path("models/NOTICE").read_text().endswith("botocore's notice\n")
    assert (PACKAGE / "operations" / "open.py").exists()
    told = (
        "The API is that of botocore 1.99.0.\n\n- **parcels**: new, with 1 operation.\n"
    )
    assert Path("changelog.d/+botocore-1.99.0.change.md").read_text() == told
    assert out.startswith(told)
    assert "generated/botosmith/parcels: 13 created" in out
    assert out.endswith("suggested version: minor\n")
    assert run("check", "--latest")[0] == 0


def test_update_tells_what_changed(pinned: Run, botocore: Botocore) -> None:
    """The summary, the fragment and SOURCE; only what changed is written."""
    botocore.version = "1.99.1"
    botocore.shapes["Size"]["enum"].append("XL")
    before = read_all()

    code, out, _ = pinned("update")

    told = (
        "The API is that of botocore 1.99.1; it was that of botocore 1.99.0.\n\n"
        "- **parcels**: 1 enum value added, 1 compatible change.\n"
    )
    assert code == 0
    assert out.startswith(told)
    assert out.endswith("suggested version: minor\n")
    after = read_all()
    assert Path("changelog.d/+botocore-1.99.1.change.md").read_text() == told
    assert json.loads(Path("models/SOURCE").read_bytes())["botocore"] == "1.99.1"
    assert {path for path in after if after[path] != before.get(path)} == {
        "changelog.d/+botocore-1.99.1.change.md",
        "models/NOTICE",
        "models/SOURCE",
        f"models/{FILE}",
        f"{PACKAGE.as_posix()}/__init__.py",
        f"{PACKAGE.as_posix()}/data/{FILE}",
        f"{PACKAGE.as_posix()}/operations/open.py",
    }
    assert pinned("check", "--latest")[0] == 0


@pytest.mark.parametrize(
    ("change", "part", "told"),
    [
        ({"documentation": "<p>Other words.</p>"}, "patch", "1 documentation change"),
        ({"max": 99}, "minor", "1 compatible change"),
        (
            {"max": 3},
            "major",
            "**Breaking**: `Size` (maximum changed): Requests are validated",
        ),
    ],
)
def test_version_is_suggested(
    pinned: Run, botocore: Botocore, change: Any, part: str, told: str
) -> None:
    """Major for what breaks, minor for what does not, patch for words."""
    botocore.shapes["Size"] |= change

    code, out, _ = pinned("update")

    assert code == 0
    assert told in out
    assert out.endswith(f"suggested version: {part}\n")


def test_nothing_to_do_touches_nothing(pinned: Run, botocore: Botocore) -> None:
    """A newer botocore with nothing new for what is pinned is not an update."""
    botocore.version = "1.99.1"
    botocore.endpoints = make_endpoints(parcels=["eu-1"], other=["eu-1", "eu-2"])
    before = read_all()

    code, out, _ = pinned("update")

    assert (code, out) == (0, "nothing to do: botocore 1.99.1 has nothing new\n")
    assert read_all() == before
    assert pinned("check", "--latest")[0] == 0


@pytest.mark.parametrize("what", ["endpoints", "partitions", "paginators"])
def test_data_beside_the_model_is_news(
    pinned: Run, botocore: Botocore, what: str
) -> None:
    """A region of the service, a partition, a paginator."""
    if what == "endpoints":
        botocore.endpoints = make_endpoints(parcels=["eu-1", "eu-2"], other=["eu-1"])
    elif what == "partitions":
        botocore.partitions["partitions"].append({"id": "aws-new"})
    else:
        ends = {"shape": "OpenInput"}
        botocore.model["operations"]["Open"]["output"] = ends
        name = next(iter(botocore.shapes["OpenInput"]["members"]))
        keys = ("input_token", "output_token", "result_key")
        pages = {"Open": dict.fromkeys(keys, name)}
        botocore.save("parcels/2024-03-01/paginators-1.json", {"pagination": pages})

    code, _, err = pinned("check", "--latest")
    assert code == 1
    assert "botocore 1.99.0 has other models of parcels than 1.99.0" in err
    assert "run botosmith update" in err
    assert pinned("update")[0] == 0
    assert pinned("check", "--latest")[0] == 0
    assert pinned("update")[1].startswith("nothing to do")


def go_back(botocore: Botocore, version: str = "1.98.10") -> None:
    """Install an older botocore, which lacks what is pinned."""
    botocore.version = version
    botocore.model = make_model(
        {**botocore.shapes, "Code": {"type": "integer"}},
        {"Close": {"input": {"shape": "OpenInput"}}},
    )


@pytest.mark.parametrize("arguments", [[], ["parcels"], ["--package", "my.aws"]])
def test_update_does_not_go_back(
    pinned: Run, botocore: Botocore, arguments: list[str]
) -> None:
    """An older botocore, as aiobotocore brings it, is not an update."""
    go_back(botocore)
    before = read_all()

    code, out, err = pinned("update", *arguments)

    assert (code, out) == (2, "")
    assert err.splitlines()[-1] == (
        "botosmith: botocore 1.98.10 is installed, which is older than 1.99.0, whose "
        "models are pinned: install botocore 1.99.0 or newer, take the models of a "
        "version with --botocore, or go back with --downgrade"
    )
    assert read_all() == before


def test_latest_is_not_older(pinned: Run, botocore: Botocore) -> None:
    """`check --latest` says which botocore is installed, and is content."""
    go_back(botocore)

    code, out, err = pinned("check", "--latest")

    assert code == 0
    assert out == (
        f"{PACKAGE.as_posix()} is up to date\n"
        "botocore 1.98.10 is installed, which is older than 1.99.0, whose models "
        "models holds\n"
    )
    assert "botosmith update" not in err


def test_stale_package_is_told_beside_an_older_botocore(
    pinned: Run, botocore: Botocore
) -> None:
    """A faulty package is as faulty as ever."""
    go_back(botocore)
    (PACKAGE / "client.py").unlink()

    assert pinned("check", "--latest")[0] == 1


@pytest.mark.parametrize("arguments", [["--downgrade"], ["--botocore", "1.98.10"]])
def test_going_back_when_asked(
    pinned: Run, botocore: Botocore, arguments: list[str]
) -> None:
    """An update to an older version is one that somebody asks for."""
    go_back(botocore)

    code, out, _ = pinned("update", *arguments)

    assert code == 0
    assert "The API is that of botocore 1.98.10; it was that of botocore 1.99.0." in out
    assert "**Breaking**: `open`" in out
    assert json.loads(Path("models/SOURCE").read_bytes())["botocore"] == "1.98.10"
    assert not (PACKAGE / "operations" / "open.py").exists()


def test_first_update_is_not_a_downgrade(run: Run, botocore: Botocore) -> None:
    """Nothing is pinned, so nothing is newer."""
    botocore.version = "0.0.1"

    assert run("update", "parcels")[0] == 0


#: From the oldest to the newest.
VERSIONS = (
    *("0.9.9", "1.9.99", "1.44.0.dev3", "1.44.0a1.dev1", "1.44.0a1", "1.44.0b2"),
    *("1.44.0rc1", "1.44.0rc1.post1", "1.44.0rc2", "1.44.0rc10", "1.44.0"),
    *("1.44.0.post1", "1.44.9", "1.44.10rc1", "1.44.10", "1.100.0", "2.0.0"),
)


def test_versions_are_compared_by_their_numbers() -> None:
    """As packaging does it, whose order is that of PEP 440."""
    assert sorted(VERSIONS, key=Version) == list(VERSIONS)
    for left, right in product(VERSIONS, repeat=2):
        assert is_older(left, right) == (Version(left) < Version(right)), (left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("1.44", "1.44.0"), ("1.44.0", "1.44"), ("1.44.0+corp", "1.44.0"), ("1", "fork")],
)
def test_versions_neither_of_which_is_older(left: str, right: str) -> None:
    """A package that cannot be compared does not prevent an update."""
    assert not is_older(left, right)
    assert not is_older(right, left)


def test_stale_package_is_made_anew(pinned: Run) -> None:
    """It is updated even if the models have nothing new; the API stays the same."""
    (PACKAGE / "client.py").unlink()
    before = read_all()

    code, out, _ = pinned("update")

    assert (code, out) == (0, f"{PACKAGE.as_posix()}: 1 created, 12 unchanged\n")
    assert {path: read_all()[path] for path in before} == before


def test_named_service_joins_the_others(pinned: Run, botocore: Botocore) -> None:
    """All pinned services are updated together, since they are of one botocore."""
    sibling = {**botocore.model, "metadata": {**botocore.model["metadata"]}}
    sibling["metadata"] |= {"serviceId": "Letters", "endpointPrefix": "letters"}
    botocore.save("letters/2024-03-01/service-2.json", sibling)
    botocore.version = "1.99.1"
    botocore.model = json.loads(json.dumps(botocore.model))
    botocore.shapes["Size"]["enum"].append("XL")

    code, out, _ = pinned("update", "Letters")

    assert code == 0
    assert "- **letters**: new, with 1 operation.\n" in out
    assert "- **parcels**: 1 enum value added, 1 compatible change.\n" in out
    assert Path("generated/botosmith/letters/client.py").exists()
    assert "XL" in (PACKAGE / "operations" / "open.py").read_text("utf-8")


def test_operation_that_goes_is_named(pinned: Run, botocore: Botocore) -> None:
    """A fragment says what callers lose, and what they get."""
    botocore.model = make_model(
        {**botocore.shapes, "Code": {"type": "integer"}},
        {"Close": {}, "Shut": {"input": {"shape": "OpenInput"}, "deprecated": True}},
    )

    _, out, _ = pinned("update")

    assert "  - New operations: `close_`, `shut`.\n" in out
    assert (
        "  - **Breaking**: `open`, `OpenInput`, `OpenResponse` (operation removed)"
        in out
    )
    assert not (PACKAGE / "operations" / "open.py").exists()


def test_fragment_is_what_towncrier_reads(pinned: Run, botocore: Botocore) -> None:
    """A release of the project takes the fragment into its changelog."""
    botocore.version = "1.99.1"
    botocore.shapes["Size"]["enum"].append("XL")
    assert pinned("update")[0] == 0

    draft = draft_changelog(Path())

    assert "### Changed" in draft
    assert "- The API is that of botocore 1.99.0.\n\n  - **parcels**: new" in draft
    assert "- The API is that of botocore 1.99.1; it was that of" in draft
    assert "\n  - **parcels**: 1 enum value added, 1 compatible change.\n" in draft


def test_elsewhere(run: Run) -> None:
    """The models, the packages and the fragments go where they are wanted."""
    options = ["--models", "pins", "--out", "src", "--package", "my.aws"]

    code, _, _ = run("update", "parcels", *options, "--changelog", "news")

    assert code == 0
    assert sorted(path.name for path in Path().iterdir()) == ["news", "pins", "src"]
    assert Path("src/my/aws/parcels/client.py").exists()
    assert run("check", "--latest", *options)[0] == 0


def test_names_that_a_package_has_are_kept(pinned: Run, botocore: Botocore) -> None:
    """A newcomer that ranks first takes the name of nobody, and no change says so."""
    botocore.shapes["OpenInput"]["members"]["size"] = {"shape": "Size"}

    _, out, _ = pinned("update")

    assert "suggested version: minor" in out
    lock = json.loads((PACKAGE / "data" / "names.json").read_bytes())
    assert lock["names"] == {
        "shapes.OpenInput.members.Size": "size",
        "shapes.OpenInput.members.size": "size_2",
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["update"], "no service is named, and models holds none that was pinned"),
        (["update", "parcel"], "no service is named 'parcel'; the nearest: parcels"),
        (["update", "--botocore", "1.0.999"], "botocore 1.0.999: there is none"),
    ],
)
def test_asking_for_what_there_is_not(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
) -> None:
    """One line says what there is not; nothing is written."""

    def fetch(version: str) -> Path:
        msg = f"botocore {version}: there is none"
        raise UsageError(msg)

    monkeypatch.setattr(release, "fetch_botocore", fetch)

    code, out, err = run(*arguments)

    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err
    assert not Path("generated").exists()


def test_latest_needs_pinned_models(run: Run, botocore: Botocore) -> None:
    """A folder of models without SOURCE is of no botocore."""
    shutil.copytree(botocore.find().data, "models")
    run("generate", "parcels")

    code, _, err = run("check", "--latest", "parcels")

    assert code == 2
    assert "models holds no models that were pinned" in err


@pytest.mark.parametrize("version", ["1", "1.2", "latest", "1.2.3; rm"])
def test_version_that_is_none(run: Run, version: str) -> None:
    """It is refused before anyone asks pip for it."""
    with pytest.raises(SystemExit) as caught:
        run("update", "--botocore", version)

    assert caught.value.code == 2


def test_other_version_is_fetched(
    pinned: Run, botocore: Botocore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """`--botocore` takes the models of another wheel, its notice too."""
    older = Botocore(tmp_path / "wheel" / "botocore" / "data")
    older.shapes["Size"]["enum"].remove("L")
    older.find()
    info = tmp_path / "wheel" / "botocore-1.0.5.dist-info"
    info.mkdir()
    (info / "NOTICE").write_text("An older notice\n")
    monkeypatch.setattr(release, "fetch_botocore", lambda _: tmp_path / "wheel")

    code, out, _ = pinned("update", "--botocore", "1.0.5")

    assert code == 0
    assert "is that of botocore 1.0.5; it was that of botocore 1.99.0" in out
    assert out.endswith("suggested version: major\n")
    assert Path("models/NOTICE").read_text().endswith("An older notice\n")
    assert pinned("check", "--latest")[0] == 1
    assert botocore.version == "1.99.0"


def test_model_that_cannot_be_used_changes_nothing(
    pinned: Run, botocore: Botocore
) -> None:
    """Every problem is told, and what was there stands."""
    botocore.version = "1.99.1"
    botocore.shapes["Size"]["type"] = "number"
    botocore.shapes["OpenInput"]["members"]["X"] = {"shape": "Nobody"}
    before = read_all()

    code, out, err = pinned("update")

    assert (code, out) == (1, "")
    assert "shapes.Size.type: is 'number', which is not a type" in err
    assert "'Nobody' is not among the shapes" in err
    assert read_all() == before


def test_foreign_file_in_the_way_changes_nothing(
    pinned: Run, botocore: Botocore
) -> None:
    """A module of somebody else's is kept, and so is all else."""
    botocore.model["operations"]["Close"] = {
        "name": "Close",
        "http": {"method": "POST", "requestUri": "/"},
    }
    (PACKAGE / "operations" / "close.py").write_text("mine = 1\n")
    before = read_all()

    code, _, err = pinned("update")

    assert code == 1
    assert "close.py: was not generated, so it is not replaced" in err
    assert read_all() == before


@pytest.mark.parametrize("step", ["build_packages", "diff_sides", "write_trees"])
def test_interrupt_leaves_the_old_state(
    pinned: Run, botocore: Botocore, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Interrupt it with Ctrl-C at any stage: nothing is changed."""
    botocore.shapes["Size"]["enum"].append("XL")
    before = read_all()

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(update, step, interrupt)

    code, _, err = pinned("update")

    assert code == 130
    assert "interrupted: nothing was changed" in err
    assert read_all() == before


def test_interrupt_between_two_folders(
    pinned: Run, botocore: Botocore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C when one folder has been replaced: it is put back."""
    botocore.shapes["Size"]["enum"].append("XL")
    before = read_all()
    rename = Path.rename
    renamed: list[Path] = []

    def rename_some(self: Path, target: Path) -> Path:
        if self.name.endswith(".new"):
            renamed.append(self)
            if len(renamed) == 2:
                raise KeyboardInterrupt
        return rename(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", rename_some)
        code, _, _ = pinned("update")

    assert code == 130
    assert len(renamed) == 2
    assert read_all() == before
    assert list(Path().rglob(".*")) == []


@pytest.mark.parametrize("command", ["check", "generate", "update"])
def test_next_command_recovers_from_a_kill(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Killed between two folders: the next command puts the old ones back first."""
    # With the real botocore, so that the process that is killed needs no patches.
    monkeypatch.chdir(tmp_path)
    assert main(["update", "pricing"]) == 0
    before = read_all()
    line = [sys.executable, "-c", KILLED, "update", "sqs"]
    killed = subprocess.run(line, capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert Path(".models.update.json").exists()
    assert Path("generated/botosmith/sqs").exists()

    code = main([command])

    assert code == 0
    assert read_all() == before
    assert list(Path().rglob(".*")) == []
