"""Replies that we write are what botocore reads, in every protocol."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from botocore.awsrequest import HeadersDict
from botocore.eventstream import EventStream
from botocore.exceptions import EventStreamError
from botocore.model import OperationModel, ServiceModel, Shape
from botocore.parsers import create_parser
from hypothesis import given, settings
from hypothesis import strategies as st

from botosmith.testing import load_service
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
from botosmith.testing.reply.cbor import Encoder
from botosmith.testing.strategies import Options, outputs

SERVICES = [
    "ec2-instance-connect",  # json
    "eventbridgev2",  # smithy-rpc-v2-cbor
    "kinesis",  # json, with events
    "appconfig",  # rest-json, with headers
    "bedrock-runtime",  # rest-json, with events and streams
    "iot-data",  # rest-json, with streams
    "sts",  # query
    "elb",  # query
    "route53",  # rest-xml
]

#: botocore's reading of a document with a content type that its model lacks.
STYLES = st.builds(Style, newer=st.booleans(), nulls=st.booleans(), loose=st.booleans())


class Raw(BytesIO):
    """A body as urllib3 would stream it."""

    def stream(self) -> Iterator[bytes]:
        """The body, whole."""
        yield self.getvalue()


def parse(operation: OperationModel, reply: Reply, shape: Shape | None) -> Any:
    """Return what botocore's parser makes of a reply."""
    parser: Any = create_parser(operation.service_model.resolved_protocol)
    streams = reply.status < 300 and operation.has_event_stream_output
    response = {
        "status_code": reply.status,
        "headers": HeadersDict(reply.headers),
        "body": Raw(reply.body) if streams else reply.body,
        "context": {"operation_name": operation.name},
    }
    return parser.parse(response, shape)


def is_said_by_header(operation: OperationModel, name: str) -> bool:
    """Return whether a member is the content type, which all our replies have."""
    member: Any = operation.output_shape and operation.output_shape.members[name]
    return str(member.serialization.get("name", "")).lower() == "content-type"


def check_output(
    operation: OperationModel, output: dict[str, Any], style: Style
) -> None:
    """Write an output, and have it read."""
    shape: Any = operation.output_shape
    parsed = parse(operation, write_reply(operation, output, style), shape)
    metadata = parsed.pop("ResponseMetadata")
    assert metadata["RequestId"] == "request-1"
    for name, value in [*parsed.items()]:
        if isinstance(value, EventStream):
            parsed[name] = list(value)
        elif name not in output and is_said_by_header(operation, name):
            del parsed[name]
    assert parsed == output


def is_stream(operation: OperationModel) -> bool:
    """Return whether the whole reply is bytes, which the parser does not read."""
    shape: Any = operation.output_shape
    payload = shape.serialization.get("payload")
    return payload is not None and shape.members[payload].type_name == "blob"


def list_operations(service: ServiceModel) -> list[OperationModel]:
    """The operations whose replies a parser reads."""
    operations = [service.operation_model(name) for name in service.operation_names]
    return [
        operation
        for operation in operations
        if operation.output_shape is not None and not is_stream(operation)
    ]


@pytest.mark.parametrize("name", SERVICES)
def test_botocore_reads_what_was_drawn(name: str) -> None:
    """Every operation: outputs with some members, all of them, and unknown ones."""
    service = load_service(name)
    protocol = service.resolved_protocol
    for operation in list_operations(service):
        assert operation.output_shape is not None
        drawn = st.one_of(
            outputs(operation.output_shape, protocol),
            outputs(operation.output_shape, protocol, Options(full=True)),
            outputs(operation.output_shape, protocol, Options(unknown_members=True)),
        )

        @settings(max_examples=max(5, settings().max_examples // 10), database=None)
        @given(st.just(operation), drawn, STYLES)
        def check(
            operation: OperationModel, output: dict[str, Any], style: Style
        ) -> None:
            check_output(operation, output, style)

        check()


@pytest.mark.parametrize("name", ["sqs", *SERVICES])
def test_botocore_reads_errors(name: str) -> None:
    """The code and the message of each error, in each form, and the members."""
    service = load_service(name)
    operation = service.operation_model(service.operation_names[0])
    for error in service.error_shapes:
        code: str = error.metadata.get("error", {}).get("code", error.name)
        shape: Any = error

        @settings(max_examples=5, database=None)
        @given(
            outputs(shape, service.resolved_protocol),
            st.sampled_from(list_error_forms(service)),
            st.just((shape, code)),
        )
        def check(members: dict[str, Any], form: str, place: tuple[Any, str]) -> None:
            shape, code = place
            own = {
                key: value
                for key, value in members.items()
                if key.lower() not in {"message", "code", "type"}
            }
            fault = Fault(code, "It is so.", shape, own, 418)
            reply = write_error(service, fault, form)
            parsed = parse(operation, reply, None)
            assert reply.status == 418
            assert parsed["Error"]["Code"] == code
            assert parsed["Error"]["Message"] == "It is so."
            modelled = parse(operation, reply, shape)
            assert {key: modelled[key] for key in own} == own

        check()


@pytest.mark.parametrize("name", ["kinesis", "bedrock-runtime"])
def test_streams_end_with_errors(name: str) -> None:
    """The events before it are there; the error has the model's name, or none."""
    service = load_service(name)
    seen = 0
    for operation in list_operations(service):
        shape: Any = operation.output_shape
        stream = shape.event_stream_name
        for error in list_stream_errors(operation):
            seen += 1
            empty = write_reply(operation, {stream: []})
            members = {"message": "It is so."}
            known = end_with_error(empty, operation, error, members)
            unknown = end_with_unknown_error(empty, "Other", "It is so.")
            for reply, code in ((known, error), (unknown, "Other")):
                with pytest.raises(EventStreamError) as caught:
                    list(parse(operation, reply, shape)[stream])
                response: Any = caught.value.response
                assert response["Error"]["Code"] == code
    assert seen


def test_cbor_has_all_its_heads() -> None:
    """Numbers of all lengths, by botocore's own reader, definite or not."""
    parser: Any = create_parser("smithy-rpc-v2-cbor")
    value = {
        "numbers": [
            sign * number + offset
            for number in (0, 23, 255, 2**16 - 1, 2**32 - 1, 2**63 - 1)
            for sign in (1, -1)
            for offset in (0, 1)
        ],
        "texts": ["", "é" * 300, b"\x00" * 70000, 0.1, -0.0, True, False],
        "moment": datetime(2015, 1, 1, 12, 30, 0, 500000, UTC),
    }
    for indefinite in (False, True):
        encoded = Encoder(indefinite).encode({**value, "nothing": None})
        stream = parser.get_peekable_stream_from_bytes(encoded)
        assert parser.parse_data_item(stream) == value
