"""The table `[tool.botosmith]` in the user's pyproject.toml."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import define, field, frozen

from botosmith.generator.errors import Problem, ProjectError, UnknownName
from botosmith.generator.json_type import is_array, is_object
from botosmith.generator.settings.value import explain_package, normalise_package
from botosmith.generator.suggest import find_name

FILE = "pyproject.toml"
TABLE = "tool.botosmith"
MODELS_PLACE = f"{TABLE}.models"

#: The search upward ends beside one of these, as black's does: it marks the project.
_ROOTS = (".git", ".hg")

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_KINDS: dict[type, str] = {
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a float",
    list: "an array",
    dict: "a table",
}


@frozen
class Entry:
    """A name in the file, to be looked up once the models are known.

    Attributes:
        path: Its place, such as `tool.botosmith.services[0]`.
        text: The name as it is there.
    """

    path: str
    text: str


@frozen
class Project:
    """The settings of a project; empty if it has no table.

    Attributes:
        folder: The base of all paths, also of the default ones: the folder of the
            file, or the current one.
        file: The file, as a person would name it from the current folder.
        models: The folder of pinned models.
        out: The import root.
        package: The package that the services' packages belong to.
        services: The services to work on.
        operations: For services, the operations to keep.
        problems: The mistakes in the file that show without the models.
    """

    folder: Path = Path()
    file: str = FILE
    models: Path | None = None
    out: Path | None = None
    package: str | None = None
    services: tuple[Entry, ...] = ()
    operations: Mapping[Entry, tuple[Entry, ...]] = field(
        factory=dict[Entry, tuple[Entry, ...]]
    )
    problems: tuple[Problem, ...] = ()


def find_project() -> Project:
    """Return the current folder's project: the nearest pyproject.toml with a table.

    Raises:
        ProjectError: A file that may be the one is not TOML, or as `_Reader.read`.
    """
    for folder, file in _climb():
        if _is_file(folder / FILE):
            tools = _load(folder / FILE, file).get("tool")
            if is_object(tools) and "botosmith" in tools:
                return _Reader(folder, file).read(tools["botosmith"])
    return Project()


def _climb() -> Iterator[tuple[Path, str]]:
    """Yield the current folder and those above it, each with its file's relative name.

    Those above are absolute: a command may replace the current folder.
    """
    here = Path.cwd()
    for height, folder in enumerate((here, *here.parents)):
        yield folder if height else Path(), "../" * height + FILE
        if any((folder / root).exists() for root in _ROOTS):
            return


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        # A folder that the user may not read holds no project of theirs.
        return False


def _load(path: Path, file: str) -> dict[str, Any]:
    content = path.read_bytes()
    try:
        return tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:
        reason = _explain(error, content)
        raise ProjectError((Problem(file, "", reason),)) from error


def _explain(error: Exception, content: bytes) -> str:
    """Return why a file is not TOML, with the line."""
    if isinstance(error, UnicodeDecodeError):
        line = content.count(b"\n", 0, error.start) + 1
        return f"is not UTF-8 (at line {line})"
    if isinstance(error, RecursionError):
        return "is nested too deeply"
    last = max(1, len(content.splitlines()))
    reason = str(error).replace("end of document)", f"end of document, line {last})")
    return f"is not TOML: {reason}"


@define
class _Reader:
    """A reader of the table, which collects the mistakes in it."""

    folder: Path
    file: str
    problems: list[Problem] = field(factory=list[Problem])

    def read(self, table: Any) -> Project:
        """Return the project that a table describes.

        Raises:
            ProjectError: The folder of models is not valid; lists all mistakes.
        """
        readers: dict[str, Callable[[str, Any], Any]] = {
            "package": self._read_package,
            "out": self._read_folder,
            "models": self._read_folder,
            "services": self._read_services,
            "operations": self._read_operations,
        }
        said: dict[str, Any] = {}
        for key, value in self._list_items(TABLE, table):
            path = _place(TABLE, key)
            if key in readers:
                said[key] = readers[key](path, value)
            else:
                self._refuse(path, _explain_key(key, readers))
        problems = tuple(self.problems)
        if any(problem.path == MODELS_PLACE for problem in problems):
            # Without the models, the names of services cannot be checked.
            raise ProjectError(problems)
        return Project(self.folder, self.file, **said, problems=problems)

    def _read_package(self, path: str, value: Any) -> str | None:
        text = self._read_text(path, value)
        package = None if text is None else normalise_package(text)
        if package is not None and (wrong := explain_package(package)):
            self._refuse(path, wrong)
        return package

    def _read_folder(self, path: str, value: Any) -> Path | None:
        text = self._read_text(path, value)
        if text is None:
            return None
        if not text or "\0" in text:
            self._refuse(path, f"is {text!r}, which cannot be the name of a folder")
            return None
        return self.folder / text

    def _read_services(self, path: str, value: Any) -> tuple[Entry, ...]:
        return self._read_entries(path, value, "all that are pinned")

    def _read_operations(self, path: str, value: Any) -> dict[Entry, tuple[Entry, ...]]:
        return {
            Entry(place, service): self._read_entries(place, names, "all of its")
            for service, names in self._list_items(path, value)
            for place in (_place(path, service),)
        }

    def _read_entries(self, path: str, value: Any, otherwise: str) -> tuple[Entry, ...]:
        """Return the names of an array; `otherwise` is what none stands for."""
        if not is_array(value):
            self._refuse_kind(path, value, "an array of strings")
            return ()
        if not value:
            # A reader could take an empty array for none or for all.
            self._refuse(path, f"is empty; leave it out for {otherwise}")
        texts = [self._read_text(f"{path}[{at}]", one) for at, one in enumerate(value)]
        return tuple(
            Entry(f"{path}[{at}]", text)
            for at, text in enumerate(texts)
            if text is not None
        )

    def _read_text(self, path: str, value: Any) -> str | None:
        if isinstance(value, str):
            return value
        self._refuse_kind(path, value, "a string")
        return None

    def _list_items(self, path: str, value: Any) -> Iterable[tuple[str, Any]]:
        if is_object(value):
            return value.items()
        self._refuse_kind(path, value, "a table")
        return ()

    def _refuse_kind(self, path: str, value: object, wanted: str) -> None:
        # TOML's only other kind of value is a date or time.
        kind = _KINDS.get(type(value), "a date or time")
        self._refuse(path, f"is {kind}, not {wanted}")

    def _refuse(self, path: str, message: str) -> None:
        self.problems.append(Problem(self.file, path, message))


def _place(path: str, key: str) -> str:
    """Return the place of a key, as TOML writes it."""
    is_bare = _BARE.fullmatch(key)
    return f"{path}.{key if is_bare else json.dumps(key, ensure_ascii=False)}"


def _explain_key(key: str, known: Iterable[str]) -> str:
    try:
        # A match differs in spelling, e.g. `Out` for `out`: TOML has them as two keys.
        alike = find_name("setting", key, known)
    except UnknownName as error:
        return str(error)
    return str(UnknownName("setting", key, (alike,)))
