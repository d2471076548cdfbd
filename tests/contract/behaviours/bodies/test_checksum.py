"""Checksums of requests and replies."""

from __future__ import annotations

import base64
import hashlib
import io
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import FlexibleChecksumError
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.server import Loopback, Reply
from tests.contract.behaviours.trio import ONCE, PATH_STYLE, Trio

Trios = Callable[[str], Trio]

CONTENT = b"one two three"

PUT = {"Bucket": "parcels", "Key": "k", "Body": CONTENT}
GET = {"Bucket": "parcels", "Key": "k"}

WHEN_REQUIRED = Config(
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)

TAGGING = {"Bucket": "parcels", "Tagging": {"TagSet": []}}


def crc32(content: bytes) -> str:
    """The checksum as headers have it."""
    return base64.b64encode(zlib.crc32(content).to_bytes(4)).decode()


def digest(algorithm: str, content: bytes) -> str:
    """As `crc32`, by one of hashlib's algorithms."""
    return base64.b64encode(hashlib.new(algorithm, content).digest()).decode()


ALGORITHMS = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256", "SHA512", "MD5", "new"]


@pytest.mark.parametrize("algorithm", [None, *ALGORITHMS])
@pytest.mark.parametrize("body", [CONTENT, lambda: io.BytesIO(CONTENT), b""])
def test_in_trailers(trios: Trios, algorithm: str | None, body: Any) -> None:
    """Over TLS, a stream's checksum comes after it."""
    given: dict[str, Any] = PUT | {"Body": body}
    if algorithm is not None:
        given["ChecksumAlgorithm"] = algorithm

    call = trios("s3").call("PutObject", given)

    if algorithm in {None, "CRC32"} and body == CONTENT:
        assert call.request.headers["x-amz-trailer"] == "x-amz-checksum-crc32"
        assert call.request.body.endswith(
            f"0\r\nx-amz-checksum-crc32:{crc32(CONTENT)}\r\n\r\n".encode()
        )


@pytest.mark.parametrize("algorithm", [None, *ALGORITHMS])
def test_in_headers(
    connect: Callable[..., Trio], server: Loopback, algorithm: str | None
) -> None:
    """Without TLS, it has to be known beforehand."""
    config = ONCE.merge(Config(s3=PATH_STYLE))
    given: dict[str, Any] = PUT | (
        {"ChecksumAlgorithm": algorithm} if algorithm else {}
    )

    call = connect("s3", server=server, config=config).call("PutObject", given)

    if algorithm == "SHA256":
        sent = call.request.headers["x-amz-checksum-sha256"]
        assert sent == digest("sha256", CONTENT)


@pytest.mark.parametrize(
    "given",
    [
        {"ChecksumCRC32": "AAAAAA=="},
        {"ChecksumSHA256": digest("sha256", CONTENT)},
        {"ChecksumCRC64NVME": "AAAAAAAAAAA="},
        {"ChecksumSHA1": "x", "ChecksumAlgorithm": "SHA1"},
        {"ContentMD5": digest("md5", CONTENT)},
    ],
)
def test_given_ones(trios: Trios, given: dict[str, str]) -> None:
    """A given checksum is sent, right or wrong."""
    trios("s3").call("PutObject", PUT | given)


@pytest.mark.parametrize("given", [{}, {"ChecksumAlgorithm": "SHA1"}])
def test_where_one_is_required(trios: Trios, given: dict[str, Any]) -> None:
    """The checksum of a document goes in a header."""
    request = trios("s3").call("PutBucketTagging", TAGGING | given).request

    names = [name for name in request.headers if name.startswith("x-amz-checksum-")]
    assert names == [f"x-amz-checksum-{'sha1' if given else 'crc32'}"]


def test_where_no_algorithm_can_be_named(trios: Trios) -> None:
    """S3 Control requires one, of operations without a member for it."""
    given = {"AccountId": "123456789012"}

    request = trios("s3control").call("CreateAccessGrantsInstance", given).request

    assert request.headers["x-amz-checksum-crc32"] == crc32(request.body)


@pytest.mark.parametrize("given", [PUT, PUT | {"ChecksumAlgorithm": "CRC32"}])
def test_when_required_only(
    connect: Callable[..., Trio], given: dict[str, Any]
) -> None:
    """By configuration, none is sent that is not asked for."""
    trio = connect("s3", config=WHEN_REQUIRED)

    request = trio.call("PutObject", given).request
    tagging = trio.call("PutBucketTagging", TAGGING).request
    reply = trio.call("GetObject", GET, Answer(CONTENT)).request

    assert ("x-amz-trailer" in request.headers) == ("ChecksumAlgorithm" in given)
    assert "x-amz-checksum-crc32" in tagging.headers
    assert "x-amz-checksum-mode" not in reply.headers


@pytest.mark.parametrize(
    "config",
    [
        Config(s3={"payload_signing_enabled": True}),
        Config(signature_version="s3"),
        Config(s3={"use_accelerate_endpoint": True}),
    ],
)
def test_with_other_signatures(connect: Callable[..., Trio], config: Config) -> None:
    """They decide whether there may be a trailer."""
    trio = connect("s3", config=config)

    trio.call("PutObject", PUT)
    trio.call("UploadPart", PUT | {"PartNumber": 1, "UploadId": "u"})


HEADERS = {
    "crc32": {"x-amz-checksum-crc32": crc32(CONTENT)},
    "sha1": {"x-amz-checksum-sha1": digest("sha1", CONTENT)},
    "sha256": {"x-amz-checksum-sha256": digest("sha256", CONTENT)},
    "both": {
        "x-amz-checksum-crc32": crc32(CONTENT),
        "x-amz-checksum-sha256": digest("sha256", CONTENT),
    },
    "of parts": {"x-amz-checksum-crc32": "AAAAAA==-2"},
    "unknown": {"x-amz-checksum-crc99": "AAAAAA=="},
    "none": {},
}


@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_sound_replies(trios: Trios, headers: dict[str, str]) -> None:
    """The body is given, and the headers as members."""
    call = trios("s3").call("GetObject", GET, Answer(CONTENT, headers=headers))

    assert call.request.headers["x-amz-checksum-mode"] == "ENABLED"
    assert call.theirs.content["Body"] == ("bytes", CONTENT)


@pytest.mark.parametrize("name", ["crc32", "sha1", "sha256", "both"])
def test_broken_replies(trios: Trios, name: str) -> None:
    """Told when the body has been read to its end."""
    answer = Answer(CONTENT[:-1], headers=HEADERS[name])

    call = trios("s3").call("GetObject", GET, answer)

    assert isinstance(call.error, FlexibleChecksumError)


@pytest.mark.parametrize(
    "read",
    [
        list,
        lambda body: body.copy_to(io.BytesIO()),
        lambda body: list(body.iter_lines()),
        lambda body: [body.read(5), body.read(50), body.read(5)],
    ],
)
@pytest.mark.parametrize("name", ["generated", "botocore"])
def test_broken_replies_however_they_are_read(
    serve: Callable[..., Trio], server: Loopback, name: str, read: Callable[[Any], Any]
) -> None:
    """In pieces, too."""
    trio = serve("s3", ONCE.merge(Config(s3=PATH_STYLE)))
    server.expect(Reply([CONTENT + b"!"], headers=HEADERS["sha256"]))
    body = trio.ours[name].get_object(bucket="parcels", key="k").body

    with pytest.raises(FlexibleChecksumError):
        read(body)
    body.close()


def test_broken_replies_that_nobody_asked_about(
    connect: Callable[..., Trio],
) -> None:
    """Neither checked when the configuration says so, nor when the call does."""
    answer = Answer(CONTENT, headers={"x-amz-checksum-crc32": "AAAAAA=="})

    quiet = connect("s3", config=WHEN_REQUIRED).call("GetObject", GET, answer)
    asked = connect("s3", config=WHEN_REQUIRED).call(
        "GetObject", GET | {"ChecksumMode": "ENABLED"}, answer
    )

    assert quiet.error is None
    assert isinstance(asked.error, FlexibleChecksumError)
