"""Traits, each with values that its format allows, wherever it may stand.

botocore takes what a use of a shape says and what the shape says for one, so that each
trait may stand at either; and most of them mean something in one protocol only, and say
nothing in another. What is drawn here is what has no business where it stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.support.hostile.name import names_alone
from tests.support.hostile.payload import documentation, texts
from tests.support.hostile.rule import NAMES

Model = dict[str, Any]
Table = Mapping[str, SearchStrategy[Any]]

LOCATIONS = ("header", "headers", "querystring", "uri", "statusCode")

#: Traits that are a flag or a text, and mean the same everywhere.
_PLAIN = ("box", "deprecated", "sensitive", "synthetic")

#: Flags that concern how a value travels.
_TRAVEL = (
    *("endpointdiscoveryid", "eventheader", "eventpayload", "flattened", "hostLabel"),
    *("idempotencyToken", "jsonvalue", "requiresLength", "streaming", "wrapper"),
    "xmlAttribute",
)

_FORMATS = ("iso8601", "rfc822", "unixTimestamp", "unixtimestamp", "ISO8601")


def draw_traits(draw: DrawFn, *names: str) -> Model:
    """Some of the traits that are a flag or a text."""
    traits: Model = {}
    for name in names:
        # The least number, to which Hypothesis shrinks, leaves the trait away.
        if draw(st.integers(0, 2)) == 2:
            text = name in {"documentation", "deprecatedMessage"}
            traits[name] = draw(documentation()) if text else True
    return traits


def draw_strays(draw: DrawFn, table: Table) -> Model:
    """Most often nothing, else one or two traits of a table."""
    count = (0, 0, 0, 1, 2)[draw(st.integers(0, 4))]
    names = [draw(st.sampled_from([*table])) for _ in range(count)]
    return {name: draw(table[name]) for name in names}


@cache
def flags() -> SearchStrategy[bool]:
    """Mostly true: a flag may be there and say no."""
    return st.sampled_from((True, True, True, False))


@cache
def wire_names() -> SearchStrategy[str]:
    """Draw a name on the wire."""
    return st.one_of(names_alone(), st.sampled_from(("", "@type", "X-Amz-A", "x:y")))


@cache
def timestamp_formats() -> SearchStrategy[str]:
    """The formats that botocore knows, whose case it does not look at."""
    return st.sampled_from(_FORMATS)


@cache
def namespaces() -> SearchStrategy[Any]:
    """Namespaces of XML, with and without a prefix; botocore takes a mere URI, too."""
    uri = st.sampled_from(("https://parcels.example/", "", "a b", '"<&>'))
    prefix = st.sampled_from(("x", "xsi", "", "1", "a:b"))
    return st.one_of(
        st.fixed_dictionaries({"uri": uri}, optional={"prefix": prefix}),
        uri,
    )


@cache
def context_parameters() -> SearchStrategy[Model]:
    """Parameters of endpoint rules."""
    return st.fixed_dictionaries({"name": st.sampled_from(NAMES)})


@cache
def shared_traits() -> Table:
    """Draw traits of a shape, and of every use of one."""
    return {
        **dict.fromkeys(_PLAIN, flags()),
        **dict.fromkeys(_TRAVEL, flags()),
        "contextParam": context_parameters(),
        "deprecatedMessage": documentation(),
        "deprecatedSince": texts(),
        "document": st.sampled_from((False,)),
        "documentation": documentation(),
        "error": st.sampled_from(({}, {"code": "Other", "httpStatusCode": 418})),
        "event": flags(),
        "exception": st.sampled_from((False,)),
        "fault": flags(),
        "location": st.sampled_from((*LOCATIONS, "nowhere")),
        "locationName": wire_names(),
        "pattern": st.just(".*"),
        "queryName": wire_names(),
        "resultWrapper": wire_names(),
        "retryable": st.sampled_from(({}, {"throttling": True})),
        "sparse": flags(),
        "timestampFormat": timestamp_formats(),
        "xmlNamespace": namespaces(),
        "xmlOrder": st.lists(wire_names(), max_size=2),
    }
