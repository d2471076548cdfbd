"""Waiters: when they stop and why, held against botocore's; who is told, and what."""

from __future__ import annotations

import io
import pickle
import sys
import typing
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import botocore.exceptions
import botocore.waiter
import pytest
from attrs import frozen
from botocore import xform_name
from botocore.config import Config
from jmespath.exceptions import JMESPathTypeError
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import write_model
from tests.contract.behaviours.trio import Trio

import botosmith.runtime.waiters.run
from botosmith.runtime import (
    BotosmithError,
    ServiceError,
    ValidationError,
    WaiterAttempt,
    WaiterError,
)

TEXT = {"shape": "Text"}

#: Types that may have the same number and the same truth.
NEVER = {"state": "retry", "matcher": "error", "expected": "Never"}

ACCEPTORS: Mapping[str, list[dict[str, Any]]] = {
    "Open": [
        {
            "state": "success",
            "matcher": "path",
            "argument": "Status",
            "expected": "OPEN",
        },
        {
            "state": "failure",
            "matcher": "path",
            "argument": "Status",
            "expected": "STUCK",
        },
        {"state": "retry", "matcher": "error", "expected": "Busy"},
    ],
    "AllOpen": [
        {
            "state": "success",
            "matcher": "pathAll",
            "argument": "Doors[].Status",
            "expected": "OPEN",
        },
        {
            "state": "failure",
            "matcher": "pathAny",
            "argument": "Doors[].Status",
            "expected": "STUCK",
        },
    ],
    "AnyOpen": [
        {
            "state": "success",
            "matcher": "pathAny",
            "argument": "Doors[].Status",
            "expected": "OPEN",
        },
        {
            "state": "failure",
            "matcher": "pathAll",
            "argument": "Doors[].Status",
            "expected": "STUCK",
        },
    ],
    "Counted": [
        {
            "state": "success",
            "matcher": "path",
            "argument": "length(Doors) > `1`",
            "expected": True,
        },
    ],
    "Found": [
        {"state": "success", "matcher": "status", "expected": 200},
        {"state": "retry", "matcher": "status", "expected": 404},
        {"state": "failure", "matcher": "status", "expected": 403},
    ],
    "Gone": [
        {"state": "success", "matcher": "status", "expected": 404},
    ],
    "Missing": [
        {"state": "success", "matcher": "error", "expected": "NotFound"},
        {"state": "failure", "matcher": "error", "expected": "Broken"},
    ],
    "Refused": [{"state": "success", "matcher": "error", "expected": True}],
    "Answered": [
        {"state": "success", "matcher": "error", "expected": False},
        {"state": "retry", "matcher": "error", "expected": "NotFound"},
    ],
    "Never": [],
    "Numbered": [
        {
            "state": "success",
            "matcher": "path",
            "argument": "Number",
            "expected": 3,
        },
        NEVER,
    ],
}

SHAPES: Mapping[str, Any] = {
    "Text": {"type": "string", "max": 64, "min": 1},
    "Status": {"type": "string", "enum": ["OPEN", "STUCK", "SHUT"]},
    "Secret": {"type": "string", "sensitive": True},
    "Number": {"type": "integer"},
    "Door": {"type": "structure", "members": {"Status": {"shape": "Status"}}},
    "Doors": {"type": "list", "member": {"shape": "Door"}},
    "Problem": {"type": "structure", "members": {"Code": TEXT, "Message": TEXT}},
    "LookRequest": {
        "type": "structure",
        "required": ["LockerId"],
        "members": {
            "LockerId": TEXT,
            "Status": {"shape": "Status"},
            "Delay": {"shape": "Number"},
        },
    },
    "LookResponse": {
        "type": "structure",
        "members": {
            "Status": {"shape": "Status"},
            "Doors": {"shape": "Doors"},
            "Number": {"shape": "Number"},
            "Error": {"shape": "Problem"},
            "Code": {"shape": "Secret"},
            "FailureReason": {"shape": "Words"},
            "SecretReason": {"shape": "Secret"},
            "StatusMessages": {"shape": "Texts"},
            "Locks": {"shape": "Locks"},
        },
    },
    "Words": {"type": "string"},
    "Texts": {"type": "list", "member": {"shape": "Words"}},
    "Lock": {
        "type": "structure",
        "members": {"State": {"shape": "LockState"}, "Lock": {"shape": "Lock"}},
    },
    "LockState": {
        "type": "structure",
        "members": {"Reason": {"shape": "Words"}, "Hint": {"shape": "Words"}},
    },
    "Locks": {"type": "list", "member": {"shape": "Lock"}},
    "NotFound": {
        "type": "structure",
        "exception": True,
        "members": {"message": TEXT},
    },
}


def make_waiters() -> dict[str, Any]:
    """The waiters of the service, each with a pace of its own."""
    return {
        name: {
            "operation": "Look",
            "delay": number,
            "maxAttempts": 3,
            "acceptors": acceptors,
        }
        for number, (name, acceptors) in enumerate(ACCEPTORS.items(), start=1)
    }


@pytest.fixture(scope="module")
def parcels() -> Iterator[Trio]:
    """Clients of a service with one operation, and all sorts of waiters of it."""
    look = {
        "input": {"shape": "LookRequest"},
        "output": {"shape": "LookResponse"},
        "errors": [{"shape": "NotFound"}],
    }
    models = write_model("json", {"Look": look}, SHAPES, waiters=make_waiters())
    with closing(Trio.make("parcels", models=models)) as trio:
        yield trio


@pytest.fixture(autouse=True)
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """For how long waiters have slept, which takes no time; the clock shows the sum."""
    sleeps: list[float] = []
    clock = SimpleNamespace(sleep=sleeps.append, monotonic=lambda: float(sum(sleeps)))
    for module in (botocore.waiter, botosmith.runtime.waiters.run):
        monkeypatch.setattr(module, "time", clock)
    return sleeps


def fail(code: str, status: int = 400) -> Answer:
    """An error."""
    return Answer({"__type": code, "message": "It is so."}, status=status)


def show(**document: Any) -> Answer:
    """A reply."""
    return Answer(document)


def doors(*states: str) -> Answer:
    """A reply that tells of doors."""
    return show(Doors=[{"Status": state} for state in states])


OPEN, SHUT, STUCK = (show(Status=state) for state in ("OPEN", "SHUT", "STUCK"))
BUSY, LOST, BROKEN = fail("Busy"), fail("NotFound", 404), fail("Broken", 500)


@frozen
class End:
    """The end of a waiter, by any of the clients."""

    reason: str | None
    calls: int
    slept: list[float]
    last: Any


def wait(trio: Trio, name: str, *answers: Answer, **arguments: Any) -> tuple[End, Any]:
    """Let all wait, see that they end alike, and give the end and what ours gave."""
    first, *others = trio.networks
    pace = {
        key: arguments[ours]
        for ours, key in (("delay", "Delay"), ("max_attempts", "MaxAttempts"))
        if ours in arguments
    }
    first.expect(*answers)
    theirs = trio.theirs.get_waiter(xform_name(name))
    slept = botocore.waiter.time.sleep.__self__  # type: ignore[attr-defined]
    expected: End | None = None
    slept.clear()
    try:
        theirs.wait(LockerId="a", WaiterConfig=pace)
        expected = End(None, len(first.sent), [*slept], None)
    except botocore.exceptions.WaiterError as error:
        reason = error.kwargs["reason"]
        last = _strip(error.last_response)
        expected = End(reason, len(first.sent), [*slept], last)
    given: Any = None
    function = f"wait_until_{xform_name(name)}"
    for (serializer, client), network in zip(trio.ours.items(), others, strict=True):
        network.expect(*answers)
        slept.clear()
        try:
            given = getattr(client, function)(
                locker_id="a",
                **{_OURS.get(key, key): arguments[key] for key in arguments},
            )
            found = End(None, len(network.sent), [*slept], None)
        except WaiterError as error:
            given = error
            last = _strip(error.last_response)
            found = End(error.reason, len(network.sent), [*slept], last)
        assert found == expected, serializer
        agents = [one.sent[0].headers["user-agent"] for one in (first, network)]
        assert [_read_features(agent) for agent in agents] == [{"B"}] * 2
    return expected, given


def _strip(response: Any) -> Any:
    """A reply or error without what botocore's retries note for themselves."""
    metadata = {**response["ResponseMetadata"]}
    metadata.pop("MaxAttemptsReached", None)
    return {**response, "ResponseMetadata": metadata}


#: The operation has a member of this name.
_OURS = {"delay": "delay_"}


def _read_features(agent: str) -> set[str]:
    """Return what a client says it does, as far as it is a waiter's."""
    (features,) = (part[2:] for part in agent.split() if part.startswith("m/"))
    return {"B"}.intersection(features.split(","))


@pytest.mark.parametrize(
    ("name", "answers", "reason", "calls"),
    [
        ("Open", [OPEN], None, 1),
        ("Open", [SHUT, BUSY, OPEN], None, 3),
        (
            "Open",
            [SHUT, STUCK],
            (
                "Waiter encountered a terminal failure state: "
                'For expression "Status" we matched expected path: "STUCK"'
            ),
            2,
        ),
        ("Open", [SHUT], "Max attempts exceeded", 3),
        (
            "Open",
            [BUSY, SHUT],
            # As botocore has it, which looks at what it looked at last.
            (
                "Max attempts exceeded. Previously accepted state: "
                "Matched expected service error code: Busy"
            ),
            3,
        ),
        ("Open", [BROKEN], "An error occurred (Broken): It is so.", 1),
        ("AllOpen", [doors("OPEN", "OPEN")], None, 1),
        ("AllOpen", [doors("OPEN", "SHUT"), doors("OPEN")], None, 2),
        (
            "AllOpen",
            [doors("OPEN", "STUCK")],
            (
                "Waiter encountered a terminal failure state: For expression "
                '"Doors[].Status" we matched expected path: "STUCK" at least once'
            ),
            1,
        ),
        ("AllOpen", [doors()], "Max attempts exceeded", 3),
        ("AllOpen", [show()], "Max attempts exceeded", 3),
        ("AnyOpen", [doors("SHUT"), doors("SHUT", "OPEN")], None, 2),
        ("AnyOpen", [doors()], "Max attempts exceeded", 3),
        (
            "AnyOpen",
            [doors("STUCK", "STUCK")],
            (
                "Waiter encountered a terminal failure state: For expression "
                '"Doors[].Status" all members matched expected path: "STUCK"'
            ),
            1,
        ),
        ("Counted", [doors("OPEN"), doors("OPEN", "OPEN")], None, 2),
        ("Found", [LOST, show()], None, 2),
        (
            "Found",
            [fail("No", 403)],
            (
                "Waiter encountered a terminal failure state: "
                "Matched expected HTTP status code: 403"
            ),
            1,
        ),
        ("Gone", [show(), LOST], None, 2),
        ("Missing", [show(), LOST], None, 2),
        (
            "Missing",
            [BROKEN],
            (
                "Waiter encountered a terminal failure state: "
                "Matched expected service error code: Broken"
            ),
            1,
        ),
        ("Refused", [show(), BROKEN], None, 2),
        ("Answered", [LOST, show()], None, 2),
        ("Never", [show()], "Max attempts exceeded", 3),
        ("Never", [LOST], "An error occurred (NotFound): It is so.", 1),
        ("Numbered", [show(Number=2), show(Number=3)], None, 2),
        # A reply that looks as botocore's errors do.
        (
            "Open",
            [show(Status="OPEN", Error={"Code": "Odd", "Message": "m"})],
            "An error occurred (Odd): m",
            1,
        ),
        (
            "Answered",
            [show(Error={"Code": "Odd"})],
            "An error occurred (Odd): Unknown",
            1,
        ),
        ("Refused", [show(Error={"Code": "Odd"})], None, 1),
        ("Open", [show(Status="OPEN", Error={"Message": "m"})], None, 1),
    ],
)
def test_ends(
    parcels: Trio, name: str, answers: list[Answer], reason: str | None, calls: int
) -> None:
    """Each matcher, and each end, as under botocore."""
    end, _ = wait(parcels, name, *answers)

    assert (end.reason, end.calls) == (reason, calls)
    assert len(end.slept) == calls - 1


def test_last_reply_is_given(parcels: Trio) -> None:
    """It is the operation's own, with the facts of the exchange."""
    _, reply = wait(parcels, "Open", SHUT, OPEN)

    assert reply == parcels.package.LookResponse(status="OPEN")
    assert reply.response_metadata.status == 200


@pytest.mark.parametrize("name", ["Missing", "Gone"])
def test_nothing_is_given_where_an_error_is_the_end(parcels: Trio, name: str) -> None:
    """And the function's type says so."""
    _, reply = wait(parcels, name, LOST)

    assert reply is None
    assert _read_return(parcels, name) == parcels.package.LookResponse | None


@pytest.mark.parametrize("name", ["Open", "AllOpen", "Found", "Answered", "Never"])
def test_other_functions_always_give_a_reply(parcels: Trio, name: str) -> None:
    """None is not a part of the type then."""
    assert _read_return(parcels, name) is parcels.package.LookResponse


def _read_return(parcels: Trio, name: str) -> Any:
    function = getattr(parcels.package, f"wait_until_{xform_name(name)}")
    scope = {"Client": parcels.package.Client}
    return typing.get_type_hints(function, localns=scope)["return"]


def test_pace_is_that_of_the_model(parcels: Trio) -> None:
    """Its delay, and its attempts."""
    end, _ = wait(parcels, "AllOpen", SHUT)

    assert (end.calls, end.slept) == (3, [2, 2])


def test_pace_can_be_given(parcels: Trio) -> None:
    """A delay of no time at all, too."""
    end, _ = wait(parcels, "Open", SHUT, delay=0.5, max_attempts=2)
    assert (end.calls, end.slept) == (2, [0.5])

    end, _ = wait(parcels, "Open", SHUT, delay=0, max_attempts=4)
    assert (end.calls, end.slept) == (4, [0, 0, 0])


def test_own_argument_stands_back(parcels: Trio) -> None:
    """The operation has a `delay`, so that ours has an underscore."""
    client = parcels.ours["generated"]
    network = parcels.networks[1]
    network.expect(OPEN)

    client.wait_until_open(locker_id="a", delay=7, delay_=1)

    assert network.sent[0].document == {"LockerId": "a", "Delay": 7}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"delay_": -1}, ["delay: -1 is below the minimum 0"]),
        ({"delay_": float("nan")}, ["delay: nan is not finite"]),
        ({"delay_": 1e300}, ["delay: 1e+300 is above the maximum 9223372036"]),
        ({"delay_": "1"}, ["delay: '1' is not a number of seconds"]),
        ({"delay_": True}, ["delay: True is not a number of seconds"]),
        ({"max_attempts": 0}, ["max_attempts: 0 is below the minimum 1"]),
        ({"max_attempts": 1.5}, ["max_attempts: 1.5 is not a whole number"]),
        (
            {"delay_": -1, "max_attempts": -1},
            [
                "delay: -1 is below the minimum 0",
                "max_attempts: -1 is below the minimum 1",
            ],
        ),
        (
            {"locker_id": ""},
            ["locker_id: '' has 0 characters, fewer than the minimum 1"],
        ),
        ({"locker_id": None}, ["locker_id: is required, but missing"]),
        (
            {"locker": "a"},
            ["locker: 'a' is not a member of LookRequest; did you mean locker_id?"],
        ),
    ],
)
def test_wrong_arguments_are_told(
    parcels: Trio, arguments: dict[str, Any], told: list[str]
) -> None:
    """All of them at once, as a ValueError, before anything is sent."""
    client, network = parcels.ours["generated"], parcels.networks[1]
    network.expect(OPEN)

    with pytest.raises(ValidationError) as caught:
        client.wait_until_open(**{"locker_id": "a", **arguments})

    assert [str(one) for one in caught.value.violations] == told
    assert isinstance(caught.value, ValueError)
    assert network.sent == []


def test_missing_argument_is_told(parcels: Trio) -> None:
    """As an operation's is, whatever else is given."""
    client = parcels.ours["generated"]

    with pytest.raises(ValidationError, match="locker_id: is required, but missing"):
        client.wait_until_open(delay_=1, progress=print)
    with pytest.raises(TypeError, match="expected a client of"):
        parcels.package.wait_until_open("client", locker_id="a")


def test_function_is_the_method(parcels: Trio) -> None:
    """Either way, it is the same."""
    client, network = parcels.ours["generated"], parcels.networks[1]
    network.expect(OPEN)

    reply = parcels.package.wait_until_open(client, locker_id="a")

    assert reply.status == parcels.package.Status.OPEN


def test_error_tells_the_end(parcels: Trio) -> None:
    """In botocore's words, and then in its own."""
    _, error = wait(parcels, "Open", SHUT, STUCK)

    assert {BotosmithError, botocore.exceptions.WaiterError} < {*type(error).__mro__}
    assert (error.name, error.state, error.attempts) == ("Open", "failure", 2)
    assert error.last_reply == parcels.package.LookResponse(status="STUCK")
    assert error.seen == {"Status": "STUCK"}
    assert error.kwargs == {"name": "Open", "reason": error.reason}
    assert str(error) == (
        "Waiter Open failed: Waiter encountered a terminal failure state: "
        'For expression "Status" we matched expected path: "STUCK" '
        "(2 attempts; last seen Status: 'STUCK')"
    )


def test_error_tells_that_attempts_are_used_up(parcels: Trio) -> None:
    """The state says that it may still come about."""
    _, error = wait(parcels, "Open", SHUT, max_attempts=1)

    assert (error.state, error.attempts) == ("retry", 1)
    assert str(error).endswith("exceeded (1 attempt; last seen Status: 'SHUT')")


#: Replies, and the reasons that the error tells of them.
REASONS: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"FailureReason": "no capacity"}, {"FailureReason": "no capacity"}),
    ({"FailureReason": ""}, {}),
    ({"FailureReason": "two\n\x1b[31m lines"}, {"FailureReason": "two [31m lines"}),
    ({"FailureReason": "x" * 400}, {"FailureReason": f"{'x' * 300}..."}),
    ({"SecretReason": "hunter2"}, {"SecretReason": "***"}),
    ({"Code": "hunter2"}, {}),
    (
        {"StatusMessages": ["a", "b", "c", "d"]},
        {f"StatusMessages[{index}]": text for index, text in enumerate("abc")},
    ),
    (
        {
            "Locks": [
                {"State": {"Hint": "turn it"}},
                {"State": {"Reason": "rust"}},
            ]
        },
        {"Locks[1].State.Reason": "rust"},
    ),
    (
        # The nearest to the top are told alone.
        {"FailureReason": "no key", "Locks": [{"State": {"Reason": "rust"}}]},
        {"FailureReason": "no key"},
    ),
]


@pytest.mark.parametrize(("document", "reasons"), REASONS)
@pytest.mark.parametrize("status", ["STUCK", "SHUT"])
def test_error_tells_the_reasons_of_the_reply(
    parcels: Trio, document: dict[str, Any], reasons: dict[str, str], status: str
) -> None:
    """The error tells them after a failure, and after the last attempt."""
    answer = show(Status=status, **document)

    _, error = wait(parcels, "Open", answer, max_attempts=1)

    assert error.reasons == reasons
    told = "".join(f"; {path}: {reason}" for path, reason in reasons.items())
    assert str(error).endswith(f"(1 attempt; last seen Status: '{status}'{told})")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - ours


def test_reasons_far_down_are_not_looked_for(parcels: Trio) -> None:
    """A structure may hold itself, as deep as a reply has it."""
    lock: dict[str, Any] = {"State": {"Reason": "rust"}}
    for _ in range(50):
        lock = {"Lock": lock}

    _, error = wait(parcels, "Open", show(Status="STUCK", Locks=[lock]))

    assert error.reasons == {}


def test_error_tells_the_message_of_the_service_error(parcels: Trio) -> None:
    """Once: botocore's words for an error that no acceptor expects have it already."""
    _, expected = wait(parcels, "Missing", BROKEN)
    _, unexpected = wait(parcels, "Open", BROKEN)

    assert str(expected).endswith("(1 attempt; error Broken: It is so.)")
    assert str(unexpected).count("It is so.") == 1


def test_error_has_the_service_error(parcels: Trio) -> None:
    """It is what the waiter's error was raised from."""
    _, error = wait(parcels, "Missing", BROKEN)

    assert isinstance(error.last_reply, ServiceError)
    assert error.last_reply.code == "Broken"
    assert error.__cause__ is error.last_reply
    assert error.seen == {}


@pytest.mark.parametrize("answer", [STUCK, BROKEN])
def test_error_can_be_pickled(parcels: Trio, answer: Answer) -> None:
    """All that it tells comes back."""
    _, error = wait(parcels, "Open", answer)

    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - of our own

    assert str(again) == str(error)
    assert (again.state, again.seen) == (error.state, error.seen)
    assert type(again.last_reply) is type(error.last_reply)
    assert again.last_response == error.last_response


def test_other_errors_come_through(parcels: Trio) -> None:
    """The words of botocore on the network, and of jmespath on a reply, are kept."""
    lost = botocore.exceptions.EndpointConnectionError(endpoint_url="e")
    for client, network in zip(parcels.clients, parcels.networks, strict=True):
        network.expect(SHUT, Answer(error=lost))
        with pytest.raises(botocore.exceptions.EndpointConnectionError):
            _start(client, "open")
        # It has no length.
        network.expect(show())
        with pytest.raises(JMESPathTypeError):
            _start(client, "counted")


def _start(client: Any, name: str) -> None:
    if hasattr(client, "get_waiter"):
        client.get_waiter(name).wait(LockerId="a")
    else:
        getattr(client, f"wait_until_{name}")(locker_id="a")


def test_each_attempt_is_told(parcels: Trio) -> None:
    """To a function of the user's, the end included."""
    told: list[WaiterAttempt] = []

    _, reply = wait(parcels, "Open", SHUT, BUSY, OPEN, progress=told.append)

    first, second, third = told[-3:]
    assert (first.waiter, first.attempt, first.max_attempts) == ("Open", 1, 3)
    assert (first.state, first.seen, first.elapsed) == ("retry", {"Status": "SHUT"}, 0)
    assert first.reply == parcels.package.LookResponse(status="SHUT")
    assert first.error is None
    assert (second.state, second.reply, second.seen) == ("retry", None, {})
    assert isinstance(second.error, ServiceError)
    assert (third.state, third.attempt, third.elapsed) == ("success", 3, 2)
    assert third.reply == reply
    assert [str(one) for one in told[-3:]] == [
        "Open: retry, Status: 'SHUT', attempt 1 of 3",
        "Open: retry, error 'Busy', attempt 2 of 3",
        "Open: success, Status: 'OPEN', attempt 3 of 3",
    ]


def test_bad_end_is_told_before_it_is_raised(parcels: Trio) -> None:
    """A display of attempts shows the last one, too."""
    told: list[WaiterAttempt] = []

    wait(parcels, "Open", STUCK, progress=told.append)

    assert told[-1].state == "failure"


def test_function_may_end_the_wait(parcels: Trio) -> None:
    """An error that it raises comes through."""

    def stop(_: WaiterAttempt) -> None:
        raise KeyboardInterrupt

    network = parcels.networks[1]
    network.expect(SHUT)

    with pytest.raises(KeyboardInterrupt):
        parcels.ours["generated"].wait_until_open(locker_id="a", progress=stop)
    assert len(network.sent) == 1


def test_secrets_are_not_told(connect: Callable[..., Trio]) -> None:
    """Secrets go neither to functions nor into errors; other values do."""
    acceptors = [
        {
            "state": "success",
            "matcher": "path",
            "argument": argument,
            "expected": "x",
        }
        for argument in ("Code", "Status", "length(Code)")
    ]
    waiter = {
        "operation": "Look",
        "delay": 1,
        "maxAttempts": 1,
        "acceptors": acceptors,
    }
    operations = {"Look": {"output": {"shape": "LookResponse"}}}
    models = write_model("json", operations, SHAPES, waiters={"Open": waiter})
    trio = connect("parcels", models=models)
    trio.expect(show(Code="12345", Status="SHUT"))

    with pytest.raises(WaiterError) as caught:
        trio.ours["generated"].wait_until_open()

    assert caught.value.seen == {"Code": "***", "Status": "SHUT", "length(Code)": "***"}
    assert "12345" not in str(caught.value)


class Terminal(io.StringIO):
    """Return what is written to a terminal."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize("stderr", [io.StringIO, Terminal])
def test_line_is_for_terminals(
    parcels: Trio, monkeypatch: pytest.MonkeyPatch, stderr: type[io.StringIO]
) -> None:
    """It says what was seen; nothing is written to anything else."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = stderr()
    monkeypatch.setattr(sys, "stderr", shown)

    wait(parcels, "Open", SHUT, OPEN, progress=True)

    if stderr is Terminal:
        assert "Open: success, Status: 'OPEN', attempt 2 of 3" in shown.getvalue()
    else:
        assert not shown.getvalue()


def test_nobody_is_told(
    parcels: Trio, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unless it was asked for; programs without standard error can ask, too."""
    wait(parcels, "Open", SHUT, OPEN, progress=False)
    monkeypatch.setattr(sys, "stderr", None)
    wait(parcels, "Open", SHUT, OPEN, progress=True)

    assert capsys.readouterr() == ("", "")


def test_line_needs_rich(parcels: Trio, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it, that is said; whoever asks for no line needs nothing."""
    monkeypatch.setitem(sys.modules, "rich.console", None)
    monkeypatch.setattr(sys, "stderr", Terminal())
    client, network = parcels.ours["generated"], parcels.networks[1]
    network.expect(OPEN)

    with pytest.raises(ModuleNotFoundError, match="pip install rich"):
        client.wait_until_open(locker_id="a", progress=True)
    assert network.sent == []
    assert client.wait_until_open(locker_id="a")


def test_progress_is_checked(parcels: Trio) -> None:
    """Before anything is sent."""
    client, network = parcels.ours["generated"], parcels.networks[1]
    network.expect(OPEN)

    with pytest.raises(TypeError, match="progress: 'yes' is neither a function"):
        client.wait_until_open(locker_id="a", progress="yes")
    assert network.sent == []


def test_retries_are_no_attempts(connect: Callable[..., Trio]) -> None:
    """A retry of botocore's own does not count as an attempt."""
    twice = Config(retries={"total_max_attempts": 2, "mode": "standard"})
    operations = {
        "Look": {"input": {"shape": "LookRequest"}, "output": {"shape": "LookResponse"}}
    }
    models = write_model("json", operations, SHAPES, waiters=make_waiters())
    trio = connect("parcels", models=models, config=twice)

    end, _ = wait(trio, "Missing", BROKEN)

    assert (end.calls, end.slept) == (2, [])
