"""Formatting of rendered modules with black, and a test that each compiles.

black takes nine tenths of a run without a cache, so a store keeps its results.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path, PurePosixPath

import black
from black.mode import Mode, TargetVersion

from botosmith.generator.cache import Store, make_key
from botosmith.generator.errors import StyleError

#: black's mode by suffix, in full: a user's configuration must not change the output.
MODES = {
    suffix: Mode(
        target_versions={TargetVersion.PY311},
        line_length=88,
        string_normalization=True,
        magic_trailing_comma=True,
        is_pyi=suffix == ".pyi",
    )
    for suffix in (".py", ".pyi")
}

#: The most modules and characters in a chunk, which takes about a tenth of a second.
CHUNK, LONG = 4, 20_000

Files = dict[PurePosixPath, str]
Module = tuple[PurePosixPath, str]
Chunk = Sequence[Module]


class Draft:
    """A rendered package whose modules are being formatted.

    Attributes:
        chunks: The modules that no earlier run has formatted, in chunks.
        done: The number of files that are finished.
    """

    def __init__(
        self, sources: Mapping[PurePosixPath, str], store: Store | None
    ) -> None:
        """Look up the modules that earlier runs formatted.

        Args:
            sources: Modules (`.py`) and stubs (`.pyi`) by path; any other file passes
                through as it is.
            store: The formatted modules of earlier runs; this run adds its own.
        """
        self._store = store
        self._files = dict(sources)
        modules = {path: text for path, text in sources.items() if path.suffix in MODES}
        self._keys = _make_keys(modules) if store else {}
        kept = store.read(self._keys.values()) if store else {}
        known = {
            path: text
            for path, key in self._keys.items()
            if (text := _decode(kept.get(key))) is not None
        }
        self._files |= known
        fresh = [item for item in modules.items() if item[0] not in known]
        self.chunks = _cut(fresh)
        self.done = len(sources) - len(fresh)
        self._fresh: list[PurePosixPath] = []

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self._files)

    @property
    def is_done(self) -> bool:
        """Return whether every file is finished."""
        return self.done == len(self)

    def take(self, chunk: Chunk) -> None:
        """Take the modules of a chunk, formatted."""
        self._files.update(chunk)
        self._fresh += (path for path, _ in chunk)
        self.done += len(chunk)

    def keep(self) -> Files:
        """Return all files, in the sources' order; store the newly formatted ones."""
        if self._store:
            files = self._files
            new = {self._keys[path]: files[path].encode() for path in self._fresh}
            self._store.write(new)
        self._fresh.clear()
        return self._files


def format_modules(
    sources: Mapping[PurePosixPath, str],
    *,
    progress: Callable[[int], None] | None = None,
    store: Store | None = None,
) -> Files:
    """Format and compile every module of a package, in this process.

    Args:
        sources: The files, as of a `Draft`.
        progress: Called with the number of files done since the last call; the
            numbers add up to that of the sources.
        store: As that of a `Draft`.

    Raises:
        StyleError: black or the compiler refuses a module: the first one such.
    """
    report = progress or _ignore
    draft = Draft(sources, store)
    report(draft.done)
    try:
        for chunk in draft.chunks:
            draft.take(format_chunk(chunk))
            report(len(chunk))
    finally:  # finished modules are stored also after an error or interruption
        files = draft.keep()
    return files


def format_chunk(chunk: Chunk) -> Chunk:
    """Format and compile some modules.

    Raises:
        StyleError: black or the compiler refuses one: the first one such.
    """
    return [(path, format_module(path, source)) for path, source in chunk]


def format_module(path: PurePosixPath, source: str) -> str:
    """Format and compile one module or stub.

    Raises:
        StyleError: black or the compiler refuses it.
    """
    try:
        text = black.format_str(source, mode=MODES[path.suffix])
        with warnings.catch_warnings():
            # Python only warns of an invalid escape sequence, which is a mistake.
            warnings.simplefilter("error")
            compile(text, str(path), "exec", dont_inherit=True)
    except Exception as error:  # black names no set of exceptions
        raise StyleError(path, f"{type(error).__name__}: {error}") from error
    return text


def _decode(value: bytes | None) -> str | None:
    """Return the text of a stored module; None if there is none."""
    try:
        return None if value is None else value.decode()
    except UnicodeDecodeError:
        return None


def _ignore(_count: int) -> None:
    """Ignore progress."""


def _cut(modules: list[Module]) -> list[Chunk]:
    """Return chunks of modules, the longest first, so that processes end together."""
    chunks: list[list[Module]] = []
    room = 0
    for path, text in sorted(modules, key=lambda module: -len(module[1])):
        if room <= 0 or len(chunks[-1]) == CHUNK:
            chunks.append([])
            room = LONG
        chunks[-1].append((path, text))
        room -= len(text)
    return list(chunks)


def _make_keys(modules: Mapping[PurePosixPath, str]) -> dict[PurePosixPath, bytes]:
    """Return keys of formatted modules; a module's path does not matter."""
    code = Path(__file__).read_bytes()
    origin = make_key("module", version("black"), sys.version, code)
    return {path: make_key(origin, path.suffix, text) for path, text in modules.items()}
