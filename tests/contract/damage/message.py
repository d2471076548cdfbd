"""Streams of events, taken apart and damaged."""

from __future__ import annotations

import struct
from binascii import crc32
from collections.abc import Callable, Mapping
from random import Random

from attrs import define, field
from tests.contract.damage.spoil import spoil
from tests.contract.damage.tree import damage_tree

from botosmith.testing.reply.frame import (
    write_error,
    write_exception,
    write_initial,
    write_message,
)

_PRELUDE = 12
_CHECKSUM = 4


@define
class Message:
    """A message of a stream.

    Attributes:
        head: Its headers as they travel.
        payload: Its payload.
        total: The length of it all that it says; None for the right one.
        head_length: The length of the headers that it says; None for the right one.
        prelude_check: The checksum of the lengths; None for the right one.
        check: The checksum of it all; None for the right one.
    """

    head: bytes
    payload: bytes
    total: int | None = None
    head_length: int | None = None
    prelude_check: int | None = None
    check: int | None = None

    def render(self) -> bytes:
        """The bytes that are sent."""
        length = _PRELUDE + len(self.head) + len(self.payload) + _CHECKSUM
        total = length if self.total is None else self.total
        head = len(self.head) if self.head_length is None else self.head_length
        prelude = struct.pack("!II", total, head)
        first = crc32(prelude) if self.prelude_check is None else self.prelude_check
        content = prelude + struct.pack("!I", first) + self.head + self.payload
        last = crc32(content) if self.check is None else self.check
        return content + struct.pack("!I", last)


def split(body: bytes) -> list[Message]:
    """The messages of a stream that is not damaged."""
    messages: list[Message] = []
    while body:
        total, head = struct.unpack("!II", body[:8])
        content = body[_PRELUDE : total - _CHECKSUM]
        messages.append(Message(content[:head], content[head:]))
        body = body[total:]
    return messages


@define
class Stream:
    """A stream that is being damaged."""

    messages: list[Message]
    tail: bytes = b""
    spoilt: list[str] = field(factory=list)

    def render(self) -> bytes:
        """The bytes that are sent."""
        return b"".join(one.render() for one in self.messages) + self.tail


Damage = Callable[[Random, Stream], None]

_KINDS = (
    b"event",
    b"exception",
    b"error",
    b"",
    b"nonsense",
    b"\xff",
    b"Event",
)


def damage_stream(random: Random, body: bytes) -> tuple[str, bytes]:
    """Damage a stream of events, and say how."""
    name = random.choice([*DAMAGES])
    if name == "bytes":
        how, made = spoil(random, body)
        return f"events: {how}", made
    stream = Stream(split(body) or [_any_message()])
    DAMAGES[name](random, stream)
    return f"events: {name}", stream.render()


def _any_message() -> Message:
    return split(write_message({":message-type": "event", ":event-type": "x"}, b"{}"))[
        0
    ]


def _one(random: Random, stream: Stream) -> Message:
    return random.choice(stream.messages)


def _lengths(random: Random, stream: Stream) -> None:
    one = _one(random, stream)
    wrong = (0, 1, 15, 16, 17, len(one.payload), 1 << 24, 1 << 31, (1 << 32) - 1)
    match random.randrange(3):
        case 0:
            one.total = random.choice(wrong)
        case 1:
            one.head_length = random.choice(wrong)
        case _:
            one.total = len(one.render()) + random.choice((-1, 1, 4, 100))


def _checks(random: Random, stream: Stream) -> None:
    one = _one(random, stream)
    if random.randrange(2):
        one.check = random.getrandbits(32)
    else:
        one.prelude_check = random.getrandbits(32)


def _headers(random: Random, stream: Stream) -> None:
    one = _one(random, stream)
    one.head = spoil(random, one.head)[1][:100_000]


def _header_type(random: Random, stream: Stream) -> None:
    """Another type of the first header, or a header of any type before it."""
    one = _one(random, stream)
    kind = random.choice((0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255))
    name = random.choice((b":event-type", b"Number", b"At", b"Key", b"", b"\xff\xfe"))
    value = random.choice(
        (b"", b"\0", b"\xff" * 8, b"\0\2ab", b"\0\2\xff\xfe", b"1" * 16)
    )
    one.head = bytes([len(name)]) + name + bytes([kind]) + value + one.head


def _message_type(random: Random, stream: Stream) -> None:
    one = _one(random, stream)
    for kind in (b"event", b"exception"):
        old = b"\7\0" + bytes([len(kind)]) + kind
        if old in one.head:
            new = random.choice(_KINDS)
            one.head = one.head.replace(old, b"\7\0" + bytes([len(new)]) + new, 1)
            return


def _event_type(random: Random, stream: Stream) -> None:
    made = random.choice(("Future", "", "initial-response", "\u202e", "x" * 3_000))
    headers = {":message-type": "event", ":event-type": made}
    payload = random.choice((b"", b"{}", b"x", b'{"a":1}'))
    _insert(random, stream, write_message(headers, payload))


def _payload(random: Random, stream: Stream) -> None:
    one = _one(random, stream)
    damaged = damage_tree(random, one.payload)
    one.payload = damaged[1] if damaged else spoil(random, one.payload)[1]


def _payload_bytes(random: Random, stream: Stream) -> None:
    one = _one(random, stream)
    one.payload = spoil(random, one.payload)[1]


def _error(random: Random, stream: Stream) -> None:
    payload = random.choice(
        (
            b"",
            b"{}",
            b"[]",
            b"x",
            b'{"message":"m"}',
            b'{"message":1}',
            b"null",
            b"<a/>",
        )
    )
    name = random.choice(("Busy", "busy", "Future", "", "InternalServerException"))
    made = random.choice(
        (
            write_exception(name, payload),
            write_error("Code", "message"),
            write_error("", ""),
            write_message({":message-type": "exception"}, payload),
            write_message({":message-type": "error"}, payload),
            write_message(
                {":message-type": "exception", ":exception-type": 5}, payload
            ),
            write_message({":message-type": "error", ":error-code": b"\xff"}, payload),
        )
    )
    _insert(random, stream, made)


def _first(random: Random, stream: Stream) -> None:
    """Something else comes first, where some protocols have the rest of the reply."""
    match random.randrange(4):
        case 0:
            del stream.messages[0]
        case 1:
            stream.messages.insert(0, stream.messages[0])
        case 2:
            payload = random.choice((b"", b"[]", b"x", b'{"Label":5}', b"null"))
            stream.messages.insert(0, split(write_initial(payload))[0])
        case _:
            name = random.choice(("Busy", "Future", "ResourceInUseException"))
            made = write_exception(name, b'{"message":"m"}')
            stream.messages.insert(0, split(made)[0])


def _order(random: Random, stream: Stream) -> None:
    random.shuffle(stream.messages)


def _bare(random: Random, stream: Stream) -> None:
    _insert(random, stream, Message(b"", random.choice((b"", b"{}", b"x"))).render())


def _none(_: Random, stream: Stream) -> None:
    stream.messages.clear()


def _more(random: Random, stream: Stream) -> None:
    stream.tail = random.choice((b"\0", b"\0" * 11, b"\0" * 12, b"\0" * 16, b"x" * 100))


def _cut(random: Random, stream: Stream) -> None:
    """Within a message, or between two."""
    whole = stream.render()
    end = random.randrange(len(whole) + 1)
    stream.messages, stream.tail = [], whole[:end]


def _insert(random: Random, stream: Stream, message: bytes) -> None:
    place = random.randrange(len(stream.messages) + 1)
    stream.messages[place:place] = split(message)


def _nothing(_: Random, stream: Stream) -> None:
    """The stream stays whole; what is damaged is around it."""
    del stream


DAMAGES: Mapping[str, Damage] = {
    "bytes": _nothing,
    "lengths": _lengths,
    "checksums": _checks,
    "headers": _headers,
    "a header's type": _header_type,
    "the message's type": _message_type,
    "the event's type": _event_type,
    "a payload's values": _payload,
    "a payload's bytes": _payload_bytes,
    "an error": _error,
    "the first message": _first,
    "the order": _order,
    "a message without headers": _bare,
    "no message": _none,
    "bytes behind": _more,
    "cut": _cut,
}
