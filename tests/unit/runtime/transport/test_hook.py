"""Event handlers see and change what they do in boto3, with both serializers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import botocore.client
import botocore.session
import pytest
from botocore.awsrequest import AWSResponse
from botocore.stub import Stubber

from botosmith.runtime import ReplyError, UnknownMember, ValidationError

CHOSEN = {"client_token": "t"}


def test_parameters_are_boto3s(client: Any, parcels: Any) -> None:
    """Both events for parameters show them as boto3 does."""
    seen: list[Any] = []
    for event in ("provide-client-params", "before-parameter-build"):
        client.meta.events.register(
            f"{event}.parcels.OpenLocker",
            lambda params, **_: seen.append(json.loads(json.dumps(params))),
        )

    client.open_locker(locker_id="a", tags=[parcels.Tag(key="k")])

    assert seen == [{"LockerId": "a", "Tags": [{"Key": "k"}]}] * 2


def _scroll(parcels: Any) -> Any:
    """A request with a union's member that the model does not know."""
    content = parcels.Content(sdk_unknown_member=UnknownMember("Scroll", {"a": 1}))
    return parcels.DescribeCrateRequest(crate=parcels.Crate(content=content))


def test_looking_does_not_change_what_is_sent(
    direct: Any, parcels: Any, server: Any
) -> None:
    """A value that only the object has, and boto3's parameters lack, is kept."""
    direct.meta.events.register(
        "before-parameter-build", lambda params, **_: len(params)
    )

    direct.send(_scroll(parcels))

    assert server.documents == [{"Crate": {"Content": {"Scroll": {"a": 1}}}}]


def test_what_botocore_cannot_send_is_refused(parcels: Any, server: Any) -> None:
    """On botocore's serializer parameters are all there is; a typed error says so."""
    with (
        parcels.Client(endpoint_url=server.url, serializer="botocore") as client,
        pytest.raises(ValidationError, match=r"refused by botocore: .*SDK_UNKNOWN"),
    ):
        client.send(_scroll(parcels))

    assert server.requests == []


def _mutate(params: Any, **_: Any) -> None:
    params["Tags"].append({"Key": "added"})
    params["LockerId"] = "changed"


def _replace(params: Any, **_: Any) -> dict[str, Any]:
    return {**params, "LockerId": "changed", "Tags": [{"Key": "k"}, {"Key": "added"}]}


@pytest.mark.parametrize(
    ("event", "hook"),
    [
        ("provide-client-params", _mutate),
        ("provide-client-params", _replace),
        ("before-parameter-build", _mutate),
    ],
)
def test_changed_parameters_are_sent(
    client: Any, parcels: Any, server: Any, event: str, hook: Any
) -> None:
    """In place or as a new dictionary; the user's object stays as it was."""
    client.meta.events.register(event, hook)
    request = parcels.OpenLockerRequest(locker_id="a", tags=[parcels.Tag(key="k")])

    client.send(request)

    document = server.documents[0]
    assert list(document) == ["LockerId", "Tags", "ClientToken"]
    assert document["LockerId"] == "changed"
    assert document["Tags"] == [{"Key": "k"}, {"Key": "added"}]
    assert request == parcels.OpenLockerRequest(
        locker_id="a", tags=[parcels.Tag(key="k")]
    )


def _turn(value: Any) -> Any:
    """Return a value with the entries of its dictionaries in reverse order."""
    if isinstance(value, dict):
        return {key: _turn(value[key]) for key in reversed(value)}
    return [_turn(item) for item in value] if isinstance(value, list) else value


def test_members_are_sent_in_the_order_of_a_hook(
    client: Any, parcels: Any, server: Any
) -> None:
    """At any depth, both serializers send the bytes that botocore sends for it."""
    seen: list[Any] = []

    def turn(params: Any, **_: Any) -> Any:
        seen.append(_turn(params))
        return seen[0]

    client.meta.events.register("provide-client-params", turn)
    inner = parcels.Crate(name="b", counts={"x": 1, "y": 2}, fragile=False)
    tag = parcels.Tag(key="k", value="secret")
    content = parcels.Content(letter=tag)
    crate = parcels.Crate(name="a", inner=inner, crates=[inner], content=content)

    client.describe_crate(crate=crate)

    assert server.requests[0][1] == json.dumps(seen[0]).encode()


def test_a_token_of_a_hook_is_kept(client: Any, server: Any) -> None:
    """A token is filled in only where there is none."""
    client.meta.events.register(
        "before-parameter-build", lambda params, **_: params.update(ClientToken="mine")
    )

    client.open_locker(locker_id="a")

    assert server.documents == [{"LockerId": "a", "ClientToken": "mine"}]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"LockerId": "x" * 65}, "65 characters"),
        ({"LockerId": 3}, "locker_id: 3 is of type int"),
        (
            {"LokerId": "x"},
            "LokerId: is not a member of OpenLockerRequest; did you",
        ),
        ({"Tags": [{"Value": "abcd"}]}, "tags[0].key: is required"),
    ],
)
def test_parameters_changed_for_the_worse_are_told(
    direct: Any, server: Any, change: dict[str, Any], problem: str
) -> None:
    """They are checked like any others, after the change."""
    direct.meta.events.register(
        "before-parameter-build", lambda params, **_: params.update(change)
    )

    with pytest.raises(ValidationError) as caught:
        direct.open_locker(locker_id="a")

    assert problem in str(caught.value)
    assert server.requests == []


def test_parameters_changed_for_the_worse_are_refused(client: Any, server: Any) -> None:
    """By whoever does the serialising, with the same class of error."""
    client.meta.events.register(
        "before-parameter-build", lambda params, **_: params.update(LockerId=3)
    )

    with pytest.raises(ValidationError):
        client.open_locker(locker_id="a")

    assert server.requests == []


def test_requests_can_be_changed_on_their_way(client: Any, server: Any) -> None:
    """`before-call` sees the body, `request-created` and `before-sign` the headers."""

    def before_call(params: Any, **_: Any) -> None:
        params["body"] = params["body"].replace(b'"a"', b'"b"')

    def add_header(request: Any, **_: Any) -> None:
        request.headers["X-Mine"] = "yes"

    client.meta.events.register("before-call.parcels", before_call)
    client.meta.events.register("before-sign.parcels", add_header)

    client.open_locker(locker_id="a", **CHOSEN)

    headers, _ = server.requests[0]
    assert server.documents == [{"LockerId": "b", "ClientToken": "t"}]
    assert headers["x-mine"] == "yes"
    assert "x-mine" in headers["authorization"]


def _http(headers: Any) -> AWSResponse:
    raw: Any = None
    return AWSResponse("http://parcels.example", 200, headers, raw)


def test_what_a_hook_changes_is_of_one_call(client: Any, server: Any) -> None:
    """The parts that are the same for each call are made once, and stay."""

    def before_call(params: Any, **_: Any) -> None:
        params["headers"]["x-first"] = "yes"
        params["query_string"] = {"first": "yes"}
        params["url_path"] = "/first"

    client.meta.events.register_first("before-call", before_call, "only")
    client.open_locker(locker_id="a")
    client.meta.events.unregister("before-call", unique_id="only")
    client.open_locker(locker_id="a")

    first, second = (headers for headers, _ in server.requests)
    assert first["x-first"] == "yes"
    assert "x-first" not in second
    assert second["x-amz-target"] == first["x-amz-target"]


def test_a_hook_may_answer_instead_of_the_network(
    client: Any, parcels: Any, server: Any
) -> None:
    """`before-send` returns an HTTP response, as moto's does."""
    answer: Any = _http({"x-amzn-requestid": "r"})
    answer._content = b'{"State": "free"}'
    client.meta.events.register("before-send", lambda **_: answer)

    reply = client.open_locker(locker_id="a")

    assert reply == parcels.OpenLockerResponse(state="free")
    assert reply.response_metadata.request_id == "r"
    assert server.requests == []


def test_a_hook_may_answer_instead_of_the_call(
    client: Any, parcels: Any, server: Any
) -> None:
    """`before-call` returns a parsed reply, as botocore's Stubber does."""
    http = _http({})
    parsed = {"State": "in-use", "ResponseMetadata": {"HTTPStatusCode": 200}}
    client.meta.events.register("before-call", lambda **_: (http, parsed))

    reply = client.open_locker(locker_id="a")

    assert reply == parcels.OpenLockerResponse(state=parcels.LockerState.IN_USE)
    assert reply.response_metadata.status == 200
    assert server.requests == []


def test_replies_are_boto3s(client: Any, server: Any) -> None:
    """`after-call` shows the parsed reply with the facts of the exchange last."""
    seen: list[Any] = []
    client.meta.events.register(
        "after-call", lambda parsed, **_: seen.append(dict(parsed))
    )
    server.answers = [(200, {"State": "free"})]

    client.open_locker(locker_id="a")

    (parsed,) = seen
    assert list(parsed) == ["State", "ResponseMetadata"]
    assert list(parsed["ResponseMetadata"]) == [
        "RequestId",
        "HTTPStatusCode",
        "HTTPHeaders",
        "RetryAttempts",
    ]


def test_changed_replies_are_read(client: Any, parcels: Any, server: Any) -> None:
    """The caller gets what a handler makes of a reply."""

    def after_call(parsed: Any, **_: Any) -> None:
        parsed["Tags"] = [{"Key": "added"}]
        parsed["ResponseMetadata"]["RequestId"] = "mine"

    client.meta.events.register("after-call.parcels.OpenLocker", after_call)
    server.answers = [(200, {"State": "free"})]

    reply = client.open_locker(locker_id="a")

    assert reply == parcels.OpenLockerResponse(
        state="free", tags=[parcels.Tag(key="added", value=None)]
    )
    assert reply.response_metadata.request_id == "mine"


def test_replies_changed_for_the_worse_are_told(client: Any) -> None:
    """A handler that puts in a wrong value for a member gets a typed error."""
    client.meta.events.register(
        "after-call", lambda parsed, **_: parsed.update(State={})
    )

    with pytest.raises(ReplyError, match=r"state: .* is of type dict, not text"):
        client.open_locker(locker_id="a")


def test_before_parse_adds_to_a_reply(client: Any, parcels: Any) -> None:
    """botocore's own customisations use this event."""
    client.meta.events.register(
        "before-parse",
        lambda customized_response_dict, **_: customized_response_dict.update(
            State="in-use"
        ),
    )

    assert client.open_locker(locker_id="a") == parcels.OpenLockerResponse(
        state=parcels.LockerState.IN_USE
    )


def test_every_event_of_a_call_comes_in_botocores_order(
    client: Any, boto: Any, server: Any
) -> None:
    """The same events with the same arguments as from botocore's own client."""
    seen: dict[str, list[Any]] = {}
    for name, one in (("ours", client), ("theirs", boto)):
        seen[name] = []

        def record(event_name: str, name: str = name, **arguments: Any) -> None:
            seen[name].append((event_name, sorted(arguments)))

        for event in (
            "provide-client-params",
            "before-parameter-build",
            "before-endpoint-resolution",
            "before-call",
            "request-created",
            "choose-signer",
            "before-sign",
            "before-send",
            "before-parse",
            "response-received",
            "needs-retry",
            "after-call",
            "after-call-error",
        ):
            one.meta.events.register(event, record)
    server.answers = [(500, b""), (200, {})]
    client.open_locker(locker_id="a")
    server.answers = [(500, b""), (200, {})]

    boto.open_locker(LockerId="a")

    assert seen["ours"] == seen["theirs"]
    assert len(seen["ours"]) == 19


def test_needs_retry_hooks_decide(client: Any, server: Any) -> None:
    """A handler may ask for another attempt, by what the reply says."""

    def again(response: Any, attempts: int, **_: Any) -> float | None:
        busy = response[1].get("State") == "in-use"
        return 0.0 if busy and attempts < 4 else None

    client.meta.events.register("needs-retry", again)
    server.answers = [(200, {"State": "in-use"})] * 2 + [(200, {"State": "free"})]

    reply = client.open_locker(locker_id="a")

    assert (reply.state, reply.response_metadata.attempts) == ("free", 3)


def test_handlers_of_one_client_are_its_own(parcels: Any, server: Any) -> None:
    """Also when clients share a session."""
    session = botocore.session.Session()
    seen: list[str] = []
    with (
        parcels.Client(endpoint_url=server.url, session=session) as first,
        parcels.Client(endpoint_url=server.url, session=session) as second,
    ):
        first.meta.events.register("before-call", lambda **_: seen.append("first"))
        second.open_locker(locker_id="a")
        first.open_locker(locker_id="a")

    assert seen == ["first"]


def test_patches_of_make_api_call_see_every_call(
    client: Any, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tracers and mocks wrap botocore's method; its arguments are boto3's."""
    theirs: Any = botocore.client.BaseClient
    real = theirs._make_api_call
    seen: list[Any] = []

    def traced(instance: Any, operation_name: str, api_params: Any) -> Any:
        parsed = real(instance, operation_name, api_params)
        seen.append((operation_name, dict(api_params), parsed["State"]))
        return parsed

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", traced)
    server.answers = [(200, {"State": "free"})]

    client.open_locker(locker_id="a", **CHOSEN)

    assert seen == [("OpenLocker", {"LockerId": "a", "ClientToken": "t"}, "free")]


def test_a_mock_of_make_api_call_answers(
    client: Any, parcels: Any, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The usual way to mock boto3: plain dictionaries, or ClientError, come back."""

    def mocked(*arguments: Any) -> Any:
        _, _, api_params = arguments
        return {"State": "in-use", "Tags": [{"Key": api_params["LockerId"]}]}

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", mocked)

    assert client.open_locker(locker_id="a") == parcels.OpenLockerResponse(
        state="in-use", tags=[parcels.Tag(key="a", value=None)]
    )
    assert server.requests == []


def test_botocores_stubber_works_with_the_full_model(parcels: Any, server: Any) -> None:
    """The client below botocore's serializer has the model that `Stubber` checks by."""
    with parcels.Client(endpoint_url=server.url, serializer="botocore") as client:
        stubber = Stubber(client)
        stubber.add_response("open_locker", {"State": "free"}, {"LockerId": "a"})
        stubber.add_client_error("open_locker", "LockerNotFound", "gone")
        with stubber:
            assert client.open_locker(locker_id="a").state == "free"
            with pytest.raises(parcels.LockerNotFound):
                client.open_locker(locker_id="b")


def test_method_names_map_to_operations(client: Any) -> None:
    """`meta.method_to_api_mapping` is filled as in boto3."""
    assert client.meta.method_to_api_mapping == {
        "close_locker": "CloseLocker",
        "describe_crate": "DescribeCrate",
        "list_lockers": "ListLockers",
        "list_stamps": "ListStamps",
        "open_locker": "OpenLocker",
    }


def test_a_handler_of_the_session_that_wants_other_timestamps_is_heard(
    parcels: Any, server: Any
) -> None:
    """Wire code writes one precision; for another, botocore serialises."""
    session: Any = botocore.session.Session()
    session.register(
        "creating-serializer",
        lambda serializer_kwargs, **_: serializer_kwargs.update(
            timestamp_precision="millisecond"
        ),
    )
    moment = datetime(2015, 1, 1, 0, 0, 0, 123_456, tzinfo=UTC)

    with parcels.Client(endpoint_url=server.url, session=session) as client:
        client.describe_crate(crate=parcels.Crate(packed_at=moment))

    assert server.documents == [{"Crate": {"packed-at": 1420070400.123}}]
