"""Property: an error that we raise is the one that botocore raises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from botocore.exceptions import ClientError, EventStreamError
from botocore.model import StructureShape
from hypothesis import given
from hypothesis import strategies as st
from tests.contract.services.properties.compare import same
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.reply import STYLES
from tests.contract.services.properties.subject import SERIALIZERS, Subject, draw_least
from tests.support.errortext import expect_text

from botosmith.runtime import ServiceError, from_boto3
from botosmith.runtime.schema import fields
from botosmith.runtime.serde.convert import to_plain
from botosmith.testing.message import Reply
from botosmith.testing.reply import (
    Fault,
    Style,
    end_with_error,
    end_with_unknown_error,
    list_error_forms,
    list_stream_errors,
    write_error,
    write_reply,
)
from botosmith.testing.strategies import outputs

_UNKNOWN = "FutureException"
_MESSAGE = "It is so."


def check_errors(
    subject: Subject, effort: Effort, name: str, counts: Counter[str]
) -> None:
    """Let an operation fail in every way that is its to show."""
    for error in subject.errors[name]:
        _check_error(subject, effort, (name, error), counts)
    _check_unknown(subject, name, counts)
    for member in list_stream_errors(subject.operation(name)):
        _check_stream(subject, effort, (name, member), counts)


def _check_error(
    subject: Subject,
    effort: Effort,
    place: tuple[str, StructureShape],
    counts: Counter[str],
) -> None:
    name, shape = place
    protocol = subject.model.resolved_protocol
    facts = shape.metadata.get("error", {})

    @effort.settings(full=True)
    @given(
        outputs(shape, protocol),
        st.sampled_from(list_error_forms(subject.model)),
        STYLES,
    )
    def check(members: dict[str, Any], form: str, style: Style) -> None:
        counts["errors"] += 1
        fault = Fault(
            code=facts.get("code", shape.name),
            message=_MESSAGE,
            shape=shape,
            members=members,
            status=facts.get("httpStatusCode", 400),
        )
        _check_reply(subject, name, write_error(subject.model, fault, form, style))

    check()


def _check_unknown(subject: Subject, name: str, counts: Counter[str]) -> None:
    for form in list_error_forms(subject.model):
        counts["errors"] += 1
        fault = Fault(_UNKNOWN, _MESSAGE)
        ours = _check_reply(
            subject, name, write_error(subject.model, fault, form, Style())
        )
        same(ours.message, _MESSAGE, "the message")


def _check_reply(subject: Subject, name: str, reply: Reply) -> ServiceError:
    """Let all clients read an error, and give what one of ours made of it."""
    parameters = subject.least_parameters(name)
    request = from_boto3(subject.package.OPERATIONS[name].request, parameters)
    subject.network.answer(name, reply)
    theirs = _catch(lambda: subject.reference._make_api_call(name, parameters))
    raised = []
    for serializer in SERIALIZERS:
        ours = _catch(partial(subject.clients[serializer].send, request))
        assert isinstance(ours, ServiceError), serializer
        _compare(subject, ours, theirs)
        raised.append(ours)
    return raised[0]


def _catch(call: Callable[[], Any]) -> Any:
    try:
        call()
    except ClientError as error:
        return error
    message = "no error was raised"
    raise AssertionError(message)


def _compare(subject: Subject, ours: Any, theirs: Any) -> None:
    # botocore's classes have the names of the model, and its root has its own.
    name = subject.shape_names.get(type(ours), "ClientError")
    same(ours.response, theirs.response, "the error's response")
    same(ours.operation_name, theirs.operation_name, "the error's operation")
    same(str(ours), expect_text(ours, theirs), "the error's text")
    same(ours.code, theirs.response["Error"].get("Code", ""), "the error's code")
    same(name, type(theirs).__name__, "the error's class")
    for field in ours._fields:
        if field.attribute != "message":
            value = to_plain(getattr(ours, field.attribute))
            expected = theirs.response.get(field.member.name)
            same(value, expected, f"the error's {field.attribute}")


def _check_stream(
    subject: Subject, effort: Effort, place: tuple[str, str], counts: Counter[str]
) -> None:
    """An error in place of an event."""
    name, member = place
    operation = subject.operation(name)
    shape: Any = operation.output_shape
    protocol = subject.model.resolved_protocol
    error = shape.members[shape.event_stream_name].members[member]
    empty = write_reply(operation, draw_least(outputs(shape, protocol)))

    @effort.settings(full=True)
    @given(outputs(error, protocol))
    def check(members: dict[str, Any]) -> None:
        counts["errors"] += 1
        reply = end_with_error(empty, operation, member, members)
        _check_events(subject, name, reply)

    check()
    _check_events(subject, name, end_with_unknown_error(empty, _UNKNOWN, _MESSAGE))


def _check_events(subject: Subject, name: str, reply: Reply) -> None:
    parameters = subject.least_parameters(name)
    operation = subject.package.OPERATIONS[name]
    request = from_boto3(operation.request, parameters)
    shape: Any = subject.operation(name).output_shape
    stream = shape.event_stream_name
    subject.network.answer(name, reply)
    parsed = subject.reference._make_api_call(name, parameters)
    theirs: Any = _catch(partial(list, parsed[stream]))
    same(type(theirs), EventStreamError, "botocore's error")
    field = next(one for one in fields(operation.response) if one.member.name == stream)
    for serializer in SERIALIZERS:
        response = subject.clients[serializer].send(request)
        ours = _catch(partial(list, getattr(response, field.attribute)))
        assert isinstance(ours, ServiceError), serializer
        # botocore keeps neither the other members nor the facts of the exchange.
        told = theirs.response["Error"]
        same(ours.response.get("Error"), told, "the event's error")
        same(ours.code, told["Code"], "the event's code")
