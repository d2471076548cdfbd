"""No text of a model hides anything: not in code, on a terminal or in a report."""

from __future__ import annotations

import ast
import copy
import importlib
import json
import re
import sys
import tokenize
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from attrs import fields
from tests.unit.generator.conftest import METADATA, Run

from botosmith.generator.invisible import (
    has_invisible,
    make_json_visible,
    make_lines_visible,
    make_visible,
)
from botosmith.generator.literal import quote
from botosmith.runtime import from_boto3, to_boto3

#: One of each sort: they turn text around, act on a terminal, end lines, or hide.
SORTS = (
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068"),
    *("\u2069", "\u200e", "\u200f", "\u061c", "\u200b", "\u200c", "\u200d", "\u2060"),
    *("\u2061", "\u2064", "\ufeff", "\xad", "\u034f", "\u115f", "\u3164", "\uffa0"),
    *("\u180e", "\ufe0f", "\u2028", "\u2029", "\x85", "\x1b", "\x9b", "\x07", "\x08"),
    *("\x00", "\x0b", "\x0c", "\x1c", "\x7f", "\ufff9", "\u206a", "\ue000", "\u2800"),
    *("\U000e0001", "\U000e0041", "\U000e0100", "\U0001d173", "\U000f0000"),
)
HOSTILE = "".join(f"a{one}" for one in SORTS)

#: The same where a file or an XML name may not hold everything.
TITLE = f"Parcels{HOSTILE}"


def make_model() -> dict[str, Any]:
    """A model that holds them wherever it holds text."""
    words = f"<p>Words {HOSTILE} <code>{HOSTILE}</code> <a href='https://x/{HOSTILE}'>y</a>.</p>"
    said = {"documentation": words, "deprecated": True, "deprecatedMessage": HOSTILE}
    return {
        "version": "2.0",
        "metadata": {
            **METADATA,
            "serviceFullName": TITLE,
            "signingName": HOSTILE,
        },
        "documentation": words,
        "operations": {
            f"Open{HOSTILE}": {
                "name": f"Open{HOSTILE}",
                "http": {"method": "POST", "requestUri": f"/{HOSTILE}"},
                "input": {"shape": f"OpenRequest{HOSTILE}"},
                "output": {"shape": "OpenResponse"},
                "errors": [{"shape": f"Taken{HOSTILE}"}],
                **said,
            }
        },
        "shapes": {
            f"OpenRequest{HOSTILE}": {
                "type": "structure",
                "required": [f"Id{HOSTILE}"],
                "members": {
                    f"Id{HOSTILE}": {"shape": "Id", "locationName": HOSTILE, **said},
                    "Token": {"shape": "Text"},
                    "Size": {"shape": f"Size{HOSTILE}"},
                },
                "documentation": words,
            },
            "OpenResponse": {
                "type": "structure",
                "members": {
                    "Token": {"shape": "Text"},
                    "Items": {"shape": "Items", "documentation": words},
                },
            },
            f"Taken{HOSTILE}": {
                "type": "structure",
                "members": {"message": {"shape": "Text"}, "Why": {"shape": "Id"}},
                "exception": True,
                "error": {"code": f"Taken{HOSTILE}"},
                "documentation": words,
            },
            f"Size{HOSTILE}": {
                "type": "string",
                "enum": ["S", HOSTILE, *(f"x{one}" for one in SORTS)],
                "documentation": words,
            },
            "Id": {"type": "string", "pattern": HOSTILE, "documentation": words},
            "Text": {"type": "string"},
            "Items": {"type": "list", "member": {"shape": "Text"}},
        },
    }


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with the model pinned, pages and waiters beside it."""
    monkeypatch.chdir(tmp_path)
    save(Path("models"), make_model())
    return tmp_path


def save(models: Path, model: Any) -> None:
    """Write a model, with a paginator and a waiter."""
    home = models / "parcels" / "2024-03-01"
    home.mkdir(parents=True)
    (name,) = model["operations"]
    tables: dict[str, Any] = {
        "service-2": model,
        "paginators-1": {
            "pagination": {
                name: {
                    "input_token": "Token",
                    "output_token": "Token",
                    "result_key": "Items",
                    "more_results": json.dumps(HOSTILE),
                }
            }
        },
        "waiters-2": {
            "version": 2,
            "waiters": {
                f"Shut{HOSTILE}": {
                    "operation": name,
                    "description": HOSTILE,
                    "delay": 1,
                    "maxAttempts": 2,
                    "acceptors": [
                        {
                            "state": "success",
                            "matcher": "path",
                            "argument": "Token",
                            "expected": HOSTILE,
                        },
                        {"state": "retry", "matcher": "error", "expected": HOSTILE},
                    ],
                }
            },
        },
    }
    for kind, table in tables.items():
        (home / f"{kind}.json").write_text(json.dumps(table))


def find_bare(text: str) -> set[str]:
    """The characters of a text that nobody sees; line ends are not among them."""
    return {
        one
        for one in text
        if one != "\n"
        and (one in SORTS or unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp"})
    }


def test_generated_files_hold_none(run: Run) -> None:
    """Docstrings, comments, literals and data, file by file; none in a name."""
    code, _, err = run("generate")

    assert code == 0, err
    files = [path for path in Path("generated").rglob("*") if path.is_file()]
    assert len(files) > 15
    for file in files:
        assert find_bare(file.read_text("utf-8")) == set(), file
        assert find_bare(str(file)) == set()


def test_comments_and_docstrings_tell_what_they_hide(run: Run) -> None:
    """`help` shows the codes as well: it writes to a terminal."""
    run("generate")
    for file in Path("generated").rglob("*.py"):
        with tokenize.open(file) as lines:
            text = lines.read()
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                assert find_bare(ast.get_docstring(node) or "") == set(), file
    (module,) = Path("generated/botosmith/parcels/operations").glob("open*.py")
    assert "\\u202e" in module.read_text("utf-8")


def test_values_stay_what_they_are(run: Run, place: Path) -> None:
    """Enum values, wire names, patterns and codes mean the same characters."""
    run("generate", "--out", "values", "--package", "invisible")
    sys.path.insert(0, str(place / "values"))
    try:
        package = importlib.import_module("invisible.parcels")
    finally:
        sys.path.remove(str(place / "values"))

    (name,) = package.OPERATIONS
    operation = package.OPERATIONS[name]
    (enum,) = [one for one in package.__all__ if one.startswith("Size")]
    model = make_model()
    assert name == f"Open{HOSTILE}"
    assert [str(one) for one in getattr(package, enum)] == model["shapes"][
        f"Size{HOSTILE}"
    ]["enum"]
    (attribute,) = [
        one.name for one in fields(operation.request) if one.name.startswith("id")
    ]
    request = operation.request(**{attribute: "x", "size": HOSTILE})
    assert to_boto3(request) == {f"Id{HOSTILE}": "x", "Size": HOSTILE}
    with pytest.warns(DeprecationWarning, match="is deprecated") as caught:
        assert request._to_wire() == {HOSTILE: "x", "Size": HOSTILE}
    assert find_bare(str(caught[0].message)) == set()
    assert from_boto3(operation.request, to_boto3(request)) == request
    (error,) = operation.errors
    assert error._code in {None, f"Taken{HOSTILE}"}


@pytest.mark.parametrize("arguments", [["list"], ["show", "parcels"], ["generate"]])
def test_output_holds_none(run: Run, arguments: list[str]) -> None:
    """The texts that a command prints, and those of its progress."""
    (name,) = make_model()["operations"]
    if arguments[0] == "show":
        arguments = [*arguments, name]

    code, out, err = run(*arguments)

    assert code == 0, err
    assert find_bare(out) == set()
    assert find_bare(err) == set()
    assert arguments[0] != "show" or "\\u202e" in out


@pytest.mark.parametrize("form", ["text", "markdown", "json", "html"])
def test_reports_hold_none(run: Run, form: str) -> None:
    """Places, values, names and reasons, in each form; the page's data as well."""
    model = make_model()
    renamed = json.dumps(copy.deepcopy(model)).replace("Words", "Other words")
    other = json.loads(renamed.replace("Token", "Ticket").replace('"S"', '"T"'))
    other["shapes"]["Id"].update(pattern=f"{HOSTILE}x", max=3)
    other["shapes"]["New" + HOSTILE] = {"type": "string", "enum": [HOSTILE]}
    other["shapes"]["OpenResponse"]["members"][f"New{HOSTILE}"] = {
        "shape": f"New{HOSTILE}"
    }
    for table in ("old", "new"):
        save(Path(table, "\u202e"), model if table == "old" else other)

    code, out, err = run("diff", "old/\u202e", "new/\u202e", "--format", form)

    assert code == 0, err
    assert find_bare(out) == set()
    assert "u202e" in out
    for found in re.findall(
        r'<script type="application/json"[^>]*>(.*?)</script>', out
    ):
        assert find_bare(json.dumps(json.loads(found), ensure_ascii=False)) == set()


def test_stale_package_is_shown_without(run: Run) -> None:
    """`check` shows what is there now, whoever put it there."""
    run("generate")
    with Path("generated/botosmith/parcels/client.py").open("a") as file:
        file.write("# \u202e\x1b[2J\r\u2028\n")

    code, out, _ = run("check")

    assert code == 1
    assert find_bare(out) == set()
    assert "-# \\u202e\\x1b[2J\\r\\u2028\n" in out


def test_problems_are_told_without(run: Run) -> None:
    """Each on one line, whatever a name is."""
    model = make_model()
    model["shapes"][f"Wrong{HOSTILE}"] = {"type": HOSTILE}
    Path("models/parcels/2024-03-01/service-2.json").write_text(json.dumps(model))

    code, _, err = run("generate")

    assert code == 1
    assert find_bare(err) == set()
    assert len(err.splitlines()) == 2
    for arguments in (["generate", HOSTILE], ["list", "--models", f"x{HOSTILE[:20]}"]):
        _, _, err = run(*arguments)
        assert find_bare(err) == set()
        assert len(err.splitlines()) == 1


def test_pinned_models_hold_none(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their JSON has escapes, and means the same."""
    Path("models").rename("botocore")
    for name in ("endpoints", "partitions"):
        Path("botocore", f"{name}.json").write_text('{"partitions": []}')
    monkeypatch.setattr(
        "botosmith.generator.update.release.Loader.BUILTIN_DATA_PATH",
        str(Path.cwd() / "botocore"),
    )

    code, out, err = run("update", "parcels")

    assert code == 0, err
    assert find_bare(out + err) == set()
    for file in [*Path("models").rglob("*"), *Path("changelog.d").iterdir()]:
        if file.is_file() and file.name != "NOTICE":
            assert find_bare(file.read_text("utf-8")) == set(), file
    pinned = Path("models/parcels/2024-03-01/service-2.json")
    assert json.loads(pinned.read_bytes()) == make_model()
    assert run("check")[0] == 0


def test_every_character_that_hides_is_known() -> None:
    """Control and format characters, separators, surrogates and private ones."""
    categories = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    for code in range(sys.maxunicode + 1):
        one = chr(code)
        if unicodedata.category(one) in categories:
            assert has_invisible(one), hex(code)
        if code < sys.maxunicode - 2 and 0x20 <= code < 0x7F:
            assert not has_invisible(one)


@pytest.mark.parametrize(
    "text", ["é", "日本", "→ …", "a b", "\N{NO-BREAK SPACE}", "😀"]
)
def test_what_is_seen_stays(text: str) -> None:
    """Letters of all scripts, spaces and pictures are text."""
    assert make_visible(text) == make_lines_visible(text) == text


@pytest.mark.parametrize("one", [*SORTS, "\ud800", "\U0010ffff"])
def test_escapes_mean_the_character(one: str) -> None:
    """In a literal of Python, in JSON, and to a reader."""
    assert find_bare(quote(f"a{one}b")) == set()
    assert ast.literal_eval(quote(f"a{one}b")) == f"a{one}b"
    written = make_json_visible(json.dumps({one: one}, ensure_ascii=False))
    assert find_bare(written) == set()
    assert json.loads(written) == {one: one}
    assert ast.literal_eval(f'"{make_visible(one)}"') == one
