"""S3: what the service finds in an object, as it finds it."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any
from zlib import crc32

from tests.contract.scenarios.responder import Answer, Responder


def event(name: str, payload: bytes) -> bytes:
    """An event as the service frames it: lengths, headers and checksums."""
    headers = b""
    for key, value in ((":message-type", "event"), (":event-type", name)):
        headers += struct.pack(">B", len(key)) + key.encode()
        headers += struct.pack(">BH", 7, len(value)) + value.encode()
    prelude = struct.pack(">II", len(headers) + len(payload) + 16, len(headers))
    framed = prelude + struct.pack(">I", crc32(prelude)) + headers + payload
    return framed + struct.pack(">I", crc32(framed))


def test_events_of_a_query(
    s3: Any, connect: Callable[..., Any], responder: Responder
) -> None:
    """The service's findings in an object come as they are; moto cannot look."""
    client = connect("s3", endpoint_url=responder.url)
    stats = (
        b"<Stats><BytesScanned>9</BytesScanned><BytesProcessed>9</BytesProcessed>"
        b"<BytesReturned>0</BytesReturned></Stats>"
    )
    responder.answers = [
        Answer(
            event("Records", b"a,b\n")
            + event("Cont", b"")
            + event("Records", b"\xff")
            + event("Stats", stats)
            + event("Newer", b"x")
            + event("End", b"")
        )
    ]

    reply = client.select_object_content(
        bucket="parcels",
        key="a",
        expression="SELECT * FROM s3object s WHERE s._1 < 'b&c'",
        expression_type=s3.ExpressionType.SQL,
        input_serialization=s3.InputSerialization(
            csv=s3.CSVInput(file_header_info=s3.FileHeaderInfo.NONE)
        ),
        output_serialization=s3.OutputSerialization(csv=s3.CSVOutput()),
    )
    with reply.payload as events:
        found = list(events)

    assert b"WHERE s._1 &lt; 'b&amp;c'" in responder.received[0].body
    assert [one.records.payload for one in found if one.records] == [b"a,b\n", b"\xff"]
    (told,) = [one.stats.details for one in found if one.stats]
    assert (told.bytes_scanned, told.bytes_returned) == (9, 0)
    assert found[1].cont == s3.ContinuationEvent()
    assert len(found) == 5  # botocore passes over events that the model does not know
    assert found[-1].end == s3.EndEvent()
