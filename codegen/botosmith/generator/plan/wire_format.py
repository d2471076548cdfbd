"""The formats in which wire code writes and reads leaves of documents, by protocol.

A document is the result of `_to_wire` and the argument of `_from_wire`: JSON, CBOR's
values, or, on the plain path, botocore's parameters and parsed replies.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

_INTEGERS = ("byte", "short", "integer", "long", "bigInteger")
_FLOATS = ("float", "double", "bigDecimal")

_STRICT = {
    "blob": "blob",
    "boolean": "boolean",
    "timestamp": "timestamp",
    **dict.fromkeys(_INTEGERS, "integer"),
    **dict.fromkeys(_FLOATS, "number"),
}


@frozen
class WireFormat:
    """The format of a protocol's documents.

    Attributes:
        writers: The functions of `writers` for each type; `string` for the others.
        readers: The functions of `readers` for each type; `string` for the others.
        timestamp_writers: The writers for the timestamp formats that a model may name.
        by_name: Whether documents use members' names in the model, not on the wire.
        reads_by_name: Whether only replies do so, as in botocore
            (`BaseRpcV2Parser._handle_structure`).
        union_writer: The function that checks the choice of a union with such names.
        is_described: Whether the members' descriptions suffice to write and read, so
            that the run time needs no wire code (`serde.interpreter`).
    """

    writers: Mapping[str, str]
    readers: Mapping[str, str]
    timestamp_writers: Mapping[str, str]
    by_name: bool = False
    reads_by_name: bool = False
    union_writer: str = "union"
    is_described: bool = True


JSON = WireFormat(
    writers=_STRICT,
    readers=_STRICT,
    timestamp_writers={"iso8601": "timestamp_iso8601", "rfc822": "timestamp_rfc822"},
)

#: botocore converts every number to a float (`botocore.parsers.RestJSONParser`).
REST_JSON = WireFormat(
    writers=JSON.writers,
    readers={**_STRICT, **dict.fromkeys(_FLOATS, "number_or_text")},
    timestamp_writers=JSON.timestamp_writers,
)

CBOR = WireFormat(
    writers={
        "blob": "binary",
        "boolean": "boolean",
        "timestamp": "instant",
        **dict.fromkeys(_INTEGERS, "long"),
        **dict.fromkeys(_FLOATS, "double"),
        "float": "single",
    },
    readers=_STRICT,
    timestamp_writers={},
    reads_by_name=True,
    union_writer="binary_union",
    # Descriptions do not tell numbers of 32 bits from those of 64 bits.
    is_described=False,
)

PLAIN = WireFormat(
    writers={
        "blob": "binary",
        "boolean": "boolean",
        "timestamp": "instant",
        **dict.fromkeys(_INTEGERS, "integer"),
        **dict.fromkeys(_FLOATS, "real"),
    },
    readers=_STRICT,
    timestamp_writers={},
    by_name=True,
)

_FORMATS = {"json": JSON, "rest-json": REST_JSON, "smithy-rpc-v2-cbor": CBOR}


def find_wire_format(protocol: str) -> WireFormat:
    """Return the format of a protocol's documents."""
    return _FORMATS.get(protocol, PLAIN)
