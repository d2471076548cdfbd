"""How wire code writes and reads the leaves of its documents, by protocol.

A document is what `_to_wire` makes and `_from_wire` takes: JSON, the values that CBOR
knows, or where botocore does all the rest, what it takes for parameters and gives for a
reply.
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
        timestamp_writers: Those for the formats that the model may ask for.
        by_name: Whether members go by their names in the model, not on the wire.
        reads_by_name: Whether they do so in replies alone. That is how botocore has it
            (`BaseRpcV2Parser._handle_structure`).
        union_writer: What sees to the choice of a union whose members go by these.
        is_described: Whether the members' descriptions say all that wire code knows,
            so that the run time can do without it (`serde.interpreter`).
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

#: botocore makes a float of every number (`botocore.parsers.RestJSONParser`).
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
    # Numbers of 32 and of 64 bits are described alike.
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
