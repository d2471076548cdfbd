"""Files that take less memory until somebody wants them."""

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
        """Compress them."""
        self._packed = {path: _pack(text) for path, text in files.items()}

    def __getitem__(self, path: PurePosixPath) -> str:
        """Unpack a file."""
        return zlib.decompress(self._packed[path]).decode(errors="surrogatepass")

    def __iter__(self) -> Iterator[PurePosixPath]:
        """The paths, in the order of the files."""
        return iter(self._packed)

    def __len__(self) -> int:
        """The number of files."""
        return len(self._packed)


def _pack(text: str) -> bytes:
    # A text may hold what UTF-8 cannot; that is for whoever writes it to tell.
    return zlib.compress(text.encode(errors="surrogatepass"), _LEVEL)
