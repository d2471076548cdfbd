"""Places in a model, which identify findings."""

from __future__ import annotations

from attrs import frozen


@frozen
class ModelPath:
    """A place in a model, such as `shapes.Tag.members.Key.deprecated`.

    Attributes:
        parts: Its path; names that hold dots stay whole.
    """

    parts: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join(self.parts)

    def __truediv__(self, part: str) -> ModelPath:
        return ModelPath((*self.parts, part))

    @property
    def operation(self) -> str | None:
        """Return the operation that the place is in."""
        return self._second("operations")

    @property
    def shape(self) -> str | None:
        """Return the shape that the place is in."""
        return self._second("shapes")

    @property
    def member(self) -> str | None:
        """Return the member of a structure that the place is in."""
        return self._fourth("members")

    @property
    def required(self) -> str | None:
        """Return the member that an entry of `required` names."""
        return self._fourth("required")

    @property
    def last(self) -> str:
        """Return the last part of the path."""
        return self.parts[-1] if self.parts else ""

    def _second(self, first: str) -> str | None:
        return self.parts[1] if len(self.parts) > 1 and self.parts[0] == first else None

    def _fourth(self, third: str) -> str | None:
        if self.shape is None or self.parts[2:3] != (third,):
            return None
        return next(iter(self.parts[3:]), None)
