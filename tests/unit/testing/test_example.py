"""Example replies are what the model says, for every operation."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.model import ListShape, MapShape, ServiceModel, Shape, StructureShape
from botocore.parsers import create_parser
from botocore.validate import ParamValidator

from botosmith.runtime.serde.pattern import matches
from botosmith.testing import load_service
from botosmith.testing.standin.example import make_output
from botosmith.testing.standin.limit import find_excesses


def make_reply(service: ServiceModel, name: str) -> tuple[StructureShape, Any]:
    """An operation's output shape, and what botocore reads from its example."""
    operation = service.operation_model(name)
    document = make_output(operation, {}, "us-east-1")
    shape = operation.output_shape
    assert shape is not None
    parser: Any = create_parser("json")
    body = json.dumps(document).encode()
    parsed = parser.parse({"status_code": 200, "headers": {}, "body": body}, shape)
    del parsed["ResponseMetadata"]
    return shape, parsed


def find_broken_patterns(value: Any, shape: Shape) -> list[str]:
    """The strings within a value that are not as their pattern asks."""
    match shape:
        case StructureShape():
            inner = [(item, shape.members[name]) for name, item in value.items()]
        case ListShape():
            inner = [(item, shape.member) for item in value]
        case MapShape():
            inner = [(key, shape.key) for key in value]
            inner += [(item, shape.value) for item in value.values()]
        case _:
            pattern = shape.metadata.get("pattern")
            return [] if pattern is None or matches(pattern, value) else [value]
    return [text for pair in inner for text in find_broken_patterns(*pair)]


def test_every_reply_is_well_formed(service: ServiceModel) -> None:
    """botocore reads it and finds it valid, within all bounds, of all patterns."""
    names = [
        name
        for name in service.operation_names
        if service.operation_model(name).output_shape
    ]
    assert len(names) > 350
    for name in names:
        shape, parsed = make_reply(service, name)
        report = ParamValidator().validate(parsed, shape)
        assert report.generate_report() == ""
        assert [*find_excesses(parsed, shape)] == []
        assert find_broken_patterns(parsed, shape) == []


def test_every_member_is_there(service: ServiceModel) -> None:
    """Down to the last, but for tokens to go on with."""
    shape, parsed = make_reply(service, "DescribeTrainingJob")
    assert parsed.keys() == shape.members.keys()
    shape, parsed = make_reply(service, "ListModels")
    assert shape.members.keys() - parsed.keys() == {"NextToken"}


@pytest.mark.parametrize("name", ["dynamodb", "kendra", "logs"])
def test_other_services_have_replies(name: str) -> None:
    """Blobs, documents, unions, recursion, other timestamps."""
    service = load_service(name)
    for operation in service.operation_names:
        model = service.operation_model(operation)
        if model.output_shape and not model.has_event_stream_output:
            shape, parsed = make_reply(service, operation)
            assert not ParamValidator().validate(parsed, shape).has_errors()
