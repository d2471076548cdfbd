"""Packages of services of which a few operations are generated, and inline models."""

from __future__ import annotations

import atexit
import importlib
import json
import shutil
import sys
from collections.abc import Mapping
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from types import ModuleType
from typing import Any

import botocore.session
from botocore.loaders import Loader

from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.naming import package_name

#: The operations that tests call; of other services, all are generated. One list for
#: all tests, so that a package is made once for whatever tests a process runs.
OPERATIONS: Mapping[str, tuple[str, ...]] = {
    "accessanalyzer": ("DeleteAnalyzer", "StartPolicyGeneration"),
    "acm": ("ListCertificates",),
    "amp": ("ListScrapers",),
    "apigateway": ("GetExport", "GetRestApis", "ImportRestApi"),
    "appconfig": ("StopDeployment",),
    "application-signals": ("ListServices",),
    "autoscaling": ("CreateLaunchConfiguration", "DescribeLaunchConfigurations"),
    "bedrock-agentcore": ("GetAgentCard",),
    "bedrock-runtime": (
        "Converse",
        "ConverseStream",
        "InvokeModel",
        "InvokeModelWithBidirectionalStream",
        "InvokeModelWithResponseStream",
    ),
    "billingconductor": ("CreatePricingPlan",),
    "cloudformation": ("DetectStackSetDrift", "GetTemplate"),
    "cloudfront": ("CreateInvalidation",),
    "cloudfront-keyvaluestore": ("GetKey",),
    "cloudsearchdomain": ("Search",),
    "cloudwatch": (
        "GetOTelEnrichment",
        "PutMetricData",
        "StartOTelEnrichment",
        "StopOTelEnrichment",
        "UpdateOTelEnrichment",
    ),
    "codeartifact": ("GetPackageVersionAsset", "PublishPackageVersion"),
    "codecatalyst": ("ListSpaces", "VerifySession"),
    "cognito-identity": (
        "GetCredentialsForIdentity",
        "GetId",
        "GetOpenIdToken",
        "UnlinkIdentity",
    ),
    "cognito-idp": ("InitiateAuth",),
    "connect": ("UpdateTestCase",),
    "connectcases": ("SearchCases",),
    "connecthealth": ("StartMedicalScribeListeningSession",),
    "dataexchange": ("SendApiAsset",),
    "deadline": ("ListFarms",),
    "docdb": ("CopyDBClusterSnapshot", "CreateDBCluster"),
    "dsql": ("GetCluster",),
    "dynamodb": (
        "BatchGetItem",
        "DescribeEndpoints",
        "GetItem",
        "ImportTable",
        "ListTables",
        "TransactGetItems",
        "TransactWriteItems",
    ),
    "ebs": ("GetSnapshotBlock", "PutSnapshotBlock"),
    "ec2": (
        "AllocateIpamPoolCidr",
        "CopySnapshot",
        "DescribeInstances",
        "DescribeNatGateways",
        "GetConsoleOutput",
        "RunInstances",
    ),
    "entityresolution": ("BatchDeleteUniqueId",),
    "eventbridgev2": ("CreateEventSource", "ListEventBuses"),
    "events": ("PutEvents",),
    "geo-maps": ("GetStaticMap",),
    "glacier": ("ListVaults", "UploadArchive", "UploadMultipartPart"),
    "groundstation": ("ListGroundStationReservations",),
    "iam": (
        "CreatePolicy",
        "GetAccountAuthorizationDetails",
        "GetPolicyVersion",
        "GetRole",
        "GetRolePolicy",
        "GetUser",
        "SimulatePrincipalPolicy",
    ),
    "iot-data": ("Publish",),
    "kinesis": ("PutRecord", "SubscribeToShard"),
    "kms": ("CreateAlias", "CreateKey", "DisableKey", "EnableKey", "TagResource"),
    "lakeformation": ("StartQueryPlanning",),
    "lambda": ("Invoke", "InvokeWithResponseStream", "UntagResource"),
    "lex-runtime": ("PostContent", "PutSession"),
    "lexv2-runtime": ("StartConversation",),
    "logs": ("CreateExportTask", "StartLiveTail"),
    "machinelearning": ("Predict",),
    "mediastore-data": ("DescribeObject", "GetObject", "PutObject"),
    "mturk": ("ListHITsForQualificationType",),
    "neptune": ("CopyDBClusterSnapshot", "CreateDBCluster"),
    "neptune-graph": ("GetGraphSummary",),
    "partnercentral-channel": ("ListRelationships",),
    "polly": ("StartSpeechSynthesisStream", "SynthesizeSpeech"),
    "qbusiness": ("Chat",),
    "rds": (
        "CopyDBClusterSnapshot",
        "CopyDBSnapshot",
        "CreateDBCluster",
        "CreateDBInstanceReadReplica",
        "DescribeDBInstances",
        "StartDBInstanceAutomatedBackupsReplication",
    ),
    "route53": (
        "ChangeResourceRecordSets",
        "CreateHostedZone",
        "GetChange",
        "ListHostedZones",
        "ListResourceRecordSets",
    ),
    "s3": (
        "CompleteMultipartUpload",
        "CopyObject",
        "CreateBucket",
        "CreateMultipartUpload",
        "CreateSession",
        "DeleteObjects",
        "GetBucketAcl",
        "GetBucketLifecycleConfiguration",
        "GetBucketLocation",
        "GetBucketPolicy",
        "GetObject",
        "HeadBucket",
        "HeadObject",
        "ListObjectVersions",
        "ListObjects",
        "ListObjectsV2",
        "PutBucketAcl",
        "PutBucketLifecycleConfiguration",
        "PutBucketPolicy",
        "PutBucketTagging",
        "PutObject",
        "RenameObject",
        "SelectObjectContent",
        "UpdateObjectEncryption",
        "UploadPart",
        "UploadPartCopy",
        "WriteGetObjectResponse",
    ),
    "s3control": (
        "GetAccessPoint",
        "GetPublicAccessBlock",
        "CreateAccessGrantsInstance",
    ),
    "sagemaker-runtime": ("InvokeEndpoint", "InvokeEndpointWithResponseStream"),
    "sdb": ("GetAttributes", "PutAttributes"),
    "servicediscovery": ("DiscoverInstances",),
    "signin": ("CreateOAuth2Token",),
    "sns": ("GetTopicAttributes", "Publish"),
    "socialmessaging": ("DeleteWhatsAppMessageMedia",),
    "sqs": ("SendMessage",),
    "sso-oidc": ("CreateToken", "RegisterClient"),
    "stepfunctions": ("StartSyncExecution",),
    "sts": (
        "AssumeRole",
        "AssumeRoleWithSAML",
        "AssumeRoleWithWebIdentity",
        "GetCallerIdentity",
    ),
    "textract": ("GetDocumentTextDetection", "StartDocumentTextDetection"),
    "timestream-write": ("WriteRecords",),
}

_numbers = count(1)


@cache
def import_operations(name: str, models: Path | None = None) -> ModuleType:
    """Generate and import a package.

    Args:
        name: botocore's name of the service.
        models: A folder in botocore's layout; None for the installed botocore's data.
    """
    parent = f"traits{next(_numbers)}"
    operations = OPERATIONS.get(name, ()) if models is None else ()
    files = build_service(
        open_models(models), name, package=parent, operations=operations
    )
    place = make_folder() / parent / package_name(name)
    for path, text in files.items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    importlib.invalidate_caches()
    return importlib.import_module(f"{parent}.{package_name(name)}")


@cache
def make_folder() -> Path:
    """A folder for this process, on the path as long as it lives."""
    root = Path(mkdtemp(prefix="botosmith-"))
    atexit.register(shutil.rmtree, root, ignore_errors=True)
    sys.path.insert(0, str(root))
    return root


@cache
def share_session(models: Path | None = None) -> botocore.session.Session:
    """A session of botocore's, which finds its own models and those of a folder."""
    return make_session(models=models)


def make_session(
    kind: type[botocore.session.Session] = botocore.session.Session,
    models: Path | None = None,
) -> botocore.session.Session:
    """A new session, which looks at the environment for itself.

    Args:
        kind: Its class.
        models: Where it finds models beside botocore's own.
    """
    session = kind()
    session.register_component("data_loader", _load(models))
    return session


@cache
def _load(models: Path | None) -> Loader:
    """A model that was read once is kept for all callers."""
    folders = [] if models is None else [str(models)]
    return Loader(extra_search_paths=folders, include_default_search_paths=True)


def _parameter(name: str) -> dict[str, Any]:
    described = {"builtIn": name, "required": False, "documentation": ""}
    return {**described, "type": "string"}


#: Endpoint rules that follow the client's region, or its own endpoint.
RULES: Mapping[str, Any] = {
    "version": "1.0",
    "parameters": {
        "Region": _parameter("AWS::Region"),
        "Endpoint": _parameter("SDK::Endpoint"),
    },
    "rules": [
        {
            "conditions": [{"fn": "isSet", "argv": [{"ref": "Endpoint"}]}],
            "endpoint": {"url": {"ref": "Endpoint"}, "properties": {}, "headers": {}},
            "type": "endpoint",
        },
        {
            "conditions": [],
            "endpoint": {
                "url": "https://parcels.{Region}.amazonaws.com",
                "properties": {},
                "headers": {},
            },
            "type": "endpoint",
        },
    ],
}


def write_model(  # noqa: PLR0913 - the parts of a model
    protocol: str,
    operations: Mapping[str, Any],
    shapes: Mapping[str, Any],
    *,
    rules: Mapping[str, Any] | None = RULES,
    waiters: Mapping[str, Any] | None = None,
    paginators: Mapping[str, Any] | None = None,
    **metadata: Any,
) -> Path:
    """Write the model of a service called `parcels`, and say in which folder.

    Args:
        protocol: Its protocol.
        operations: Its operations; each needs to say only what is special.
        shapes: Its shapes.
        rules: Its endpoint rules; None for a service that has none.
        waiters: Its waiters, where it has some.
        paginators: Its paginators, where it has some.
        metadata: What is special in its metadata.
    """
    model = {
        "version": "2.0",
        "metadata": {
            "apiVersion": "2024-03-01",
            "endpointPrefix": "parcels",
            "jsonVersion": "1.1",
            "protocol": protocol,
            "serviceFullName": "Amazon Parcels",
            "serviceId": "Parcels",
            "signatureVersion": "v4",
            "targetPrefix": "Parcels",
            "uid": "parcels-2024-03-01",
            "xmlNamespace": "https://parcels.example/",
            **metadata,
        },
        "operations": {
            name: {
                "name": name,
                "http": {"method": "POST", "requestUri": "/"},
                **operation,
            }
            for name, operation in operations.items()
        },
        "shapes": shapes,
    }
    models = make_folder() / f"models{next(_numbers)}"
    home = models / "parcels/2024-03-01"
    home.mkdir(parents=True)
    (home / "service-2.json").write_text(json.dumps(model), encoding="utf-8")
    if waiters is not None:
        text = json.dumps({"version": 2, "waiters": waiters})
        (home / "waiters-2.json").write_text(text, encoding="utf-8")
    if paginators is not None:
        text = json.dumps({"pagination": paginators})
        (home / "paginators-1.json").write_text(text, encoding="utf-8")
    if rules is not None:
        text = json.dumps(rules)
        (home / "endpoint-rule-set-1.json").write_text(text, encoding="utf-8")
    return models
