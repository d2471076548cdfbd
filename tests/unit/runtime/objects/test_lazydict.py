"""A lazy dictionary gives itself away to nobody who looks, and costs who does not."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from botosmith.runtime import to_boto3, to_wire
from botosmith.runtime.protocol.lazy_dict import LazyParameters, LazyReply

EXPECTED = {"LockerId": "a", "Tags": [{"Key": "k", "Value": "vvvv"}]}


def _match(value: Any) -> Any:
    match value:
        case {"LockerId": found, **rest}:
            return found, rest
        case _:
            return None


# Ways to look that give the content, or something that the content decides.
LOOKS: dict[str, Callable[[Any], Any]] = {
    "getitem": lambda d: d["LockerId"],
    "get": lambda d: d.get("LockerId"),
    "get with default": lambda d: d.get("nothing", 7),
    "in": lambda d: ("LockerId" in d, "nothing" in d),
    "len": len,
    "bool": bool,
    "iter": list,
    "reversed": lambda d: list(reversed(d)),
    "keys": lambda d: list(d.keys()),
    "values": lambda d: list(d.values()),
    "items": lambda d: list(d.items()),
    "dict": dict,
    "unpack": lambda d: {**d},
    "call": lambda d: dict(**d),
    "update": lambda d: _changed({}, "update", d),
    "merge": lambda d: d | {"x": 1},
    "merged into": lambda d: {"x": 1} | d,
    "equal": lambda d: d == EXPECTED,
    "equalled": lambda d: EXPECTED == d,  # noqa: SIM300 - the other way round
    "unequal": lambda d: d != EXPECTED,
    "repr": repr,
    "str": str,
    "format": "{0}".format,
    "json": json.dumps,
    "json indented": lambda d: json.dumps(d, indent=1),
    "copy method": lambda d: d.copy(),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda d: pickle.loads(pickle.dumps(d)),  # noqa: S301 - our own
    "sorted": sorted,
    "pop": lambda d: (d.pop("LockerId"), dict(d)),
    "popitem": lambda d: (d.popitem(), dict(d)),
    "setdefault": lambda d: (d.setdefault("LockerId", "b"), dict(d)),
    "setitem": lambda d: _changed(d, "__setitem__", "x", 1),
    "delitem": lambda d: _changed(d, "__delitem__", "LockerId"),
    "update in place": lambda d: _changed(d, "update", x=1),
    "merge in place": lambda d: _changed(d, "__ior__", {"x": 1}),
    "clear": lambda d: _changed(d, "clear"),
    "match": _match,
    "interpolate": lambda d: "%(LockerId)s" % d,  # noqa: UP031 - it looks, too
}


def _changed(target: Any, method: str, *args: Any, **kwargs: Any) -> Any:
    getattr(target, method)(*args, **kwargs)
    return dict(target)


@pytest.fixture
def lazy(parcels: Any) -> LazyParameters:
    """The parameters of a call, unseen."""
    tags = [parcels.Tag(key="k", value="vvvv")]
    request = parcels.OpenLockerRequest(locker_id="a", tags=tags)
    return LazyParameters(request, to_wire(request), {})


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_look_finds_what_a_dictionary_would_show(
    lazy: LazyParameters, look: Callable[[Any], Any]
) -> None:
    """Whatever is done to it gives the result that a plain dictionary gives."""
    assert look(lazy) == look(copy.deepcopy(EXPECTED))


def test_every_method_of_dictionaries_is_covered() -> None:
    """No method of `dict` reaches the content before it is there."""
    inert = {"__new__", "__init__", "__getattribute__", "__doc__", "__hash__"}
    inert |= {"__class_getitem__", "fromkeys", "__sizeof__"}

    assert set(vars(dict)) - set(dir(LazyParameters)) == set()
    assert [
        name
        for name in vars(dict)
        if name not in inert and getattr(LazyParameters, name) is getattr(dict, name)
    ] == []


def test_a_look_is_no_change(lazy: LazyParameters) -> None:
    """A dictionary that was only looked at goes out as the object that it is."""
    assert dict(lazy) == EXPECTED
    assert not lazy.is_changed()


def test_a_change_deep_inside_is_seen(lazy: LazyParameters) -> None:
    """A hook may change what the parameters hold, and the request stays as it was."""
    lazy["Tags"][0]["Key"] = "other"

    assert lazy.is_changed()
    assert to_boto3(lazy.request) == EXPECTED


@pytest.fixture
def reply(parcels: Any) -> LazyReply:
    """A parsed reply, unseen."""
    response = parcels.OpenLockerResponse(state=parcels.LockerState.FREE)
    return LazyReply(response, {"HTTPStatusCode": 200})


def test_what_botocore_asks_of_every_reply_fills_nothing(reply: LazyReply) -> None:
    """The exchange's facts and the absence of an error are known without filling."""
    reply.update({})
    reply.setdefault("ResponseMetadata", {}).update({"Retry": 1})

    assert reply.get("Error", {}) == {}
    assert "Error" not in reply
    assert reply["ResponseMetadata"] == {"HTTPStatusCode": 200, "Retry": 1}
    assert not reply._is_filled


def test_a_reply_shows_its_members_first(reply: LazyReply) -> None:
    """As in boto3, `ResponseMetadata` comes last."""
    assert list(reply.items()) == [
        ("State", "free"),
        ("ResponseMetadata", {"HTTPStatusCode": 200}),
    ]
    assert not reply.is_changed()


def test_a_reply_with_a_member_called_error_shows_it(parcels: Any) -> None:
    """Some replies have such a member; botocore finds it there, too."""
    reply = LazyReply(parcels.DescribeCrateResponse(error="torn"), {})

    assert reply.get("Error") == "torn"


@pytest.mark.parametrize(
    "change",
    [
        lambda reply: reply.update(State="in-use"),
        lambda reply: reply.setdefault("State2", 1),
        lambda reply: reply.pop("State"),
        lambda reply: reply.__setitem__("ResponseMetadata", {}),
    ],
)
def test_a_changed_reply_is_seen(
    reply: LazyReply, change: Callable[[LazyReply], Any]
) -> None:
    """Each way to change a reply counts as one."""
    change(reply)

    assert reply.is_changed()
