"""The user's cache folder, which is used only if nobody else can write to it.

Its content becomes code, so others must not be able to put anything there.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from platformdirs import user_cache_dir

from botosmith.generator.errors import CacheError

#: The environment variable that names another directory than the user's.
DIRECTORY = "BOTOSMITH_CACHE_DIR"

#: The modes of folders and files: only the user has access.
_FOLDER_MODE, _FILE_MODE = 0o700, 0o600

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH

_ADVICE = f"remove it, or name another folder in {DIRECTORY}"


def find_folder() -> Path:
    """Return the cache folder: the one in the environment, else the system's."""
    named = os.environ.get(DIRECTORY)
    return Path(named or user_cache_dir("botosmith", appauthor=False))


def make_private(folder: Path) -> None:
    """Make a folder for the user alone, and the missing ones above it.

    Raises:
        CacheError: It exists, and others can write to it or own it.
        OSError: It cannot be made.
    """
    missing = [one for one in (folder, *folder.parents) if not os.path.lexists(one)]
    for one in reversed(missing):
        # Another process may make it at the same time.
        one.mkdir(mode=_FOLDER_MODE, exist_ok=True)
    folder.mkdir(exist_ok=True)
    refuse_shared(folder)


def refuse_shared(folder: Path) -> None:
    """Refuse a folder that others can write to; a missing one is allowed.

    Systems without users and modes (Windows) protect a user's folders in other ways.

    Raises:
        CacheError: Others can write to it, or another user owns it.
        OSError: Its owner and mode cannot be read.
    """
    if not hasattr(os, "geteuid") or not os.path.lexists(folder):
        return
    if folder.lstat().st_uid not in {os.geteuid(), 0}:
        # lstat, since the owner of a link decides about its target.
        _refuse(folder, "another user owns it")
    found = folder.stat()
    if found.st_uid != os.geteuid():
        _refuse(folder, "another user owns it")
    if stat.S_ISDIR(found.st_mode) and found.st_mode & _OTHERS_WRITE:
        mode = stat.S_IMODE(found.st_mode)
        _refuse(folder, f"others may write to it (its mode is {mode:04o})")


def claim_file(file: Path) -> None:
    """Check that a file of a private folder is the user's; make it if it is missing.

    A file that others can write to is replaced: its content may be theirs.

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
