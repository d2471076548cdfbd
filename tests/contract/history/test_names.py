"""Names and order do not depend on what else a model holds: tested over history."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence

import pytest
from attrs import frozen
from tests.contract.history.release import Release
from tests.contract.history.version import SPANS, VERSIONS

from botosmith.generator.plan.names import name_places

Releases = Mapping[str, Release]


@frozen
class Outline:
    """The names in a module.

    Attributes:
        docstring: Its docstring.
        names: Its classes and functions, in order.
    """

    docstring: str
    names: Sequence[str]


Outlines = Mapping[str, Mapping[str, Outline]]

each_span = pytest.mark.parametrize(("old", "new"), SPANS)


@pytest.fixture(scope="module")
def outlines(releases: Releases) -> Outlines:
    """The modules of each version's package, by path."""
    return {version: outline(release) for version, release in releases.items()}


def find_renamed(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The places that have another name than before."""
    return {
        place: f"{name} -> {new[place]}"
        for place, name in old.items()
        if new.get(place, name) != name
    }


@each_span
def test_rules_alone_rename_nothing(old: str, new: str, releases: Releases) -> None:
    """Without a look at the package that is there, all names stay."""
    before, after = (
        name_places(releases[version].model, {}).as_text() for version in (old, new)
    )

    assert find_renamed(before, after) == {}


@each_span
def test_packages_keep_their_names(old: str, new: str, releases: Releases) -> None:
    """A package that is generated into an older one has its names."""
    assert find_renamed(releases[old].names, releases[new].names) == {}


@pytest.mark.parametrize("version", VERSIONS)
def test_lock_is_empty(version: str, releases: Releases) -> None:
    """No name of SageMaker has to be kept against the rules."""
    release = releases[version]

    assert release.service.lock == {}
    assert release.names == name_places(release.model, {}).as_text()


@each_span
def test_classes_stay_in_order(old: str, new: str, outlines: Outlines) -> None:
    """In each module, what both versions have follows in the same order."""
    before, after = outlines[old], outlines[new]
    both = before.keys() & after.keys()

    assert len(both) > 800
    for path in both:
        was, is_ = before[path].names, after[path].names
        assert common(was, is_) == common(is_, was)


@each_span
def test_exports_stay_in_order(old: str, new: str, releases: Releases) -> None:
    """The package lists its classes and functions in the same order, too."""
    before, after = (list_exports(releases[version]) for version in (old, new))

    # A shape that an operation loses to a shared module is listed with that.
    moved = {name for name in before if before[name] != after.get(name)}
    stays = [name for name in before if name not in moved]
    assert stays == [name for name in after if name in set(stays)]


@each_span
def test_modules_say_the_same_of_themselves(
    old: str, new: str, outlines: Outlines
) -> None:
    """The docstring of a module that both have is the same."""
    before, after = (
        {path: outline.docstring for path, outline in outlines[version].items()}
        for version in (old, new)
    )

    # The package's own is the service's.
    assert find_renamed(before, after).keys() <= {"__init__.py"}


def common(names: Sequence[str], others: Sequence[str]) -> list[str]:
    """The names that are among others, in their own order."""
    return [name for name in names if name in set(others)]


def outline(release: Release) -> dict[str, Outline]:
    """The outlines of a package's modules, by path."""
    kinds = (ast.ClassDef, ast.FunctionDef)
    found: dict[str, Outline] = {}
    for file in sorted(release.folder.rglob("*.py")):
        module = ast.parse(file.read_bytes())
        names = [node.name for node in module.body if isinstance(node, kinds)]
        path = str(file.relative_to(release.folder))
        found[path] = Outline(ast.get_docstring(module) or "", names)
    return found


def list_exports(release: Release) -> dict[str, str]:
    """The modules that the package's names come from, in order."""
    stub = ast.parse((release.folder / "__init__.pyi").read_bytes())
    return {
        alias.name: node.module or ""
        for node in stub.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
