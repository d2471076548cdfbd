"""A package keeps its names, classes and pickles, whatever its model becomes."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.hostile.model import hostile_models
from tests.unit.generator.conftest import make_model, write_model

from botosmith.generator.cli import main
from botosmith.generator.model import ServiceModel, mirror_model
from botosmith.generator.plan.name_lock import Previous, keep_names
from botosmith.generator.plan.names import name_places

TEXT = {"type": "string"}

#: Pickles an object of every class that the package exports, and lists the names.
PICKLE = """
import pickle, sys
from kept import parcels
names = sorted(name for name in dir(parcels) if not name.startswith("_"))
made = {}
for name in names:
    value = getattr(parcels, name)
    if isinstance(value, type) and hasattr(value, "_attribute_names"):
        made[name] = value.__new__(value)
        for attribute in value._attribute_names():
            setattr(made[name], attribute, "x")
    elif isinstance(value, type) and hasattr(value, "__members__"):
        made[name] = list(value)
sys.stdout.buffer.write(pickle.dumps((names, pickle.dumps(made))))
"""

#: Reads them back, and says what each has become.
UNPICKLE = """
import pickle, sys
import kept.parcels
names, made = pickle.loads(sys.stdin.buffer.read())
for name, value in pickle.loads(made).items():
    assert type(value).__name__ == name or isinstance(value, list), name
    for one in value if isinstance(value, list) else []:
        assert type(one).__name__ == name and one.is_known, one
now = set(dir(kept.parcels))
print([name for name in names if name not in now])
"""


def structure(**members: str) -> dict[str, Any]:
    """A structure by its members' shapes."""
    described = {name: {"shape": shape} for name, shape in members.items()}
    return {"type": "structure", "members": described}


BEFORE = {
    "shapes": {
        "OpenInput": structure(Box="Box"),
        "CloseThings": structure(State="State"),
        "Box": structure(State="State", fooBar="Text", Held="Things"),
        "Things": structure(Text="Text"),
        "State": {"type": "string", "enum": ["a-b", "c"]},
        "aB": structure(Text="Text"),
        "Text": TEXT,
    },
    "operations": {
        "Open": {"input": {"shape": "OpenInput"}},
        "Close": {"input": {"shape": "CloseThings"}, "output": {"shape": "aB"}},
        "Tell": {"input": {"shape": "Things"}},
    },
}


def share_data(model: dict[str, Any]) -> None:
    """Another operation reaches a shape that was one operation's alone."""
    model["operations"]["Ask"] = {"output": {"shape": "AskOutput"}}
    model["shapes"]["AskOutput"] = structure(Box="Box")


def share_input(model: dict[str, Any]) -> None:
    """Another operation takes the same input, and comes before in the alphabet."""
    for name, shape in (("Aaa", "OpenInput"), ("Bbb", "CloseThings")):
        model["operations"][name] = {"input": {"shape": shape}}


def hold_input(model: dict[str, Any]) -> None:
    """Inputs and outputs become members of another shape, too."""
    model["operations"]["Ask"] = {"input": {"shape": "AskInput"}}
    model["shapes"]["AskInput"] = structure(
        One="OpenInput", Two="CloseThings", Three="aB"
    )


def give_output(model: dict[str, Any]) -> None:
    """An operation that replied nothing replies something."""
    model["operations"]["Open"]["output"] = {"shape": "OpenResult"}
    model["shapes"]["OpenResult"] = structure(Text="Text")


def rename_input(model: dict[str, Any]) -> None:
    """An operation's input is another shape of the same members."""
    model["operations"]["Open"]["input"]["shape"] = "OpenRequest"
    model["shapes"]["OpenRequest"] = deepcopy(model["shapes"]["OpenInput"])


def clash(model: dict[str, Any]) -> None:
    """Newcomers come to the names of others, and rank before them."""
    shapes = model["shapes"]
    shapes["AB"] = structure(Text="Text")
    shapes["Box"]["members"]["foo_bar"] = {"shape": "Text"}
    shapes["State"]["enum"].append("A_B")
    model["operations"]["open"] = {"input": {"shape": "AB"}}


def use_class_name(model: dict[str, Any]) -> None:
    """A shape comes that is called like what an operation's request is called."""
    model["shapes"]["OpenResponse"] = structure(Text="Text")
    model["shapes"]["Box"]["members"]["Reply"] = {"shape": "OpenResponse"}


def hold_no_more(model: dict[str, Any]) -> None:
    """A shape that had a class is but an operation's input from now on."""
    model["shapes"]["Things"] = structure(Text="Text")
    model["operations"]["Ask"] = {"input": {"shape": "Things"}}
    del model["shapes"]["Box"]["members"]["Held"]


EDITS = [
    share_data,
    share_input,
    hold_input,
    give_output,
    rename_input,
    clash,
    use_class_name,
    hold_no_more,
]


def run_python(program: str, folder: Path, data: bytes = b"") -> bytes:
    """Return the output of a program that finds the package there."""
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=data,
        capture_output=True,
        check=False,
        cwd=folder,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def generate(folder: Path, model: dict[str, Any]) -> Path:
    """Generate a model over what is there; the package's folder."""
    write_model(folder / "models", make_model(model["shapes"], model["operations"]))
    command = ["generate", "parcels", "--models", str(folder / "models")]
    assert main([*command, "--out", str(folder), "--package", "kept"]) == 0
    return folder / "kept" / "parcels"


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_edit_takes_no_name_and_no_pickle(tmp_path: Path, edit: Any) -> None:
    """Every name is still exported, and every object of before is read."""
    generate(tmp_path, BEFORE)
    pickled = run_python(PICKLE, tmp_path)
    edited = deepcopy(BEFORE)
    edit(edited)

    generate(tmp_path, edited)

    assert run_python(UNPICKLE, tmp_path, pickled).decode().strip() == "[]"


def test_all_edits_one_after_another(tmp_path: Path) -> None:
    """A lock of one edit is kept by the next; and the lock alone gives it again."""
    model = deepcopy(BEFORE)
    package = generate(tmp_path, model)
    pickled = run_python(PICKLE, tmp_path)
    for edit in EDITS:
        edit(model)
        generate(tmp_path, model)
        assert run_python(UNPICKLE, tmp_path, pickled).decode().strip() == "[]"

    lock = package / "data" / "names.json"
    kept = lock.read_bytes()
    (package / "data" / "parcels" / "2024-03-01" / "service-2.json").unlink()
    generate(tmp_path, model)

    assert lock.read_bytes() == kept
    assert run_python(UNPICKLE, tmp_path, pickled).decode().strip() == "[]"


def test_shape_that_becomes_shared_moves(tmp_path: Path) -> None:
    """Its module is another, which nobody who imports the package notices."""
    package = generate(tmp_path, BEFORE)
    assert not (package / "shapes" / "box.py").exists()
    edited = deepcopy(BEFORE)
    share_data(edited)

    generate(tmp_path, edited)

    assert (package / "shapes" / "box.py").exists()


def test_no_lock_where_rules_will_do(tmp_path: Path) -> None:
    """A package whose names the rules give has no file of them."""
    package = generate(tmp_path, BEFORE)
    assert not (package / "data" / "names.json").exists()
    edited = deepcopy(BEFORE)
    share_data(edited)
    generate(tmp_path, edited)
    assert not (package / "data" / "names.json").exists()

    clash(edited)
    generate(tmp_path, edited)

    assert json.loads((package / "data" / "names.json").read_bytes()) == {
        "names": {
            "operations.Close.output": "AB",
            "operations.Open": "open",
            "operations.open": "open_2",
            "operations.open.input": "AB_2",
            "shapes.Box.members.fooBar": "foo_bar",
            "shapes.Box.members.foo_bar": "foo_bar_2",
            "shapes.State.enum.A_B": "A_B_2",
            "shapes.State.enum.a-b": "A_B",
        }
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<<<<<<< HEAD", "data/names.json: is not JSON"),
        ("[]", "data/names.json: names: is missing, not an object"),
        ('{"names": {"shapes.Box": 3}}', "names.shapes.Box: is 3, not a string"),
        ('{"names": {"shapes.Box": "a b"}}', "names.shapes.Box: is 'a b', which is no"),
        (
            '{"names": {"shapes.Box": "class"}}',
            "is 'class', which is not an identifier",
        ),
    ],
)
def test_damaged_lock_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, told: str
) -> None:
    """Its names would be lost otherwise; the package stays as it was."""
    package = generate(tmp_path, BEFORE)
    (package / "data" / "names.json").write_text(text)
    before = {path: path.read_bytes() for path in package.rglob("*.*")}

    command = ["generate", "parcels", "--models", str(tmp_path / "models")]
    code = main([*command, "--out", str(tmp_path), "--package", "kept"])

    assert code == 1
    assert told in capsys.readouterr().err
    assert {path: path.read_bytes() for path in package.rglob("*.*")} == before


def test_damaged_model_is_mended(tmp_path: Path) -> None:
    """Generating is how a package is mended whose data a merge has spoilt."""
    package = generate(tmp_path, BEFORE)
    model = package / "data" / "parcels" / "2024-03-01" / "service-2.json"
    text = model.read_bytes()
    model.write_text("<<<<<<< HEAD")

    generate(tmp_path, BEFORE)

    assert model.read_bytes() == text


def mirror(source: dict[str, Any]) -> ServiceModel:
    """A drawn model as the generator reads it."""
    return mirror_model(source, "parcels", "2024-03-01")


def shuffle(value: Any, seed: random.Random) -> Any:
    """The same JSON with its keys in another order."""
    if isinstance(value, dict):
        keys = list(value)
        seed.shuffle(keys)
        return {key: shuffle(value[key], seed) for key in keys}
    return value


@given(hostile_models(), st.randoms(use_true_random=False))
def test_names_do_not_depend_on_order(
    source: dict[str, Any], seed: random.Random
) -> None:
    """A model's keys in another order give the same names, clashes included."""
    names = name_places(mirror(source), {}).as_text()

    assert name_places(mirror(shuffle(source, seed)), {}).as_text() == names


@given(hostile_models(), hostile_models())
def test_names_are_kept_in_hostile_models(
    one: dict[str, Any], other: dict[str, Any]
) -> None:
    """Two models become one: who was there keeps each name, and the lock says it."""
    before = mirror(one)
    names = name_places(before, {}).as_text()
    both = deepcopy(other)
    for part in ("shapes", "operations"):
        both[part] |= one[part]
    after = mirror(both)

    places, lock = keep_names(after, Previous(before))

    now = places.as_text()
    assert {place: now[place] for place in names} == names
    assert name_places(after, lock).as_text() == now
    assert keep_names(after, Previous(after, lock)) == (places, lock)
    scopes = [places.classes, places.functions]
    assert all(len(set(scope.values())) == len(scope) for scope in scopes)
