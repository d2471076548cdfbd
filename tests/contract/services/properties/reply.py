"""Property: what we read is what botocore reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.contract.services.properties.compare import same
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.subject import SERIALIZERS, Subject

from botosmith.runtime import EventStream, Response, StreamingBody, from_boto3
from botosmith.runtime.schema import fields
from botosmith.testing.message import Reply
from botosmith.testing.reply import Style, write_reply
from botosmith.testing.strategies import Options, outputs

FULL = Options(full=True, recursion=1, repeats=2)
SOME = Options(unknown_members=True)

STYLES: SearchStrategy[Style] = st.builds(
    Style, newer=st.booleans(), nulls=st.booleans(), loose=st.booleans()
)


def check_replies(
    subject: Subject, effort: Effort, name: str, counts: Counter[str]
) -> None:
    """Draw replies of an operation, and read them by every path."""
    operation = subject.operation(name)
    shape = operation.output_shape
    protocol = subject.model.resolved_protocol

    def draw(options: Options) -> SearchStrategy[Any]:
        return st.just({}) if shape is None else outputs(shape, protocol, options)

    @effort.settings()
    @given(draw(SOME), STYLES)
    def some(output: dict[str, Any], style: Style) -> None:
        counts["replies"] += 1
        _check(subject, name, write_reply(operation, output, style))

    @effort.settings(full=True)
    @given(draw(FULL), STYLES)
    def full(output: dict[str, Any], style: Style) -> None:
        counts["replies"] += 1
        _check(subject, name, write_reply(operation, output, style))

    readers = subject.readers
    count, missed = readers.count, readers.missed
    some()
    if shape is not None:
        full()
    # Those whose numbers are text are left out.
    assert readers.count > count or readers.missed == missed, "no reader has read"


def _check(subject: Subject, name: str, reply: Reply) -> None:
    operation = subject.package.OPERATIONS[name]
    parameters = subject.least_parameters(name)
    request = from_boto3(operation.request, parameters)
    subject.network.answer(name, reply)
    parsed = subject.reference._make_api_call(name, parameters)
    theirs = from_boto3(operation.response, parsed, unknown="ignore")
    streams = _take_streams(theirs)
    texts: dict[str, str] = {}
    for serializer, context in _ways(subject):
        with context:
            ours = subject.clients[serializer].send(request)
        where = f"the {serializer} serializer's reply"
        same(_take_streams(ours), streams, f"{where}, its streams")
        same(ours, theirs, where)
        same(ours.response_metadata, theirs.response_metadata, f"{where}, its metadata")
        # Text tells 1 from 1.0, which are equal; botocore gives what the service sent.
        same(
            repr(ours), texts.setdefault(serializer, repr(ours)), f"{where}, read again"
        )
    metadata = parsed["ResponseMetadata"]
    found = theirs.response_metadata
    # botocore leaves it out where nothing is to be read of the reply.
    given = metadata["HTTPHeaders"].get("x-amzn-requestid")
    same(found.request_id, metadata.get("RequestId", given), "the request id")
    same(found.status, reply.status, "the status")
    same(found.headers, metadata["HTTPHeaders"], "the headers")


def _ways(subject: Subject) -> Iterator[tuple[str, AbstractContextManager[None]]]:
    """The paths, and the direct one once more as `botosmith[speed]` has it."""
    for serializer in SERIALIZERS:
        yield serializer, nullcontext()
    yield "generated", subject.readers.in_use()


def _take_streams(response: Response) -> dict[str, Any]:
    """Read to their ends the streams of a reply, which are never equal, and part."""
    taken: dict[str, Any] = {}
    for field in fields(type(response)):
        value = getattr(response, field.attribute)
        if isinstance(value, StreamingBody):
            taken[field.attribute] = value.read()
        elif isinstance(value, EventStream):
            taken[field.attribute] = list(value)
        else:
            continue
        setattr(response, field.attribute, None)
    return taken
