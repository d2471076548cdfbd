"""Names that the model does not have are refused, unless they are to be passed over."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import pytest

from botosmith.runtime import ValidationError, from_boto3, from_wire, to_boto3, to_wire

READERS = pytest.mark.parametrize("read", [from_boto3, from_wire])

#: Documents of DescribeCrateResponse and all below it, with what is told of each.
MISSPELT: dict[str, tuple[Any, str]] = {
    "top": (
        {"Crat": {}},
        "Crat: is not a member of DescribeCrateResponse; did you mean Crate?",
    ),
    "below": (
        {"Crate": {"Nam": "x"}},
        "crate.Nam: is not a member of Crate; did you mean Name?",
    ),
    "in a list": (
        {"Crate": {"Crates": [{}, {"Wieght": 1.5}]}},
        "crate.crates[1].Wieght: is not a member of Crate; did you mean Weight?",
    ),
    "in a union": (
        {"Crate": {"Content": {"Letter": {"Kee": "k", "Key": "k"}}}},
        "crate.content.letter.Kee: is not a member of Tag; did you mean Key?",
    ),
    "case": (
        {"crate": {}},
        "crate: is not a member of DescribeCrateResponse; did you mean Crate?",
    ),
    "far from all": (
        {"Zzz": 1},
        "Zzz: is not a member of DescribeCrateResponse; it has Crate, Error, Message",
    ),
    "no text": (
        {7: 1},
        "7: is not a member of DescribeCrateResponse; it has Crate, Error, Message",
    ),
}


@READERS
@pytest.mark.parametrize(("data", "told"), MISSPELT.values(), ids=MISSPELT)
def test_unknown_name_is_refused(
    parcels: Any, read: Any, data: dict[Any, Any], told: str
) -> None:
    """At every level, with the nearest name and with what passes over it."""
    with pytest.raises(ValidationError) as caught:
        read(parcels.DescribeCrateResponse, data)

    assert [str(one) for one in caught.value.violations] == [told]
    assert f'{read.__name__}(..., unknown="ignore")' in str(caught.value)


@READERS
def test_unknown_name_is_passed_over_when_asked(parcels: Any, read: Any) -> None:
    """A reply may be newer than the model."""
    data = {"Crate": {"Name": "x", "Newer": 1, "Crates": [{"Newer": 2}]}, "Newer": 3}

    made = read(parcels.DescribeCrateResponse, data, unknown="ignore")

    inner = parcels.Crate()
    assert made.crate == parcels.Crate(name="x", crates=[inner])


@READERS
def test_all_that_is_wrong_is_told_at_once(parcels: Any, read: Any) -> None:
    """Names and values, each by its path; the advice stands once."""
    with pytest.raises(ValidationError) as caught:
        read(parcels.DescribeCrateResponse, {"A": 1, "Crate": {"B": 1, "Name": []}})

    places = {one.path for one in caught.value.violations}
    assert places == {"A", "crate.B", "crate.name"}
    assert str(caught.value).count("unknown=") == 1


@READERS
def test_python_names_are_known_too(parcels: Any, read: Any) -> None:
    """The commonest slip: the attribute's name in place of the model's."""
    with pytest.raises(ValidationError, match="did you mean MaxResults"):
        read(parcels.ListLockersRequest, {"max_results": 5})


def test_class_without_members_says_so(parcels: Any) -> None:
    """There is nothing to list."""
    with pytest.raises(ValidationError, match="CloseLockerResponse, which has none"):
        from_boto3(parcels.CloseLockerResponse, {"State": 1})


@READERS
def test_other_words_than_the_two_are_refused(parcels: Any, read: Any) -> None:
    """Before anything is read."""
    with pytest.raises(ValueError, match="unknown: expected 'error' or 'ignore'"):
        read(parcels.Tag, {}, unknown="forbid")


def test_metadata_belongs_to_a_reply(parcels: Any) -> None:
    """It is boto3's, and no member; elsewhere it is a name like any other."""
    data = {"ResponseMetadata": {"HTTPStatusCode": 200, "RetryAttempts": 1}}

    made = from_boto3(parcels.CloseLockerResponse, data)

    assert made.response_metadata.status == 200
    assert made.response_metadata.attempts == 2
    with pytest.raises(ValidationError, match="ResponseMetadata: is not a member"):
        from_boto3(parcels.Crate, data)


@pytest.mark.parametrize("metadata", [5, {"HTTPHeaders": 5}, {"RetryAttempts": "x"}])
def test_metadata_of_another_form_is_told(parcels: Any, metadata: Any) -> None:
    """Nothing but a violation comes of it."""
    with pytest.raises(ValidationError, match="ResponseMetadata: is not the dict"):
        from_boto3(parcels.CloseLockerResponse, {"ResponseMetadata": metadata})


def test_newer_member_of_a_union_is_kept(parcels: Any) -> None:
    """As botocore's parser gives it, and as it is on the wire."""
    newer = {"Content": {"SDK_UNKNOWN_MEMBER": {"name": "Scroll"}}}
    crate = from_boto3(parcels.Crate, newer)

    assert to_boto3(crate) == newer
    on_wire = {"Content": {"Scroll": {"a": 1}}}
    assert to_wire(from_wire(parcels.Crate, on_wire)) == on_wire
    with pytest.raises(ValidationError, match=r"content\.Scroll: is not a member"):
        from_boto3(parcels.Crate, on_wire)
    with pytest.raises(ValidationError, match="SDK_UNKNOWN_MEMBER: is not a member"):
        from_boto3(parcels.Crate, newer["Content"])


class Size(IntEnum):
    """Numbers by names."""

    FEW = 5


class Measured(float):
    """A number of a library, such as numpy's float64."""


def test_subclasses_of_numbers_are_numbers(parcels: Any) -> None:
    """boto3 takes them, and so do constructors."""
    request = from_boto3(
        parcels.ListLockersRequest, {"Street": "s", "MaxResults": Size.FEW}
    )
    crate = from_boto3(parcels.Crate, {"Weight": Measured(1.5)})

    assert request.max_results == 5
    assert type(request.max_results) is int
    assert type(crate.weight) is float
    with pytest.raises(ValidationError, match="max_results: True is of type bool"):
        from_boto3(parcels.ListLockersRequest, {"MaxResults": True})


def test_newer_reply_is_read_by_a_client(client: Any, server: Any) -> None:
    """A client's own reading passes over what is new, with both serializers."""
    server.answers = [(200, {"State": "free", "Newer": 1, "Tags": [{"Newer": 1}]})]

    assert client.open_locker(locker_id="a").state == "free"


@READERS
@pytest.mark.parametrize("kind", ["ListLockersRequest", "CloseLockerResponse", "Crate"])
@pytest.mark.parametrize("data", [None, 5, "text", [1], [("Street", "s")]])
def test_what_is_not_a_dictionary_is_told(
    parcels: Any, read: Any, kind: str, data: Any
) -> None:
    """Requests and replies too, of which more is looked at."""
    with pytest.raises(ValidationError, match=r"\(the whole\): .* is of type"):
        read(getattr(parcels, kind), data)


@READERS
def test_depth_is_the_same_with_and_without_looking(parcels: Any, read: Any) -> None:
    """Looking for names takes no document away that can be read."""
    outcomes: set[str] = set()
    for depth in range(50, 1500, 50):
        document: dict[str, Any] = {"Name": "x"}
        for _ in range(depth):
            document = {"Inner": document}
        found: list[str] = []
        for unknown in ("error", "ignore"):
            try:
                found.append(
                    type(read(parcels.Crate, document, unknown=unknown)).__name__
                )
            except ValidationError as error:
                found.append(str(error))
        assert found[0] == found[1], depth
        outcomes.add(found[0])
    assert "Crate" in outcomes
