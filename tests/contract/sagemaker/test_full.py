"""The package holds every part of the pinned model, and nothing else."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.support.figures import COUNTED, FIGURES

from botosmith import sagemaker
from botosmith.runtime import (
    BaseClient,
    OpenEnum,
    Request,
    Response,
    ServiceError,
    Structure,
    Union,
)

from .pinned import PACKAGE, ROOT_ERROR, Pinned, differences

FOLDER = Path(sagemaker.__file__).parent

#: The names that the package exports; its stub says them in another way.
EXPORTS: list[str] = vars(sagemaker)["__all__"]


def test_the_json_has_the_figures_that_everyone_knows(pinned: Pinned) -> None:
    """The count is taken from the right model."""
    unions = [name for name, shape in pinned.structures.items() if shape.get("union")]

    assert COUNTED == FIGURES
    assert (FIGURES.operations, FIGURES.structures, FIGURES.unions) == (
        len(pinned.operations),
        len(pinned.structures) + len(pinned.errors),
        len(unions),
    )
    assert (FIGURES.errors, FIGURES.enums, FIGURES.values) == (
        len(pinned.errors),
        len(pinned.enums),
        sum(map(len, pinned.enums.values())),
    )


def test_exports_are_the_model_s_names_and_the_client(pinned: Pinned) -> None:
    """`__all__` and `dir` name all that there is to use, and nothing else."""
    expected = {
        *pinned.structures,
        *pinned.errors,
        *pinned.enums,
        *map(pinned.function, pinned.operations),
        *map(pinned.pages_function, pinned.paginators),
        *map(pinned.wait_function, pinned.waiters),
        *map(pinned.response, pinned.operations),
        ROOT_ERROR,
        "API_VERSION",
        "AsyncClient",
        "BOTOCORE_VERSION",
        "Client",
        "OPERATIONS",
    }
    assert sorted(expected) == EXPORTS
    assert dir(sagemaker) == EXPORTS
    assert not [name for name in EXPORTS if not hasattr(sagemaker, name)]


def test_the_stub_names_each_export_with_its_place() -> None:
    """Type checkers see the names of `__all__`, in the modules that define them."""
    stub = ast.parse((FOLDER / "__init__.pyi").read_text("utf-8"))
    places: dict[str, str] = {}
    for node in stub.body:
        match node:
            case ast.ImportFrom(module=str(module), names=names, level=level):
                module = f"{PACKAGE}.{module}" if level else module
                assert not [alias for alias in names if alias.name in places]
                # An import is an export only as `x as x` (PEP 484).
                places |= {alias.name: module for alias in names if alias.asname}
            case ast.AnnAssign(target=ast.Name(id=name)):
                places[name] = PACKAGE
            case _:
                assert isinstance(node, ast.Expr)
    found = {
        name: getattr(import_module(module), name) for name, module in places.items()
    }
    assert sorted(found.keys() - {"Operations"}) == EXPORTS
    assert not [
        name
        for name in EXPORTS
        if inspect.unwrap(getattr(sagemaker, name)) is not found[name]
    ]


def test_modules_define_what_is_exported_and_nothing_else(pinned: Pinned) -> None:
    """Every module and every definition in one stands for a part of the model."""
    expected: dict[str, list[str]] = {
        "async_client": ["AsyncClient"],
        "client": ["Client"],
        "errors": [ROOT_ERROR, *pinned.errors],
        "operations.__init__": [],
        "paginators.__init__": [],
        "shapes.__init__": [],
        "waiters.__init__": [],
    }
    for operation in pinned.paginators:
        function = pinned.pages_function(operation)
        expected[f"paginators.{pinned.function(operation)}"] = [function]
    for waiter in pinned.waiters:
        function = pinned.wait_function(waiter)
        expected[f"waiters.{function.removeprefix('wait_until_')}"] = [function]
    for operation in pinned.operations:
        function = pinned.function(operation)
        expected[f"operations.{function}"] = [function]
        if "output" not in pinned.operations[operation]:
            expected[f"operations.{function}"].append(f"{operation}Response")
    for name, module in pinned.modules.items():
        expected.setdefault(module, []).append(name)
    found = {
        ".".join(file.relative_to(FOLDER).with_suffix("").parts): _definitions(file)
        for file in FOLDER.rglob("*.py")
        if file != FOLDER / "__init__.py"
    }
    sorted_names = {module: sorted(names) for module, names in expected.items()}
    assert differences(found, sorted_names) == []


def _definitions(file: Path) -> list[str]:
    body = ast.parse(file.read_text("utf-8")).body
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return sorted(node.name for node in body if isinstance(node, kinds))


def test_operations_are_the_model_s_in_its_order(pinned: Pinned) -> None:
    """The table tells each operation's function, classes and errors."""
    assert list(sagemaker.OPERATIONS) == list(pinned.operations)
    found = {
        name: (
            operation.name,
            operation.function.__name__,
            operation.request.__name__,
            operation.response.__name__,
            [error.__name__ for error in operation.errors],
        )
        for name, operation in sagemaker.OPERATIONS.items()
    }
    expected = {
        name: (
            name,
            pinned.function(name),
            pinned.request(name),
            pinned.response(name),
            pinned.error_names(name),
        )
        for name in pinned.operations
    }
    assert differences(found, expected) == []


def test_the_table_gives_what_the_package_exports(pinned: Pinned) -> None:
    """`OPERATIONS` gives what users import, and requests know their reply."""
    for name, operation in sagemaker.OPERATIONS.items():
        assert operation.function is getattr(sagemaker, pinned.function(name))
        assert operation.request is getattr(sagemaker, pinned.request(name))
        assert operation.response is getattr(sagemaker, pinned.response(name))
        assert issubclass(operation.request, Request)
        assert issubclass(operation.response, Response)
        assert operation.request._operation == name
        assert operation.request._response is operation.response


def test_the_client_has_a_method_for_each_function(pinned: Pinned) -> None:
    """A method is the function that the package exports; there are not any others."""
    methods = {name for name in vars(sagemaker.Client) if not name.startswith("_")}
    waiters = map(pinned.wait_function, pinned.waiters)
    pages = map(pinned.pages_function, pinned.paginators)
    operations = map(pinned.function, pinned.operations)
    assert methods == {*operations, *pages, *waiters}
    awaited = {name for name in vars(sagemaker.AsyncClient) if name[0] != "_"}
    assert awaited == methods
    inherited = {name for name in dir(BaseClient) if not name.startswith("_")}
    assert inherited == {"close", "exceptions", "generate_presigned_url", "send"}
    assert not [
        name
        for name in methods
        if getattr(sagemaker.Client, name) is not getattr(sagemaker, name)
        or getattr(sagemaker.AsyncClient, name) is not getattr(sagemaker, name)
    ]


def test_every_class_is_of_its_kind(pinned: Pinned, classes: Any) -> None:
    """Unions, requests, replies, plain structures and enums have each their base."""
    inputs = set(map(pinned.request, pinned.operations))
    outputs = set(map(pinned.response, pinned.operations))

    def base(name: str) -> type:
        if name in pinned.enums:
            return OpenEnum
        if pinned.shapes.get(name, {}).get("union"):
            return Union
        return Request if name in inputs else Response if name in outputs else Structure

    found = {name: cls.__bases__ for name, cls in classes.items()}
    assert differences(found, {name: (base(name),) for name in classes}) == []


def test_enums_have_every_value_in_order(pinned: Pinned, classes: Any) -> None:
    """The members of an enum are the model's values, none twice under two names."""
    found = {name: [one.value for one in classes[name]] for name in pinned.enums}
    assert differences(found, pinned.enums) == []
    aliases = {name: list(classes[name].__members__) for name in pinned.enums}
    assert {name: len(found[name]) for name in found} == {
        name: len(aliases[name]) for name in aliases
    }


def test_names_of_enum_members_are_their_values_in_upper_case(
    pinned: Pinned, classes: Any
) -> None:
    """A member's name is its value's letters and digits, which are easy to find."""
    odd = [
        f"{name}.{member.name} = {member.value}"
        for name in pinned.enums
        for member in classes[name]
        if not re.fullmatch("[A-Z][A-Z0-9_]*", member.name)
        or _bare(member.name).removeprefix("VALUE") != _bare(member.value)
    ]
    assert odd == []


def _bare(name: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", name.upper())


def test_instance_types_are_all_there(pinned: Pinned) -> None:
    """The list that other bindings have been behind with."""
    instance_types = sagemaker.ProductionVariantInstanceType
    assert len(instance_types) == FIGURES.instance_types
    assert set(instance_types) == set(pinned.enums["ProductionVariantInstanceType"])


def test_errors_are_exceptions(pinned: Pinned) -> None:
    """Each of the five is a `SageMakerError`, which is a `ServiceError`."""
    root = getattr(sagemaker, ROOT_ERROR)
    assert root.__bases__ == (ServiceError,)
    own = {cls for cls in root.__subclasses__() if cls.__module__ == root.__module__}
    assert {cls.__name__ for cls in own} == set(pinned.errors)
    for name in pinned.errors:
        assert getattr(sagemaker, name).__bases__ == (root,)
