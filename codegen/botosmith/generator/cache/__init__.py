"""The results of earlier runs, kept in the user's cache directory.

Values are found by the digest of everything they depend on, so none is ever wrong,
only missing. A command does without where the directory cannot be used, or where
others could have put something into it (`folder`).
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
    """Return the user's store; None without a home, and for code in an archive.

    Raises:
        CacheError: The store's place is not the user's alone.
    """
    folder = find_folder()
    # A home that is not known stays a ~, which is no folder to be made here.
    if folder.parts[:1] == ("~",) or not CODE.is_dir():
        return None
    file = folder / FILE
    # A place that cannot be used for another reason is the store's to find out.
    with suppress(OSError):
        refuse_shared(folder)
        if os.path.lexists(file):
            claim_file(file)
    return Store(file)
