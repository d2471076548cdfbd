"""The query protocol: a result in a wrapper, and the id of the request beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement

from botocore.model import OperationModel, ServiceModel

from botosmith.testing.message import Reply
from botosmith.testing.reply.fault import Fault
from botosmith.testing.reply.json import REQUEST_ID
from botosmith.testing.reply.location import body_names
from botosmith.testing.reply.wording import Style
from botosmith.testing.reply.xml import ElementWriter, make_root, write_xml

HEADERS = {"x-amzn-RequestId": REQUEST_ID, "Content-Type": "text/xml"}


def write_success(
    operation: OperationModel, output: Mapping[str, Any], style: Style
) -> Reply:
    """A reply that carries an output."""
    root = make_root(
        f"{operation.name}Response", operation.metadata.get("xmlNamespace")
    )
    shape = operation.output_shape
    if shape is not None:
        wrapper = shape.serialization.get("resultWrapper")
        place = SubElement(root, wrapper) if wrapper else root
        ElementWriter(style).members(place, output, shape)
    metadata = SubElement(root, "ResponseMetadata")
    SubElement(metadata, "RequestId").text = REQUEST_ID
    return Reply(200, HEADERS, write_xml(root))


def list_error_forms(service: ServiceModel) -> tuple[str, ...]:
    """The ways in which an error says its code: one."""
    del service
    return ("wrapped",)


def write_error(service: ServiceModel, fault: Fault, form: str, style: Style) -> Reply:
    """An error within a response."""
    del form
    root = make_root("ErrorResponse", service.metadata.get("xmlNamespace"))
    fill_error(SubElement(root, "Error"), fault, style)
    SubElement(root, "RequestId").text = REQUEST_ID
    return Reply(fault.status, HEADERS, write_xml(root))


def fill_error(element: Element, fault: Fault, style: Style) -> None:
    """Put in the members of every error, and its own members of other names."""
    known = {"Type": "Sender", "Code": fault.code, "Message": fault.message}
    for name, text in known.items():
        SubElement(element, name).text = text
    shape = fault.shape
    if shape is None:
        return
    own = {
        name: fault.members[name]
        for name in body_names(shape)
        if name in fault.members
        and shape.members[name].serialization.get("name", name) not in known
    }
    ElementWriter(style).members(element, own, shape)
