"""The type of each key of a service model, in all of botocore's models.

A key that is not listed may hold anything, since newer models have newer keys; `check`
finds missing keys.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from attrs import frozen

from botosmith.generator.json_type import is_array, is_object, name_kind


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_utf_8(value: Any) -> bool:
    return isinstance(value, str) and not _SURROGATE.search(value)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    try:
        return is_number and math.isfinite(value)
    except OverflowError:
        # An integer that no double holds cannot be a bound or a delay.
        return False


def _is_whole(value: Any) -> bool:
    return _is_number(value) and isinstance(value, int)


#: A surrogate: JSON has an escape for it, UTF-8 cannot encode it.
_SURROGATE = re.compile("[\ud800-\udfff]")


@frozen
class Leaf:
    """A value whose parts are not checked, and its kind in words."""

    words: str
    fits: Callable[[Any], bool]


@frozen
class Record:
    """An object with known keys, and any others."""

    keys: Mapping[str, Schema]


@frozen
class Table:
    """An object in which each value is of one sort."""

    values: Schema


@frozen
class Array:
    """An array in which each item is of one sort."""

    items: Schema


@frozen
class Choice:
    """One of several kinds of values."""

    options: tuple[Leaf | Record | Array, ...]


Schema = Leaf | Record | Table | Array | Choice

TEXT = Leaf("a string", _is_text)
#: The texts that botocore sends or looks up by name.
UTF_8 = Leaf("a string that UTF-8 can hold", _is_utf_8)
FLAG = Leaf("true or false", _is_flag)
NUMBER = Leaf("a number", _is_number)
WHOLE = Leaf("a whole number", _is_whole)
OBJECT = Leaf("an object", is_object)
TEXTS = Array(TEXT)

_DEPRECATION = {
    "deprecated": FLAG,
    "deprecatedMessage": TEXT,
    "deprecatedSince": TEXT,
}

_METADATA = Record(
    {
        **dict.fromkeys(
            (
                "apiVersion",
                "checksumFormat",
                "endpointPrefix",
                "globalEndpoint",
                "jsonVersion",
                "protocol",
                "serviceId",
                "signatureVersion",
                "signingName",
                "targetPrefix",
                "uid",
                "xmlNamespace",
            ),
            UTF_8,
        ),
        **dict.fromkeys(
            ("ripServiceName", "serviceAbbreviation", "serviceFullName"), TEXT
        ),
        "auth": TEXTS,
        "awsQueryCompatible": OBJECT,
        "protocols": TEXTS,
        "protocolSettings": OBJECT,
    }
)

#: The traits of a shape, each of which a use of the shape may override.
_TRAITS: Mapping[str, Schema] = {
    **_DEPRECATION,
    **dict.fromkeys(
        (
            "documentation",
            "location",
            "locationName",
            "pattern",
            "payload",
            "queryName",
            "resultWrapper",
            "timestampFormat",
        ),
        TEXT,
    ),
    **dict.fromkeys(
        (
            "box",
            "document",
            "endpointdiscoveryid",
            "event",
            "eventheader",
            "eventpayload",
            "eventstream",
            "exception",
            "fault",
            "flattened",
            "hostLabel",
            "idempotencyToken",
            "jsonvalue",
            "requiresLength",
            "sensitive",
            "sparse",
            "streaming",
            "synthetic",
            "union",
            "wrapper",
            "xmlAttribute",
        ),
        FLAG,
    ),
    "max": NUMBER,
    "min": NUMBER,
    "enum": TEXTS,
    "required": TEXTS,
    "xmlOrder": TEXTS,
    "contextParam": Record({"name": TEXT}),
    "error": Record({"code": TEXT, "httpStatusCode": WHOLE, "senderFault": FLAG}),
    "retryable": Record({"throttling": FLAG}),
    "xmlNamespace": Choice((TEXT, Record({"uri": TEXT, "prefix": TEXT}))),
}

_USE = Record({**_TRAITS, "shape": TEXT})

_SHAPE = Record(
    {
        **_TRAITS,
        "type": TEXT,
        "key": _USE,
        "member": _USE,
        "members": Table(_USE),
        "value": _USE,
    }
)

_OPERATION = Record(
    {
        **_DEPRECATION,
        "auth": TEXTS,
        "authtype": TEXT,
        "documentation": TEXT,
        "documentationUrl": TEXT,
        "endpoint": Record({"hostPrefix": TEXT}),
        "endpointdiscovery": Record({"required": FLAG}),
        "endpointoperation": FLAG,
        "errors": Array(_USE),
        "http": Record(
            {
                "authPath": TEXT,
                "method": TEXT,
                "requestUri": TEXT,
                "responseCode": WHOLE,
            }
        ),
        "httpChecksum": Record(
            {
                "requestAlgorithmMember": TEXT,
                "requestChecksumRequired": FLAG,
                "requestValidationModeMember": TEXT,
                "responseAlgorithms": TEXTS,
            }
        ),
        "httpChecksumRequired": FLAG,
        "idempotent": FLAG,
        "input": _USE,
        "name": TEXT,
        "operationContextParams": Table(Record({"path": TEXT})),
        "output": _USE,
        "readonly": FLAG,
        "requestcompression": Record({"encodings": TEXTS}),
        "staticContextParams": Table(Record({"value": Choice((TEXT, FLAG, TEXTS))})),
        "unsignedPayload": FLAG,
    }
)

MODEL = Record(
    {
        **_DEPRECATION,
        "clientContextParams": Table(Record({"documentation": TEXT, "type": TEXT})),
        "documentation": TEXT,
        "metadata": _METADATA,
        "operations": Table(_OPERATION),
        "shapes": Table(_SHAPE),
        "version": TEXT,
    }
)


def find_mismatches(value: Any, schema: Schema, path: str) -> Iterator[tuple[str, str]]:
    """Yield the path and the description of each mismatch of a value with a schema."""
    match schema:
        case Leaf():
            if not schema.fits(value):
                yield path, _say(value, schema.words)
        case Choice():
            fitting = (
                option
                for option in schema.options
                if not list(find_mismatches(value, option, path))
            )
            if next(fitting, None) is None:
                words = map(_name_sort, schema.options)
                yield path, _say(value, " or ".join(words))
        case Array():
            if not is_array(value):
                yield path, _say(value, "an array")
                return
            for index, item in enumerate(value):
                yield from find_mismatches(item, schema.items, f"{path}[{index}]")
        case _:
            yield from _look_into(value, schema, path)


def _look_into(
    value: Any, schema: Record | Table, path: str
) -> Iterator[tuple[str, str]]:
    if not is_object(value):
        yield path, _say(value, "an object")
        return
    for key, part in value.items():
        expected = schema.keys.get(key) if isinstance(schema, Record) else schema.values
        if expected is not None:
            place = f"{path}.{key}" if path else key
            yield from find_mismatches(part, expected, place)


def _name_sort(option: Leaf | Record | Array) -> str:
    match option:
        case Leaf():
            return option.words
        case Record():
            return "an object"
        case Array():
            return "an array"


def _say(value: Any, words: str) -> str:
    kind = "null" if value is None else name_kind(value)
    return f"is {kind}, not {words}"
