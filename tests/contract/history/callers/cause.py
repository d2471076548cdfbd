"""The changes of a model that can make a use of its package fail.

A cause is a kind of change and a place. The tests ask for a change with such a cause
that is called breaking, for every use that fails.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.contract.history.callers.api import PARTS, Api, Class, Role

from botosmith.generator.diff.change import Change, Kind

Cause = tuple[Kind, str]
Causes = frozenset[Cause]

#: Why the root of a service's errors may be gone.
OF_ROOT: Causes = frozenset({(Kind.TRAIT, "metadata.serviceId")})

_ENDS = {Role.REQUEST, Role.RESPONSE}


def of_change(change: Change) -> Cause:
    """The effects of a change, by its place in the model that callers know."""
    return change.kind, change.old_path or change.new_path or ""


def of_operation(operation: str) -> Causes:
    """Why a function may be gone."""
    return frozenset({(Kind.OPERATION, f"operations.{operation}")})


def of_class(one: Class) -> Causes:
    """Why a class may be gone."""
    return frozenset(_list_class(one))


def _list_class(one: Class) -> Iterator[Cause]:
    yield from _list_end(one)
    if one.shape is not None:
        yield Kind.SHAPE, f"shapes.{one.shape}"
        yield from _list_remakings(one.shape)


def _list_end(one: Class) -> Iterator[Cause]:
    """Return what a request or a reply owes to its operation."""
    if one.role in _ENDS:
        yield Kind.OPERATION, one.place.rpartition(".")[0]
        yield Kind.TYPE, one.place


def _list_remakings(shape: str) -> Iterator[Cause]:
    """Changes that make another class of a shape, or none."""
    yield Kind.TYPE, f"shapes.{shape}.type"
    yield Kind.TYPE, f"shapes.{shape}.enum"
    yield Kind.TRAIT, f"shapes.{shape}.document"
    yield Kind.TRAIT, f"shapes.{shape}.exception"


def of_value(one: Class, value: str) -> Causes:
    """Why a value of an enum may be gone."""
    return of_class(one) | {(Kind.VALUE, f"{one.place}.enum.{value}")}


def of_member(owner: Class, member: str) -> Causes:
    """Why an attribute may be gone."""
    place = f"shapes.{owner.shape}.members.{member}"
    return frozenset({(Kind.MEMBER, place), *_list_end(owner)})


def of_contents(api: Api, one: Class) -> Causes:
    """Why a class, or what it has, may be gone."""
    members = (of_member(one, member) for member in api.members(one.shape))
    return of_class(one).union(*members)


def of_union(owner: Class) -> Causes:
    """Why the attribute of a union's unknown members may be gone, or there."""
    return frozenset({(Kind.TRAIT, f"shapes.{owner.shape}.union")})


def of_insistence(owner: Class, member: str) -> Causes:
    """Why an attribute may have to be given, or may be None."""
    shape = f"shapes.{owner.shape}"
    place = f"{shape}.members.{member}"
    return frozenset(
        {
            (Kind.REQUIRED, f"{shape}.required.{member}"),
            (Kind.TRAIT, f"{place}.idempotencyToken"),
            (Kind.TRAIT, f"{shape}.union"),
            (Kind.TRAIT, f"{shape}.exception"),
            (Kind.MEMBER, place),
            *_list_end(owner),
        }
    )


def of_type(api: Api, owner: Class, member: str) -> Causes:
    """Why an attribute may be of another type, its being None aside."""
    return frozenset(_list_type(api, owner, member))


def _list_type(api: Api, owner: Class, member: str) -> Iterator[Cause]:
    place = f"shapes.{owner.shape}.members.{member}"
    yield Kind.TYPE, place
    yield Kind.DIRECTION, f"shapes.{owner.shape}"
    yield from _list_end(owner)
    # Code spells it as Python does, whatever the model calls it.
    yield Kind.MEMBER, place
    for shape in api.follow(api.members(owner.shape)[member]["shape"]):
        yield Kind.SHAPE, f"shapes.{shape}"
        yield from _list_remakings(shape)
        for part in PARTS:
            yield Kind.TYPE, f"shapes.{shape}.{part}"
