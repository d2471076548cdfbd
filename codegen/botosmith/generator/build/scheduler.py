"""The schedule of rendering services and formatting the modules of each.

Both are tasks of one worker pool. Modules come before further services, so that no more
packages are under way than there are processes. While there is little to do, services
come first: rendering them shows how many modules there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from attrs import define, field, frozen

from botosmith.generator.build.formatting import Chunk, Draft, Files, format_chunk
from botosmith.generator.build.worker_pool import Done, WorkerPool
from botosmith.generator.cache import Store
from botosmith.generator.errors import GeneratorError, ModelError, StyleError
from botosmith.generator.naming import package_name
from botosmith.generator.progress import Services

#: For at most so many chunks of modules, starting processes costs more than it saves.
FEW = 16

#: The time of rendering a service, in chunks of modules to format.
RENDERING = 8

#: The number of chunks for which starting a process pays.
SHARE = 8


@frozen
class Order:
    """A package to make.

    Attributes:
        service: The service's name.
        render: Returns its sources; can be sent to another process.
    """

    service: str
    render: Callable[[], Files]


@frozen
class _Rendering:
    number: int
    order: Order

    #: Sorts before all chunks.
    position = -1

    @property
    def service(self) -> str:
        return self.order.service

    def do(self) -> Files:
        return self.order.render()


@frozen
class _Formatting:
    number: int
    position: int
    service: str
    chunk: Chunk

    def do(self) -> Chunk:
        return format_chunk(self.chunk)


_Task = _Rendering | _Formatting


@define
class Assembly:
    """The making of packages from orders.

    Attributes:
        store: The formatted modules of earlier runs.
        services: Shows the progress of each service.
        finish: Called with an order's number and its files when they are done.
    """

    store: Store | None
    services: Services
    finish: Callable[[int, Files], None]
    _renderings: deque[_Rendering] = field(factory=deque[_Rendering], init=False)
    _formattings: deque[_Formatting] = field(factory=deque[_Formatting], init=False)
    _drafts: dict[int, Draft] = field(factory=dict[int, Draft], init=False)
    _problems: dict[int, ModelError] = field(factory=dict[int, ModelError], init=False)
    _faults: dict[tuple[int, int], Exception] = field(
        factory=dict[tuple[int, int], Exception], init=False
    )

    def make(self, orders: Iterable[Order]) -> None:
        """Make packages.

        Raises:
            ModelError: Models cannot be used; lists the problems of all of them.
            StyleError: black or the compiler refuses a module: the first one such.
            GeneratorError: A process was killed, or ran out of memory.
        """
        self._renderings.extend(
            _Rendering(number, order) for number, order in enumerate(orders)
        )
        try:
            with WorkerPool[_Task]() as pool:
                while self._hand_out(pool):
                    for done in pool.wait():
                        self._take(done)
        finally:  # finished modules are stored also after an error or interruption
            for draft in self._drafts.values():
                draft.keep()
        self._fail()

    def _hand_out(self, pool: WorkerPool[_Task]) -> bool:
        """Give tasks to free workers; return whether any task is being done."""
        work = self._work
        if work > FEW:
            pool.grow(pool.busy + work // SHARE)
        while pool.is_free and (task := self._next()):
            pool.give(task)
        return pool.busy > 0

    @property
    def _work(self) -> int:
        """Return the amount of work not yet begun, in chunks to format."""
        return len(self._formattings) + RENDERING * len(self._renderings)

    def _next(self) -> _Task | None:
        if self._faults:
            return None
        if self._renderings and (not self._formattings or self._work <= FEW):
            rendering = self._renderings.popleft()
            self.services.start(rendering.service, "rendering")
            return rendering
        if not self._formattings:
            return None
        formatting = self._formattings.popleft()
        draft = self._drafts[formatting.number]
        if formatting.position == 0:
            self._tell(formatting.service, draft)
        return formatting

    def _take(self, done: Done[_Task]) -> None:
        number, service = done.task.number, done.task.service
        if isinstance(done.error, ModelError):
            self._problems[number] = done.error
            self.services.finish(service, "cannot be used")
            # Nothing will be written: from now on, only look for other problems.
            self._formattings.clear()
        elif done.error:
            fault = _name_place(service, done.error)
            self._faults[number, done.task.position] = fault
        elif isinstance(done.task, _Formatting):
            draft = self._drafts[number]
            draft.take(done.result)
            self.services.advance(service, len(done.result))
            self._finish(number, service)
        elif self._problems:
            self.services.finish(service, "could be used")
        else:
            draft = self._drafts[number] = Draft(done.result, self.store)
            self._formattings.extend(
                _Formatting(number, position, service, chunk)
                for position, chunk in enumerate(draft.chunks)
            )
            if draft.is_done:
                self._tell(service, draft)
                self._finish(number, service)

    def _tell(self, service: str, draft: Draft) -> None:
        """Show that formatting begins, and the files that earlier runs formatted."""
        self.services.start(service, "formatting", len(draft))
        self.services.advance(service, draft.done)

    def _finish(self, number: int, service: str) -> None:
        if not self._drafts[number].is_done:
            return
        files = self._drafts.pop(number).keep()
        self.services.finish(service, f"{len(files):,} files")
        self.finish(number, files)

    def _fail(self) -> None:
        """Raise the first error, if there is one."""
        if self._faults:
            # Chunks are handed out in order, so the first fault is among those found.
            raise self._faults[min(self._faults)]
        if self._problems:
            found = (self._problems[number] for number in sorted(self._problems))
            raise ModelError(tuple(it for error in found for it in error.problems))


def _name_place(service: str, error: Exception) -> Exception:
    """Return the error, with its service's name added where it is missing."""
    match error:
        case StyleError():
            return StyleError(package_name(service) / error.module, error.reason)
        case MemoryError():
            return GeneratorError(f"{service}: there is too little memory")
        case _:
            return error
