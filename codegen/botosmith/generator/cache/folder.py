"""The folder of all that is kept for a user: the user's alone, or it is not used.

What is read from it becomes code, so nobody else may have put it there.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from platformdirs import user_cache_dir

from botosmith.generator.errors import CacheError

#: The environment variable that names another directory than the user's.
DIRECTORY = "BOTOSMITH_CACHE_DIR"

#: Only the user may enter a folder, and read or write a file.
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH

_ADVICE = f"remove it, or name another folder in {DIRECTORY}"


def find_folder() -> Path:
    """Return the folder of all that is kept: the one named, else the system's."""
    named = os.environ.get(DIRECTORY)
    return Path(named or user_cache_dir("botosmith", appauthor=False))


def make_private(folder: Path) -> None:
    """Make a folder for the user alone, and those above that are missing.

    Raises:
        CacheError: It is there, and others may write to it or own it.
        OSError: It cannot be made.
    """
    missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
    for one in reversed(missing):
        # Another process may make it at the same time.
        one.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    folder.mkdir(exist_ok=True)
    refuse_shared(folder)


def refuse_shared(folder: Path) -> None:
    """Refuse a folder that is not the user's alone to write; one may be missing.

    Systems without users and modes (Windows) keep a user's folders by other means.

    Raises:
        CacheError: Others may write to it, or another user owns it.
        OSError: It cannot be looked at.
    """
    if not hasattr(os, "geteuid") or not os.path.lexists(folder):
        return
    if folder.lstat().st_uid not in {os.geteuid(), 0}:
        # Also of a link: its owner decides where it leads.
        _refuse(folder, "another user owns it")
    found = folder.stat()
    if found.st_uid != os.geteuid():
        _refuse(folder, "another user owns it")
    if stat.S_ISDIR(found.st_mode) and found.st_mode & _OTHERS_WRITE:
        mode = stat.S_IMODE(found.st_mode)
        _refuse(folder, f"others may write to it (its mode is {mode:04o})")


def claim_file(file: Path) -> None:
    """See that a file of a private folder is the user's own, and make it if missing.

    One that others could write is removed: what it holds may be theirs.

    Raises:
        CacheError: It is a link or a folder, or another user owns it.
        OSError: It cannot be made.
    """
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _FILE_MODE))
    except FileExistsError:
        found = file.lstat()
    else:
        return
    if not stat.S_ISREG(found.st_mode):
        _refuse(file, "it is not a plain file")
    if not hasattr(os, "geteuid"):
        return
    if found.st_uid != os.geteuid():
        _refuse(file, "another user owns it")
    if found.st_mode & _OTHERS_WRITE:
        file.unlink()
        claim_file(file)


def _refuse(place: Path, reason: str) -> None:
    msg = f"the cache {place} is not used, since {reason}: {_ADVICE}"
    raise CacheError(msg)
