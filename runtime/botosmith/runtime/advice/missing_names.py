"""Errors about names that are not there, and what they say to write instead.

A probe such as `hasattr` throws its error away, so an error looks for the nearest name
when its text is asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from types import FrameType


class MissingName(AttributeError):  # noqa: N818 - it is shown as an AttributeError
    """An AttributeError whose text ends with advice, made when it is read.

    `obj` is left out: Python would add a suggestion of its own to ours.
    """

    def __init__(self, message: str, name: str, advise: Callable[[], str]) -> None:
        """Take the text, the name, and what finds the advice; none is an empty text."""
        super().__init__(message, name=name)
        self._message = message
        self._advise = advise

    def __str__(self) -> str:
        advice = self._advise()
        return f"{self._message}; {advice}" if advice else self._message

    def __reduce__(self) -> tuple[type[AttributeError], tuple[str]]:
        return AttributeError, (str(self),)


# The class is nothing that a user catches, and tracebacks show where it is from.
MissingName.__module__ = "builtins"
MissingName.__name__ = MissingName.__qualname__ = "AttributeError"


def find_nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that is likely meant; None where none is like it.

    A name that differs in case and punctuation alone is nearest, such as `create_model`
    for `CreateModel`; of several, one that begins with a letter of the same case.
    """
    names = list(known)
    same = [one for one in names if fold(one) == fold(name)]
    if same:
        is_upper = name[:1].isupper()
        return next((one for one in same if one[:1].isupper() == is_upper), same[0])
    from botosmith.runtime.advice.suggestion import find_nearest as find_like

    return find_like(name, dict.fromkeys(names, ""))


def fold(name: str) -> str:
    """A name without what its style makes of it."""
    return "".join(character for character in name.casefold() if character.isalnum())


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the question after the nearest name, or an empty text."""
    near = find_nearest(name, known)
    return f"did you mean {near}?" if near else ""


def is_importing(caller: FrameType) -> bool:
    """Return whether a frame is at `from module import name`.

    Python makes an ImportError without our advice of an AttributeError there.
    """
    from opcode import opmap

    return caller.f_code.co_code[caller.f_lasti] == opmap["IMPORT_FROM"]


def refuse_name(
    module: str, name: str, advise: Callable[[], str], caller: FrameType
) -> AttributeError | ImportError:
    """Make the error about a module's attribute, or about an import of it.

    Args:
        module: The module's name.
        name: The name that it does not have.
        advise: Finds what to say beside that.
        caller: The frame that asks the module's `__getattr__`.
    """
    if not is_importing(caller):
        return MissingName(f"module {module!r} has no attribute {name!r}", name, advise)
    advice = advise()
    msg = f"cannot import name {name!r} from {module!r}"
    path = getattr(sys.modules[module], "__file__", None)
    return ImportError(f"{msg}; {advice}" if advice else msg, name=module, path=path)
