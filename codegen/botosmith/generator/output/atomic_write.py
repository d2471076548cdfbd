"""Atomic writes: all folders of files are replaced, or none is changed.

A complete new folder is staged beside each old one, with hard links for unchanged
files, and takes its place by two renames. After an error or interruption, every place
holds its old output or every place its new one. For several folders, a journal lists
the renames while they are done: after a crash between them, the next run reads it and
puts the old folders back. (Power cuts are left to the file system.)
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import Any

from attrs import frozen

from botosmith.generator.errors import naming
from botosmith.generator.json_type import is_object
from botosmith.generator.output.folder_plan import (
    HEADER,
    Changes,
    IsOurs,
    Plan,
    compare,
    plan_tree,
)


@frozen
class Tree:
    """A folder, and the files to write to it.

    Attributes:
        target: The folder; it may be missing.
        files: The contents, by their paths relative to the folder.
        is_ours: Returns whether another file there is ours, and is to be removed.
    """

    target: Path
    files: Mapping[PurePosixPath, str]
    is_ours: IsOurs

    @property
    def place(self) -> Path:
        """Return the folder with links resolved: it is replaced, and links are kept."""
        return self.target.resolve()


def package_tree(target: Path, files: Mapping[PurePosixPath, str]) -> Tree:
    """Return the tree of a service's package.

    Modules and data files of an earlier run that are not written again are removed.
    Other files are kept.
    """
    return Tree(target, files, _ownership(target))


def write_package(target: Path, files: Mapping[PurePosixPath, str]) -> Changes:
    """Write these files to a service's package, and remove its other generated files.

    Raises:
        OutputError: A file that botosmith did not write is in the way.
        OSError: The files cannot be written; the folder is unchanged.
    """
    (changes,) = write_trees([package_tree(target, files)])
    return changes


def compare_package(target: Path, files: Mapping[PurePosixPath, str]) -> str:
    """Return the unified diff of the changes that `write_package` would make.

    Raises:
        OutputError: As `write_package`.
        OSError: The folder cannot be read.
    """
    return compare(plan_tree(target, files, _ownership(target)), target)


def write_trees(
    trees: Sequence[Tree],
    *,
    journal: Path | None = None,
    progress: Callable[[Tree], None] = lambda _: None,
) -> list[Changes]:
    """Write files to folders: to all of them, or to none.

    Files that already have their content are not touched.

    Args:
        trees: The folders; none is within another.
        journal: A file that is kept while several are replaced, for `recover`.
        progress: Called with each folder before its files are written.

    Raises:
        OutputError: A file that botosmith did not write is in the way.
        OSError: The files cannot be written; the folders are unchanged.
    """
    if journal is not None:
        recover(journal)
    for tree in trees:
        _clear_up(tree.place)
    changes: list[Changes] = []
    stale: list[Path] = []
    try:
        for tree in trees:
            progress(tree)
            # One after the other, so that only one folder's contents are in memory.
            plan = plan_tree(tree.target, tree.files, tree.is_ours)
            changes.append(plan.changes)
            if plan.changes:
                stale.append(tree.place)
                _stage(plan, tree.place)
        _swap_all(stale, journal)
    finally:
        # While the journal exists, the next run needs it and the folders to recover.
        if journal is None or not journal.exists():
            for place in stale:
                _clear_up(place)
    return changes


def find_journal(models: Path) -> Path:
    """Return the journal of an update of models."""
    # Resolved, since a folder such as `..` has no name of its own.
    folder = models.resolve()
    return folder.parent / f".{folder.name}.update.json"


def find_packages_journal(packages: Path) -> Path:
    """Return the journal of writing the packages of a folder.

    It is beside the packages, where a run that writes them can write.
    """
    return packages.resolve() / ".generate.json"


def recover(journal: Path) -> None:
    """Put back the old folders that an interrupted run was replacing."""
    if not journal.exists():
        return
    places = _read_journal(journal)
    _undo(places)
    journal.unlink()
    for place in places:
        _clear_up(place)


def _read_journal(journal: Path) -> dict[Path, bool]:
    """Return the folders that a journal lists, and whether they existed.

    A journal that cannot be read was interrupted itself, before the first rename.
    """
    try:
        before: Any = json.loads(journal.read_bytes())
    except (ValueError, RecursionError):
        return {}
    if not is_object(before):
        return {}
    return {
        Path(place): existed
        for place, existed in before.items()
        if isinstance(existed, bool) and "\0" not in place
    }


def _swap_all(places: Sequence[Path], journal: Path | None) -> None:
    before = {place: place.exists() for place in places}
    try:
        if journal is not None and places:
            known = {str(place): existed for place, existed in before.items()}
            with naming(journal):
                journal.write_text(json.dumps(known), "utf-8")
        for place, existed in before.items():
            if existed:
                place.rename(_backup(place))
            else:
                # An empty backup stands for a missing folder.
                _backup(place).mkdir()
            _staged(place).rename(place)
    except BaseException:
        _undo(before)
        _forget(journal)
        raise
    # Without the journal, the new folders are final.
    _forget(journal)


def _undo(before: Mapping[Path, bool]) -> None:
    """Put back each folder that existed before, and remove the others."""
    for place, existed in before.items():
        backup = _backup(place)
        if not backup.exists():
            continue
        if place.exists():
            place.rename(_staged(place))
        if existed:
            backup.rename(place)
        else:
            backup.rmdir()


def _forget(journal: Path | None) -> None:
    if journal is not None:
        journal.unlink(missing_ok=True)


def _ownership(target: Path) -> IsOurs:
    """Return a test for our files: modules with our header, and our package's data."""
    try:
        package_is_ours = (target / "__init__.py").read_bytes().startswith(HEADER)
    except FileNotFoundError:
        package_is_ours = False

    def is_ours(path: PurePosixPath, content: bytes) -> bool:
        is_data = path.parts[0] == "data" or path.name == "py.typed"
        return content.startswith(HEADER) or (is_data and package_is_ours)

    return is_ours


def _staged(place: Path) -> Path:
    # A name with a leading dot cannot be imported.
    return place.with_name(f".{place.name}.new")


def _backup(place: Path) -> Path:
    return place.with_name(f".{place.name}.old")


def _stage(plan: Plan, place: Path) -> None:
    stage = _staged(place)
    for path in plan.kept:
        _make_folder((stage / path).parent)
        with naming(place / path):
            _link(place / path, stage / path)
    for path in plan.written:
        _make_folder((stage / path).parent)
        with naming(place / path):
            (stage / path).write_bytes(plan.wanted[path])


def _make_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)


def _link(source: Path, copy: Path) -> None:
    try:
        os.link(source, copy, follow_symlinks=False)
    except OSError:  # a file system without hard links
        shutil.copy2(source, copy, follow_symlinks=False)


def _clear_up(place: Path) -> None:
    """Remove the remains of an interrupted swap, and make the place whole."""
    backup, stage = _backup(place), _staged(place)
    if backup.exists() and not place.exists():
        backup.rename(place)
    if stage.exists():
        shutil.rmtree(stage)
    if backup.exists():
        # A folder with the stage's name is never put back, so removing it is safe.
        backup.rename(stage)
        shutil.rmtree(stage)
