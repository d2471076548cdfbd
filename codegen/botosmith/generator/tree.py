"""A folder of files as it is, beside what it is to be."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path, PurePosixPath

from attrs import frozen

from botosmith.generator.problem import OutputError

#: Tells from a file's path and content whether the generator wrote it.
IsOurs = Callable[[PurePosixPath, bytes], bool]

#: Where Python keeps compiled modules.
_CACHE = "__pycache__"


@frozen
class Changes:
    """What became of a folder's files; the paths are relative to it, and sorted.

    Attributes:
        created: Files that were not there.
        updated: Files that had another content.
        unchanged: Files that had this content already, and were not touched.
        removed: Files of ours that are no longer wanted.
    """

    created: tuple[PurePosixPath, ...]
    updated: tuple[PurePosixPath, ...]
    unchanged: tuple[PurePosixPath, ...]
    removed: tuple[PurePosixPath, ...]

    def __bool__(self) -> bool:
        return bool(self.created or self.updated or self.removed)


@frozen
class Plan:
    """What there is to do in a folder.

    Attributes:
        wanted: The files that are to be there, by their paths.
        found: Those of them that are there, and the files of ours to remove.
        foreign: Files of others, which stay.
        changes: What will become of the files.
    """

    wanted: Mapping[PurePosixPath, bytes]
    found: Mapping[PurePosixPath, bytes]
    foreign: tuple[PurePosixPath, ...]
    changes: Changes

    @property
    def kept(self) -> tuple[PurePosixPath, ...]:
        """The files that stay as they are."""
        return self.changes.unchanged + self.foreign

    @property
    def written(self) -> tuple[PurePosixPath, ...]:
        """The files that get a new content."""
        return self.changes.created + self.changes.updated


def plan_tree(
    target: Path, files: Mapping[PurePosixPath, str], is_ours: IsOurs
) -> Plan:
    """Compare a folder with the files that it is to hold.

    Raises:
        OutputError: A file of someone else has the path of one of ours, or a content
            cannot be encoded.
    """
    wanted = {path: _encode(path, text) for path, text in files.items()}
    found: dict[PurePosixPath, bytes] = {}
    foreign: list[PurePosixPath] = []
    for path in _list_files(target):
        content = _read(target / path)
        # Nobody loses anything by an empty file, or by one that is right already.
        harmless = path in wanted and content in (b"", wanted[path])
        if content is not None and (harmless or is_ours(path, content)):
            found[path] = content
        else:
            foreign.append(path)
    if blocked := _find_blocked(wanted, foreign):
        raise OutputError(target / blocked, "was not generated, so it is not replaced")
    return _plan(wanted, found, foreign)


def compare(plan: Plan, target: Path) -> str:
    """A unified diff from what there is to what is wanted; empty where they agree."""
    changes = plan.changes
    lines: list[str] = []
    for path in sorted(changes.created + changes.updated + changes.removed):
        old, new = plan.found.get(path), plan.wanted.get(path)
        name = (target / path).as_posix()
        lines += unified_diff(
            _split(old),
            _split(new),
            fromfile="/dev/null" if old is None else f"a/{name}",
            tofile="/dev/null" if new is None else f"b/{name}",
        )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
        for line in lines
    )


def _plan(
    wanted: Mapping[PurePosixPath, bytes],
    found: Mapping[PurePosixPath, bytes],
    foreign: list[PurePosixPath],
) -> Plan:
    same = {path for path in wanted if found.get(path) == wanted[path]}
    changes = Changes(
        created=tuple(sorted(wanted.keys() - found.keys())),
        updated=tuple(sorted((wanted.keys() & found.keys()) - same)),
        unchanged=tuple(sorted(same)),
        removed=tuple(sorted(found.keys() - wanted.keys())),
    )
    stale = {*changes.updated, *changes.removed}
    stays = (path for path in foreign if _cached(path) not in stale)
    return Plan(wanted, found, tuple(sorted(stays)), changes)


def _find_blocked(
    wanted: Iterable[PurePosixPath], foreign: Iterable[PurePosixPath]
) -> PurePosixPath | None:
    """A file of others that has the path of one of ours, or of a folder of it."""
    places = {place for path in wanted for place in (path, *path.parents)}
    folders = {folder for path in foreign for folder in path.parents}
    blocked = places.intersection(foreign) | folders.intersection(wanted)
    return min(blocked, default=None)


def _cached(path: PurePosixPath) -> PurePosixPath | None:
    """The module that a file in a `__pycache__` is compiled from.

    Python tells a stale one by size and second, which a quick change can deceive.
    """
    if path.parent.name != _CACHE:
        return None
    return path.parent.parent / f"{path.name.partition('.')[0]}.py"


def _list_files(target: Path) -> Iterator[PurePosixPath]:
    for folder, folders, names in os.walk(target, onerror=_raise):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in names + links:
            yield PurePosixPath((Path(folder) / name).relative_to(target).as_posix())


def _raise(error: OSError) -> None:
    # A folder that is not there yet has no files; one that cannot be read is an error.
    if not isinstance(error, FileNotFoundError):
        raise error


def _read(path: Path) -> bytes | None:
    """A file's content; None for what is never ours: caches, links, devices."""
    if path.parent.name == _CACHE or path.is_symlink() or not path.is_file():
        return None
    return path.read_bytes()


def _encode(path: PurePosixPath, text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise OutputError(path, str(error)) from error


def _split(content: bytes | None) -> list[str]:
    return (content or b"").decode(errors="replace").splitlines(keepends=True)
