"""Property: all that is in a service's JSON is exported under a name, and compiles."""

from __future__ import annotations

import ast
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from botocore import xform_name
from tests.contract.services.names import read_renamed
from tests.contract.services.properties.compare import same
from tests.contract.services.properties.subject import Subject
from tests.support.docstrings import RULES, find_problems, read_docstrings


def check_structure(subject: Subject, counts: Counter[str]) -> None:
    """Compare a package with the JSON that it was generated from."""
    counts["modules"] += _import_all(subject.package)
    counts.update(subject.walk.counts)
    _check_waiters(subject)
    exported = subject.package.__all__
    same(len({*exported}), len(exported), "the number of exports")
    same({*exported}, _read_stub(subject.package), "the exports, as the stub has them")
    folder = Path(str(subject.package.__file__)).parent
    docstrings = read_docstrings(folder, subject.package.__name__)
    for rule in RULES:
        same(find_problems(docstrings, rule), [], f"what {rule.__name__} finds")


def check_names(subject: Subject, counts: Counter[str]) -> None:
    """Compare the names that are not by their rules with the list of them."""
    found = {str(one) for one in subject.walk.renamed}
    counts["renamed"] += len(found)
    listed = {*read_renamed().get(subject.name, ())}
    same(sorted(found - listed), [], "names that nobody has read yet")
    same(sorted(listed - found), [], "names in the list that are none any more")


def _check_waiters(subject: Subject) -> None:
    """Each waiter of the JSON, and nothing else, is a function and a method."""
    package = subject.package
    found: dict[str, str] = {}
    for name in package.__all__:
        value = getattr(package, name)
        waiter = _find_waiter(value)
        if waiter is not None:
            found[waiter.name] = name
            same(getattr(package.Client, name), value, f"the method {name}")
            # botocore knows it by what follows, as `get_waiter` takes it.
            same(name, f"wait_until_{xform_name(waiter.name)}", "a waiter's name")
    names = {name for waiters in subject.waiters.values() for name in waiters}
    same({*found}, names, "the waiters that are exported")


def _find_waiter(value: Any) -> Any:
    """The waiter that a function of a package is about; None for anything else."""
    inner = getattr(value, "__wrapped__", None)
    return None if inner is None else inner.__globals__.get("_WAITER")


def _import_all(package: ModuleType) -> int:
    """Import every module and compile every stub; tell how many there are."""
    root = Path(str(package.__file__)).parent
    files = sorted([*root.rglob("*.py"), *root.rglob("*.pyi")])
    for file in files:
        if file.suffix == ".pyi":
            compile(file.read_text("utf-8"), str(file), "exec", dont_inherit=True)
            continue
        parts = file.relative_to(root).with_suffix("").parts
        names = parts[:-1] if parts[-1] == "__init__" else parts
        import_module(".".join([package.__name__, *names]))
    return len(files)


def _read_stub(package: ModuleType) -> set[str]:
    """The names that a type checker finds in a package."""
    stub = Path(str(package.__file__)).with_suffix(".pyi")
    names: set[str] = set()
    for node in ast.parse(stub.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            names |= {one.asname for one in node.names if one.asname}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names - {"__all__"}
