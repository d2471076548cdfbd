"""Enums that stay open: AWS adds values before anyone regenerates."""

from __future__ import annotations

from enum import EnumType, StrEnum
from typing import TYPE_CHECKING, Any, Self

from botosmith.runtime.objects.pickling import public_name, restore_enum
from botosmith.runtime.serde.readers import Mismatch

if TYPE_CHECKING:
    # To checkers, the method below would let any name pass for a member.
    _OpenEnumType = EnumType
else:

    class _OpenEnumType(EnumType):
        """Tells the nearest member to who mistypes one."""

        def __getattr__(cls, name: str) -> Any:
            """Find what the class lacks; in Python 3.11, that may be a member."""
            if not name.startswith("_") and name in cls._member_map_:
                return cls._member_map_[name]
            message = f"type object {cls.__name__!r} has no attribute {name!r}"
            if name.startswith("_"):
                raise AttributeError(message, name=name, obj=cls)
            from botosmith.runtime.advice.missing_names import MissingName

            def advise() -> str:
                from botosmith.runtime.advice.names import about_member

                return about_member(cls, name)

            raise MissingName(message, name, advise)


class OpenEnum(StrEnum, metaclass=_OpenEnumType):
    """An enum whose members are the values that the model knows, and no closed list.

    `Colour("newer than the model")` makes a member that is not registered: it
    compares and hashes as its text, survives a round trip, a copy and a pickle, and
    says so in `is_known`.
    """

    @classmethod
    def _missing_(cls, value: object) -> Self | None:
        if not isinstance(value, str):
            return None
        member = str.__new__(cls, value)
        member._name_ = value
        member._value_ = str(value)
        return member

    @property
    def is_known(self) -> bool:
        """Return whether the model of the generated class lists the value."""
        return self._value_ in type(self)._value2member_map_

    if TYPE_CHECKING:

        @classmethod
        def _read(cls, value: Any) -> Any:
            """Read a reply's value: a member, or None where it is absent."""

    else:

        def __init_subclass__(cls) -> None:
            # Python has no faster function for it than a dictionary's own method.
            cls._read = _Reading(cls).__getitem__

    def __repr__(self) -> str:
        if self.is_known:
            return super().__repr__()
        return f"<{type(self).__name__}: {self._value_!r} (unknown)>"

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        name = public_name(type(self))
        if name is None:
            return super().__reduce_ex__(protocol)
        return restore_enum, (*name, self._value_)


class _Reading(dict[Any, Any]):
    """The members of an enum by their values, and a word about what is none of them."""

    def __init__(self, enum: type[OpenEnum]) -> None:
        super().__init__({None: None, **enum._value2member_map_})
        self._enum = enum

    def __missing__(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._enum(str(value))
        raise Mismatch
