"""Enums that stay open: AWS adds values before anyone regenerates."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Self

from botosmith.runtime.pickling import public_name, restore_enum
from botosmith.runtime.read import Mismatch


class OpenEnum(StrEnum):
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
        """Whether the model that this class was generated from lists the value."""
        return self._value_ in type(self)._value2member_map_

    @classmethod
    def _read(cls, value: Any) -> Any:
        if type(value) is str:
            member = cls._value2member_map_.get(value)
            return cls(value) if member is None else member
        if value is None:
            return None
        if isinstance(value, str):
            return cls(str(value))
        raise Mismatch

    def __repr__(self) -> str:
        if self.is_known:
            return super().__repr__()
        return f"<{type(self).__name__}: {self._value_!r} (unknown)>"

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        name = public_name(type(self))
        if name is None:
            return super().__reduce_ex__(protocol)
        return restore_enum, (*name, self._value_)
