"""The names that a generated module imports, and by which it calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, field

from botosmith.generator.ir import Import, Imports, Words

#: Where what a generated module may use comes from. Builtins are listed because a
#: member of the same name hides them in the body of its class.
SOURCES = {
    "builtins": (
        "bool",
        "bytes",
        "classmethod",
        "dict",
        "float",
        "int",
        "list",
        "str",
        "tuple",
    ),
    "collections.abc": ("Iterable", "Mapping", "Sequence"),
    "datetime": ("datetime",),
    "typing": ("TYPE_CHECKING", "Annotated", "Any", "Self"),
    "attrs": ("define",),
    "botosmith.runtime": (
        "Acceptor",
        "EventStream",
        "OpenEnum",
        "Pages",
        "Paginator",
        "Request",
        "RequestBody",
        "Response",
        "ServiceError",
        "StreamingBody",
        "Structure",
        "Union",
        "Waiter",
        "WaiterProgress",
        "read",
        "warn_deprecated",
        "wire",
        "write",
    ),
}
_SOURCE_OF = {name: module for module, names in SOURCES.items() for name in names}


@define
class Vocabulary:
    """Collects the imports of one module.

    Attributes:
        taken: The names that the module's own classes and function have; within the
            body of a class, those of its members as well.
    """

    taken: frozenset[str]
    _used: dict[str, set[str]] = field(factory=dict[str, set[str]])
    _typing_only: dict[str, set[str]] = field(factory=dict[str, set[str]])

    def within(self, names: Iterable[str]) -> Vocabulary:
        """The vocabulary of a class's body, whose imports are the module's."""
        return Vocabulary(self.taken.union(names), self._used, self._typing_only)

    def word(self, name: str) -> str:
        """What the module calls something from `SOURCES`."""
        return f"_{name}" if name in self.taken else name

    def use(self, name: str) -> str:
        """The same, and have it imported."""
        module = _SOURCE_OF[name]
        word = self.word(name)
        if word != name:
            self._used.setdefault(module, set()).add(f"{name} as {word}")
        elif module != "builtins":
            self._used.setdefault(module, set()).add(name)
        return word

    def use_class(self, module: str, name: str) -> str:
        """Import a class of the same service."""
        self._used.setdefault(module, set()).add(name)
        return name

    def use_client(self, module: str) -> str:
        """Import the client for type checkers alone: it imports the operations."""
        self.use("TYPE_CHECKING")
        word = self.word("Client")
        entry = "Client" if word == "Client" else f"Client as {word}"
        self._typing_only.setdefault(module, set()).add(entry)
        return word

    @property
    def words(self) -> Words:
        """The names that templates write themselves."""
        return Words(
            annotated=self.word("Annotated"),
            any=self.word("Any"),
            self_type=self.word("Self"),
            dict=self.word("dict"),
            classmethod=self.word("classmethod"),
            read=self.word("read"),
            wire=self.word("wire"),
            write=self.word("write"),
            warn_deprecated=self.word("warn_deprecated"),
        )

    @property
    def imports(self) -> Imports:
        """The import block, sorted as isort does."""
        standard = ("builtins", "collections.abc", "datetime", "typing")
        return Imports(
            standard=_sorted_imports(self._used, only=standard),
            third_party=_sorted_imports(self._used, only=("attrs",)),
            own=_sorted_imports(
                {
                    module: names
                    for module, names in self._used.items()
                    if module not in (*standard, "attrs")
                }
            ),
            typing_only=_sorted_imports(self._typing_only),
        )


def _sorted_imports(
    used: dict[str, set[str]], *, only: tuple[str, ...] | None = None
) -> tuple[Import, ...]:
    return tuple(
        Import(module, tuple(sorted(used[module], key=import_order)))
        for module in sorted(used)
        if only is None or module in only
    )


def import_order(name: str) -> tuple[int, list[tuple[int, str]], str]:
    """The place of a name in an import, as isort sorts them.

    Constants, then classes, then the rest; each without regard to case, and with
    numbers by their value.
    """
    plain = name.partition(" ")[0]
    kind = 0 if plain.isupper() else 1 if plain[0].isupper() else 2
    parts = re.findall(r"(\d+)|(\D+)", plain.lower())
    return kind, [(int(number or -1), text) for number, text in parts], plain
