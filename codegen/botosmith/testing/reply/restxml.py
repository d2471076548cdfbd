"""REST XML."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import SubElement

from attrs import evolve, frozen
from botocore.model import OperationModel, ServiceModel, Shape, StructureShape

from botosmith.testing.message import Reply
from botosmith.testing.reply import query
from botosmith.testing.reply.fault import Fault
from botosmith.testing.reply.frame import write_events
from botosmith.testing.reply.json import REQUEST_ID
from botosmith.testing.reply.rest import write_headers, write_rest
from botosmith.testing.reply.wording import Style
from botosmith.testing.reply.xml import ElementWriter, make_root, write_xml

_HEADERS = {"x-amzn-RequestId": REQUEST_ID, "Content-Type": "application/xml"}
_S3_HEADERS = {
    "x-amz-request-id": REQUEST_ID,
    "x-amz-id-2": "host-1",
    "Content-Type": "application/xml",
}

#: Operations of S3 whose document is the text of their only member, although the model
#: does not say so.
_BARE = frozenset({"GetBucketLocation"})


@frozen
class _Body:
    operation: OperationModel
    style: Style

    def document(self, value: Any, shape: Shape, names: list[str]) -> bytes:
        if self.operation.name in _BARE:
            return self._bare(value, shape)
        own = {name: item for name, item in value.items() if name in names}
        is_required = not {*names}.isdisjoint(getattr(shape, "required_members", ()))
        if not own and not self.style.newer and not is_required:
            return b""
        name = shape.serialization.get("name", shape.name)
        namespace: Any = shape.serialization.get("xmlNamespace") or {}
        root = make_root(name, namespace.get("uri"))
        writer = ElementWriter(self.style)
        if isinstance(shape, StructureShape):
            writer.members(root, own, shape)
        else:
            writer.write(root, value, shape)
        return write_xml(root)

    def _bare(self, value: Mapping[str, Any], shape: Any) -> bytes:
        (name,) = shape.members
        root = make_root(name)
        root.text = value.get(name)
        return write_xml(root)

    def events(self, events: Any, shape: StructureShape) -> bytes:
        def write(value: Any, part: Shape) -> bytes:
            root = make_root(part.name)
            ElementWriter(self.style).write(root, value, part)
            return write_xml(root)

        return write_events(events, shape, write)


def write_success(
    operation: OperationModel, output: Mapping[str, Any], style: Style
) -> Reply:
    """A reply that carries an output."""
    reply = write_rest(operation, output, _Body(operation, style))
    own = _S3_HEADERS if _is_s3(operation.service_model) else _HEADERS
    return evolve(reply, headers={**own, **reply.headers})


def _is_s3(service: ServiceModel) -> bool:
    return str(service.metadata["serviceId"]).startswith("S3")


def list_error_forms(service: ServiceModel) -> tuple[str, ...]:
    """The ways in which an error says its code: within a response, or S3's own."""
    del service
    return ("wrapped", "bare")


def write_error(service: ServiceModel, fault: Fault, form: str, style: Style) -> Reply:
    """An error."""
    shape = fault.shape
    headers = {} if shape is None else write_headers(shape, fault.members)
    if form == "wrapped":
        reply = query.write_error(service, fault, form, style)
        return evolve(reply, headers={**_HEADERS, **headers})
    root = make_root("Error")
    query.fill_error(root, fault, style)
    SubElement(root, "RequestId").text = REQUEST_ID
    SubElement(root, "HostId").text = "host-1"
    return Reply(fault.status, {**_S3_HEADERS, **headers}, write_xml(root))
