"""A worker pool: tasks run in this process, or in others once there are enough tasks.

A process has one task at a time and a pipe of its own, so that the task of a process
that dies is known; concurrent.futures reports only that some process died. It also
hands out tasks ahead, and an interruption has to wait for them.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import traceback
from collections.abc import Generator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, parent_process, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Thread
from types import TracebackType
from typing import Any, Generic, Protocol, TypeVar

from attrs import frozen

from botosmith.generator.errors import GeneratorError

#: The most processes: more would wait for the one that hands out tasks.
MOST_PROCESSES = 32

# Forking could copy a lock that a thread of the progress bar holds.
_SPAWN = get_context("spawn")


class Task(Protocol):
    """A task, which can be sent to another process."""

    @property
    def service(self) -> str:
        """Return the service that the task is for."""
        ...

    def do(self) -> Any:
        """Do the task, and return a result that can be sent, too."""
        ...


AnyTask = TypeVar("AnyTask", bound=Task)


@frozen
class Done(Generic[AnyTask]):
    """The outcome of a task.

    Attributes:
        task: The task.
        result: Its result.
        error: The error that it raised; None if it succeeded.
    """

    task: AnyTask
    result: Any = None
    error: Exception | None = None


@frozen
class _Worker:
    process: SpawnProcess
    connection: Connection[Any, Any]


class WorkerPool(Generic[AnyTask]):
    """This process alone, until `grow` adds others; they end with the `with` block."""

    def __init__(self) -> None:
        """Start with this process alone."""
        self._own: AnyTask | None = None
        self._idle: list[_Worker] = []
        self._busy: dict[Connection[Any, Any], tuple[_Worker, AnyTask]] = {}

    def __enter__(self) -> WorkerPool[AnyTask]:
        """Return the pool; the block's end stops its processes."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop all processes, without waiting for their tasks."""
        workers = self._idle + [worker for worker, _ in self._busy.values()]
        for worker in workers:
            worker.process.terminate()
        for worker in workers:
            worker.process.join()
            worker.connection.close()

    @property
    def busy(self) -> int:
        """Return the number of tasks that are being done."""
        return len(self._busy) + (self._own is not None)

    @property
    def is_free(self) -> bool:
        """Return whether another task can be given."""
        if self._idle or self._busy:
            return bool(self._idle)
        return self._own is None

    def grow(self, count: int) -> None:
        """Start processes up to a count, but at most one for each processor."""
        have = len(self._idle) + len(self._busy)
        most = min(count, count_processors(), MOST_PROCESSES)
        if have < most and _can_isolate():
            with _without_current_folder(), _interrupts_put_off():
                for _ in range(have, most):
                    self._idle.append(_start())

    def give(self, task: AnyTask) -> None:
        """Give a task to a free worker.

        Raises:
            GeneratorError: The process has died.
        """
        if not self._idle:
            self._own = task
            return
        worker = self._idle.pop()
        # Recorded before the task is sent, so that `__exit__` stops it in any case.
        self._busy[worker.connection] = worker, task
        try:
            worker.connection.send(task)
        except OSError as error:
            raise _describe_death(worker, task) from error

    def wait(self) -> list[Done[AnyTask]]:
        """Wait until at least one task is done; return the outcomes.

        Raises:
            GeneratorError: A process has died.
        """
        if self._own is not None:
            task, self._own = self._own, None
            return [Done(task, *_try(task))]
        done: list[Done[AnyTask]] = []
        ready = wait(list(self._busy))
        for connection in [one for one in self._busy if one in ready]:
            worker, task = self._busy[connection]
            try:
                result, error = connection.recv()
            except (EOFError, OSError) as broken:
                raise _describe_death(worker, task) from broken
            done.append(Done(task, result, error))
            del self._busy[connection]
            self._idle.append(worker)
        return done


def count_processors() -> int:
    """Return the number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on every system
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _try(task: Task) -> tuple[Any, Exception | None]:
    try:
        return task.do(), None
    except Exception as error:  # noqa: BLE001 - raised by the pool's caller
        return None, error


def _describe_death(worker: _Worker, task: Task) -> GeneratorError:
    worker.process.join(timeout=1)
    code = worker.process.exitcode
    if code is not None and code < 0:
        how = f"was killed by {signal.Signals(-code).name}; is there too little memory?"
    else:
        how = f"ended with code {code}"
    return GeneratorError(f"{task.service}: the process that worked on it {how}")


def _start() -> _Worker:
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_serve, args=(theirs,), daemon=True)
    try:
        process.start()
    finally:
        # The pipe reports the process's end only if this process holds no copy.
        theirs.close()
    return _Worker(process, ours)


def _serve(connection: Connection[Any, Any]) -> None:
    """Do tasks until the pipe is closed."""
    # Ctrl-C stops the command's own process, which stops the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(EOFError, ConnectionError):
        while True:
            result, error = _try(connection.recv())
            connection.send((result, error and _make_portable(error)))


def _make_portable(error: Exception) -> Exception:
    """Return an error that can be sent, with a note of its traceback."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    except Exception:  # noqa: BLE001 - so it cannot be sent, for any reason
        other = RuntimeError(f"{type(error).__name__}: {error}")
        other.add_note(error.__notes__[-1])
        return other
    return error


def _end_with_parent() -> None:
    """End this process when the command's process ends, even if it was killed."""
    if parent := parent_process():
        parent.join()
    os._exit(1)


#: Keeps the current folder off the path of a Python that is started with `-c`.
_SAFE_PATH = "PYTHONSAFEPATH"


def _can_isolate() -> bool:
    """Return whether processes can be kept from the modules of the current folder."""
    return bool(sys.flags.safe_path) or not sys.flags.ignore_environment


@contextmanager
def _without_current_folder() -> Generator[None]:
    """Start processes that import nothing from the current folder.

    multiprocessing starts its processes, and its tracker, with `-c`: until a process
    receives the path of this one, its own path begins with the current folder, and a
    file `pickle.py` there would be executed.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


@contextmanager
def _interrupts_put_off() -> Generator[None]:
    """Start processes that Ctrl-C does not reach, not even before they ignore it.

    Processes inherit the blocked signal; this process receives it when the block ends.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    # multiprocessing unblocks signals when it starts its tracker: start that first.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
