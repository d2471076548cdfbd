"""The results of earlier runs, kept in the user's cache directory.

Values are found by the digest of everything they depend on, so a value may be missing,
but never outdated. A command works without the cache if the directory cannot be used,
or if others can write to it (`folder`).
"""

from __future__ import annotations

import os
from contextlib import suppress

from botosmith.generator.cache.entry import PackageEntry
from botosmith.generator.cache.folder import (
    DIRECTORY,
    claim_file,
    find_folder,
    make_private,
    refuse_shared,
)
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
    "make_private",
    "open_store",
    "package_key",
    "refuse_shared",
    "remember_prose",
]

FILE = "cache.sqlite3"


def open_store() -> Store | None:
    """Return the user's store; None without a home, or if the code is in an archive.

    Raises:
        CacheError: Others can write to the store's place.
    """
    folder = find_folder()
    # platformdirs leaves an unknown home as `~`; a folder of that name is not wanted.
    if folder.parts[:1] == ("~",) or not CODE.is_dir():
        return None
    file = folder / FILE
    # The store handles a place that cannot be used for another reason.
    with suppress(OSError):
        refuse_shared(folder)
        if os.path.lexists(file):
            claim_file(file)
    return Store(file)
