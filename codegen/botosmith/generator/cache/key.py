"""Cache keys: digests of everything that a value depends on."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from botocore.loaders import Loader

#: The distributions whose versions affect the output.
DECISIVE = ("beautifulsoup4", "black", "botocore", "jinja2", "markdownify")

#: The generator's own code.
CODE = Path(__file__).parent.parent


def make_key(*parts: str | bytes) -> bytes:
    """Return the digest of several parts, each with its length."""
    digest = sha256()
    for part in parts:
        # A text may hold surrogates; the later write reports them.
        data = part.encode(errors="surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.digest()


def code_key() -> bytes:
    """Return the key of the generator: of its code, Python and its dependencies.

    Raises:
        OSError: A module cannot be read.
        PackageNotFoundError: A distribution has no metadata.
    """
    return make_key(
        sys.version,
        *(f"{name} {version(name)}" for name in DECISIVE),
        _digest_files(CODE, _list_code()),
    )


def package_key(
    loader: Loader,
    service: str,
    *,
    package: str,
    operations: tuple[str, ...] = (),
    extra: bytes = b"",
) -> bytes:
    """Return the key of the inputs of a service's finished package.

    Args:
        loader: Finds the model.
        service: botocore's name of the service.
        package: The dotted name of the package that will hold the service's.
        operations: The operations to keep, as they were given; none for all.
        extra: The digest of the package's other inputs.

    Raises:
        OSError: A file that the package depends on cannot be read.
    """
    return make_key(
        "package",
        *_digest_models(loader, service),
        service,
        package,
        make_key(*operations),
        extra,
    )


def digest_folder(folder: Path) -> bytes:
    """Return the digest of the files below a folder, and of their paths in it.

    Raises:
        OSError: A file cannot be read.
    """
    return _digest_files(folder, folder.rglob("*"))


def digest_contents(contents: Mapping[str, str | bytes]) -> bytes:
    """Return the digest of a folder that holds these files by their paths."""
    return make_key(*(part for item in sorted(contents.items()) for part in item))


def _list_code() -> Iterator[Path]:
    for suffix in ("py", "jinja"):
        yield from CODE.rglob(f"*.{suffix}")


def _digest_models(loader: Loader, service: str) -> Iterator[bytes]:
    """Yield digests of all files that a loader may read for a service's package."""
    for folder in map(Path, loader.search_paths):
        yield digest_folder(folder / service)
    # Shared data that the models lack (e.g. endpoints.json) is read from botocore.
    for folder in map(Path, (*loader.search_paths, *Loader().search_paths)):
        yield _digest_files(folder, folder.glob("*.json*"))


def _digest_files(folder: Path, files: Iterable[Path]) -> bytes:
    return digest_contents(
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in files
            if path.is_file()
        }
    )
