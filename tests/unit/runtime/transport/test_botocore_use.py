"""botocore derives facts from shapes, which a slim model does not have.

Each place in botocore that looks at a shape is listed here with the reason why the
generated serializer does well without. A later botocore that looks in another place
fails the first test, so that the place is read before it is listed.
"""

from __future__ import annotations

import ast
import json
from pathlib import Path

import botocore
import pytest
from botocore.model import OperationModel, ServiceModel
from tests.support.repository import ROOT

# Attributes of botocore's model that lead to shapes; the rest is in the slim model.
OF_SHAPES = {
    OperationModel: {
        "context_parameters",
        "error_shapes",
        "get_event_stream_input",
        "get_event_stream_output",
        "get_streaming_input",
        "get_streaming_output",
        "has_event_stream_input",
        "has_event_stream_output",
        "has_streaming_input",
        "has_streaming_output",
        "idempotent_members",
        "input_shape",
        "output_shape",
    },
    ServiceModel: {
        "error_shapes",
        "resolve_shape_ref",
        "shape_for",
        "shape_for_error_code",
        "shape_names",
    },
}

# Names that are in the slim model, with botocore's own values.
OF_OPERATIONS = {
    OperationModel: {
        "auth",
        "auth_type",
        "deprecated",
        "documentation",
        "endpoint",
        "endpoint_discovery",
        "http_checksum",
        "http_checksum_required",
        "is_endpoint_discovery_operation",
        "name",
        "operation_context_parameters",
        "request_compression",
        "resolved_auth_type",
        "service_model",
        "static_context_parameters",
        "unsigned_payload",
        "wire_name",
    },
    ServiceModel: {
        "api_version",
        "client_context_parameters",
        "documentation",
        "endpoint_discovery_operation",
        "endpoint_discovery_required",
        "endpoint_prefix",
        "is_query_compatible",
        "operation_model",
        "operation_names",
        "protocol",
        "protocols",
        "resolved_protocol",
        "service_id",
        "service_name",
        "signature_version",
        "signing_name",
    },
}

REPLACED = "our serializer and parser stand in for this code"
NO_STREAM = (
    "no operation of the json protocol that streams takes the generated serializer"
)
OTHER = "other services' or protocols' code"
MODEL = "the model's own code; who calls it is listed"
ERRORS = "the slim model keeps which errors an operation has, and their traits"

USES = {
    "client.py": {"BaseClient._make_api_call": NO_STREAM},
    "compress.py": {"_should_compress_request": NO_STREAM},
    "discovery.py": {
        "EndpointDiscoveryModel._gather_ids": "services with endpoint discovery take "
        "botocore's serializer",
        "EndpointDiscoveryModel.discovery_operation_keys": "as _gather_ids",
        "EndpointDiscoveryModel.gather_identifiers": "as _gather_ids",
    },
    "endpoint.py": {
        "Endpoint._add_modeled_error_fields": "our parser has put the members in",
        "Endpoint._do_get_response": "handed to our parser, which goes by the name of "
        "the operation",
        "Endpoint.create_request": NO_STREAM,
        "convert_to_response_dict": NO_STREAM,
    },
    "errorfactory.py": {
        "ClientExceptionsFactory._create_client_exceptions": "the client has our error "
        "classes from the start"
    },
    "handlers.py": {
        "ParameterAlias.alias_parameter_in_call": OTHER,
        "_decode_policy_types": OTHER,
        "_has_expires_shape": OTHER,
        "_should_handle_200_error": OTHER,
        "fix_route53_ids": OTHER,
        "generate_idempotent_uuid": "our serializer fills tokens in",
        "handle_expires_header": OTHER,
        "json_decode_policies": OTHER,
    },
    "httpchecksum.py": {
        "_get_request_algorithm_member_header": "no operation of the json protocol "
        "names a checksum algorithm",
        "handle_checksum_body": NO_STREAM,
        "resolve_request_checksum_algorithm": NO_STREAM,
    },
    "model.py": {
        "DenormalizedStructureBuilder.__init__": MODEL,
        "OperationModel._get_event_stream": MODEL,
        "OperationModel._get_streaming_body": MODEL,
        "OperationModel.context_parameters": MODEL,
        "OperationModel.error_shapes": MODEL,
        "OperationModel.get_event_stream_input": MODEL,
        "OperationModel.get_event_stream_output": MODEL,
        "OperationModel.get_streaming_input": MODEL,
        "OperationModel.get_streaming_output": MODEL,
        "OperationModel.has_event_stream_input": MODEL,
        "OperationModel.has_event_stream_output": MODEL,
        "OperationModel.has_streaming_input": MODEL,
        "OperationModel.has_streaming_output": MODEL,
        "OperationModel.idempotent_members": MODEL,
        "OperationModel.input_shape": MODEL,
        "OperationModel.output_shape": MODEL,
        "ServiceModel._error_code_cache": MODEL,
        "ServiceModel.error_shapes": MODEL,
        "ServiceModel.resolve_shape_ref": MODEL,
        "Shape._resolve_shape_ref": MODEL,
        "StructureShape.event_stream_name": MODEL,
    },
    "paginate.py": {
        "Paginator._extract_paging_params": "a paginator of botocore's is not used"
    },
    "parsers.py": {
        "BaseEventStreamParser._do_error_parse": REPLACED,
        "BaseEventStreamParser._do_parse": REPLACED,
        "BaseJSONParser._handle_structure": REPLACED,
        "BaseRestParser._add_modeled_parse": REPLACED,
        "BaseRpcV2Parser._do_parse": REPLACED,
        "BaseRpcV2Parser._handle_structure": REPLACED,
        "BaseXMLResponseParser._handle_structure": REPLACED,
        "JSONParser._do_parse": "called without a shape, for the headers",
        "JSONParser._handle_event_stream": NO_STREAM,
        "ResponseParser._has_unknown_tagged_union_member": REPLACED,
        "RpcV2CBORParser._handle_event_stream": REPLACED,
    },
    "regions.py": {
        "EndpointRulesetResolver._get_dynamic_context_params": "the slim model keeps "
        "input members that endpoint rules ask for"
    },
    "response.py": {"get_response": "not called by clients"},
    "retries/standard.py": {
        "ModeledRetryErrorDetector.detect_error_type": ERRORS,
        "ModeledRetryErrorDetector.is_modeled_error": ERRORS,
    },
    "serialize.py": {
        "BaseRestSerializer.serialize_to_request": OTHER,
        "BaseRpcV2Serializer.serialize_to_request": OTHER,
        "CBORSerializer._serialize_type_structure": OTHER,
        "JSONSerializer._serialize_type_structure": REPLACED,
        "JSONSerializer.serialize_to_request": "called for the envelope alone",
        "QuerySerializer._serialize_type_structure": OTHER,
        "QuerySerializer.serialize_to_request": OTHER,
        "RestJSONSerializer._requires_empty_body": OTHER,
        "RestXMLSerializer._serialize_type_structure": OTHER,
        "RpcV2CBORSerializer._serialize_headers": OTHER,
        "Serializer._expand_host_prefix": "the slim model keeps input members that are "
        "host labels",
    },
    "stub.py": {
        "Stubber._validate_operation_response": "its client has botocore's serializer",
        "Stubber.add_client_error": "as above",
    },
    "utils.py": {"ArgumentGenerator._generate_type_structure": "not called by clients"},
    "validate.py": {
        "ParamValidationDecorator.serialize_to_request": REPLACED,
        "ParamValidator._validate_structure": REPLACED,
    },
}


class _Finder(ast.NodeVisitor):
    """Collects the functions of a module that use one of some attributes."""

    def __init__(self, names: set[str]) -> None:
        self.names = names
        self.inside: list[str] = []
        self.found: set[str] = set()

    def _enter(self, node: ast.FunctionDef | ast.ClassDef) -> None:
        self.inside.append(node.name)
        self.generic_visit(node)
        self.inside.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._enter(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._enter(node)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in self.names:
            self.found.add(".".join(self.inside))
        self.generic_visit(node)


def _uses() -> dict[str, set[str]]:
    root = Path(botocore.__file__).parent
    names = {"members", "event_stream_name"}.union(*OF_SHAPES.values())
    found = {}
    for place in sorted(root.rglob("*.py")):
        module = place.relative_to(root).as_posix()
        if not module.startswith(("docs/", "vendored/")):
            finder = _Finder(names)
            finder.visit(ast.parse(place.read_text(encoding="utf-8")))
            found[module] = finder.found
    return found


def test_every_use_of_shapes_is_known() -> None:
    """No function of botocore looks at a shape unless it is listed above."""
    new = {
        f"{module}: {function}"
        for module, functions in _uses().items()
        for function in functions - set(USES.get(module, {}))
    }

    assert new == set()


def test_the_list_holds_nothing_made_up() -> None:
    """Every module that is listed is there, and most functions are."""
    uses = _uses()
    listed = {(module, name) for module, names in USES.items() for name in names}
    found = {(module, name) for module, names in uses.items() for name in names}

    # botocore 1.43 has one function less.
    assert listed - found <= {
        ("retries/standard.py", "ModeledRetryErrorDetector.is_modeled_error")
    }


@pytest.mark.parametrize("model", [OperationModel, ServiceModel])
def test_every_attribute_of_the_model_is_known(model: type) -> None:
    """A new attribute must be sorted into one of the two lists."""
    public = {name for name in vars(model) if not name.startswith("_")}

    assert public - OF_SHAPES[model] - OF_OPERATIONS[model] == set()


def test_a_slim_model_tells_what_the_full_one_tells(parcels_folder: Path) -> None:
    """All that does not come from shapes is equal, for service and operations."""
    home = parcels_folder / "shop/parcels/data/parcels/2024-03-01"
    slim, full = (
        ServiceModel(json.loads((home / name).read_text()), "parcels")
        for name in ("operations.json", "service-2.json")
    )
    _assert_same(slim, full)


def _assert_same(slim: ServiceModel, full: ServiceModel) -> None:
    inert = {"documentation", "operation_model", "service_model", "protocols"}
    for name in OF_OPERATIONS[ServiceModel] - inert:
        assert str(getattr(slim, name)) == str(getattr(full, name)), name
    for operation in full.operation_names:
        ours, theirs = (model.operation_model(operation) for model in (slim, full))
        for name in OF_OPERATIONS[OperationModel] - inert:
            assert getattr(ours, name) == getattr(theirs, name), (operation, name)
        assert _retried(ours) == _retried(theirs), operation


def _retried(operation: OperationModel) -> list[tuple[str, object, object]]:
    """Return what standard retries ask of an operation's errors."""
    return [
        (shape.name, shape.metadata.get("error"), shape.metadata.get("retryable"))
        for shape in operation.error_shapes
    ]


def test_sagemaker_needs_nothing_of_its_shapes() -> None:
    """No operation has a trait that would leave it to botocore's serializer."""
    home = ROOT / "generated/botosmith/sagemaker/data"
    home /= "sagemaker/2017-07-24"
    slim, full = (
        ServiceModel(json.loads((home / name).read_text()), "sagemaker")
        for name in ("operations.json", "service-2.json")
    )

    _assert_same(slim, full)
    for name in full.operation_names:
        operation = full.operation_model(name)
        assert not operation.has_streaming_input
        assert not operation.has_streaming_output
        assert not operation.has_event_stream_input
        assert not operation.has_event_stream_output
        assert not operation.context_parameters
        assert not operation.http_checksum
        assert operation.endpoint is None
        assert operation.endpoint_discovery is None
