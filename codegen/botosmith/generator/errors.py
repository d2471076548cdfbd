"""The problems and errors of generating: values, and the tree of exceptions.

    GeneratorError
    +-- ModelError         models cannot be used; holds every problem found
    +-- StyleError         a rendered module cannot be formatted or compiled
    +-- OutputError        the output's place holds a file that botosmith did not write
    +-- CacheError         others can write to the cache's place
    +-- UsageError         the command line asks for something that does not exist
        +-- UnknownName    a service or operation is unknown
        +-- ProjectError   the project's file has mistakes; holds every problem found

Errors of the file system are not converted: each OSError names its file.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path, PurePath

from attrs import frozen

from botosmith.generator.invisible import make_visible


@frozen
class Problem:
    """Something in a file that keeps it from being used.

    Attributes:
        file: The file, as a person would name it from where the command was run.
        path: The place in it, such as `shapes.Tag.members.Key.shape`; empty for the
            file as a whole.
        message: What is wrong there, such as `is 3, not a string`.
    """

    file: str
    path: str
    message: str

    def __str__(self) -> str:
        parts = (part for part in (self.file, self.path, self.message) if part)
        return make_visible(": ".join(parts))


class GeneratorError(Exception):
    """Root of the generator's errors."""


class ModelError(GeneratorError):
    """Models that cannot be used, by every problem found.

    Attributes:
        problems: Every problem that was found, not only the first.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Collect the problems."""
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


class StyleError(GeneratorError):
    """A rendered module that black or the compiler refuses.

    Attributes:
        module: The module's path in its package.
        reason: What black or the compiler says.
    """

    def __init__(self, module: PurePath, reason: str) -> None:
        """Name the module."""
        self.module = module
        self.reason = reason
        super().__init__(module, reason)

    def __str__(self) -> str:
        return make_visible(f"{self.module.as_posix()}: {self.reason}")


class OutputError(GeneratorError):
    """A file in the output's place that botosmith did not write.

    Attributes:
        place: The file.
        reason: Why it cannot be replaced.
    """

    def __init__(self, place: PurePath, reason: str) -> None:
        """Name the file."""
        self.place = place
        self.reason = reason
        super().__init__(place, reason)

    def __str__(self) -> str:
        return make_visible(f"{self.place.as_posix()}: {self.reason}")


class CacheError(GeneratorError):
    """A place for the cache that others can write to."""

    def __str__(self) -> str:
        return make_visible(super().__str__())


class UsageError(GeneratorError):
    """A command line that asks for something that does not exist."""


class UnknownName(UsageError):  # noqa: N818 - says what is wrong with the name
    """A name that is unknown.

    Attributes:
        kind: The kind of thing that it should name, such as `service`.
        name: The name as it was given.
        nearest: Known names like it, the most alike first.
    """

    def __init__(self, kind: str, name: str, nearest: tuple[str, ...]) -> None:
        """Keep the name, and the known ones nearest to it."""
        self.kind = kind
        self.name = name
        self.nearest = nearest
        super().__init__(kind, name, nearest)

    def __str__(self) -> str:
        unknown = f"no {self.kind} is named {self.name!r}"
        if not self.nearest:
            return unknown
        return f"{unknown}; the nearest: {', '.join(self.nearest)}"


class ProjectError(UsageError):
    """A pyproject.toml whose settings cannot be followed.

    Attributes:
        problems: Every problem that was found, not only the first.
    """

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Collect the problems."""
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))


@contextmanager
def naming(file: Path) -> Generator[None]:
    """Name a file in an error of the system that names none.

    Python's error of a read or write, e.g. on a full disk, does not name the file.
    """
    try:
        yield
    except OSError as error:
        if error.filename is not None or error.errno is None:
            raise
        raise OSError(error.errno, error.strerror, str(file)) from error
