"""The traits of things in a model, beside their types."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

Values = tuple[Any, ...]

#: Traits that the generator has never heard of, down to the difference of 1 and True.
_UNKNOWN: dict[str, Values] = {
    "custom": ({"deep": [1, {}]}, {"deep": [True, {}]}, {"deep": [1]}, ["a"], ["b", 0]),
    "hint": ({"shape": "Nowhere"}, {"shape": "Elsewhere"}, {"name": "documentation"}),
}
_USE: dict[str, Values] = {
    "locationName": ("key", "Key", "x-key"),
    "xmlNamespace": ({"uri": "a"}, {"uri": "b"}),
    **_UNKNOWN,
}

#: By the sort of place: the keys that are traits there, and values of theirs.
TRAITS: dict[str, dict[str, Values]] = {
    "service": {
        "version": ("2.0", "1.0"),
        "examples": ({"a": []}, {"b": []}),
        **_UNKNOWN,
    },
    "metadata": {
        "uid": ("parcels-1", "parcels-2"),
        "protocols": (["json"], ["json", "query"], ["query", "json"]),
        "serviceFullName": ("Amazon Parcels", "AWS Parcels"),
        **_UNKNOWN,
    },
    "operation": {
        "http": ({"method": "POST", "requestUri": "/"}, {"method": "GET"}),
        "idempotent": (True, False),
        "deprecated": (True, False),
        "deprecatedMessage": ("Use another.", "Use none."),
        "authtype": ("none", "v4"),
        **_UNKNOWN,
    },
    "end": _USE,
    "error use": {"exception": (True, False), **_UNKNOWN},
    "shape": {
        "sensitive": (True, False),
        "box": (True, False),
        "timestampFormat": ("iso8601", "rfc822", "unixTimestamp"),
        "flattened": (True, False),
        **_UNKNOWN,
    },
    "member": {
        "idempotencyToken": (True, False),
        "deprecated": (True, False),
        "deprecatedMessage": ("Use another.", "Use none."),
        "sensitive": (True, False),
        "box": (True, False),
        "timestampFormat": ("iso8601", "rfc822"),
        "location": ("header", "querystring"),
        **_USE,
    },
    "item": _USE,
    "key": _USE,
    "value": _USE,
}

#: Traits that make another sort of shape of a structure.
REMAKING: dict[str, Values] = {
    "union": (True, False),
    "document": (True, False),
    "exception": (True, False),
    "error": ({"code": "Gone"}, {"code": "Lost"}, {"httpStatusCode": 400}),
}

WORDS: dict[str, Values] = {
    "documentation": ("", "<p>Words.</p>", "<p>Other words.</p>")
}
LINKED: dict[str, Values] = {
    **WORDS,
    "documentationUrl": ("https://a.example", "https://b.example"),
}

#: By their keys: what limits the values of a shape.
LIMITS: dict[str, Values] = {
    "min": (0, 1, 2, -3, 0.5),
    "max": (8, 16, 3.5, 2**40),
    "pattern": (".*", "[a-z]+", r"\p{L}"),
}


def draw_traits(draw: DrawFn, sort: str) -> dict[str, Any]:
    """Some of the traits and documentation of a place of a sort."""
    known = {**TRAITS[sort], **WORDS}
    chosen = draw(st.lists(st.sampled_from(sorted(known)), max_size=2, unique=True))
    return {key: draw(st.sampled_from(known[key])) for key in chosen}


def draw_limits(draw: DrawFn) -> dict[str, Any]:
    """Some limits."""
    chosen = draw(st.lists(st.sampled_from(sorted(LIMITS)), max_size=2, unique=True))
    return {key: draw(st.sampled_from(LIMITS[key])) for key in chosen}
