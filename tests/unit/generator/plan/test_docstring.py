"""Docstrings of small models: bounds, errors, code, and replies that are too long."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import pytest
from tests.support.docstrings import RULES, Docstring, find_problems
from tests.unit.generator.drawn import check_types

from botosmith.generator.literal import quote_docstring

TEXT = {"type": "string"}


def structure(members: dict[str, str], **traits: Any) -> dict[str, Any]:
    """A structure whose members have just a shape."""
    references = {name: {"shape": shape} for name, shape in members.items()}
    return {"type": "structure", "members": references, **traits}


BOUNDS: list[tuple[dict[str, Any], str]] = [
    ({"type": "list", "member": {"shape": "Text"}, "min": 1}, "At least 1 item."),
    ({"type": "list", "member": {"shape": "Text"}, "min": 0}, ""),
    (
        {"type": "list", "member": {"shape": "Text"}, "min": 1, "max": 1},
        "Exactly 1 item.",
    ),
    (
        {"type": "list", "member": {"shape": "Text"}, "min": 0, "max": 1},
        "At most 1 item.",
    ),
    (
        {"type": "list", "member": {"shape": "Text"}, "min": 1, "max": 2},
        "From 1 to 2 items.",
    ),
    ({"type": "list", "member": {"shape": "Text"}, "max": 0}, "At most 0 items."),
    ({"type": "string", "min": 1, "max": 1}, "Exactly 1 character."),
    ({"type": "string", "min": 12, "max": 12}, "Exactly 12 characters."),
    (
        {"type": "string", "max": 1, "pattern": "a  b|c"},
        "At most 1 character. Pattern: `a b|c`",
    ),
    ({"type": "string", "min": 3}, "At least 3 characters."),
    ({"type": "blob", "max": 1}, "At most 1 byte."),
    ({"type": "blob", "min": 1, "max": 20}, "From 1 to 20 bytes."),
    (
        {
            "type": "map",
            "key": {"shape": "Text"},
            "value": {"shape": "Text"},
            "max": 1,
        },
        "At most 1 entry.",
    ),
    (
        {
            "type": "map",
            "key": {"shape": "Text"},
            "value": {"shape": "Text"},
            "min": 2,
        },
        "At least 2 entries.",
    ),
    ({"type": "integer", "min": 0}, "At least 0."),
    ({"type": "integer", "max": 1}, "At most 1."),
    ({"type": "integer", "min": 1, "max": 1}, "Exactly 1."),
    ({"type": "integer", "min": 0, "max": 5}, "From 0 to 5."),
    ({"type": "float", "min": 0.5, "max": 1.5}, "From 0.5 to 1.5."),
    ({"type": "string", "enum": ["a"], "min": 1, "max": 1}, ""),
]


def test_bounds(generate: Any) -> None:
    """Bounds agree with their nouns, and nothing is said that holds of everything."""
    shapes = {f"S{number}": shape for number, (shape, _) in enumerate(BOUNDS)}
    box = structure({name: name for name in shapes})

    parcels = generate({"Text": TEXT, "Box": box, **shapes})

    text = str(inspect.getdoc(parcels.Box))
    parts = re.split(r"^ {4}s\d+:", text, flags=re.MULTILINE)[1:]
    assert [" ".join(part.split()) for part in parts] == [words for _, words in BOUNDS]


@pytest.mark.parametrize(
    "other",
    [
        structure({"Message": "Text"}),
        structure({"Message": "Text"}, exception=True),
    ],
)
def test_errors_have_names_of_their_own(generate: Any, other: dict[str, Any]) -> None:
    """A class of the service with an error's name, as EC2 has one, is not meant."""
    shapes = {
        "Text": TEXT,
        "ValidationError": other,
        "ValueError": structure({"Message": "Text"}, exception=True),
        "Page": structure(
            {"NextToken": "Text", "Items": "Texts", "V": "ValidationError"}
        ),
        "Texts": {"type": "list", "member": {"shape": "Text"}},
        "Ask": structure({"NextToken": "Text"}),
    }
    operations = {
        "List": {
            "input": {"shape": "Ask"},
            "output": {"shape": "Page"},
            "errors": [{"shape": "ValueError"}],
        }
    }
    parcels = generate(shapes, operations)

    for function in (parcels.list, parcels.paginate_list):
        text = str(inspect.getdoc(function))
        assert "\n    botosmith.runtime.ValidationError: The arguments" in text
        docstring = Docstring("list", parcels.__name__, text)
        for rule in RULES:
            assert find_problems([docstring], rule) == []
    told = str(inspect.getdoc(parcels.paginate_list))
    assert "\n    builtins.ValueError: A par" in told


def deep(levels: int, width: int) -> dict[str, Any]:
    """A reply of so many levels, each with so many texts and so many structures."""
    shapes: dict[str, Any] = {"Text": TEXT}
    for level in range(levels):
        for number in range(width**level):
            texts = {f"Text{one}": "Text" for one in range(width)}
            parts = {
                f"Part{one}": f"L{level + 1}N{number * width + one}"
                for one in range(width)
                if level + 1 < levels
            }
            shapes[f"L{level}N{number}"] = structure(texts | parts)
    return shapes


@pytest.mark.parametrize(
    ("levels", "width", "written"),
    [(2, 4, 2), (3, 3, 3), (4, 4, 2), (7, 2, 4), (2, 12, 1)],
)
def test_long_replies(generate: Any, levels: int, width: int, written: int) -> None:
    """A reply of more than 100 lines names the classes below a level."""
    call = {"Ask": {"output": {"shape": "L0N0"}}}
    parcels = generate(deep(levels, width), call)

    text = str(inspect.getdoc(parcels.ask))
    code = text.partition("\nValue::\n\n")[2].partition("\nRaises:")[0]
    comment = re.match(r" +# For the members behind \(...\), see the class:", code)
    tree = ast.parse(inspect.cleandoc(code), mode="eval")
    calls = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if call.endswith("(...)")]

    whole = sum(width**level for level in range(written))
    assert len(calls) - len(named) == whole
    assert len(named) == (0 if written == levels else width**written)
    assert (comment is None) == (written == levels)
    assert len(code.splitlines()) <= 102
    if comment:
        assert f"help({named[0].removesuffix('(...)')})" in code


def test_mypy_reads_what_is_not_a_surrogate(tmp_path: Path) -> None:
    """A raw string with U+FFFD and a backslash with a u would make mypy 2.4 crash."""
    text = "\N{REPLACEMENT CHARACTER} \\u12{ \\d"
    module = tmp_path / "module.py"
    module.write_text("\n".join(quote_docstring([text])))

    assert check_types(tmp_path) == ""
    assert ast.get_docstring(ast.parse(module.read_text())) == text
