"""HTTP replies as bytes, and damage to all that is not their bodies."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Mapping
from random import Random

from attrs import define, field

from botosmith.testing.message import Reply

_STATUSES = (
    *(100, 101, 102, 200, 201, 202, 204, 205, 206, 226, 299, 300, 301, 302, 303, 304),
    *(307, 308, 399, 400, 401, 403, 404, 407, 408, 409, 412, 416, 418, 429, 451, 499),
    *(500, 501, 502, 503, 504, 509, 520, 599, 600, 999, 0, 99),
)

_TYPES = (
    *("", "text/html", "text/xml", "application/json", "application/xml", "x", "/"),
    *("application/cbor", "application/x-amz-json-1.0", "application/octet-stream"),
    *("application/vnd.amazon.eventstream", "text/plain; charset=utf-16", "\x01"),
)

_LENGTHS = (
    *(
        "0",
        "1",
        "-1",
        "+1",
        "x",
        "",
        "1.5",
        "0x10",
        "1, 1",
        "1 1",
        "9" * 19,
        "9" * 4_301,
    ),
    *("\u0661", " 7 "),
)

#: Header lines as they travel.
_LINES = (
    *(b"X-Big: " + b"x" * 70_000, b"x" * 70_000 + b": y", b"X-Latin: \xe9\xff", b": y"),
    *(b"X-Folded: a\r\n b", b" folded: a", b"no colon", b"X Space: a", b"X-Nul: \0"),
    *(b"X-Bare: a\rb", b"X-Utf: \xe2\x80\xae", b"", b"X-Tab:\ta", b"X-Empty:"),
    *(b"Connection: close", b"Connection: upgrade\r\nUpgrade: h2c", b"Trailer: X-A"),
    *(b"Content-Encoding: gzip", b"Content-Encoding: br", b"Content-Encoding: deflate"),
    *(b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked"),
    *(b"Transfer-Encoding: nonsense", b"Location: https://127.0.0.1:1/", b"Location: "),
    *(b"x-amzn-errortype: ", b"x-amzn-errortype: A:B:C", b"x-amzn-query-error: a"),
    *(b"x-amzn-query-error: a;b;c", b"x-amzn-requestid: \xff", b"Retry-After: x"),
    *(b"Date: x", b"x-amz-checksum-crc32: AAAAAA==", b"x-amz-checksum-sha256: x"),
    *(b"x-amz-bucket-region: moon", b"Set-Cookie: a=b", b"Content-Range: bytes x/y"),
)

#: Values that members in headers may be given.
_VALUES = (
    *(
        "",
        "x",
        "-1",
        "1e999",
        "NaN",
        "true",
        "TRUE",
        "9" * 4_400,
        "2020-13-45",
        "a,b,,",
    ),
    *("Mon, 05 Apr 2023 14:30:00 EDT", "Mon, 05 Apr 2023 14:30:00 XYZ", "\xe9", "%%%"),
    *("Mon, 01 Jan 2024 00:00:00 GMT, Tue, 02 Jan 2024 00:00:00 GMT", "e30=", "bm8="),
    *("0001-01-01T00:00:00+10:00", "2020-01-01T00:00:00+99:99", '"a', "1.5", "1" * 40),
)

_STARTS = (
    *(b"HTTP/1.0 200 OK", b"HTTP/1.1 200", b"HTTP/1.1 2000 OK", b"HTTP/1.1 abc OK"),
    *(
        b"HTTP/9.9 200 OK",
        b"ICY 200 OK",
        b"",
        b"\0\xff",
        b"GET / HTTP/1.1",
        b"HTTP/1.1",
    ),
    *(b"HTTP/1.1 200 \xff", b"HTTP/1.1 200 " + b"x" * 70_000, b"HTTP/1.1 -200 OK"),
)


@define
class Draft:
    """A reply that is being put together.

    Attributes:
        start: The first line.
        headers: The header lines, but for those that frame the body.
        body: The body.
        is_chunked: Whether it is sent in chunks, or with its length.
        length: The length that is announced, where it is not the body's.
        cut: How many bytes of it all are sent; None for all.
        piece: How many bytes a chunk has.
    """

    start: bytes
    headers: list[tuple[str, str] | bytes] = field(factory=list)
    body: bytes = b""
    is_chunked: bool = False
    length: str | None = None
    cut: int | None = None
    piece: int = 1_000

    @classmethod
    def of(cls, reply: Reply) -> Draft:
        """A reply before it is damaged."""
        names = {name.lower() for name in reply.headers}
        given = [*reply.headers.items()]
        if "x-amzn-requestid" not in names:
            given.append(("x-amzn-RequestId", "request-1"))
        start = f"HTTP/1.1 {reply.status} Said".encode()
        return cls(start, [*given], reply.body)

    def render(self) -> bytes:
        """The bytes that are sent."""
        lines = [self.start, *map(_render_line, self.headers)]
        body = self.body
        if self.is_chunked:
            lines.append(b"Transfer-Encoding: chunked")
            body = _chunk(body, self.piece)
        else:
            length = str(len(body)) if self.length is None else self.length
            lines.append(b"Content-Length: " + length.encode())
        whole = b"\r\n".join(lines) + b"\r\n\r\n" + body
        return whole if self.cut is None else whole[: self.cut]


def _render_line(line: tuple[str, str] | bytes) -> bytes:
    if isinstance(line, bytes):
        return line
    name, value = line
    return f"{name}: {value}".encode("utf-8", "surrogateescape")


def _chunk(body: bytes, size: int) -> bytes:
    pieces = [body[at : at + size] for at in range(0, len(body), size)]
    written = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces)
    return written + b"0\r\n\r\n"


Damage = Callable[[Random, Draft], None]


def damage_http(random: Random, draft: Draft) -> str:
    """Damage a reply beside its body, and say how."""
    name = random.choice([*DAMAGES])
    DAMAGES[name](random, draft)
    return name


def _status(random: Random, draft: Draft) -> None:
    status = random.choice(_STATUSES)
    draft.start = f"HTTP/1.1 {status} Said".encode()


def _start(random: Random, draft: Draft) -> None:
    draft.start = random.choice(_STARTS)


def _type(random: Random, draft: Draft) -> None:
    _drop(draft, "content-type")
    draft.headers.append(("Content-Type", random.choice(_TYPES)))


def _line(random: Random, draft: Draft) -> None:
    for _ in range(random.choice((1, 1, 2))):
        place = random.randrange(len(draft.headers) + 1)
        draft.headers.insert(place, random.choice(_LINES))


def _value(random: Random, draft: Draft) -> None:
    named = [at for at, line in enumerate(draft.headers) if isinstance(line, tuple)]
    if named:
        at = random.choice(named)
        line = draft.headers[at]
        assert isinstance(line, tuple)
        draft.headers[at] = (line[0], random.choice(_VALUES))


def _twice(random: Random, draft: Draft) -> None:
    if draft.headers:
        line = random.choice(draft.headers)
        draft.headers.append(line)


def _without(random: Random, draft: Draft) -> None:
    if draft.headers:
        del draft.headers[random.randrange(len(draft.headers))]


def _many(random: Random, draft: Draft) -> None:
    count = random.choice((50, 99, 101, 300))
    draft.headers += [(f"X-{number}", "x") for number in range(count)]


def _length(random: Random, draft: Draft) -> None:
    near = str(max(0, len(draft.body) + random.choice((-5, -1, 1, 5, 1_000))))
    draft.length = random.choice((near, near, random.choice(_LENGTHS)))


def _gzip(random: Random, draft: Draft) -> None:
    draft.headers.append(("Content-Encoding", "gzip"))
    packed = gzip.compress(draft.body, mtime=0)
    draft.body = random.choice((draft.body, packed, packed[:-9], packed[10:], b""))


def _cut_anywhere(random: Random, draft: Draft) -> None:
    draft.is_chunked = random.random() < 0.5
    draft.piece = random.choice((1, 7, 1_000))
    draft.cut = random.randrange(len(draft.render()))


def _cut_in_headers(random: Random, draft: Draft) -> None:
    end = draft.render().find(b"\r\n\r\n")
    draft.cut = random.randrange(max(end, 1))


def _chunks(random: Random, draft: Draft) -> None:
    whole = _chunk(draft.body, random.choice((1, 7, 1_000)))
    draft.headers.append(b"Transfer-Encoding: chunked")
    draft.length = random.choice((None, "0", str(len(draft.body))))
    draft.body = random.choice(
        (
            whole[:-5],
            whole[:-2],
            whole.replace(b"\r\n", b"\n"),
            b"x" + whole,
            b"-1\r\n" + whole,
            b"fffffffffffffffff\r\n" + whole,
            b"; a=b\r\n" + whole,
            whole[:-2] + b"X-Trailer: a\r\n\r\n",
            b"\r\n" + whole,
        )
    )


DAMAGES: Mapping[str, Damage] = {
    "another status": _status,
    "another first line": _start,
    "another content type": _type,
    "an odd header line": _line,
    "an odd header value": _value,
    "a header twice": _twice,
    "a header less": _without,
    "many headers": _many,
    "a wrong length": _length,
    "gzip claimed": _gzip,
    "cut anywhere": _cut_anywhere,
    "cut within the headers": _cut_in_headers,
    "wrong chunks": _chunks,
}


def _drop(draft: Draft, name: str) -> None:
    draft.headers = [
        line
        for line in draft.headers
        if isinstance(line, bytes) or line[0].lower() != name
    ]
