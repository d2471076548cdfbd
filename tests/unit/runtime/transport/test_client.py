"""Calls, with both serializers: what is sent, what comes back, and how errors look."""

from __future__ import annotations

import copy
import pickle
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from inspect import Parameter, signature
from typing import Any

import attrs
import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import (
    ClientError,
    EndpointConnectionError,
    NoRegionError,
    PartialCredentialsError,
    ReadTimeoutError,
)

from botosmith.runtime import (
    ReplyError,
    Request,
    Response,
    ServiceError,
    ValidationError,
)

CHOSEN = {"client_token": "t"}

QUICK = Config(retries={"total_max_attempts": 3, "mode": "standard"})


def test_a_call_sends_the_document_and_reads_the_reply(
    client: Any, parcels: Any, server: Any
) -> None:
    """Objects go in, JSON travels, objects come out."""
    server.answers = [(200, {"State": "in-use", "OpenedAt": 1.5, "New": [1]})]

    reply = client.open_locker(
        locker_id="abc", tags=[parcels.Tag(key="k", value="vvvv")], **CHOSEN
    )

    assert server.documents == [
        {
            "LockerId": "abc",
            "ClientToken": "t",
            "Tags": [{"Key": "k", "Value": "vvvv"}],
        }
    ]
    assert reply == parcels.OpenLockerResponse(
        state=parcels.LockerState.IN_USE,
        opened_at=datetime(1970, 1, 1, 0, 0, 1, 500_000, tzinfo=UTC),
    )


def test_method_function_and_send_are_the_same_call(
    client: Any, parcels: Any, server: Any
) -> None:
    """The three ways to make a call send the same request."""
    client.open_locker(locker_id="a", **CHOSEN)
    parcels.open_locker(client, locker_id="a", **CHOSEN)
    client.send(parcels.OpenLockerRequest(locker_id="a", **CHOSEN))

    assert server.documents == [{"LockerId": "a", "ClientToken": "t"}] * 3


def test_a_reply_tells_about_its_exchange(client: Any) -> None:
    """Request id, status, headers and attempts are beside the members."""
    metadata = client.open_locker(locker_id="a").response_metadata

    assert metadata.request_id == "request-1"
    assert metadata.status == 200
    assert metadata.headers["x-amzn-requestid"] == "request-1"
    assert metadata.attempts == 1


def test_an_empty_body_is_an_empty_reply(
    client: Any, parcels: Any, server: Any
) -> None:
    """As in botocore; services answer so when there is nothing to say."""
    server.answers = [(200, b"")]

    assert client.open_locker(locker_id="a") == parcels.OpenLockerResponse()


def test_tokens_are_filled_in_and_kept_for_retries(
    client: Any, parcels: Any, server: Any
) -> None:
    """One token for a call, another for the next; the user's object stays as it was."""
    server.answers = [(500, b""), (500, b""), (200, {}), (200, {})]
    request = parcels.OpenLockerRequest(locker_id="a")

    reply = client.send(request)
    client.send(request)

    first, second, third, other = (doc["ClientToken"] for doc in server.documents)
    assert first == second == third != other
    assert list(server.documents[0]) == ["LockerId", "ClientToken"]
    assert request.client_token is None
    assert reply.response_metadata.attempts == 3


def test_violations_are_listed_together_and_nothing_is_sent(
    client: Any, parcels: Any, server: Any
) -> None:
    """One error for all that is wrong with a call."""
    with pytest.raises(ValidationError) as caught:
        client.open_locker(locker_id="a" * 65, tags=[parcels.Tag(key="")] * 6)

    assert [found.path for found in caught.value.violations] == [
        "locker_id",
        "tags",
        *(f"tags[{index}].key" for index in range(6)),
    ]
    assert server.requests == []


def test_parameter_validation_stays_on(parcels: Any, server: Any) -> None:
    """botocore's switch does not send what the wire code cannot write."""
    for serializer in ("generated", "botocore"):
        config = Config(parameter_validation=False)
        with (
            parcels.Client(
                endpoint_url=server.url, config=config, serializer=serializer
            ) as client,
            pytest.raises(ValidationError),
        ):
            client.open_locker(locker_id=3)

    assert server.requests == []


def test_a_request_that_holds_itself_is_refused(client: Any, parcels: Any) -> None:
    """Endless nesting is a violation, and no RecursionError."""
    crate = parcels.Crate()
    crate.inner = crate

    with pytest.raises(ValidationError, match="nested too deeply"):
        client.describe_crate(crate=crate)


def test_modelled_errors_are_classes_with_their_members(
    client: Any, parcels: Any, server: Any
) -> None:
    """Code, message, members and the facts of the exchange are attributes."""
    body = {"__type": "shop#LockerNotFound", "message": "gone", "LockerId": "zz"}
    server.answers = [(400, body)]

    with pytest.raises(parcels.LockerNotFound) as caught:
        client.open_locker(locker_id="zz")

    error = caught.value
    assert issubclass(parcels.LockerNotFound, parcels.ParcelsError)
    assert issubclass(parcels.ParcelsError, ClientError)
    assert (error.code, error.message, error.locker_id) == (
        "LockerNotFound",
        "gone",
        "zz",
    )
    assert error.operation_name == "OpenLocker"
    assert error.response["Error"] == {"Message": "gone", "Code": "LockerNotFound"}
    assert error.response_metadata.status == 400
    assert error.response_metadata.request_id == "request-1"
    assert error.body == b""


def test_other_errors_are_the_root_of_the_service(
    client: Any, parcels: Any, server: Any
) -> None:
    """A code that the model does not list is still an error of the service."""
    server.answers = [(400, {"__type": "NotInTheModel", "Message": "no"})]

    with pytest.raises(ServiceError) as caught:
        client.open_locker(locker_id="a")

    assert type(caught.value) is parcels.ParcelsError
    assert caught.value.code == "NotInTheModel"


def test_exceptions_work_as_in_boto3(client: Any, parcels: Any, server: Any) -> None:
    """`except client.exceptions.X` catches; an unknown name is told with the known."""
    server.answers = [(400, {"__type": "LockerNotFound"})]

    with pytest.raises(client.exceptions.LockerNotFound):
        client.open_locker(locker_id="a")
    assert client.exceptions.LockerNotFound is parcels.LockerNotFound
    assert client.exceptions.ClientError is ClientError
    assert "LockerBusy" in dir(client.exceptions)
    with pytest.raises(AttributeError, match=r"no error LockerLost; .*LockerBusy"):
        _ = client.exceptions.LockerLost


def _pickled(error: Any) -> Any:
    return pickle.loads(pickle.dumps(error))  # noqa: S301 - our own


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy, _pickled])
def test_errors_survive_copies_and_pickles(
    client: Any, server: Any, duplicate: Callable[[Any], Any]
) -> None:
    """Class, text and every attribute stay."""
    answers = [
        (400, {"__type": "LockerNotFound", "LockerId": "zz"}),
        (502, b"<html>bad gateway</html>"),
        (403, b"<html>forbidden</html>"),
        (200, b"nonsense"),
        (200, {"Tags": 1}),
    ]
    for answer in answers:
        server.answers = [answer]
        with pytest.raises((ServiceError, ReplyError)) as caught:
            client.open_locker(locker_id="zz")
        error, other = caught.value, duplicate(caught.value)
        assert type(other) is type(error)
        assert str(other) == str(error)
        assert vars(other) == vars(error)


@pytest.mark.parametrize("code", [500, 502, 503, 504])
def test_server_errors_are_retried_whatever_their_body(
    client: Any, server: Any, code: int
) -> None:
    """A body that cannot be read keeps nobody from trying again."""
    for body in (b"", b"<html>", b"\xff\xfe", b"[" * 100_000, b"[]", b"null"):
        server.answers = [(code, body), (200, {})]
        assert client.open_locker(locker_id="a").response_metadata.attempts == 2


@pytest.mark.parametrize("mode", ["standard", "legacy", "adaptive"])
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_retry_modes(parcels: Any, server: Any, serializer: str, mode: str) -> None:
    """botocore's retry modes work; throttling and server errors are tried again."""
    retries: Any = {"total_max_attempts": 3, "mode": mode}
    config = Config(retries=retries)
    server.answers = [
        (500, b""),
        (400, {"__type": "ThrottlingException"}),
        (200, {"State": "free"}),
    ]

    with parcels.Client(
        endpoint_url=server.url, config=config, serializer=serializer
    ) as client:
        reply = client.open_locker(locker_id="a")

    assert reply.state == "free"
    assert reply.response_metadata.attempts == 3


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_retries_end(parcels: Any, server: Any, serializer: str) -> None:
    """The last error is raised, and tells how often the call was tried."""
    server.answers = [(500, b"")]

    with (
        parcels.Client(
            endpoint_url=server.url, config=QUICK, serializer=serializer
        ) as client,
        pytest.raises(parcels.ParcelsError) as caught,
    ):
        client.open_locker(locker_id="a")

    assert caught.value.code == "500"
    assert caught.value.response_metadata.attempts == 3
    assert len(server.requests) == 3


def test_an_unreadable_reply_after_a_retry_counts_attempts(
    client: Any, server: Any
) -> None:
    """The error knows which attempt brought the reply."""
    server.answers = [(500, b""), (200, b"<html>hotel wifi</html>")]

    with pytest.raises(ReplyError) as caught:
        client.open_locker(locker_id="a")

    assert caught.value.response_metadata.attempts == 2


def test_boto3_arguments(parcels: Any, server: Any) -> None:
    """Every argument of `boto3.client` is taken; those that can be seen have effect."""
    config = Config(user_agent_extra="mine", read_timeout=7)

    credentials = {
        "aws_access_key_id": "AKIDOTHER",
        "aws_secret_access_key": "secret",
        "aws_session_token": "token",
        "aws_account_id": "123456789012",
    }

    with parcels.Client(
        "us-west-2",
        api_version="2024-03-01",
        use_ssl=False,
        verify=False,
        endpoint_url=server.url,
        config=config,
        **credentials,
    ) as client:
        client.open_locker(locker_id="a")

    headers = server.requests[0][0]
    assert "AKIDOTHER" in headers["authorization"]
    assert "/us-west-2/parcels/" in headers["authorization"]
    assert headers["x-amz-security-token"] == "token"
    assert headers["user-agent"].endswith("mine")
    assert client.meta.config.read_timeout == 7
    assert client.meta.region_name == "us-west-2"


def test_signatures_of_boto3_clients_agree(parcels: Any) -> None:
    """No argument of `boto3.client` is missing."""
    theirs = set(signature(boto3.session.Session.client).parameters)

    ours = set(signature(parcels.Client).parameters)
    assert theirs - {"self", "service_name"} <= ours
    assert ours - theirs == {"session", "serializer", "on_mismatch", "validation"}


@pytest.mark.parametrize("name", ["OpenLockerRequest", "OpenLockerResponse", "Tag"])
def test_signatures_of_classes_are_their_arguments(parcels: Any, name: str) -> None:
    """`help` and editors show the arguments of a class."""
    structure = getattr(parcels, name)

    shown = signature(structure).parameters
    assert list(shown) == [field.alias for field in attrs.fields(structure)]
    assert {parameter.kind for parameter in shown.values()} == {Parameter.KEYWORD_ONLY}
    assert not [one for one in shown.values() if "schema" in str(one.annotation)]


@pytest.mark.parametrize(
    ("arguments", "error", "text"),
    [
        ({"api_version": "2020-01-01"}, ValueError, "2024-03-01"),
        ({"serializer": "indirect"}, ValueError, "'generated' nor 'botocore'"),
        ({"session": "default"}, TypeError, "session, not an object of str"),
        ({"aws_access_key_id": "A"}, PartialCredentialsError, "aws_secret_access_key"),
        ({"endpoint_url": "nowhere"}, ValueError, "Invalid endpoint: nowhere"),
    ],
)
def test_wrong_client_arguments(
    parcels: Any, arguments: dict[str, Any], error: type[Exception], text: str
) -> None:
    """Each is told by name and value, by botocore or by us."""
    with pytest.raises(error, match=text):
        parcels.Client(**arguments)


def test_a_region_is_needed(parcels: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """botocore's own error says so."""
    monkeypatch.delenv("AWS_DEFAULT_REGION")

    with pytest.raises(NoRegionError):
        parcels.Client()


@pytest.mark.parametrize("wrong", [None, {"LockerId": "a"}, "OpenLocker"])
def test_send_takes_requests_only(client: Any, wrong: Any) -> None:
    """Anything else is refused by its type."""
    with pytest.raises(TypeError, match=r"expected a request object of shop\.parcels"):
        client.send(wrong)


def test_send_takes_no_other_service_s_request(client: Any) -> None:
    """Operations of different services may have the same name."""

    class OtherRequest(Request[Response]):
        _operation = "OpenLocker"

    with pytest.raises(TypeError, match="OtherRequest"):
        client.send(OtherRequest())


def test_repr_tells_where_it_calls_and_no_secret(client: Any, server: Any) -> None:
    """Region and endpoint are shown; credentials are not."""
    assert repr(client) == f"<shop.parcels.Client in eu-west-1 at {server.url}>"


def test_network_errors_are_botocores(parcels: Any, server: Any) -> None:
    """They keep their classes with either serializer."""
    url, no_retry = server.url, Config(retries={"total_max_attempts": 1})
    server.close()
    for serializer in ("generated", "botocore"):
        with (
            parcels.Client(
                endpoint_url=url, config=no_retry, serializer=serializer
            ) as client,
            pytest.raises(EndpointConnectionError),
        ):
            client.open_locker(locker_id="a")


def test_timeouts_apply(parcels: Any, server: Any) -> None:
    """A configured timeout ends a call."""
    config = Config(read_timeout=0.1, retries={"total_max_attempts": 1})
    held = threading.Event()
    real = server.answer

    def wait(*arguments: Any) -> Any:
        held.wait(5)
        return real(*arguments)

    server.answer = wait
    with (
        parcels.Client(endpoint_url=server.url, config=config) as client,
        pytest.raises(ReadTimeoutError),
    ):
        client.open_locker(locker_id="a")
    held.set()


def test_one_client_serves_many_threads(client: Any, server: Any) -> None:
    """Each call gets its own answer."""
    server.answers = [(200, {"State": str(number)}) for number in range(40)]

    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda _: client.open_locker(locker_id="a"), range(40)))

    assert {reply.state for reply in replies} == {str(number) for number in range(40)}
    assert len({doc["ClientToken"] for doc in server.documents}) == 40


def test_clients_may_be_made_in_threads(parcels: Any, server: Any) -> None:
    """A client made in one thread works in another."""
    with ThreadPoolExecutor(4) as pool:
        clients = list(
            pool.map(lambda _: parcels.Client(endpoint_url=server.url), range(8))
        )
    for client in clients:
        with client:
            assert client.open_locker(locker_id="a").response_metadata.status == 200


def test_closing_lets_connections_go(parcels: Any, server: Any) -> None:
    """No socket is left open; a warning about one would fail this test."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        with parcels.Client(endpoint_url=server.url) as client:
            client.open_locker(locker_id="a")
        assert client.open_locker(locker_id="b").response_metadata.attempts == 1
        client.close()

    assert [str(warning.message) for warning in caught] == []
