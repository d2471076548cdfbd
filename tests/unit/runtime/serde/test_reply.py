"""Replies of every kind: as botocore reads them, or a typed error; nothing else."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.errortext import expect_text

from botosmith.runtime import ReplyError, ServiceError, from_boto3


@pytest.fixture(autouse=True)
def no_collector() -> Iterator[None]:
    """No finaliser of another test runs where the stack is at its end.

    The deep documents below go there on purpose; a finaliser that the collector runs
    just then fails, and pytest counts that against the test.
    """
    gc.collect()
    gc.disable()
    yield
    gc.enable()


ONCE = Config(retries={"total_max_attempts": 1})

UNREADABLE = {
    "not JSON": (b"nonsense", "not JSON"),
    "HTML": (b"<html><body>Sign in to hotel wifi</body></html>", "not JSON"),
    "truncated": (b'{"State": "fr', "not JSON"),
    "two documents": (b"{}{}", "not JSON"),
    "list": (b"[]", "list and not an object"),
    "text": (b'"free"', "str and not an object"),
    "number": (b"1", "int and not an object"),
    "invalid UTF-8": (b'{"State": "\xff"}', "not UTF-8"),
    "UTF-16": ('{"State": "free"}'.encode("utf-16"), "not UTF-8"),
    "byte order mark": (b'\xef\xbb\xbf{"State": "free"}', "not JSON"),
    "deep lists": (b"[" * 5_000_000, "nested too deeply"),
    "deep objects": (b'{"State":' * 500_000, "nested too deeply"),
}

WRONG = {
    "State": ([3], "state: *** is of type list, not text"),
    "OpenedAt": ("soon", "opened_at: 'soon' is of type str, not a timestamp"),
    "Tags": (1, "tags: *** is of type int, not a list"),
    "Code": ([12345], "code: *** is of type list, not text"),
}

WRONG_CRATE = {
    "Crate": ([], "crate: *** is of type list, not an object"),
    "Inner": ("x", "crate.inner: *** is of type str, not an object"),
    "Crates": ([{}, 4], "crate.crates[1]: *** is of type int, not an object"),
    "Counts": ({"a": "b"}, "crate.counts['a']: 'b' is of type str, not a whole number"),
    "Photo": (1, "crate.photo: 1 is of type int, not base64"),
    "Weight": ("heavy", "crate.weight: 'heavy' is of type str, not a number"),
    "Fragile": ("no", "crate.fragile: 'no' is of type str, not true or false"),
    "Content": ({}, "crate.content: *** is of type dict, not an object with exactly"),
    "packed-at": (True, "crate.packed_at: True is of type bool, not a timestamp"),
}


@pytest.mark.parametrize(("body", "problem"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_replies(
    client: Any, parcels: Any, server: Any, body: bytes, problem: str
) -> None:
    """A typed error with the facts of the exchange and the first bytes."""
    server.answers = [(200, body)]
    request = parcels.DescribeCrateRequest(crate=parcels.Crate())

    with pytest.raises(ReplyError, match=problem) as caught:
        client.send(request)

    error = caught.value
    assert error.operation_name == "DescribeCrate"
    assert error.body == body[:512]
    assert error.response_metadata.status == 200
    assert error.response_metadata.request_id == "request-1"
    assert len(str(error)) < 500


@pytest.mark.parametrize("name", WRONG)
def test_members_of_the_wrong_type(client: Any, server: Any, name: str) -> None:
    """The place, the value and what was expected; a sensitive value is not shown."""
    value, problem = WRONG[name]
    server.answers = [(200, {name: value, "Reason": "unknown members do no harm"})]

    with pytest.raises(ReplyError) as caught:
        client.open_locker(locker_id="a")

    assert problem in str(caught.value)
    assert "12345" not in str(caught.value) + repr(caught.value)


@pytest.mark.parametrize("value", [[], {}, ["free"]], ids=repr)
def test_what_is_no_text_is_no_value_of_an_enum(
    client: Any, server: Any, value: Any
) -> None:
    """Keys that a dictionary cannot have are refused, too."""
    server.answers = [(200, {"State": value})]

    with pytest.raises(ReplyError, match=r"is of type .*, not text"):
        client.open_locker(locker_id="a")


@pytest.mark.parametrize("name", WRONG_CRATE)
def test_members_of_the_wrong_type_deep_inside(
    direct: Any, parcels: Any, server: Any, name: str
) -> None:
    """As above, in a nested structure, where botocore itself takes some as they are."""
    value, problem = WRONG_CRATE[name]
    body = {"Crate": value if name == "Crate" else {name: value}}
    server.answers = [(200, body)]

    with pytest.raises(ReplyError) as caught:
        direct.describe_crate(crate=parcels.Crate())

    assert problem in str(caught.value)


def test_a_stream_that_cannot_be_read(parcels: Any, server: Any) -> None:
    """The error is typed, though it has no first bytes to keep."""
    with parcels.Client(endpoint_url=server.url, serializer="botocore") as client:
        botocores = client._transport.client
        parser = botocores._endpoint._response_parser_factory.create_parser("json")
        operation = botocores.meta.service_model.operation_model("DescribeCrate")
        response = {
            "body": BytesIO(b"{}"),
            "headers": {},
            "status_code": 200,
            "context": {"operation_name": "DescribeCrate"},
        }
        with pytest.raises(ReplyError, match="botocore cannot read") as caught:
            parser.parse(response, operation.output_shape)

    assert caught.value.body == b""


def test_every_wrong_member_is_named(client: Any, server: Any) -> None:
    """One error for all of a reply."""
    server.answers = [(200, {"State": [], "Tags": [{"Key": {}}, {"Key": []}]})]

    with pytest.raises(ReplyError) as caught:
        client.open_locker(locker_id="a")

    for path in ("state", "tags[0].key", "tags[1].key"):
        assert f"{path}: " in caught.value.problem


def test_the_last_of_duplicate_keys_counts(client: Any, server: Any) -> None:
    """As for botocore and the json module; telling them apart would cost a third."""
    server.answers = [(200, b'{"State": "free", "State": "in-use"}')]

    assert client.open_locker(locker_id="a").state == "in-use"


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["2015-01-01", "NaN", "1", "aGk="]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["Name", "Inner", "Crates", "Counts", "Photo", "Weight", "Content", "Book"]
        )
        | st.text(max_size=3),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.one_of(
        st.binary(max_size=40),
        json_values.map(lambda value: json.dumps({"Crate": value}).encode()),
        json_values.map(lambda value: json.dumps(value).encode()),
    )
)
def test_no_reply_escapes(direct: Any, parcels: Any, body: bytes) -> None:
    """Whatever comes, a call ends in an object or in a `ReplyError`."""
    parser = direct._transport.client._endpoint._response_parser_factory.create_parser(
        "json"
    )
    response = {
        "body": body,
        "headers": {},
        "status_code": 200,
        "context": {"operation_name": "DescribeCrate"},
    }
    try:
        reply = parser.parse(response, None)
    except ReplyError:
        return
    assert isinstance(reply.response, parcels.DescribeCrateResponse)


ERRORS = {
    "type": (400, {"__type": "LockerNotFound", "message": "gone", "LockerId": "a"}),
    "namespace": (400, {"__type": "com.shop#LockerNotFound", "Message": "gone"}),
    "suffix": (400, {"__type": "LockerNotFound:http://shop/", "message": "gone"}),
    "unmodelled": (400, {"__type": "Elsewhere", "message": "no"}),
    "no type": (400, {"message": "no"}),
    "empty object": (400, {}),
    "empty body": (400, b""),
    "null message": (400, {"__type": "LockerNotFound", "message": None}),
    "server error": (500, {"__type": "InternalFailure"}),
    "empty server error": (503, b""),
    "HTML server error": (502, b" <html>bad gateway</html>"),
    "HTML error": (403, b"<html>forbidden</html>"),
    "text error": (403, b"forbidden"),
    "redirect": (302, b""),
    "other redirect": (300, b""),
    "modelled members": (
        409,
        {
            "__type": "LockerBusy",
            "Message": "later",
            "RetryAt": 1.5,
            "Seal": "aGk=",
            "Holder": {"Key": "k", "Value": None, "New": 1},
            "Unknown": 1,
        },
    ),
}


@pytest.mark.parametrize("query_error", [None, "Queue.Gone;Sender", "odd"])
@pytest.mark.parametrize("answer", ERRORS.values(), ids=ERRORS)
def test_errors_are_botocores(
    parcels: Any, boto_of: Any, server: Any, answer: Any, query_error: str | None
) -> None:
    """The same dictionary as from botocore's parser, with members of the error."""
    if query_error is not None:
        server.headers["x-amzn-query-error"] = query_error
    server.answers = [answer]
    with pytest.raises(ClientError) as theirs:
        boto_of(ONCE).open_locker(LockerId="a")

    for serializer in ("generated", "botocore"):
        with (
            parcels.Client(
                endpoint_url=server.url, config=ONCE, serializer=serializer
            ) as client,
            pytest.raises(ServiceError) as ours,
        ):
            client.open_locker(locker_id="a")
        assert _comparable(ours.value.response) == _comparable(theirs.value.response)
        assert str(ours.value) == expect_text(ours.value, theirs.value)
        assert "forbidden" not in str(ours.value)


def _comparable(response: Any) -> Any:
    """An error's dictionary, without the moment of the exchange."""
    metadata = response["ResponseMetadata"]
    headers = {k: v for k, v in metadata["HTTPHeaders"].items() if k != "date"}
    return {**response, "ResponseMetadata": {**metadata, "HTTPHeaders": headers}}


MALFORMED = {
    "list": b"[]",
    "null": b"null",
    "number": b"3",
    "text": b'"no"',
    "invalid UTF-8": b"\xff\xfe",
    "deep": b"[" * 200_000,
    "type is a list": b'{"__type": []}',
    "type is an object": b'{"__type": {"a": 1}}',
    "type is a number": b'{"__type": 3}',
    "huge integer": b'{"__type": ' + b"9" * 5_000 + b"}",
}


@pytest.mark.parametrize("status", [400, 404, 500])
@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED)
def test_malformed_errors(parcels: Any, server: Any, status: int, body: bytes) -> None:
    """An error that botocore's parser trips over is an error of the service still."""
    server.answers = [(status, body)]
    for serializer in ("generated", "botocore"):
        with (
            parcels.Client(
                endpoint_url=server.url, config=ONCE, serializer=serializer
            ) as client,
            pytest.raises(parcels.ParcelsError) as caught,
        ):
            client.open_locker(locker_id="a")
        error = caught.value
        assert error.code == str(status)
        assert error.response_metadata.status == status
        assert error.response_metadata.request_id == "request-1"
        assert error.body in {body[:512], b""}


def test_an_unreadable_error_keeps_its_first_bytes(
    client: Any, parcels: Any, server: Any
) -> None:
    """The words of a proxy or a load balancer can be read."""
    server.answers = [(403, b"<html>" + b"x" * 1_000)]

    with pytest.raises(parcels.ParcelsError) as caught:
        client.open_locker(locker_id="a")

    assert caught.value.body == b"<html>" + b"x" * 506


@pytest.mark.parametrize("status", [403, 404, 502, 503])
def test_an_unreadable_error_has_its_request_id(
    parcels: Any, server: Any, status: int
) -> None:
    """Also a server error, for which botocore looks at the headers no more."""
    server.answers = [(status, b"<html>")]
    for serializer in ("generated", "botocore"):
        with (
            parcels.Client(
                endpoint_url=server.url, config=ONCE, serializer=serializer
            ) as client,
            pytest.raises(ServiceError) as caught,
        ):
            client.open_locker(locker_id="a")
        assert caught.value.response_metadata.request_id == "request-1"


@pytest.mark.parametrize("message", [None, 3, {"a": 1}, ["x"]])
def test_odd_messages_are_text(client: Any, server: Any, message: Any) -> None:
    """`message` is text whatever the service sends for it."""
    server.answers = [(400, {"__type": "Odd", "message": message})]

    with pytest.raises(ServiceError) as caught:
        client.open_locker(locker_id="a")

    assert caught.value.message == ("" if message is None else str(message))


def test_members_of_an_error_that_do_not_fit_are_left_out(
    client: Any, parcels: Any, server: Any
) -> None:
    """The error is the news; one bad member does not hide it."""
    server.answers = [(400, {"__type": "LockerNotFound", "LockerId": [7]})]

    with pytest.raises(parcels.LockerNotFound) as caught:
        client.open_locker(locker_id="a")

    assert caught.value.locker_id is None


REPLIES: list[dict[str, Any]] = [
    {},
    {"Crate": None},
    {"Crate": {}},
    {"Crate": {"Name": "", "Weight": 0, "Fragile": False, "Counts": {}, "Crates": []}},
    {"Crate": {"Crates": [{"Name": "a"}, None, {"Name": "b"}]}},
    {"Crate": {"Inner": {"Inner": {"Name": "x"}}, "Counts": {"a": 1, "b": None}}},
    {"Crate": {"Photo": "aGVsbG8=", "packed-at": 1.25}},
    {"Crate": {"packed-at": "2015-01-01T00:00:00Z"}},
    {"Crate": {"packed-at": "Thu, 01 Jan 2015 00:00:00 GMT"}},
    {"Crate": {"Weight": 12345678901234567890, "Unknown": {"a": [1]}}},
    {"Crate": {"Content": {"Book": "b"}}},
    {"Crate": {"Content": {"Letter": {"Key": "k"}, "Book": None, "__type": "x"}}},
    {"Crate": {"Content": {"Scroll": {"length": 3}}}},
    {"Error": "torn", "Message": "a member", "Crate": {"Name": "é\u2028😀"}},
]


@pytest.mark.parametrize("body", REPLIES, ids=map(str, range(len(REPLIES))))
def test_replies_are_botocores(
    parcels: Any, boto: Any, server: Any, body: dict[str, Any]
) -> None:
    """Both serializers give the object that botocore's own parsing leads to."""
    server.answers = [(200, body)]
    expected = from_boto3(parcels.DescribeCrateResponse, boto.describe_crate(Crate={}))

    for serializer in ("generated", "botocore"):
        with parcels.Client(endpoint_url=server.url, serializer=serializer) as client:
            assert client.describe_crate(crate=parcels.Crate()) == expected
