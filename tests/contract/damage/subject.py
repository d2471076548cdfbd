"""The services that are tried: of AWS, and of our own with all that AWS may have."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from attrs import frozen
from botocore.model import ServiceModel
from tests.contract.damage.lab import PROTOCOLS, make_lab

from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.naming import package_name
from botosmith.testing import load_service

#: Services of AWS, of each protocol, with what is special in some of their operations.
OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "apigateway": ("GetExport", "GetRestApis"),
    "autoscaling": ("DescribeLaunchConfigurations",),
    "bedrock-runtime": (
        *("Converse", "ConverseStream", "InvokeModel"),
        "InvokeModelWithResponseStream",
    ),
    "cloudformation": ("GetTemplate",),
    "dynamodb": ("GetItem", "ListTables", "TransactGetItems"),
    "ec2": ("DescribeInstances", "GetConsoleOutput", "RunInstances"),
    "eventbridgev2": ("CreateEventSource", "ListEventBuses"),
    "iam": ("GetPolicyVersion", "GetRole"),
    "kinesis": ("PutRecord", "SubscribeToShard"),
    "lambda": ("Invoke", "InvokeWithResponseStream"),
    "logs": ("StartLiveTail",),
    "polly": ("SynthesizeSpeech",),
    "route53": ("ChangeResourceRecordSets", "GetChange", "ListResourceRecordSets"),
    "s3": (
        *("CompleteMultipartUpload", "CopyObject", "GetBucketAcl"),
        *("GetBucketLocation", "GetObject", "HeadObject", "ListObjectsV2"),
        "SelectObjectContent",
    ),
    "sagemaker": ("DescribeTrainingJob", "ListTrainingJobs"),
    "sagemaker-runtime": ("InvokeEndpoint", "InvokeEndpointWithResponseStream"),
    "sqs": ("ReceiveMessage", "SendMessage"),
    "sts": ("AssumeRole",),
}

#: The prefix that stands before the protocol in the name of a laboratory service.
LAB = "lab-"

#: The services of a short run: the laboratory, and the services that botocore has most
#: handlers for.
SHORT = (*(f"{LAB}{protocol}" for protocol in PROTOCOLS), "dynamodb", "s3")
ALL = (*(f"{LAB}{protocol}" for protocol in PROTOCOLS), *OPERATIONS)


@frozen
class Subject:
    """A service with its model and where its package is.

    Attributes:
        name: Its name in the harness.
        model: Its model as botocore reads it.
        module: The dotted name of its package.
        operations: The operations that are tried.
    """

    name: str
    model: ServiceModel
    module: str
    operations: tuple[str, ...]

    @property
    def package(self) -> ModuleType:
        """Its package, which is found once its folder is on the path."""
        return importlib.import_module(self.module)


def build_subject(name: str, folder: Path) -> Subject:
    """Generate a service below a folder.

    Args:
        name: `lab-` and a protocol, or botocore's name of a service.
        folder: An import root.
    """
    models: Path | None = None
    service, operations = name, OPERATIONS.get(name, ())
    if name.startswith(LAB):
        models = make_lab(name.removeprefix(LAB))
        service = "parcels"
    parent = f"damaged_{name.replace('-', '_')}"
    files = build_service(
        open_models(models), service, package=parent, operations=operations
    )
    for path, text in files.items():
        place = folder / parent / package_name(service) / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    model = load_service(service, models)
    chosen = operations or tuple(model.operation_names)
    return Subject(name, model, f"{parent}.{package_name(service)}", chosen)
