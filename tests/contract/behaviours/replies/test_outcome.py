"""Bare errors of botocore after a reply has come end as documented errors."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError, ResponseStreamingError
from tests.contract.behaviours.network import Answer, Network
from tests.contract.behaviours.service import import_operations, share_session
from tests.contract.behaviours.trio import ARGUMENTS, ONCE, PATH_STYLE
from tests.contract.damage.servers.server import ByteServer
from urllib3.exceptions import ReadTimeoutError as Urllib3Error

from botosmith.runtime import ReplyError, ServiceError

Connect = Callable[..., Any]


@pytest.fixture
def network() -> Network:
    """The server that answers the clients of a test."""
    return Network()


@pytest.fixture(params=["generated", "botocore"])
def connect(request: pytest.FixtureRequest, network: Network) -> Iterator[Connect]:
    """Makes a client of a service with either serializer."""
    made: list[Any] = []

    def make(service: str, **arguments: Any) -> Any:
        package = import_operations(service)
        client = package.Client(
            **{"config": ONCE, **ARGUMENTS, **arguments},
            session=share_session(),
            serializer=request.param,
        )
        if "endpoint_url" not in arguments:
            client.meta.events.register("before-send", network)
        made.append(client)
        return client

    yield make
    for client in made:
        client.close()


def bytes_of_all(body: Any) -> bytes:
    """Read a body at once."""
    whole: bytes = body.read()
    return whole


def bytes_of_lines(body: Any) -> bytes:
    """Read a body by its lines."""
    return b"".join(body.iter_lines())


def bytes_of_buffer(body: Any) -> bytes:
    """Read a body into a buffer."""
    buffer = bytearray(64)
    while body.readinto(buffer):
        pass
    return bytes(buffer)


POLICY = (
    "<GetPolicyVersionResponse><GetPolicyVersionResult><PolicyVersion>{}"
    "</PolicyVersion></GetPolicyVersionResult></GetPolicyVersionResponse>"
)

#: Replies that handlers of botocore cannot read: the call, and the body.
UNREAD: dict[str, tuple[str, str, dict[str, Any], str]] = {
    "an S3 location that is not XML": (
        *("s3", "get_bucket_location", {"bucket": "b"}),
        "",
    ),
    "keys of S3 that are lists": (
        *("s3", "list_objects_v2", {"bucket": "b"}),
        "<List><EncodingType>url</EncodingType><CommonPrefixes/></List>",
    ),
    "a policy of IAM that comes twice": (
        "iam",
        "get_policy_version",
        {"policy_arn": "arn:aws:iam::123456789012:policy/p", "version_id": "v1"},
        POLICY.format("<Document><a/></Document><Document>b</Document>"),
    ),
}


@pytest.mark.parametrize("name", UNREAD)
def test_handlers_that_trip_over_a_reply(
    connect: Connect, network: Network, name: str
) -> None:
    """The reply cannot be read, and nothing of it is shown."""
    service, method, arguments, body = UNREAD[name]
    network.expect(Answer(body.encode(), headers={"x-amz-request-id": "1"}))

    with pytest.raises(ReplyError, match="cannot read the reply") as caught:
        getattr(connect(service), method)(**arguments)

    assert caught.value.response_metadata.status == 200
    assert caught.value.response_metadata.attempts == 1


@pytest.mark.parametrize("body", [b"", b"<html>", b"Busy", b"\xff"])
def test_handlers_that_trip_over_an_error(
    connect: Connect, network: Network, body: bytes
) -> None:
    """It stays the error that the service, or a proxy before it, has given."""
    network.expect(Answer(body, status=503))

    with pytest.raises(ServiceError) as caught:
        connect("s3").get_bucket_location(bucket="b")

    assert caught.value.code == "503"
    assert caught.value.response_metadata.status == 503


def test_handlers_of_a_user_speak_for_themselves(
    connect: Connect, network: Network
) -> None:
    """Their own errors come out as they are."""
    network.expect(Answer(b"<LocationConstraint>eu-west-1</LocationConstraint>"))
    client = connect("s3")

    def fail(**_: Any) -> None:
        raise LookupError

    client.meta.events.register("after-call", fail)
    with pytest.raises(LookupError):
        client.get_bucket_location(bucket="b")


@pytest.mark.parametrize("status", [400, 503])
def test_errors_of_streams_that_are_cut(connect: Connect, status: int) -> None:
    """The body of an error is read at once, whatever a success would be."""
    with closing(ByteServer()) as server:
        server.answer = (
            b"HTTP/1.1 %d Said\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n<Error>"
            % status
        )
        client = connect("s3", endpoint_url=server.url, config=_by_path())
        with pytest.raises(ResponseStreamingError, match="IncompleteRead"):
            client.get_object(bucket="b", key="k")


@pytest.mark.parametrize("length", ["x", "1.5", "", "9" * 4_301])
@pytest.mark.parametrize("read", [bytes_of_all, bytes_of_lines, bytes_of_buffer])
def test_lengths_of_streams_that_are_not_numbers(
    connect: Connect, length: str, read: Callable[[Any], bytes]
) -> None:
    """A body whose length cannot be checked may have been cut."""
    with closing(ByteServer()) as server:
        server.answer = (
            f"HTTP/1.1 200 Said\r\nContent-Length: {length}\r\n\r\nab".encode()
        )
        client = connect("sagemaker-runtime", endpoint_url=server.url)
        body = client.invoke_endpoint(endpoint_name="e", body=b"x").body
        with pytest.raises(ResponseStreamingError, match="is not a number"):
            read(body)
        body.close()


def test_errors_of_streams_that_stall(connect: Connect, network: Network) -> None:
    """A timeout is botocore's own, too."""
    pool: Any = None
    network.expect(Answer(error=Urllib3Error(pool, "/", "Read timed out.")))
    with pytest.raises(ReadTimeoutError):
        connect("s3").get_object(bucket="b", key="k")


def _by_path() -> Any:
    return ONCE.merge(type(ONCE)(s3=PATH_STYLE))


@pytest.mark.parametrize("status", [200, 400])
@pytest.mark.parametrize("read", [bytes_of_all, bytes_of_lines, bytes_of_buffer])
def test_chunks_that_are_too_long_for_any_memory(
    connect: Connect, status: int, read: Callable[[Any], bytes]
) -> None:
    """The length is a number of the server's, and no chunk has it."""
    with closing(ByteServer()) as server:
        server.answer = (
            b"HTTP/1.1 %d Said\r\nTransfer-Encoding: chunked\r\n\r\n%b\r\nab"
            % (status, b"f" * 17)
        )
        client = connect("sagemaker-runtime", endpoint_url=server.url)
        with pytest.raises(ResponseStreamingError):
            read(client.invoke_endpoint(endpoint_name="e", body=b"x").body)


@pytest.mark.parametrize("status", [301, 302, 307])
@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("head_bucket", {}),
        ("list_objects_v2", {}),
        ("get_object", {"key": "k"}),
        ("head_object", {"key": "k"}),
    ],
)
def test_redirects_without_a_region(
    connect: Connect,
    network: Network,
    method: str,
    arguments: dict[str, str],
    status: int,
) -> None:
    """botocore asks for the bucket once, and not for that answer again."""
    network.expect(Answer(b"", status=status))

    with pytest.raises(ServiceError) as caught:
        getattr(connect("s3"), method)(bucket="b", **arguments)

    assert caught.value.response_metadata.status == status
    assert len(network.sent) <= 2


def test_redirects_of_a_bucket_are_followed(connect: Connect, network: Network) -> None:
    """The answer names the region, as S3 does."""
    region = {"x-amz-bucket-region": "eu-west-1"}
    network.expect(Answer(status=301, headers=region), Answer(headers=region))

    reply = connect("s3").head_bucket(bucket="b")

    assert reply.bucket_region == "eu-west-1"
    assert "eu-west-1" in network.sent[-1].host


def test_errors_have_no_stream(connect: Connect, network: Network) -> None:
    """botocore reads a reply of status 300 as a success, and raises an error for it."""
    network.expect(Answer(b"", status=300))

    client = connect("sagemaker-runtime")
    with pytest.raises(ServiceError) as caught:
        client.invoke_endpoint_with_response_stream(endpoint_name="e", body=b"x")

    assert caught.value.response_metadata.status == 300
    pickled = pickle.dumps(caught.value)
    assert str(pickle.loads(pickled)) == str(caught.value)  # noqa: S301 - our own
    assert str(copy.deepcopy(caught.value)) == str(caught.value)


def test_a_document_that_comes_twice(connect: Connect, network: Network) -> None:
    """A template of CloudFormation is text, also where its element is there again."""
    network.expect(
        Answer(
            b"<GetTemplateResponse><GetTemplateResult><TemplateBody>a</TemplateBody>"
            b"<TemplateBody>b</TemplateBody></GetTemplateResult></GetTemplateResponse>"
        )
    )

    reply = connect("cloudformation").get_template(stack_name="s")

    assert reply.template_body == "b"
