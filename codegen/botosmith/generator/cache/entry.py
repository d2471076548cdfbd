"""A service's finished package in a store."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.metadata import PackageNotFoundError
from pathlib import Path, PurePosixPath

from botosmith.generator.cache.key import (
    code_key,
    digest_contents,
    digest_folder,
    make_key,
)
from botosmith.generator.cache.store import Store
from botosmith.generator.cache.texts import read_texts
from botosmith.generator.output.folder_plan import is_inside

#: The errors for which a package has no key, and is not cached.
_UNREADABLE = (OSError, PackageNotFoundError)

#: A file that every package has.
PACKAGE = "__init__.py"

#: A surrogate, which cannot be written as UTF-8.
_SURROGATE = re.compile("[\ud800-\udfff]")

#: The folder of a package's model and names, which the next run reads.
DATA = "data"


class PackageEntry:
    """A package's entry in a store, as long as its inputs stay the same."""

    def __init__(
        self,
        store: Store,
        make_inputs_key: Callable[[bytes], bytes],
        target: Path,
        code: bytes | None = None,
    ) -> None:
        """Compute the key, before the inputs are read for generating.

        Args:
            store: The store of packages.
            make_inputs_key: Returns the key of the package's inputs, given the digest
                of the existing package's data.
            target: The package's folder.
            code: The key of the generator, where it has just been made.
        """
        self.store = store
        self._make_inputs_key = make_inputs_key
        self._target = target
        self._key: bytes | None = None
        # Generating reads the same files, and reports the error.
        with suppress(*_UNREADABLE):
            self._key = self._make_key(code or code_key(), self._digest_data())

    def read(self) -> dict[PurePosixPath, str] | None:
        """Return the package's files, formatted, in the order of their writing.

        None if the entry is missing, or does not hold a package.
        """
        if self._key is None:
            return None
        files = read_texts(self.store.read([self._key]).get(self._key))
        if files is None or not _is_package(files):
            return None
        return {PurePosixPath(path): text for path, text in files.items()}

    def write(self, files: Mapping[PurePosixPath, str]) -> None:
        """Keep the package, unless its inputs were changed while it was made.

        A second key stands for the next run, which finds this package's data in the
        folder and gives the same package.
        """
        if self._key is None:
            return
        data = {
            path.relative_to(DATA).as_posix(): text
            for path, text in files.items()
            if path.is_relative_to(DATA)
        }
        with suppress(*_UNREADABLE):
            code = code_key()
            if self._make_key(code, self._digest_data()) != self._key:
                return
            next_key = self._make_key(code, digest_contents(data))
            text = json.dumps({str(path): text for path, text in files.items()})
            self.store.write(dict.fromkeys((self._key, next_key), text.encode()))

    def _digest_data(self) -> bytes:
        return digest_folder(self._target / DATA)

    def _make_key(self, code: bytes, data: bytes) -> bytes:
        return make_key(code, self._make_inputs_key(data))


def _is_package(files: Mapping[str, str]) -> bool:
    """Return whether files can be written, and make up a package."""
    return PACKAGE in files and all(
        is_inside(path) and not _SURROGATE.search(path) and not _SURROGATE.search(text)
        for path, text in files.items()
    )
