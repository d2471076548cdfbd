"""The protocols by botocore's names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from botocore.model import OperationModel, ServiceModel

from botosmith.testing.message import Reply
from botosmith.testing.reply import cbor, ec2, json, query, restjson, restxml
from botosmith.testing.reply.fault import Fault
from botosmith.testing.reply.wording import Style


class ReplyProtocol(Protocol):
    """The parts of a protocol's module."""

    def write_success(
        self, operation: OperationModel, output: Mapping[str, Any], style: Style
    ) -> Reply:
        """A reply that carries an output."""
        ...

    def list_error_forms(self, service: ServiceModel) -> tuple[str, ...]:
        """The ways in which an error says its code."""
        ...

    def write_error(
        self, service: ServiceModel, fault: Fault, form: str, style: Style
    ) -> Reply:
        """An error."""
        ...


_PROTOCOLS: Mapping[str, ReplyProtocol] = {
    "ec2": ec2,
    "json": json,
    "query": query,
    "rest-json": restjson,
    "rest-xml": restxml,
    "smithy-rpc-v2-cbor": cbor,
}

#: As a service writes when it takes no liberties.
PLAIN = Style()


def write_reply(
    operation: OperationModel, output: Mapping[str, Any], style: Style = PLAIN
) -> Reply:
    """The reply of an operation, in the protocol of its service.

    Args:
        operation: The operation.
        output: What botocore's parser gives for the reply, without the metadata; a
            stream of bytes is bytes, and one of events a list of them.
        style: How it is written where there is a choice.
    """
    protocol = _PROTOCOLS[operation.service_model.resolved_protocol]
    return protocol.write_success(operation, output, style)


def list_error_forms(service: ServiceModel) -> tuple[str, ...]:
    """The ways in which errors of a service say their codes, for `write_error`."""
    return _PROTOCOLS[service.resolved_protocol].list_error_forms(service)


def write_error(
    service: ServiceModel, fault: Fault, form: str, style: Style = PLAIN
) -> Reply:
    """The reply of any operation of a service that failed.

    Args:
        service: The service.
        fault: What went wrong.
        form: One of `list_error_forms`.
        style: How it is written where there is a choice.
    """
    protocol = _PROTOCOLS[service.resolved_protocol]
    return protocol.write_error(service, fault, form, style)
