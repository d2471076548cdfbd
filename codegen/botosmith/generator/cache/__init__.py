"""What earlier runs worked out, kept in the user's cache directory.

Values are found by the digest of everything they depend on, so none is ever wrong,
only missing. A command does without where the directory cannot be used.
"""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_cache_dir

from botosmith.generator.cache.entry import PackageEntry
from botosmith.generator.cache.key import (
    CODE,
    code_key,
    digest_folder,
    make_key,
    package_key,
)
from botosmith.generator.cache.prose import remember_prose
from botosmith.generator.cache.store import Store

__all__ = [
    "DIRECTORY",
    "FILE",
    "PackageEntry",
    "Store",
    "code_key",
    "digest_folder",
    "find_folder",
    "make_key",
    "open_store",
    "package_key",
    "remember_prose",
]

#: The environment variable that names another directory than the user's.
DIRECTORY = "BOTOSMITH_CACHE_DIR"

FILE = "cache.sqlite3"


def find_folder() -> Path:
    """The folder of all that is kept for the user: the one named, else the system's."""
    named = os.environ.get(DIRECTORY)
    return Path(named or user_cache_dir("botosmith", appauthor=False))


def open_store() -> Store | None:
    """The user's store; None without a home, and for code that is in an archive."""
    folder = find_folder()
    # A home that is not known stays a ~, which is no folder to be made here.
    if folder.parts[:1] == ("~",) or not CODE.is_dir():
        return None
    return Store(folder / FILE)
