"""The protocol of EC2: an output without a wrapper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import SubElement

from botocore.model import OperationModel, ServiceModel

from botosmith.testing.message import Reply
from botosmith.testing.reply.fault import Fault
from botosmith.testing.reply.json import REQUEST_ID
from botosmith.testing.reply.query import HEADERS, fill_error, list_error_forms
from botosmith.testing.reply.wording import Style
from botosmith.testing.reply.xml import ElementWriter, make_root, write_xml

__all__ = ["list_error_forms", "write_error", "write_success"]


def write_success(
    operation: OperationModel, output: Mapping[str, Any], style: Style
) -> Reply:
    """A reply that carries an output."""
    root = make_root(
        f"{operation.name}Response", operation.metadata.get("xmlNamespace")
    )
    SubElement(root, "requestId").text = REQUEST_ID
    if operation.output_shape is not None:
        ElementWriter(style).members(root, output, operation.output_shape)
    return Reply(200, HEADERS, write_xml(root))


def write_error(service: ServiceModel, fault: Fault, form: str, style: Style) -> Reply:
    """An error among errors."""
    del service, form
    root = make_root("Response")
    fill_error(SubElement(SubElement(root, "Errors"), "Error"), fault, style)
    SubElement(root, "RequestID").text = REQUEST_ID
    return Reply(fault.status, HEADERS, write_xml(root))
