"""Property: all that is in a service's JSON is exported under a name, and compiles."""

from __future__ import annotations

import ast
from collections import Counter
from importlib import import_module
from pathlib import Path
from types import ModuleType

from tests.services.compare import same
from tests.services.names import read_renamed
from tests.services.subject import Subject


def check_structure(subject: Subject, counts: Counter[str]) -> None:
    """Compare a package with the JSON that it was generated from."""
    counts["modules"] += _import_all(subject.package)
    counts.update(subject.walk.counts)
    exported = subject.package.__all__
    same(len({*exported}), len(exported), "the number of exports")
    same({*exported}, _read_stub(subject.package), "the exports, as the stub has them")


def check_names(subject: Subject, counts: Counter[str]) -> None:
    """Compare the names that are not by their rules with the list of them."""
    found = {str(one) for one in subject.walk.renamed}
    counts["renamed"] += len(found)
    listed = {*read_renamed().get(subject.name, ())}
    same(sorted(found - listed), [], "names that nobody has read yet")
    same(sorted(listed - found), [], "names in the list that are none any more")


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
