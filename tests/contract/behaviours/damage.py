"""Streams of events with damage of every kind, the same ones for each seed."""

from __future__ import annotations

import json
import random
import struct
from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen
from tests.contract.behaviours.frame import encode_frame
from tests.support.sweep import THOROUGH

from botosmith.runtime.protocol import cbor

#: The number of streams that are damaged for each service, path and client.
COUNT = 1000 if THOROUGH else 30

#: Values in the place of others.
ODD: Sequence[Any] = (
    None,
    True,
    -1,
    5,
    1.5,
    10**400,
    float("nan"),
    "",
    "x",
    "A",
    "\ud800",
    "0001-01-01T00:00:00+10:00",
    [],
    {},
    [None],
    [[[]]],
    {"": {}},
    {"message": 5},
)


@frozen
class Frame:
    """A message that is written when it has been damaged.

    Attributes:
        headers: Its headers.
        payload: Its payload: bytes, or a document.
    """

    headers: dict[str, Any]
    payload: Any


def damage(frames: Sequence[Frame], encode: Callable[[Any], bytes], seed: int) -> bytes:
    """Return a stream that is damaged in one to three places.

    Args:
        frames: The messages.
        encode: Writes a payload that is a document.
        seed: Says which damage.
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    changed = list(frames)
    for _ in range(chance.randint(0, 2)):
        _damage_frame(changed, chance)
    content = b"".join(
        encode_frame(
            one.headers,
            one.payload if isinstance(one.payload, bytes) else encode(one.payload),
        )
        for one in changed
    )
    if changed == list(frames) or chance.random() < 0.3:
        content = _damage_bytes(content, chance)
    return content


def _damage_frame(frames: list[Frame], chance: random.Random) -> None:
    at = chance.randrange(len(frames))
    one = frames[at]
    match chance.randrange(6):
        case 0:
            frames[at] = Frame(_mutate_headers(one.headers, chance), one.payload)
        case 1:
            frames[at] = Frame(one.headers, chance.randbytes(chance.randint(0, 40)))
        case 2:
            frames.insert(chance.randrange(len(frames)), one)
        case 3 if len(frames) > 1:
            del frames[at]
        case _:
            frames[at] = Frame(one.headers, _mutate(one.payload, chance))


def _mutate_headers(headers: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    changed = dict(headers)
    name = chance.choice([*headers, "Extra"])
    if chance.random() < 0.3:
        changed.pop(name, None)
    else:
        kinds = ["event", "error", "exception", "initial-response"]
        changed[name] = chance.choice([True, 7, b"\xff", "x", "", *kinds])
    return changed


def _mutate(value: Any, chance: random.Random) -> Any:
    """Return a document in which one value is another."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        key = chance.choice(list(value))
        return {**value, key: _mutate(value[key], chance)}
    if isinstance(value, list) and value and chance.random() < 0.8:
        at = chance.randrange(len(value))
        return [*value[:at], _mutate(value[at], chance), *value[at + 1 :]]
    if isinstance(value, bytes):
        return _damage_bytes(value, chance)
    return chance.choice(ODD)


def _damage_bytes(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    part = content[start:end]
    match chance.randrange(5):
        case 0:
            return content[:start]
        case 1:
            return content[:start] + content[end:]
        case 2:
            return content[:end] + part + content[end:]
        case 3:
            noise = chance.randbytes(chance.randint(1, 20))
            return content[:start] + noise + content[start:]
        case _:
            changed = bytearray(content)
            for _ in range(chance.randint(1, 4) if content else 0):
                changed[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
            return bytes(changed)


def event(kind: str, payload: Any = b"", **headers: Any) -> Frame:
    """Return an event."""
    return Frame({":message-type": "event", ":event-type": kind, **headers}, payload)


def exception(kind: str, payload: Any) -> Frame:
    """Return an error in the place of an event."""
    return Frame({":message-type": "exception", ":exception-type": kind}, payload)


def encode_json(document: Any) -> bytes:
    """Return JSON."""
    return json.dumps(document).encode()


def encode_cbor(document: Any) -> bytes:
    """Return CBOR; nothing it can be of what CBOR has no form for."""
    try:
        return cbor.encode(document)
    except (OverflowError, UnicodeEncodeError, struct.error):
        return b"\xff"


_RECORD = {
    "SequenceNumber": "1",
    "Data": "AAE=",
    "PartitionKey": "p",
    "ApproximateArrivalTimestamp": 1.5,
    "EncryptionType": "KMS",
}

#: The events of a few operations.
STREAMS: dict[str, Sequence[Frame]] = {
    "kinesis": [
        event("initial-response", {}),
        event(
            "SubscribeToShardEvent",
            {
                "Records": [_RECORD, _RECORD],
                "ContinuationSequenceNumber": "2",
                "MillisBehindLatest": 0,
                "ChildShards": [
                    {"ShardId": "s", "ParentShards": ["a"], "HashKeyRange": {}}
                ],
            },
        ),
        exception("ResourceInUseException", {"message": "taken"}),
    ],
    "lambda": [
        event("PayloadChunk", b"abc"),
        event("InvokeComplete", {"ErrorCode": "e", "ErrorDetails": "d"}),
    ],
    "s3": [
        event("Records", b"a,b"),
        event("Progress", b"<D><BytesScanned>1</BytesScanned></D>"),
        event("Stats", b"<D><BytesReturned>2</BytesReturned></D>"),
        event("End"),
    ],
    "bedrock-runtime": [
        event("messageStart", {"role": "assistant"}),
        event("contentBlockDelta", {"delta": {"text": "he"}, "contentBlockIndex": 0}),
        event("messageStop", {"stopReason": "end_turn"}),
        event("metadata", {"usage": {"inputTokens": 1}, "metrics": {"latencyMs": 1}}),
        exception(
            "modelStreamErrorException", {"message": "m", "originalMessage": "o"}
        ),
    ],
    "parcels": [
        event("initial-response", {"Kind": 1}),
        event("Said", {"Text": "t"}),
        exception("busy", {"message": "m", "until": 7}),
    ],
}
