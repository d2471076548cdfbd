"""The layers: which module may import which, read from the sources."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

RUNTIME = "botosmith.runtime"
MSGSPEC = f"{RUNTIME}.protocol.msgspec_codec"
GENERATOR = "botosmith.generator"
TESTING = "botosmith.testing"
#: The most modules that a folder may have.
LARGEST = 17
STANDARD = frozenset(sys.stdlib_module_names)


class Imports(ast.NodeVisitor):
    """The modules that a module names in imports, wherever they stand.

    Attributes:
        anywhere: All of them, those for type checkers and inside functions too.
        loading: Those that loading the module executes.
    """

    def __init__(self, package: str) -> None:
        """Resolve relative imports against the module's package."""
        self.package = package.split(".")
        self.anywhere: set[str] = set()
        self.loading: set[str] = set()
        self._put_off = 0

    def add(self, name: str) -> None:
        """Note a module's full name."""
        self.anywhere.add(name)
        if not self._put_off:
            self.loading.add(name)

    def visit_Import(self, node: ast.Import) -> None:
        """`import a.b`."""
        for alias in node.names:
            self.add(alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """`from a import b`, which may name the module a.b."""
        parts = self.package[: len(self.package) - node.level + 1] if node.level else []
        module = ".".join([*parts, *([node.module] if node.module else [])])
        for alias in node.names:
            self.add(f"{module}.{alias.name}")

    def visit_If(self, node: ast.If) -> None:
        """Below `if TYPE_CHECKING`, nothing is executed."""
        typing = ast.unparse(node.test).endswith("TYPE_CHECKING")
        self._put_off += typing
        for child in node.body:
            self.visit(child)
        self._put_off -= typing
        for child in node.orelse:
            self.visit(child)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """In a function, imports wait for a call."""
        self._put_off += 1
        self.generic_visit(node)
        self._put_off -= 1

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        """As in any function."""
        self.visit_FunctionDef(node)


def name_module(folder: Path, file: Path) -> str:
    """A file's dotted name as a module; `folder` is its import root."""
    parts = file.relative_to(folder).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def read_imports(source: str, package: str) -> Imports:
    """The imports of a module's source."""
    imports = Imports(package)
    imports.visit(ast.parse(source))
    return imports


@cache
def read_root(folder: Path) -> dict[str, Imports]:
    """The imports of every module and stub below an import root."""
    found: dict[str, Imports] = {}
    for file in sorted([*folder.rglob("*.py"), *folder.rglob("*.pyi")]):
        name = name_module(folder, file)
        package = name if file.stem == "__init__" else name.rpartition(".")[0]
        key = f"{name} (stub)" if file.suffix == ".pyi" else name
        found[key] = read_imports(file.read_text("utf-8"), package)
    return found


def is_within(name: str, *packages: str) -> bool:
    """Return whether a module is one of the packages, or in one."""
    return any(
        name == package or name.startswith(f"{package}.") for package in packages
    )


def find_strangers(
    imports: dict[str, Imports], where: str, *allowed: str
) -> Iterator[str]:
    """List imports of a package's modules that are neither standard nor allowed."""
    for module, found in imports.items():
        if is_within(module.removesuffix(" (stub)"), where):
            for name in sorted(found.anywhere):
                if name.partition(".")[0] in STANDARD or is_within(name, *allowed):
                    continue
                yield f"{module}: {name}"


@pytest.fixture(scope="module")
def codegen(root: Path) -> dict[str, Imports]:
    """The imports of what people wrote."""
    return {**read_root(root / "codegen"), **read_root(root / "runtime")}


@pytest.fixture(scope="module")
def generated(root: Path) -> dict[str, Imports]:
    """The imports of what the generator wrote."""
    return read_root(root / "generated")


@pytest.fixture(scope="module")
def services(root: Path) -> list[str]:
    """The generated packages; SageMaker is one, or there is nothing to look at."""
    folder = root / "generated" / "botosmith"
    found = [path.name for path in folder.iterdir() if (path / "__init__.py").exists()]
    assert "sagemaker" in found
    return [f"botosmith.{name}" for name in found]


def test_reader_sees_every_kind_of_import() -> None:
    """Plain, relative, put off and for type checkers: none is overlooked."""
    source = """
import a.b as c
from d import e
from . import f
from ..g import h
if TYPE_CHECKING:
    from i import j
else:
    import k
def use():
    import l
async def wait():
    import o
class Holder:
    import m
try:
    import n
except ImportError:
    pass
"""
    imports = read_imports(source, "top.package")

    loading = {"a.b", "d.e", "top.package.f", "top.g.h", "k", "m", "n"}
    assert imports.loading == loading
    assert imports.anywhere == loading | {"i.j", "l", "o"}


def test_strangers_are_found() -> None:
    """A module that imports what it may not is named with it."""
    imports = {
        "botosmith.runtime.a": read_imports("import os, attrs, boto3", "x"),
        "botosmith.runtimes": read_imports("import boto3", "x"),
    }

    strangers = list(find_strangers(imports, RUNTIME, "attrs"))

    assert strangers == ["botosmith.runtime.a: boto3"]


def test_runtime_needs_attrs_and_botocore_only(codegen: dict[str, Imports]) -> None:
    """The runtime imports itself, attrs, botocore and the standard library.

    jmespath comes with botocore; rich is asked for by whoever asks for a line of it,
    and not loaded with the module that uses it.
    """
    allowed = (RUNTIME, "attrs", "botocore", "jmespath", "urllib3")
    elsewhere = f"{RUNTIME}.waiters.progress: rich.", f"{MSGSPEC}."
    strangers = find_strangers(codegen, RUNTIME, *allowed)

    assert [one for one in strangers if not one.startswith(elsewhere)] == []
    assert not any(
        is_within(one, "rich") for one in codegen[f"{RUNTIME}.waiters.progress"].loading
    )
    assert RUNTIME in codegen


def test_only_what_an_extra_is_for_knows_msgspec(codegen: dict[str, Imports]) -> None:
    """And nothing else loads that."""
    known = {
        name.partition(".")[0]
        for module, imports in codegen.items()
        if is_within(module, MSGSPEC)
        for name in imports.anywhere
        if not is_within(name, RUNTIME)
    }
    assert "msgspec" in known
    assert known <= {"msgspec", *sys.stdlib_module_names}
    for module, imports in codegen.items():
        if not is_within(module, MSGSPEC):
            assert not [one for one in imports.loading if is_within(one, MSGSPEC)]


def test_only_what_is_awaited_knows_asyncio(codegen: dict[str, Imports]) -> None:
    """Nothing else loads it, or the modules that do."""
    awaiting = f"{RUNTIME}.aio"
    for module, imports in codegen.items():
        if not is_within(module, awaiting):
            known = {
                name for name in imports.loading if is_within(name, awaiting, "asyncio")
            }
            assert known == set(), module


def test_generated_code_stands_on_the_runtime(
    generated: dict[str, Imports], services: list[str]
) -> None:
    """A service imports itself, the runtime, attrs and the standard library."""
    for service in services:
        allowed = (service, RUNTIME, "attrs")
        assert list(find_strangers(generated, service, *allowed)) == []
        assert any(is_within(module, f"{service}.operations") for module in generated)


def test_generator_does_not_import_what_it_generates(
    codegen: dict[str, Imports],
) -> None:
    """From botosmith, the generator imports itself and the runtime at most."""
    for module, imports in codegen.items():
        if is_within(module, GENERATOR):
            ours = {name for name in imports.anywhere if is_within(name, "botosmith")}
            strangers = {
                name for name in ours if not is_within(name, GENERATOR, RUNTIME)
            }
            assert strangers == set(), module
    assert f"{GENERATOR}.cli" in codegen


def test_nothing_is_built_on_testing(
    codegen: dict[str, Imports], generated: dict[str, Imports]
) -> None:
    """Only tests import what is there for tests."""
    for module, imports in {**codegen, **generated}.items():
        if not is_within(module, TESTING):
            assert not [name for name in imports.anywhere if is_within(name, TESTING)]


@pytest.mark.parametrize("package", [RUNTIME, GENERATOR])
def test_modules_do_not_load_each_other_in_circles(
    codegen: dict[str, Imports], package: str
) -> None:
    """There is an order in which each module finds loaded what it imports."""
    modules = [name for name in codegen if is_within(name, package)]
    graph = {
        # A package's own module re-exports its parts, so these do not count against it.
        module: {
            other
            for other in modules
            if other not in {module, package} and is_imported(other, codegen[module])
        }
        for module in modules
    }

    assert list(TopologicalSorter(graph).static_order())


def is_imported(module: str, imports: Imports) -> bool:
    """Return whether loading imports the module, or a name that stands in it."""
    return any(module in (name, name.rpartition(".")[0]) for name in imports.loading)


@pytest.mark.parametrize("import_root", ["codegen", "generated", "runtime"])
def test_botosmith_is_a_namespace_package(root: Path, import_root: str) -> None:
    """No root claims the name for itself, and each part says that it is typed."""
    folder = root / import_root / "botosmith"
    assert not list(folder.glob("__init__.py*"))

    parts = [path for path in folder.iterdir() if path.name != "__pycache__"]
    assert parts
    for part in parts:
        assert (part / "__init__.py").exists(), part
        assert (part / "py.typed").exists(), part


@pytest.mark.parametrize("import_root", ["codegen", "runtime"])
def test_folders_stay_small(root: Path, import_root: str) -> None:
    """A reader finds the place of a change from folders of at most 17 modules."""
    sizes = {
        str(folder.relative_to(root)): len([*folder.glob("*.py")])
        for folder in (root / import_root).rglob("*")
        if folder.is_dir() and folder.name != "__pycache__"
    }

    assert sizes
    assert {folder: size for folder, size in sizes.items() if size > LARGEST} == {}


def test_only_the_command_prints_or_exits(root: Path) -> None:
    """Every other module of the generator returns or raises."""
    ends = {"print", "exit", "sys.exit", "os._exit", "SystemExit"}
    found: set[str] = set()
    folder = root / "codegen" / "botosmith" / "generator"
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ends:
                found.add(f"{file.relative_to(folder)}: {ast.unparse(node.func)}")

    # Worker processes end when the command that they work for was killed.
    assert found == {
        "cli.py: print",
        "cli.py: sys.exit",
        "build/worker_pool.py: os._exit",
    }
