"""A member: its name, its type, and the traits that matter at run time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import attrs

from botosmith.runtime.schema.types import Type


@attrs.define(eq=False)
class Member:
    """A member's name and type, and the traits that matter at run time.

    Attributes:
        name: The member's name in the model, which is its name in botocore.
        type: Its type, with its constraints.
        wire_name: Its name on the wire, where the model gives another one.
        sensitive: Whether its value is masked wherever an object is printed.
        deprecated: What to do instead, when the model calls the member deprecated.
        token: Whether it is an idempotency token, filled in when left out.
        location: Where a request or reply has it outside the body.
    """

    name: str
    type: Type
    wire_name: str
    sensitive: bool = False
    deprecated: str | None = None
    token: bool = False
    location: str | None = None


@attrs.define(eq=False)
class Description:
    """A member whose type is what its annotation says, with these rules."""

    rules: Mapping[str, Any]
    make: Callable[[Type], Member]


def member(  # noqa: PLR0913 - a trait each, in the model's order
    name: str,
    type: Type | None = None,  # noqa: A002 - the word that the model uses
    *,
    min: float | None = None,  # noqa: A002 - as above
    max: float | None = None,  # noqa: A002 - as above
    pattern: str | None = None,
    wire_name: str | None = None,
    sensitive: bool = False,
    deprecated: str | None = None,
    token: bool = False,
    location: str | None = None,
) -> Member | Description:
    """Describe a member, in the annotation of its attribute.

    Args:
        name: The member's name in the model.
        type: Its type with its rules, where the annotation does not say it.
        min: The lower bound of the type that the annotation says.
        max: The upper bound of that.
        pattern: The pattern of that.
        wire_name: Its name on the wire when that is not `name`.
        sensitive: Whether its value is masked wherever an object is printed.
        deprecated: What to do instead, for a deprecated member.
        token: Whether it is an idempotency token.
        location: Where it is outside the body: `uri`, `querystring`, `header`,
            `headers` or `statusCode`.
    """

    def make(type_: Type) -> Member:
        on_wire = name if wire_name is None else wire_name
        return Member(name, type_, on_wire, sensitive, deprecated, token, location)

    if type is not None:
        return make(type)
    rules = {"min": min, "max": max, "pattern": pattern}
    return Description(
        {key: rule for key, rule in rules.items() if rule is not None}, make
    )


@attrs.define(eq=False)
class Field:
    """A member together with the attribute that holds it."""

    attribute: str
    member: Member
    required: bool = False
