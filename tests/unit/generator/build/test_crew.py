"""Tasks are done here or in processes, and nothing is left of either."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from tests.support.repository import ROOT
from tests.unit.generator.commands.test_cli import wait_for_end_of_group

from botosmith.generator.build import worker_pool
from botosmith.generator.build.worker_pool import Done, WorkerPool
from botosmith.generator.errors import GeneratorError, StyleError

Work = Callable[[], Any]


@frozen
class Task:
    """Calls something, in whatever process does it."""

    service: str
    work: Work

    def do(self) -> Any:
        """Call it."""
        return self.work()


def do_all(tasks: list[Task], processes: int) -> list[Done[Task]]:
    """Have a pool of so many processes do tasks."""
    done: list[Done[Task]] = []
    waiting = list(tasks)
    with WorkerPool[Task]() as workers:
        workers.grow(processes)
        while waiting or workers.busy:
            while waiting and workers.is_free:
                workers.give(waiting.pop(0))
            done += workers.wait()
    return done


def do_one(workers: WorkerPool[Task], task: Task) -> None:
    """Have a task done."""
    workers.give(task)
    workers.wait()


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of three processors, whatever this one has."""
    monkeypatch.setattr(worker_pool, "count_processors", lambda: 3)


@pytest.fixture(autouse=True)
def children() -> Any:
    """Whatever a test does, no process is left."""
    yield
    assert multiprocessing.active_children() == []


def fail() -> None:
    """Raise what cannot be sent to another process."""
    msg = "no way"

    class Local(Exception):  # noqa: N818 - it only has to be a class that nobody finds
        pass

    raise Local(msg)


def refuse() -> None:
    """Raise an error of ours."""
    raise StyleError(Path("a.py"), "is wrong")


def kill() -> None:
    """Be killed, as by a system that is short of memory."""
    assert multiprocessing.parent_process(), "this would be the tests' own process"
    os.kill(os.getpid(), signal.SIGKILL)


def leave() -> None:
    """End without a word."""
    assert multiprocessing.parent_process(), "this would be the tests' own process"
    os._exit(3)


def sleep() -> None:
    """Take longer than anybody waits."""
    time.sleep(600)


def is_interruptible() -> tuple[bool, bool]:
    """Return whether Ctrl-C reaches this process."""
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, [])
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    return signal.SIGINT not in blocked, not ignored


def test_alone_it_is_done_here() -> None:
    """Without others no process is started, and one task is taken at a time."""
    with WorkerPool[Task]() as workers:
        assert workers.is_free
        workers.give(Task("a", os.getpid))
        assert (workers.is_free, workers.busy) == (False, 1)
        (done,) = workers.wait()
        assert (workers.is_free, workers.busy) == (True, 0)

    assert (done.result, done.error) == (os.getpid(), None)


def test_processes_do_all_tasks() -> None:
    """Each task is done once, in a process that is none of the tests'."""
    tasks = [Task(str(number), os.getpid) for number in range(20)]

    done = do_all(tasks, 2)

    assert sorted(one.task.service for one in done) == sorted(map(str, range(20)))
    assert os.getpid() not in {one.result for one in done}
    assert len({one.result for one in done}) == 2


@pytest.mark.parametrize(("wanted", "started"), [(0, 0), (2, 2), (99, 3)])
def test_no_more_processes_than_processors(wanted: int, started: int) -> None:
    """The pool grows to what is wanted or there is, and never twice."""
    with WorkerPool[Task]() as workers:
        for _ in range(2):
            workers.grow(wanted)
            assert len(multiprocessing.active_children()) == started


def test_processors_are_those_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is held to one processor starts one process."""
    monkeypatch.undo()
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        assert worker_pool.count_processors() == 1
    finally:
        os.sched_setaffinity(0, before)
    assert worker_pool.count_processors() == len(before)


@pytest.mark.parametrize("processes", [0, 1])
def test_error_is_told(processes: int) -> None:
    """An error of a task comes with it, of its own class, and the others go on."""
    done = do_all([Task("a", refuse), Task("b", os.getpid)], processes)

    assert isinstance(done[0].error, StyleError)
    assert done[0].error.reason == "is wrong"
    assert done[1].result


def test_error_tells_where_it_was_raised() -> None:
    """The traceback of another process is not lost."""
    (done,) = do_all([Task("a", refuse)], 1)

    assert done.error is not None
    assert "in refuse" in done.error.__notes__[-1]


def test_error_that_cannot_be_sent_is_told_in_words() -> None:
    """An error of a class that only its process has is none the less told."""
    (done,) = do_all([Task("a", fail)], 1)

    assert isinstance(done.error, RuntimeError)
    assert str(done.error) == "Local: no way"
    assert "in fail" in done.error.__notes__[-1]


@pytest.mark.parametrize(
    ("work", "how"),
    [
        (kill, "was killed by SIGKILL; is there too little memory?"),
        (leave, "ended with code 3"),
    ],
)
def test_death_is_told_of_the_right_service(work: Work, how: str) -> None:
    """A process that dies is told with the service it worked on; others end too."""
    tasks = [Task("a", sleep), Task("b", work), Task("c", sleep)]

    with pytest.raises(GeneratorError) as caught:
        do_all(tasks, 3)

    assert str(caught.value) == f"b: the process that worked on it {how}"


def test_death_of_an_idle_process_is_told() -> None:
    """One that died before it got a task is told when it gets one."""
    with WorkerPool[Task]() as workers:
        workers.grow(1)
        (child,) = multiprocessing.active_children()
        child.kill()
        child.join()
        with pytest.raises(GeneratorError, match=r"^a: .* was killed by SIGKILL"):
            do_one(workers, Task("a", sleep))


def test_interruption_ends_all_at_once() -> None:
    """The pool does not wait for work in progress when Ctrl-C comes."""
    start = time.monotonic()
    with suppress(KeyboardInterrupt), WorkerPool[Task]() as workers:
        workers.grow(3)
        for service in "abc":
            workers.give(Task(service, sleep))
        raise KeyboardInterrupt

    assert time.monotonic() - start < 60


def start(program: str) -> subprocess.Popen[bytes]:
    """Start a program in a process that has none of its own yet."""
    path = os.pathsep.join([str(ROOT), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": path},
        stdout=subprocess.PIPE,
        start_new_session=True,
    )


#: Has two tasks done that take longer than anybody waits.
COMMAND = """
from tests.unit.generator.build.test_crew import WorkerPool, Task, sleep
if __name__ == "__main__":
    with WorkerPool() as workers:
        workers.grow(2)
        for service in "ab":
            workers.give(Task(service, sleep))
        print("at work", flush=True)
        workers.wait()
"""


def test_processes_end_with_a_command_that_is_killed() -> None:
    """Whatever they are at, nobody is left when the command is."""
    with start(COMMAND) as command:
        assert command.stdout is not None
        assert command.stdout.readline() == b"at work\n"
        command.kill()

    wait_for_end_of_group(command.pid)


def test_interrupt_does_not_reach_processes() -> None:
    """Ctrl-C, which a terminal sends to all processes, is for the first one only."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [])

    (done,) = do_all([Task("a", is_interruptible)], 1)

    assert done.result == (False, False)
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == before


#: Asks the first of a command's processes, with which multiprocessing starts another.
FIRST = """
from tests.unit.generator.build.test_crew import WorkerPool, Task, is_interruptible
if __name__ == "__main__":
    with WorkerPool() as workers:
        workers.grow(1)
        workers.give(Task("a", is_interruptible))
        print(workers.wait()[0].result)
"""


def test_interrupt_does_not_reach_the_first_process() -> None:
    """An interrupt before the work begins is quiet; Python would print many lines."""
    with start(FIRST) as command:
        printed, _ = command.communicate()

    assert printed == b"(False, False)\n"


def test_processes_are_where_the_command_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A relative path means the same in every process."""
    monkeypatch.chdir(tmp_path)

    (done,) = do_all([Task("a", Path.cwd)], 1)

    assert done.result == tmp_path


#: Marks, beside itself, that it was run.
HOSTILE = "import pathlib\npathlib.Path(__file__).with_suffix('.ran').touch()\n"


def test_processes_run_nothing_from_the_current_folder(tmp_path: Path) -> None:
    """A module there that is named as one of Python's own is left alone.

    multiprocessing starts its processes, and its tracker, with `-c`, which would put
    the current folder first on the path.
    """
    here, programs = tmp_path / "here", tmp_path / "programs"
    here.mkdir()
    programs.mkdir()
    for name in ("multiprocessing", "pickle", "signal", "runpy", "sitecustomize"):
        (here / f"{name}.py").write_text(HOSTILE)
    program = programs / "command.py"
    program.write_text(FIRST)
    path = os.pathsep.join([str(ROOT), *(one for one in sys.path if one)])

    done = subprocess.run(
        [sys.executable, str(program)],
        cwd=here,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )

    assert [file.name for file in here.glob("*.ran")] == []
    assert (done.returncode, done.stdout) == (0, "(False, False)\n"), done.stderr


def test_starting_processes_leaves_the_environment_as_it_was() -> None:
    """Programs that a caller of the generator starts later are started as before."""
    before = dict(os.environ)

    with WorkerPool[Task]() as workers:
        workers.grow(2)

    assert dict(os.environ) == before


def test_python_that_ignores_the_environment_works_alone(tmp_path: Path) -> None:
    """Under `python -E` nothing can keep processes from the current folder."""
    program = tmp_path / "command.py"
    lines = [f"import sys\nsys.path[:0] = {[str(ROOT), *sys.path]!r}", FIRST]
    program.write_text("\n".join(lines))

    done = subprocess.run(
        [sys.executable, "-E", str(program)],
        capture_output=True,
        text=True,
        check=False,
    )

    # The task was done by the command's own process, which Ctrl-C reaches.
    assert (done.returncode, done.stdout) == (0, "(True, True)\n"), done.stderr
