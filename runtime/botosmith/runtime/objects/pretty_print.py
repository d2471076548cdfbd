"""Line breaks for `pprint`, which has them for the classes that it knows.

`pprint` asks for the text of an object first, and then looks for the class's `__repr__`
in a table (`pprint.PrettyPrinter._dispatch`, in Python 3.11 to 3.14). So the first text
that is asked for while the module is loaded puts ours into the table.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pprint import PrettyPrinter
from typing import IO, Any


@cache
def break_lines(show: Callable[[Any], str]) -> None:
    """Let `pprint` break the lines of objects.

    Args:
        show: Their `__repr__`. They have a `__rich_repr__`, which hides what is
            sensitive.
    """
    table: Any = getattr(PrettyPrinter, "_dispatch", None)
    if isinstance(table, dict):
        table[show] = _print


def _print(  # noqa: PLR0913, PLR0917 - the arguments are those of the table's functions
    printer: Any,
    value: Any,
    stream: IO[str],
    indent: int,
    allowance: int,
    context: Any,
    level: int,
) -> None:
    """Print as `PrettyPrinter._pprint_dataclass` does."""
    name = type(value).__name__
    stream.write(f"{name}(")
    members = [*value.__rich_repr__()]
    indent += len(name) + 1
    printer._format_namespace_items(members, stream, indent, allowance, context, level)
    stream.write(")")
