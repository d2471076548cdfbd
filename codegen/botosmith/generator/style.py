"""Formats rendered modules with black, in several processes, and compiles each.

black takes nine tenths of a run from nothing, so a store keeps what it gave.
"""

from __future__ import annotations

import os
import signal
import sys
import warnings
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from importlib.metadata import version
from multiprocessing import get_context, parent_process
from pathlib import Path, PurePosixPath
from threading import Thread

import black
from black.mode import Mode, TargetVersion

from botosmith.generator.cache import Store, make_key
from botosmith.generator.problem import GeneratorError, StyleError

#: By suffix; given in full, so that no configuration of a user's changes a byte.
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

#: How many modules a process takes at a time; few, since Ctrl-C waits for them.
CHUNK = 4

#: Up to this many modules, starting processes costs more than it saves.
FEW = 40

#: More processes than this would wait for the one that renders.
MOST_PROCESSES = 8

Module = tuple[PurePosixPath, str]


def format_modules(
    sources: Mapping[PurePosixPath, str],
    *,
    progress: Callable[[int], None] | None = None,
    store: Store | None = None,
) -> dict[PurePosixPath, str]:
    """Format and compile every module of a package.

    Args:
        sources: Modules (`.py`) and stubs (`.pyi`) by path; any other file passes
            through as it is.
        progress: Called with the number of files done since the last call; the
            numbers add up to that of the sources.
        store: Where earlier runs left what they formatted, and this one will.

    Raises:
        StyleError: black or the compiler refuses a module: the first one such.
        GeneratorError: A formatting process was killed.
    """
    report = progress or _ignore
    modules = {path: text for path, text in sources.items() if path.suffix in MODES}
    keys = _make_keys(modules) if store else {}
    kept = store.read(keys.values()) if store else {}
    done = {path: kept[key].decode() for path, key in keys.items() if key in kept}
    report(len(sources) - len(modules) + len(done))
    fresh: dict[PurePosixPath, str] = {}
    try:
        for chunk in _format_all(
            [item for item in modules.items() if item[0] not in done]
        ):
            fresh.update(chunk)
            report(len(chunk))
    finally:
        if store:  # a fault or an interruption leaves what was done before it, too
            store.write({keys[path]: text.encode() for path, text in fresh.items()})
    return {**sources, **done, **fresh}


def format_module(path: PurePosixPath, source: str) -> str:
    """Format and compile one module or stub.

    Raises:
        StyleError: black or the compiler refuses it.
    """
    try:
        text = black.format_str(source, mode=MODES[path.suffix])
        with warnings.catch_warnings():
            # An invalid escape sequence is but a warning, and never what was meant.
            warnings.simplefilter("error")
            compile(text, str(path), "exec", dont_inherit=True)
    except Exception as error:  # black names no set of exceptions
        raise StyleError(path, f"{type(error).__name__}: {error}") from error
    return text


def _ignore(_count: int) -> None:
    """Nobody watches."""


def _make_keys(modules: Mapping[PurePosixPath, str]) -> dict[PurePosixPath, bytes]:
    """Keys of formatted modules, which do not depend on where a module is."""
    code = Path(__file__).read_bytes()
    origin = make_key("module", version("black"), sys.version, code)
    return {path: make_key(origin, path.suffix, text) for path, text in modules.items()}


def _format_all(modules: Sequence[Module]) -> Iterator[list[Module]]:
    """Format modules, some at a time, in their order."""
    chunks = [modules[at : at + CHUNK] for at in range(0, len(modules), CHUNK)]
    if len(modules) <= FEW:
        return _format_here(chunks)
    return _format_in_processes(chunks)


def _format_chunk(chunk: Sequence[Module]) -> list[Module]:
    return [(path, format_module(path, source)) for path, source in chunk]


def _format_here(chunks: Sequence[Sequence[Module]]) -> Iterator[list[Module]]:
    return map(_format_chunk, chunks)


def _format_in_processes(chunks: Sequence[Sequence[Module]]) -> Iterator[list[Module]]:
    # Forking would copy whatever state the threads of a progress bar are in.
    pool = ProcessPoolExecutor(
        min(os.cpu_count() or 1, MOST_PROCESSES),
        mp_context=get_context("spawn"),
        initializer=_end_with_parent,
    )
    try:
        with _interrupts_put_off():
            results = [pool.submit(_format_chunk, chunk) for chunk in chunks]
        # In order, so that of several faults always the same one is told.
        yield from (result.result() for result in results)
    except BrokenProcessPool as error:
        msg = "a formatting process ended before its work; was it killed?"
        raise GeneratorError(msg) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """See that this process does not wait for ever when the command is killed."""

    def wait_and_end() -> None:
        if parent := parent_process():
            parent.join()
        os._exit(1)

    Thread(target=wait_and_end, daemon=True).start()


@contextmanager
def _interrupts_put_off() -> Generator[None]:
    """Start processes that Ctrl-C does not reach: only the command's own stops them.

    Blocked signals are inherited and stay blocked; here they come when it is over.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
