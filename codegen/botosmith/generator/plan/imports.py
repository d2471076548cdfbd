"""The names that a generated module imports, and its own names for them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import define, field

from botosmith.generator.ir import Import, Imports, Words

#: The origins of the names that a generated module may use. Builtins are listed because
#: a member of the same name hides them in the body of its class.
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
        "readers",
        "warn_deprecated",
        "writers",
    ),
    "botosmith.runtime.annotation": ("schema",),
}
_SOURCE_OF = {name: module for module, names in SOURCES.items() for name in names}


@define
class Vocabulary:
    """The imports of one module, collected while it is planned.

    Attributes:
        module: The module, relative to the package.
        taken: The names that the module's own classes and function have; within the
            body of a class, those of its members as well.
    """

    module: str
    taken: frozenset[str]
    _used: dict[str, set[str]] = field(factory=dict[str, set[str]])
    _typing_only: dict[str, set[str]] = field(factory=dict[str, set[str]])

    def within(self, names: Iterable[str]) -> Vocabulary:
        """Return the vocabulary of a class's body; imports are the module's."""
        taken = self.taken.union(names)
        return Vocabulary(self.module, taken, self._used, self._typing_only)

    def word(self, name: str) -> str:
        """Return the module's name for something from `SOURCES`."""
        return f"_{name}" if name in self.taken else name

    def use(self, name: str) -> str:
        """Import something from `SOURCES`, and return the module's name for it."""
        module = _SOURCE_OF[name]
        word = self.word(name)
        if word != name:
            self._used.setdefault(module, set()).add(f"{name} as {word}")
        elif module != "builtins":
            self._used.setdefault(module, set()).add(name)
        return word

    def use_class(self, module: str, name: str) -> str:
        """Import a class of the same service, whose module is relative to the package.

        Importing from the class's own module saves type checkers a search.
        """
        self._used.setdefault(self._relative(module), set()).add(name)
        return name

    def use_client(self) -> str:
        """Import the client for type checkers alone: it imports the operations."""
        self.use("TYPE_CHECKING")
        word = self.word("Client")
        entry = "Client" if word == "Client" else f"Client as {word}"
        self._typing_only.setdefault(self._relative("client"), set()).add(entry)
        return word

    def _relative(self, module: str) -> str:
        here = self.module.rpartition(".")[0]
        if not here:
            return f".{module}"
        folder, _, name = module.rpartition(".")
        return f".{name}" if folder == here else f"..{module}"

    @property
    def words(self) -> Words:
        """Return the names that the templates contain."""
        return Words(
            annotated=self.word("Annotated"),
            any=self.word("Any"),
            self_type=self.word("Self"),
            dict=self.word("dict"),
            classmethod=self.word("classmethod"),
            readers=self.word("readers"),
            schema=self.word("schema"),
            writers=self.word("writers"),
            warn_deprecated=self.word("warn_deprecated"),
        )

    @property
    def imports(self) -> Imports:
        """Return the import block, sorted as isort does."""
        standard = {"builtins", "collections.abc", "datetime", "typing"}
        used = self._used.keys()
        local = {module for module in used if module.startswith(".")}
        return Imports(
            standard=_sorted_imports(self._used, used & standard),
            third_party=_sorted_imports(self._used, used & {"attrs"}),
            own=_sorted_imports(self._used, used - standard - {"attrs"} - local),
            local=_sorted_imports(self._used, local),
            typing_only=_sorted_imports(self._typing_only, self._typing_only),
        )


def _sorted_imports(
    used: dict[str, set[str]], modules: Iterable[str]
) -> tuple[Import, ...]:
    return tuple(
        Import(module, tuple(sorted(used[module], key=import_order)))
        for module in sorted(modules, key=_module_order)
    )


def _module_order(module: str) -> tuple[bool, str]:
    """Return the sort key of a module: those further away come first."""
    return not module.startswith(".."), module


def import_order(name: str) -> tuple[int, list[tuple[int, str]], str]:
    """Return the sort key of a name in an import, as isort sorts them.

    Constants come first, then classes, then the rest; each group without regard to
    case, and with numbers by their value.
    """
    plain = name.partition(" ")[0]
    kind = 0 if plain.isupper() else 1 if plain[0].isupper() else 2
    parts = re.findall(r"(\d+)|(\D+)", plain.lower())
    return kind, [(int(number or -1), text) for number, text in parts], plain
