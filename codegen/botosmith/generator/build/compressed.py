"""Files that are held compressed to save memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

#: zlib's quickest level: the slower ones save another twentieth.
_LEVEL = 1


class PackedFiles(Mapping[PurePosixPath, str]):
    """Texts by path, each compressed by itself and unpacked when it is looked up.

    All packages of botocore together are hundreds of megabytes; this is a quarter.
    """

    def __init__(self, files: Mapping[PurePosixPath, str]) -> None:
        """Compress the files."""
        self._packed = {path: _pack(text) for path, text in files.items()}

    def __getitem__(self, path: PurePosixPath) -> str:
        """Return the text of a file, unpacked."""
        return zlib.decompress(self._packed[path]).decode(errors="surrogatepass")

    def __iter__(self) -> Iterator[PurePosixPath]:
        """Iterate over the paths, in the order of the files."""
        return iter(self._packed)

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self._packed)


def _pack(text: str) -> bytes:
    # A text may hold surrogates; the later write reports them.
    return zlib.compress(text.encode(errors="surrogatepass"), _LEVEL)
