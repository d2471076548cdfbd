"""Property: a waiter stops when botocore's own does, and for the same reason."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest.mock import patch

import botocore.exceptions
import botocore.waiter
import jmespath
from attrs import Factory, define, frozen
from botocore import xform_name
from botocore.waiter import AcceptorConfig, SingleWaiterConfig
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from jmespath.exceptions import JMESPathError
from tests.contract.services.properties.compare import same
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.reply import FULL, SOME, STYLES
from tests.contract.services.properties.subject import SERIALIZERS, Subject

import botosmith.runtime.waiters.run
from botosmith.runtime import Response, ServiceError, WaiterError, from_boto3
from botosmith.runtime.schema import fields
from botosmith.testing.message import Reply
from botosmith.testing.reply import (
    Fault,
    list_error_forms,
    write_error,
    write_reply,
)
from botosmith.testing.strategies import outputs

#: From this status on, botocore takes a reply for an error.
_FIRST_ERROR = 300

_PATHS = frozenset({"path", "pathAll", "pathAny"})

#: Keys of botocore that waiters do not know.
_STRANGE = Fault("FutureException", "It is so.")


def check_waiters(
    subject: Subject, effort: Effort, name: str, counts: Counter[str]
) -> None:
    """Let all waiters of an operation wait, on every path."""
    for waiter, config in subject.waiters.get(name, {}).items():
        counts["waiters"] += 1
        trial = _Trial(subject, name, waiter, config)
        for number in range(len(config.acceptors)):
            trial.check(effort, number, counts)
        counts["acceptors"] += len(config.acceptors)
        counts["acceptors met"] += len(trial.met)


@define
class _Trial:
    """A waiter under test.

    Attributes:
        subject: The service.
        operation: The operation that it calls.
        name: Its name in the model.
        config: What botocore knows of it.
        met: The acceptors that have matched so far, by what they say.
    """

    subject: Subject
    operation: str
    name: str
    config: SingleWaiterConfig
    met: set[int] = Factory(set[int])

    def check(self, effort: Effort, number: int, counts: Counter[str]) -> None:
        """Draw what a service answers, and at the end what one acceptor is about."""

        @effort.settings()
        @given(
            st.lists(self._draw_any(), max_size=3),
            self._draw_for(self.config.acceptors[number]),
        )
        def check(first: list[Reply], last: Reply) -> None:
            # Alone, it is not kept from being the end.
            for answers in [last], [*first, last]:
                counts["waits"] += 1
                self._compare(answers)

        check()

    def _draw_any(self) -> SearchStrategy[Reply]:
        """An answer that any of the acceptors may be about, or none."""
        acceptors: list[AcceptorConfig] = self.config.acceptors
        return st.one_of(
            self._draw_replies([*acceptors]),
            st.just(self._write_error(_STRANGE)),
            *map(self._draw_for, acceptors),
        )

    def _draw_for(self, acceptor: AcceptorConfig) -> SearchStrategy[Reply]:
        """An answer that an acceptor is likely to accept."""
        expected: Any = acceptor.expected
        if acceptor.matcher == "error" and isinstance(expected, str):
            statuses = st.sampled_from([400, 404, 500])
            return statuses.map(
                lambda status: self._write_error(
                    Fault(expected, "It is so.", status=status)
                )
            )
        if acceptor.matcher == "error" and expected:
            return st.just(self._write_error(_STRANGE))
        if acceptor.matcher == "status" and expected >= _FIRST_ERROR:
            fault = Fault(_STRANGE.code, _STRANGE.message, status=expected)
            return st.just(self._write_error(fault))
        return self._draw_replies([acceptor])

    def _write_error(self, fault: Fault) -> Reply:
        model = self.subject.model
        if self.subject.operation(self.operation).http.get("method") == "HEAD":
            # The reply of such a fault has no body to say so.
            return Reply(fault.status, {}, b"")
        return write_error(model, fault, list_error_forms(model)[0])

    def _draw_replies(
        self, acceptors: Sequence[AcceptorConfig]
    ) -> SearchStrategy[Reply]:
        """Replies whose members have values that acceptors look for there."""
        operation = self.subject.operation(self.operation)
        shape = operation.output_shape
        protocol = self.subject.model.resolved_protocol
        if shape is None:
            return st.just(write_reply(operation, {}))
        bait = _Bait.of(acceptors, is_sure=len(acceptors) == 1)
        drawn = st.one_of(
            outputs(shape, protocol, FULL), outputs(shape, protocol, SOME)
        )
        return st.builds(
            lambda output, style: write_reply(operation, output, style),
            _lay(drawn, bait),
            STYLES,
        )

    def _compare(self, answers: Sequence[Reply]) -> None:
        theirs = self._drive_theirs(answers)
        for serializer in SERIALIZERS:
            ours = self._drive_ours(answers, serializer)
            where = f"{self.name} with the {serializer} serializer"
            same(ours.slept, theirs.slept, f"{where}: what it slept")
            same(ours.kind, theirs.kind, f"{where}: its end")
            same(ours.reason, theirs.reason, f"{where}: the reason")
            self._compare_last(ours, theirs, where)

    def _compare_last(self, ours: _End, theirs: _End, where: str) -> None:
        if isinstance(ours.last, ServiceError):
            same(ours.last.response, theirs.last, f"{where}: the last error")
        elif isinstance(ours.last, Response):
            kind = self.subject.package.OPERATIONS[self.operation].response
            last = from_boto3(kind, theirs.last)
            same(ours.last, last, f"{where}: the last reply")
            same(
                ours.last.response_metadata,
                last.response_metadata,
                f"{where}: its metadata",
            )
        elif ours.kind is None:
            assert "Error" in theirs.last, f"{where}: there is no last reply"

    def _drive_theirs(self, answers: Sequence[Reply]) -> _End:
        waiter = self.subject.reference.get_waiter(xform_name(self.name))
        parameters = self.subject.least_parameters(self.operation)
        call = waiter._operation_method
        last: list[Any] = [None]

        def note(**arguments: Any) -> Any:
            last[0] = call(**arguments)
            return last[0]

        waiter._operation_method = note
        pace = {"MaxAttempts": len(answers)}
        with self._feed(answers, botocore.waiter) as slept:
            try:
                waiter.wait(**parameters, WaiterConfig=pace)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is compared
                end = _End.of(error, slept, last[0])
            else:
                end = _End(None, "", slept, last[0])
        self._note_met(last[0])
        return end

    def _note_met(self, parsed: Any) -> None:
        for number, acceptor in enumerate(self.config.acceptors):
            try:
                if parsed is not None and acceptor.matcher_func(parsed):
                    self.met.add(number)
                    return
            except JMESPathError:
                return

    def _drive_ours(self, answers: Sequence[Reply], serializer: str) -> _End:
        kind = self.subject.package.OPERATIONS[self.operation].request
        request = from_boto3(kind, self.subject.least_parameters(self.operation))
        arguments = {
            field.attribute: value
            for field in fields(kind)
            if (value := getattr(request, field.attribute)) is not None
        }
        client = self.subject.clients[serializer]
        wait = getattr(client, f"wait_until_{xform_name(self.name)}")
        with self._feed(answers, botosmith.runtime.waiters.run) as slept:
            try:
                reply = wait(**arguments, max_attempts=len(answers))
            except WaiterError as error:
                same(error.attempts, len(slept) + 1, "the number of attempts")
                return _End.of(error, slept, error.last_reply)
            except Exception as error:  # noqa: BLE001 - as above
                return _End.of(error, slept, None)
        return _End(None, "", slept, reply)

    @contextmanager
    def _feed(
        self, answers: Sequence[Reply], module: ModuleType
    ) -> Generator[list[float], None, None]:
        """Within, each sleep of a module brings the next answer; gives the sleeps."""
        slept: list[float] = []
        network = self.subject.network

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            network.answer(self.operation, answers[len(slept)])

        network.answer(self.operation, answers[0])
        clock = SimpleNamespace(**{**vars(time), "sleep": sleep})
        with patch.object(module, "time", clock):
            yield slept


@frozen
class _End:
    """The end of a waiter.

    Attributes:
        kind: botocore's class of the error that it raised; None for no error.
        reason: Why a waiter gave up.
        slept: How long it slept after each call but the last.
        last: The last reply or error.
    """

    kind: type[Exception] | None
    reason: str
    slept: list[float]
    last: Any

    @classmethod
    def of(cls, error: Exception, slept: list[float], last: Any) -> _End:
        """The end that is an error."""
        if isinstance(error, botocore.exceptions.WaiterError):
            reason = str(error.kwargs["reason"])  # type: ignore[attr-defined,unused-ignore]
            return cls(botocore.exceptions.WaiterError, reason, slept, last)
        if isinstance(error, AssertionError):
            raise error
        return cls(type(error), "", slept, None)


@frozen
class _Bait:
    """Return values that may make acceptors match.

    Attributes:
        names: The members that they look at.
        values: The values that they look for.
        is_sure: Whether these are there whatever was drawn.
    """

    names: frozenset[str]
    values: tuple[Any, ...]
    is_sure: bool

    @classmethod
    def of(cls, acceptors: Sequence[AcceptorConfig], *, is_sure: bool) -> _Bait:
        """The bait for some acceptors."""
        names: set[str] = set()
        values: dict[Any, None] = {}
        for acceptor in acceptors:
            if acceptor.matcher not in _PATHS:
                continue
            values[acceptor.expected] = None
            expression = jmespath.compile(str(acceptor.argument))
            for kind, value in _walk(expression.parsed):
                if kind == "field":
                    names.add(value)
                elif isinstance(value, (str, int)):
                    # It may be what must not be there.
                    values[value] = None
                    is_sure = False
        return cls(frozenset(names), tuple(values), is_sure)


def _walk(node: Any) -> Iterator[tuple[str, Any]]:
    """The fields and the literals of an expression."""
    if node["type"] in {"field", "literal"}:
        yield node["type"], node["value"]
    for child in node["children"]:
        if isinstance(child, dict):
            yield from _walk(child)


@st.composite
def _lay(
    draw: Callable[[SearchStrategy[Any]], Any],
    drawn: SearchStrategy[Any],
    bait: _Bait,
) -> Any:
    """A drawn output in which members have the values that are looked for."""

    def lay(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key: replace(item) if key in bait.names else lay(item)
                for key, item in value.items()
            }
        return [lay(item) for item in value] if isinstance(value, list) else value

    def replace(value: Any) -> Any:
        if isinstance(value, list) and not bait.is_sure and draw(st.booleans()):
            return []
        if isinstance(value, (dict, list)):
            return lay(value)
        fitting = [one for one in bait.values if type(one) is type(value)]
        if not fitting:
            return value
        return draw(st.sampled_from(fitting if bait.is_sure else [*fitting, value]))

    output = lay(draw(drawn))
    # Else botocore would take each such reply for an error.
    if draw(st.booleans()):
        output.pop("Error", None)
    return output
