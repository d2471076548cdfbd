"""Models that mean harm, or merely look like it: what is generated stays inert."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import sys
import tempfile
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import fields_dict
from hypothesis import HealthCheck, given, settings
from tests.generator.conftest import write_model

from botosmith.generator.build import build_service, open_models
from botosmith.generator.style import format_modules
from botosmith.generator.write import write_package
from botosmith.runtime import OpenEnum, wire
from botosmith.testing.strategies import hostile_models

_numbers = count(1)


def generate_and_import(folder: Path, model: dict[str, Any]) -> ModuleType:
    """The package of a model, written and imported."""
    package = f"hostile{next(_numbers)}"
    write_model(folder / "models", model)
    sources = build_service(open_models(folder / "models"), "parcels", package=package)
    write_package(folder / package / "parcels", format_modules(sources))
    sys.path.insert(0, str(folder))
    try:
        imported = importlib.import_module(f"{package}.parcels")
        for name in imported.__all__:
            getattr(imported, name)
    finally:
        sys.path.remove(str(folder))
    return imported


def check_names(imported: ModuleType, model: dict[str, Any]) -> None:
    """Everything in the model is there, once."""
    exported = [getattr(imported, name) for name in imported.__all__]
    enums = [
        one for one in exported if isinstance(one, type) and issubclass(one, OpenEnum)
    ]
    expected = [
        sorted(set(shape["enum"]))
        for shape in model["shapes"].values()
        if "enum" in shape
    ]

    assert sorted(sorted(map(str, enum)) for enum in enums) == sorted(expected)
    assert list(imported.OPERATIONS) == list(model["operations"])
    for operation in imported.OPERATIONS.values():
        given_shape = model["operations"][operation.name].get("input", {}).get("shape")
        members = model["shapes"][given_shape]["members"] if given_shape else {}
        described = wire.fields(operation.request)
        assert [field.member.name for field in described] == list(members)
        parameters = list(inspect.signature(operation.function).parameters)
        assert parameters == ["client", *(field.attribute for field in described)]
        assert set(parameters[1:]) == set(fields_dict(operation.request))


def check_inert(imported: ModuleType) -> None:
    """Modules hold imports, classes, functions and tables: no text was code."""
    (home,) = imported.__path__
    for path in Path(home).rglob("*.py"):
        for statement in ast.parse(path.read_text()).body:
            match statement:
                case ast.Expr(value=ast.Constant(value=str())):
                    pass
                case ast.ClassDef() | ast.FunctionDef() | ast.If():
                    pass
                case ast.ImportFrom() | ast.Assign():
                    pass
                case _:
                    raise AssertionError(ast.dump(statement))


@settings(
    max_examples=max(20, settings().max_examples // 5),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(hostile_models())
def test_hostile_models_stay_inert(model: dict[str, Any]) -> None:
    """Generated, compiled and imported; no text of the model is executed."""
    with tempfile.TemporaryDirectory() as folder:
        imported = generate_and_import(Path(folder), model)
        check_names(imported, model)
        check_inert(imported)
    for name in [name for name in sys.modules if name.startswith(imported.__name__)]:
        del sys.modules[name]

    assert not hasattr(builtins, "BOTOSMITH_EXECUTED")
