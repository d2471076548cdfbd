"""A service's finished package in a store."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError
from pathlib import Path, PurePosixPath

from botosmith.generator.cache.key import digest_contents, digest_folder
from botosmith.generator.cache.store import Store

#: Where a package keeps what a later one depends on, which keeps its names.
DATA = "data"


class PackageEntry:
    """The place in a store that is a package's, as long as its inputs stay the same."""

    def __init__(
        self, store: Store, make_key: Callable[[bytes], bytes], target: Path
    ) -> None:
        """Take the key before anything is read that it stands for.

        Args:
            store: Holds the package, if it is held.
            make_key: Looks at the package's inputs and makes the key, with the digest
                of the data of the package that is there already.
            target: The folder of that package.
        """
        self.store = store
        self._make_key = make_key
        self._target = target
        self._key = self._try_key()

    def read(self) -> dict[PurePosixPath, str] | None:
        """The package's files, formatted, in the order in which they were written."""
        if self._key is None:
            return None
        text = self.store.read([self._key]).get(self._key)
        if text is None:
            return None
        return {PurePosixPath(path): text for path, text in json.loads(text).items()}

    def write(self, files: Mapping[PurePosixPath, str]) -> None:
        """Keep the package, unless its inputs were changed while it was made.

        It is kept for the next run, too, which finds this package's data in its place
        and gives the same again.
        """
        if self._key is None or self._try_key() != self._key:
            return
        data = {
            path.relative_to(DATA).as_posix(): text
            for path, text in files.items()
            if path.is_relative_to(DATA)
        }
        value = json.dumps({str(path): text for path, text in files.items()}).encode()
        next_key = self._make_key(digest_contents(data))
        self.store.write({self._key: value, next_key: value})

    def _try_key(self) -> bytes | None:
        try:
            return self._make_key(digest_folder(self._target / DATA))
        except (OSError, PackageNotFoundError):
            # Whoever generates will meet the file, and tell of it.
            return None
