"""Diffs made by hand and drawn ones, for the tests of every format."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from botosmith.generator.diff.change import (
    Action,
    Change,
    Diff,
    Kind,
    ServiceDiff,
    Severity,
)

BREAKING, COMPATIBLE = Severity.BREAKING, Severity.COMPATIBLE
DOCUMENTATION = Severity.DOCUMENTATION

RENAMED = Change(
    Kind.MEMBER,
    Action.RENAMED,
    "shapes.CreateLockerInput.members.LockerName",
    "shapes.CreateLockerInput.members.Name",
    BREAKING,
    "Code that names the old member fails.",
    before={"shape": "Name"},
    after={"shape": "Name"},
    old_names=("CreateLockerInput.locker_name",),
    new_names=("CreateLockerInput.name",),
    operations=("CreateLocker",),
)
REMOVED = Change(
    Kind.SHAPE,
    Action.REMOVED,
    "shapes.Size",
    None,
    BREAKING,
    "Imports of a removed class fail.",
    before={"type": "string", "enum": ["s", "ml.m5.members.large"]},
    old_names=("Size",),
    operations=("CreateLocker", "DescribeLocker", "DescribeParcel"),
    contents=("shapes.Size.enum.s", "shapes.Size.enum.ml.m5.members.large"),
)
TYPE = Change(
    Kind.TYPE,
    Action.CHANGED,
    "shapes.Parcel.members.Weight",
    "shapes.Parcel.members.Weight",
    BREAKING,
    "Values of the old type are refused by the new one.",
    before="integer",
    after="string",
    old_names=("Parcel.weight",),
    new_names=("Parcel.weight",),
    operations=("DescribeParcel",),
)
ADDED = Change(
    Kind.SHAPE,
    Action.ADDED,
    None,
    "shapes.Label",
    COMPATIBLE,
    "A new class takes nothing from existing code.",
    after={"type": "structure", "members": {"Text": {"shape": "Text"}}},
    new_names=("Label",),
    operations=("DescribeParcel",),
    contents=("shapes.Label.members.Text",),
)
LIMIT = Change(
    Kind.MAXIMUM,
    Action.CHANGED,
    "shapes.Count.max",
    "shapes.Count.max",
    COMPATIBLE,
    "Values that were accepted still are.",
    after=9223372036854775807,
    operations=tuple(f"Operation{number}" for number in range(12)),
)
REGION = Change(
    Kind.ENDPOINT,
    Action.ADDED,
    None,
    "endpoints.aws.mx-central-1",
    COMPATIBLE,
    "A new region takes nothing from existing code.",
    after="mx-central-1",
)
WORDS = Change(
    Kind.DOCUMENTATION,
    Action.CHANGED,
    "operations.CreateLocker",
    "operations.CreateLocker",
    DOCUMENTATION,
    "Only documentation changed.",
    before="<p>Makes a locker.</p>",
    after="<p>Makes a new locker.</p>",
    old_names=("create_locker",),
    new_names=("create_locker",),
    operations=("CreateLocker",),
)
CHANGES = (RENAMED, REMOVED, TYPE, ADDED, LIMIT, REGION, WORDS)

RESOURCES = {
    "CreateLocker": "Locker",
    "DescribeLocker": "Locker",
    "DescribeParcel": "Parcel",
    **dict.fromkeys(LIMIT.operations, "Operation"),
}

PARCELS = ServiceDiff("parcels", "2024-03-01", "2024-03-01", CHANGES, RESOURCES)
#: ECS, too, has a resource of this name.
ORDERS = ServiceDiff(
    "orders",
    None,
    "2025-01-01",
    (
        Change(
            Kind.OPERATION,
            Action.ADDED,
            None,
            "operations.CreateService",
            COMPATIBLE,
            "A new operation takes nothing from existing code.",
            new_names=("create_service",),
            operations=("CreateService",),
        ),
        REGION,
    ),
    {"CreateService": "Service"},
)
ONE = Diff("botocore 1.42.1", "botocore 1.44.5", (PARCELS,), 1)
TWO = Diff("botocore 1.42.1", "models", (ORDERS, PARCELS), 412)
NOTHING = Diff("botocore 1.44.4", "botocore 1.44.5", (), 412)

#: Each would run a script, end what it stands in, or be taken for markup.
HOSTILE = (
    "</script><script>window.broken = 1</script>",
    '<img src=x onerror="window.broken = 1">',
    "\" onmouseover='window.broken = 1' x=\"",
    "<!--<script>",
    "\u2028\u2029\x1b[31m\u202e",
    "`` | ` \\` \\| *x* _y_ [z](javascript:0) {{ 7 * 7 }} @someone #1 $x$",
    "&lt;&amp;</details></code></style>",
)


def make_hostile(text: str) -> Diff:
    """A diff that says the text wherever it can."""
    changes = tuple(
        Change(
            kind,
            Action.CHANGED,
            f"shapes.{text}",
            text,
            severity,
            text,
            before=text,
            after={text: text},
            old_names=(text,),
            new_names=(f"{text}!",),
            operations=(text,),
            contents=(f"shapes.{text}.enum.{text}",),
        )
        for kind, severity in ((Kind.TYPE, BREAKING), (Kind.TRAIT, COMPATIBLE))
    )
    service = ServiceDiff(text, text, f"{text}!", changes, {text: text})
    return Diff(text, text, (service,), 1)


def make_many(number: int) -> Diff:
    """A diff of so many changes, every tenth of which breaks callers."""
    changes = tuple(
        Change(
            Kind.MEMBER,
            Action.REMOVED if index % 10 == 0 else Action.ADDED,
            f"shapes.Thing.members.Member{index}" if index % 10 == 0 else None,
            None if index % 10 == 0 else f"shapes.Thing.members.Member{index}",
            BREAKING if index % 10 == 0 else COMPATIBLE,
            "So says the rule.",
            operations=(f"DescribeThing{index % 50}",),
        )
        for index in range(number)
    )
    resources = {f"DescribeThing{index}": f"Thing{index}" for index in range(50)}
    return Diff("old", "new", (ServiceDiff("things", "1", "1", changes, resources),), 1)


characters = st.characters(exclude_categories=["Cs"])
texts = st.one_of(
    st.text(characters), st.text("`|\\ <>a&*@#$_\n"), st.sampled_from(HOSTILE)
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), texts
)
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(texts, inner, max_size=3)
    ),
    max_leaves=5,
)
several = st.lists(texts, max_size=3).map(tuple)
changes = st.builds(
    Change,
    kind=st.sampled_from(Kind),
    action=st.sampled_from(Action),
    old_path=st.none() | texts,
    new_path=st.none() | texts,
    severity=st.sampled_from(Severity),
    reason=texts,
    before=values,
    after=values,
    old_names=several,
    new_names=several,
    operations=several,
    contents=several,
)


@st.composite
def services(draw: st.DrawFn) -> ServiceDiff:
    """A service all of whose operations work on some resource."""
    drawn = tuple(draw(st.lists(changes, min_size=1, max_size=3)))
    names = sorted({name for change in drawn for name in change.operations})
    resources = {name: draw(texts.filter(bool)) for name in names}
    versions = [draw(st.none() | texts), draw(texts)]
    return ServiceDiff(draw(texts), versions[0], versions[1], drawn, resources)


diffs = st.builds(
    Diff,
    old=texts,
    new=texts,
    services=st.lists(services(), max_size=2).map(tuple),
    compared=st.integers(0, 500),
)
