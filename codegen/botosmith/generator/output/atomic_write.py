"""Puts whole folders of files in their places, or leaves all exactly as they were.

A complete new folder is staged beside each old one, with hard links for the files that
stay, and takes its place by two renames. Whatever fails or interrupts on the way, every
place holds its old output or every place its new one. Where there are several, a
journal tells of the renames while they last: after a crash between them, the next run
reads it and puts the old folders back. (Power cuts are for the file system to mend.)
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
    """A folder, and the files that it is to hold.

    Attributes:
        target: The folder, made where there is none.
        files: The contents, by their paths relative to the folder.
        is_ours: Tells which other files there are ours, and go when no longer wanted.
    """

    target: Path
    files: Mapping[PurePosixPath, str]
    is_ours: IsOurs

    @property
    def place(self) -> Path:
        """Where it is: a link to a folder stays, the folder behind it is replaced."""
        return self.target.resolve()


def package_tree(target: Path, files: Mapping[PurePosixPath, str]) -> Tree:
    """A service's package.

    Modules that an earlier run generated and that are no longer wanted are removed,
    and so are such data files. Files of others are kept.
    """
    return Tree(target, files, _ownership(target))


def write_package(target: Path, files: Mapping[PurePosixPath, str]) -> Changes:
    """Make a service's package folder hold these files, and none of ours besides.

    Raises:
        OutputError: A file of someone else stands where one of ours should.
        OSError: The files cannot be written; the folder is as it was.
    """
    (changes,) = write_trees([package_tree(target, files)])
    return changes


def compare_package(target: Path, files: Mapping[PurePosixPath, str]) -> str:
    """The unified diff of what `write_package` would do; empty for nothing.

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
    """Make folders hold their files: all of them, or none.

    Files that hold the right content already are not touched.

    Args:
        trees: The folders; none is within another.
        journal: A file to keep while several are replaced, for `recover` to find.
        progress: Called with each folder before its files are written.

    Raises:
        OutputError: A file of someone else stands where one of ours should.
        OSError: The files cannot be written; the folders are as they were.
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
            # One after the other, so that the contents of but one are in memory.
            plan = plan_tree(tree.target, tree.files, tree.is_ours)
            changes.append(plan.changes)
            if plan.changes:
                stale.append(tree.place)
                _stage(plan, tree.place)
        _swap_all(stale, journal)
    finally:
        # A journal that is still there is for the next run to read, as it all is.
        if journal is None or not journal.exists():
            for place in stale:
                _clear_up(place)
    return changes


def find_journal(models: Path) -> Path:
    """Return where an update of models tells of itself while it replaces folders."""
    # Resolved, since a folder such as `..` has no name of its own.
    folder = models.resolve()
    return folder.parent / f".{folder.name}.update.json"


def find_packages_journal(packages: Path) -> Path:
    """Return where packages of a folder are told of while they are replaced.

    It is beside them, where a run that writes them can write.
    """
    return packages.resolve() / ".generate.json"


def recover(journal: Path) -> None:
    """Put the old folders back that a run was replacing when it was cut short."""
    if not journal.exists():
        return
    places = _read_journal(journal)
    _undo(places)
    journal.unlink()
    for place in places:
        _clear_up(place)


def _read_journal(journal: Path) -> dict[Path, bool]:
    """Return the folders that a journal tells of, and whether they were there.

    One that cannot be read was cut short itself, and so before the first rename.
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
                # An empty one tells that there was nothing.
                _backup(place).mkdir()
            _staged(place).rename(place)
    except BaseException:
        _undo(before)
        _forget(journal)
        raise
    # From here on, what has been done stands.
    _forget(journal)


def _undo(before: Mapping[Path, bool]) -> None:
    """Put each folder back that was there before, and remove each that was not."""
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
    """Modules are ours by their header; data, which has none, with the package."""
    try:
        package_is_ours = (target / "__init__.py").read_bytes().startswith(HEADER)
    except FileNotFoundError:
        package_is_ours = False

    def is_ours(path: PurePosixPath, content: bytes) -> bool:
        is_data = path.parts[0] == "data" or path.name == "py.typed"
        return content.startswith(HEADER) or (is_data and package_is_ours)

    return is_ours


def _staged(place: Path) -> Path:
    # A leading dot keeps it from being imported.
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
    """Remove what a swap left, whatever it came to: the place ends up whole."""
    backup, stage = _backup(place), _staged(place)
    if backup.exists() and not place.exists():
        backup.rename(place)
    if stage.exists():
        shutil.rmtree(stage)
    if backup.exists():
        # What has the stage's name is never put back, even if removing it is cut short.
        backup.rename(stage)
        shutil.rmtree(stage)
