"""Values that no model has, in every place that the generator reads.

Each ends in problems with the file and the place in it, or in code that compiles;
neither in a traceback, nor in what a formatter says of the code.
"""

from __future__ import annotations

import copy
import gzip
import json
import os
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader
from tests.unit.generator.conftest import Run

from botosmith.generator.build.pipeline import build_service
from botosmith.generator.diff import diff_sides, source
from botosmith.generator.diff.report import FORMATS, write_report
from botosmith.generator.diff.source import Side
from botosmith.generator.errors import ModelError

HOME = "parcels/2024-03-01"

#: A model that has every key that the generator reads.
MODEL: dict[str, Any] = {
    "version": "2.0",
    "documentation": "<p>Parcels.</p>",
    "metadata": {
        "apiVersion": "2024-03-01",
        "auth": ["aws.auth#sigv4"],
        "endpointPrefix": "parcels",
        "jsonVersion": "1.1",
        "protocol": "json",
        "protocols": ["json"],
        "serviceAbbreviation": "Parcels",
        "serviceFullName": "Amazon Parcels",
        "serviceId": "Parcels",
        "signatureVersion": "v4",
        "targetPrefix": "Parcels",
        "xmlNamespace": "https://parcels.example/",
    },
    "clientContextParams": {"Fast": {"documentation": "d", "type": "boolean"}},
    "operations": {
        "Open": {
            "name": "Open",
            "authtype": "none",
            "deprecated": True,
            "deprecatedMessage": "Use Shut.",
            "documentation": "<p>Opens.</p>",
            "endpoint": {"hostPrefix": "a."},
            "endpointdiscovery": {"required": False},
            "errors": [{"shape": "Taken"}],
            "http": {"method": "POST", "requestUri": "/a/{Key}", "responseCode": 200},
            "httpChecksum": {"requestAlgorithmMember": "Names"},
            "idempotent": True,
            "input": {"shape": "OpenRequest", "documentation": "d"},
            "operationContextParams": {"Y": {"path": "Names"}},
            "output": {"shape": "OpenResponse"},
            "requestcompression": {"encodings": ["gzip"]},
            "staticContextParams": {"X": {"value": True}},
        }
    },
    "shapes": {
        "OpenRequest": {
            "type": "structure",
            "documentation": "d",
            "required": ["Names", "Key"],
            "members": {
                "Names": {
                    "shape": "Names",
                    "documentation": "<b>n</b>",
                    "location": "querystring",
                    "locationName": "n",
                },
                "Map": {"shape": "Map"},
                "Key": {
                    "shape": "Text",
                    "contextParam": {"name": "K"},
                    "idempotencyToken": True,
                    "location": "uri",
                    "locationName": "Key",
                },
                "Count": {"shape": "Count"},
                "Weight": {"shape": "Weight"},
                "When": {"shape": "When", "timestampFormat": "iso8601"},
                "Choice": {"shape": "Choice"},
                "Tree": {"shape": "Tree"},
            },
        },
        "OpenResponse": {
            "type": "structure",
            "members": {
                "Token": {"shape": "Text"},
                "Items": {"shape": "Names"},
                "Content": {"shape": "Content"},
            },
        },
        "Names": {
            "type": "list",
            "member": {"shape": "Text", "locationName": "m"},
            "flattened": True,
            "min": 0,
            "max": 5,
        },
        "Map": {
            "type": "map",
            "key": {"shape": "Text"},
            "value": {"shape": "Text"},
            "sparse": True,
        },
        "Text": {
            "type": "string",
            "documentation": "d",
            "enum": ["a", "b"],
            "min": 1,
            "max": 9,
            "pattern": "[a-z]+",
        },
        "Count": {"type": "integer", "box": True, "min": 1, "max": 9},
        "Weight": {"type": "double", "min": 0.5, "max": 1.5},
        "When": {"type": "timestamp", "timestampFormat": "rfc822"},
        "Content": {"type": "blob", "min": 1, "max": 9, "sensitive": True},
        "Choice": {
            "type": "structure",
            "union": True,
            "members": {"A": {"shape": "Text"}, "B": {"shape": "Count"}},
        },
        "Tree": {
            "type": "structure",
            "members": {"Tree": {"shape": "Tree"}, "Trees": {"shape": "Trees"}},
        },
        "Trees": {"type": "list", "member": {"shape": "Tree"}},
        "Taken": {
            "type": "structure",
            "error": {"code": "T", "httpStatusCode": 400, "senderFault": True},
            "exception": True,
            "members": {"message": {"shape": "Text"}},
            "retryable": {"throttling": True},
        },
    },
}

FILES: dict[str, Any] = {
    f"{HOME}/service-2": MODEL,
    f"{HOME}/paginators-1": {
        "pagination": {
            "Open": {
                "input_token": "Key",
                "limit_key": "Count",
                "more_results": "Token",
                "output_token": "Token",
                "result_key": "Items",
            }
        }
    },
    f"{HOME}/waiters-2": {
        "version": 2,
        "waiters": {
            "Opened": {
                "operation": "Open",
                "description": "d",
                "delay": 5,
                "maxAttempts": 3,
                "acceptors": [
                    {
                        "state": "success",
                        "matcher": "path",
                        "argument": "Token",
                        "expected": "a",
                    },
                    {"state": "failure", "matcher": "status", "expected": 404},
                    {"state": "retry", "matcher": "error", "expected": "Taken"},
                ],
            }
        },
    },
    f"{HOME}/endpoint-rule-set-1": {
        "version": "1.0",
        "parameters": {"Region": {"type": "String", "builtIn": "AWS::Region"}},
        "rules": [],
    },
    "endpoints": {
        "version": 3,
        "partitions": [
            {
                "partition": "aws",
                "regions": {},
                "services": {"parcels": {"endpoints": {"eu-1": {}}}},
            }
        ],
    },
    "partitions": {"version": "1.1", "partitions": []},
}

Path_ = tuple[str | int, ...]


def nest(depth: int) -> Any:
    """Arrays in arrays, as deep as JSON may be for Python to read it."""
    made: list[Any] = []
    for _ in range(depth):
        made = [made]
    return made


VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 3, 10**400, -(10**400), 1.5, 1e308),
    *(float("inf"), float("-inf"), float("nan")),
    *("", "x", " ", "a\nb", "\0", "\ud800", "a\udfffb", "\u202e", "é", "1x", "class"),
    *(
        "../x",
        "{",
        "(",
        "[",
        "*",
        "'",
        '"',
        "\\",
        "%s",
        "{{x}}",
        "]]>",
        "`",
        "x" * 5000,
    ),
    *("<p>" * 300, "<a href='x'>" * 200, "&#0;&#xd800;", "Text", "Tree", "Taken"),
    *([], {}, [[]], [None], [1], ["x"], ["\ud800"], {"x": None}, {"": ""}),
    *({"shape": "Text"}, {"shape": "Nope"}, {"shape": "\ud800"}, {"shape": []}),
    *({"shape": {}}, {"\ud800": {"shape": "Text"}}, {"type": "structure"}),
    *({"type": "string"}, nest(400)),
)

#: Each place is tried with one in so many of the values; the next place with others.
STEP = 16


def list_paths(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Every place in a file, the file as a whole first."""
    yield path
    parts: Iterator[tuple[str | int, Any]] = iter(())
    if isinstance(value, dict):
        parts = iter(value.items())
    elif isinstance(value, list):
        parts = iter(enumerate(value))
    for key, part in parts:
        yield from list_paths(part, (*path, key))


def spoil(name: str, path: Path_, value: Any) -> dict[str, Any]:
    """All files, with a value in a place of one."""
    if not path:
        return {**FILES, name: value}
    content = copy.deepcopy(FILES[name])
    place = content
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return {**FILES, name: content}


@frozen
class Memory:
    """Stands in for botocore's loader."""

    files: Mapping[str, Any]
    search_paths = ("nowhere",)

    def load_service_model(self, name: str, kind: str, version: str) -> Any:
        """A file of the service."""
        return self.load_data(f"{name}/{version}/{kind}")

    def load_data(self, name: str) -> Any:
        """Any file."""
        if name not in self.files:
            raise DataNotFoundError(data_path=name)
        return copy.deepcopy(self.files[name])

    def determine_latest_version(self, *_: str) -> str:
        """The only one."""
        return HOME.partition("/")[2]


def check_problems(error: ModelError) -> None:
    """See that each problem names its file, and stays on its line."""
    assert error.problems
    for problem in error.problems:
        assert problem.file.endswith(".json")
        assert problem.message
        text = str(problem)
        assert text.isprintable()
        assert len(text) < 6000
        assert text.encode()


def try_generating(files: Mapping[str, Any]) -> bool:
    """Generate, and compile what comes out; false where there were problems."""
    loader: Any = Memory(files)
    try:
        made = build_service(loader, "parcels", package="p")
    except ModelError as error:
        check_problems(error)
        return False
    for path, text in made.items():
        text.encode()
        if path.suffix in {".py", ".pyi"}:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                compile(text, str(path), "exec", dont_inherit=True)
        elif path.suffix == ".json":
            json.loads(text)
    return True


def try_comparing(old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Compare, and write every report."""
    loaders = {"old": Memory(old), "new": Memory(new)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "open_models", lambda folder: loaders[str(folder)])
        sides = [
            Side(name, Path(name), ("parcels",), is_whole=False) for name in loaders
        ]
        try:
            diff = diff_sides(*sides)
        except ModelError as error:
            check_problems(error)
            return
    for form in FORMATS:
        write_report(diff, form).encode()


def test_model_is_sound() -> None:
    """The files are sound before one of their values is spoilt."""
    assert try_generating(FILES)
    try_comparing(FILES, FILES)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Try each place in each file."""
    if "spoilt" in metafunc.fixturenames:
        places = [(name, path) for name in FILES for path in list_paths(FILES[name])]
        cases = [
            (name, path, [*VALUES[number % STEP :: STEP]])
            for number, (name, path) in enumerate(places)
        ]
        names = [
            f"{name.split('/')[-1]}-{'.'.join(map(str, path))}" for name, path in places
        ]
        metafunc.parametrize("spoilt", cases, ids=names)


def test_any_value_in_any_place(spoilt: tuple[str, Path_, list[Any]]) -> None:
    """Generating and comparing, in each direction."""
    name, path, values = spoilt
    for number, value in enumerate(values):
        files = spoil(name, path, value)
        try_generating(files)
        sides = (FILES, files) if number % 2 else (files, FILES)
        try_comparing(*sides)


def told(name: str, path: Path_, value: Any) -> str:
    """The problems of a model, without the name of the file."""
    loader: Any = Memory(spoil(name, path, value))
    with pytest.raises(ModelError) as caught:
        build_service(loader, "parcels", package="p")
    return str(caught.value).replace(f"{HOME}/", "")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (10**400, "1" + "0" * 39 + "… (401 characters)"),
        (-(10**400), "-1" + "0" * 38 + "… (402 characters)"),
        (1e999, "inf"),
        (-1e999, "-inf"),
        (float("nan"), "nan"),
        (True, "True"),
        ("9", "a string"),
        (None, "null"),
    ],
)
@pytest.mark.parametrize("shape", ["Count", "Weight", "Text", "Names", "Content"])
@pytest.mark.parametrize("bound", ["min", "max"])
def test_bound_that_is_not_a_number(
    value: Any, shown: str, shape: str, bound: str
) -> None:
    """Bounds of numbers and of lengths."""
    expected = f"service-2.json: shapes.{shape}.{bound}: is {shown}, not a number"

    assert told(f"{HOME}/service-2", ("shapes", shape, bound), value) == expected


@pytest.mark.parametrize(
    "key", ["serviceId", "endpointPrefix", "apiVersion", "targetPrefix", "jsonVersion"]
)
@pytest.mark.parametrize("value", ["Par\ud800cels", "\udfff"])
def test_metadata_that_no_request_can_hold(key: str, value: str) -> None:
    """Half of a character has an escape in JSON, and no bytes in UTF-8."""
    found = told(f"{HOME}/service-2", ("metadata", key), value)

    assert found == (
        f"service-2.json: metadata.{key}: is a string, not a string that UTF-8 can hold"
    )


@pytest.mark.parametrize(
    ("name", "path", "value", "expected"),
    [
        ("endpoints", (), [], "endpoints.json: is an array, not an object"),
        ("endpoints", (), {}, "endpoints.json: partitions: is missing"),
        (
            "endpoints",
            ("partitions", 0, "services"),
            3,
            "endpoints.json: partitions[0].services: is 3, not an object",
        ),
        (
            "endpoints",
            ("partitions", 0),
            {"partition": "aws"},
            "endpoints.json: partitions[0].services: is missing",
        ),
        ("partitions", (), 3, "partitions.json: is 3, not an object"),
        (
            f"{HOME}/endpoint-rule-set-1",
            (),
            "x",
            "endpoint-rule-set-1.json: is a string, not an object",
        ),
        (
            f"{HOME}/endpoint-rule-set-1",
            ("parameters",),
            [],
            "endpoint-rule-set-1.json: parameters: is an array, not an object",
        ),
    ],
)
def test_endpoint_data_that_is_wrong(
    name: str, path: Path_, value: Any, expected: str
) -> None:
    """The files that services share, and the rules of one."""
    assert told(name, path, value) == expected


# Files as they lie in a folder


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with all files in models/."""
    monkeypatch.chdir(tmp_path)
    for name, content in FILES.items():
        file = Path("models", f"{name}.json")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content))
    return tmp_path


def put_gzip(file: Path) -> None:
    """A compressed file that is cut, as botocore's own are compressed."""
    packed = gzip.compress(file.read_bytes())
    file.unlink()
    file.with_suffix(".json.gz").write_bytes(packed[:-20])


def put_damaged_gzip(file: Path) -> None:
    """A compressed file with other bytes in its middle."""
    packed = bytearray(gzip.compress(file.read_bytes()))
    packed[20:24] = b"\xff\xff\xff\xff"
    file.unlink()
    file.with_suffix(".json.gz").write_bytes(packed)


def put_no_gzip(file: Path) -> None:
    """A file that is called so, and is not compressed."""
    file.rename(file.with_suffix(".json.gz"))


def put_extras(file: Path) -> None:
    """An addition, as botocore merges it, that is of another kind."""
    extras = {"merge": {"metadata": 3, "shapes": [], "partitions": 3, "waiters": 3}}
    file.with_suffix(".sdk-extras.json").write_text(json.dumps(extras))
    file.write_text("[]")


def put_bytes(content: bytes) -> Callable[[Path], None]:
    """A file of these bytes."""

    def put(file: Path) -> None:
        file.write_bytes(content)

    return put


DAMAGES: dict[str, Callable[[Path], None]] = {
    "empty": put_bytes(b""),
    "bom": put_bytes(b"\xef\xbb\xbf{}"),
    "utf16": put_bytes("{}".encode("utf-16")),
    "latin1": put_bytes(b'{"a": "\xe9"}'),
    "nul": put_bytes(b"\0" * 99),
    "cut": put_bytes(b'{"metadata": {"a": '),
    "two": put_bytes(b"{} {}"),
    "deep": put_bytes(b'{"a":' * 100_000),
    "deep_arrays": put_bytes(b"[" * 100_000),
    "digits": put_bytes(b'{"a": ' + b"9" * 5000 + b"}"),
    "text": put_bytes(b"hello"),
    "array": put_bytes(b"[]"),
    "gzip": put_gzip,
    "damaged_gzip": put_damaged_gzip,
    "no_gzip": put_no_gzip,
    "extras": put_extras,
}

COMMANDS = (
    ["generate"],
    ["check"],
    ["list"],
    ["show", "parcels", "Open"],
    ["diff", "models", "models"],
)


def run_all(run: Run, name: str, commands: Iterable[list[str]]) -> None:
    """See that each command names a file where it reads it, or does without."""
    for arguments in commands:
        code, _, err = run(*arguments)
        lines = [line for line in err.splitlines() if line.startswith("botosmith: ")]
        assert code == (1 if lines else 0)
        assert all(f"{name}.json" in line for line in lines), lines


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_file_that_is_not_a_model_s(
    run: Run, place: Path, name: str, damage: Callable[[Path], None]
) -> None:
    """It is named on a line, and nothing is written."""
    damage(place / "models" / f"{name}.json")

    code, out, err = run("generate")

    assert (code, out) == (1, "")
    assert f"botosmith: {name}.json: " in err
    assert not (place / "generated").exists()


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_model_that_is_none(
    run: Run, place: Path, damage: Callable[[Path], None]
) -> None:
    """Every command that reads a service says so."""
    damage(place / "models" / f"{HOME}/service-2.json")

    run_all(run, f"{HOME}/service-2", COMMANDS)


@pytest.mark.parametrize("name", FILES)
def test_file_that_is_null(run: Run, place: Path, name: str) -> None:
    """To botocore it is as good as missing; only the model itself has to be there."""
    put_bytes(b"null")(place / "models" / f"{name}.json")

    run_all(run, name, COMMANDS)

    assert (place / "generated").exists() == (name != f"{HOME}/service-2")


@pytest.mark.parametrize("name", ["service-2", "waiters-2", "endpoint-rule-set-1"])
def test_file_that_may_not_be_read(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The system's words and the file are told; faked, since root may read all."""
    refused = f"{name}.json"
    load = Loader.load_data_with_path

    def refuse(loader: Loader, path: str) -> Any:
        if f"{path}.json".endswith(refused):
            raise PermissionError(13, os.strerror(13), str(place / path))
        return load(loader, path)

    monkeypatch.setattr(Loader, "load_data_with_path", refuse)

    code, _, err = run("generate", "--no-cache")

    assert code == 1
    assert err.splitlines()[-1] == (
        f"botosmith: {HOME}/{refused}: cannot be read: {os.strerror(13)}"
    )


@pytest.mark.parametrize(
    "service",
    ["1x", "9", "é", "_a", "a b", "a\u202e", "a\n", "x.json", "a'"],
)
def test_folder_that_is_not_a_service_s(run: Run, place: Path, service: str) -> None:
    """Its name would be that of a package."""
    (place / "models" / "parcels").rename(place / "models" / service)

    for arguments in (["generate"], ["list"], ["show", service, "Open"], COMMANDS[-1]):
        code, _, err = run(*arguments)
        assert code == 1, err
        line = err.splitlines()[-1]
        assert "is not a service's name: it begins with a letter" in line
        assert line.isprintable()


@pytest.mark.parametrize("version", ["a\u202e", "2024 03", "é", "-x", "a'b"])
def test_folder_that_is_not_a_version_s(run: Run, place: Path, version: str) -> None:
    """As it would be the name of a folder in the package."""
    home = place / "models" / "parcels"
    (home / "2024-03-01").rename(home / version)

    for arguments in (["generate"], ["list"], COMMANDS[-1]):
        code, _, err = run(*arguments)
        assert code == 1, err
        assert "is not a version's name, such as 2024-03-01" in err.splitlines()[-1]


@pytest.mark.parametrize("is_project", [True, False])
@pytest.mark.parametrize(
    ("given", "folder"),
    [
        ("\ufb01.x", "fi/x"),
        ("\uff41bc", "abc"),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
        ("\u212b", "\u00c5"),
    ],
)
def test_package_is_the_one_that_python_reads(
    run: Run,
    place: Path,
    given: str,
    folder: str,
    is_project: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    """Identifiers are read in the form NFKC (PEP 3131), and so are folders named."""
    arguments = [] if is_project else ["--package", given]
    if is_project:
        Path("pyproject.toml").write_text(
            f'[tool.botosmith]\npackage = "{given}"\n', "utf-8"
        )

    assert run("generate", *arguments)[0] == 0

    assert (place / "generated" / folder / "parcels" / "client.py").exists()


@pytest.mark.parametrize(
    "given",
    ["\U0001d41c\U0001d425\U0001d41a\U0001d42c\U0001d42c", "a.\uff49\uff46", "\u00b2x"],
)
def test_package_that_python_reads_as_no_name(
    run: Run, place: Path, capsys: pytest.CaptureFixture[str], given: str
) -> None:
    """A keyword in other letters is that keyword."""
    with pytest.raises(SystemExit) as caught:
        run("generate", "--package", given)

    assert caught.value.code == 2
    assert "is not a package's name" in capsys.readouterr().err
    Path("pyproject.toml").write_text(
        f'[tool.botosmith]\npackage = "{given}"\n', "utf-8"
    )
    code, _, err = run("generate")
    assert code == 2
    assert "tool.botosmith.package" in err
    assert not (place / "generated").exists()
