"""Damage to bytes, whatever they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

Spoil = Callable[[Random, bytes], bytes]

_PIECES = (
    *(b"\0", b"\xff", b"\xc3\x28", b"\xed\xa0\x80", b"\xef\xbb\xbf", b'"', b"{", b"}"),
    *(b"[", b"]", b"<", b">", b"&", b"null", b",", b":", b"\r\n", b"\n", b"\x7f", b"9"),
    *(b"\xa0", b"\xbf", b"\x9f", b"\xf6", b"\xfb", b"\x1b", b"%", b"\\ud800", b"\\"),
)

_WHOLES = (
    *(
        b"",
        b"null",
        b"[]",
        b"{}",
        b"0",
        b'""',
        b"true",
        b" ",
        b"\n",
        b"NaN",
        b"{",
        b"[",
    ),
    *(b"<html><body>Sign in</body></html>", b"<!doctype html>", b"<a/>", b"<a", b"&"),
    *(b"\xef\xbb\xbf", b"\xff\xfe", b"\0" * 64, b"\xa0", b"\xbf", b"\xf6", b"\x80"),
    *(b"[" * 100_000, b'{"a":' * 50_000, b"\x81" * 100_000, b"<a>" * 50_000),
    b"<?xml version='1.0' encoding='utf-16'?><a/>",
    b"<?xml version='1.0' encoding='nonsense'?><a/>",
    b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
    b"<a xmlns:b='c'><b:d e='f'>g</b:d></a>",
    b"Internal Server Error",
)


def spoil(random: Random, body: bytes) -> tuple[str, bytes]:
    """Damage a body somewhere, and say how."""
    name = random.choice([*SPOILS])
    return name, SPOILS[name](random, body)


def _range(random: Random, body: bytes) -> tuple[int, int]:
    start = random.randrange(len(body) + 1)
    return start, min(len(body), start + random.choice((1, 1, 2, 5, 40)))


def _flip_bit(random: Random, body: bytes) -> bytes:
    made = bytearray(body or b"\0")
    for _ in range(random.choice((1, 1, 1, 3, 10))):
        made[random.randrange(len(made))] ^= 1 << random.randrange(8)
    return bytes(made)


def _set_byte(random: Random, body: bytes) -> bytes:
    made = bytearray(body or b"\0")
    made[random.randrange(len(made))] = random.randrange(256)
    return bytes(made)


def _delete(random: Random, body: bytes) -> bytes:
    start, end = _range(random, body)
    return body[:start] + body[end:]


def _insert(random: Random, body: bytes) -> bytes:
    place = random.randrange(len(body) + 1)
    return body[:place] + random.choice(_PIECES) + body[place:]


def _double(random: Random, body: bytes) -> bytes:
    start, end = _range(random, body)
    return body[:end] + body[start:]


def _cut(random: Random, body: bytes) -> bytes:
    return body[: random.randrange(len(body) + 1)]


def _behead(random: Random, body: bytes) -> bytes:
    return body[random.randrange(len(body) + 1) :]


def _repeat(_: Random, body: bytes) -> bytes:
    return body + body


def _replace(random: Random, _: bytes) -> bytes:
    return random.choice(_WHOLES)


def _draw(random: Random, _: bytes) -> bytes:
    return random.randbytes(random.randrange(64))


def _encode_otherwise(random: Random, body: bytes) -> bytes:
    text = body.decode("utf-8", "replace")
    encoding = random.choice(("utf-16", "utf-8-sig", "latin-1", "utf-32"))
    return text.encode(encoding, "replace")


SPOILS: Mapping[str, Spoil] = {
    "bits flipped": _flip_bit,
    "a byte set": _set_byte,
    "bytes deleted": _delete,
    "bytes inserted": _insert,
    "bytes doubled": _double,
    "cut": _cut,
    "beheaded": _behead,
    "repeated": _repeat,
    "another body": _replace,
    "any bytes": _draw,
    "another encoding": _encode_otherwise,
}
