"""Every handler of botocore's that concerns requests or replies, and what it does.

The list of them is walked: a handler that no test knows fails the first test, so that
it is read, and a test written for it.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from botocore.handlers import BUILTIN_HANDLERS, ClientMethodAlias
from botocore.utils import SERVICE_NAME_ALIASES
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.trio import Trio
from tests.contract.behaviours.value import make

from botosmith.runtime import ValidationError

Trios = Callable[[str], Trio]

#: The test of each handler, in this module where none is named.
TESTED = {
    "handle_service_name_alias": "test_names_of_services",
    "ClientMethodAlias": "test_other_names_of_methods",
    "convert_body_to_file_like_object": "test_body::test_bytes",
    "add_generate_presigned_url": "test_presign::test_urls",
    "add_generate_presigned_post": "test_presign::test_forms",
    "check_openssl_supports_tls_version_1_2": "test_a_client_of_iot",
    "remove_lex_v2_start_conversation": "test_event::test_operations_that_send_events",
    "remove_qbusiness_chat": "test_event::test_operations_that_send_events",
    "remove_bedrock_runtime_invoke_model_with_bidirectional_stream": (
        "test_event::test_operations_that_send_events"
    ),
    "remove_connecthealth_start_medical_scribe_listening_session": (
        "test_event::test_operations_that_send_events"
    ),
    "remove_polly_start_speech_synthesis_stream": (
        "test_event::test_operations_that_send_events"
    ),
    "json_decode_policies": "test_policies",
    "decode_console_output": "test_the_output_of_a_console",
    "json_decode_template_body": "test_templates",
    "parse_get_bucket_location": "test_handler_s3::test_the_location_of_a_bucket",
    "_handle_sqs_compatible_error": "test_error::test_sqs_as_it_was",
    "handle_expires_header": "test_handler_s3::test_when_an_object_expires",
    "_handle_200_error": "test_error::test_errors_that_claim_success",
    "_map_oauth2_errors": "test_errors_of_oauth",
    "generate_idempotent_uuid": "test_token::test_tokens_are_filled_in",
    "_handle_request_validation_mode_member": "test_checksum::test_sound_replies",
    "validate_bucket_name": "test_handler_s3::test_names_of_buckets",
    "remove_bucket_from_url_paths_from_model": (
        "test_handler_s3::test_a_bucket_is_no_part_of_the_path"
    ),
    "set_list_objects_encoding_type_url": "test_handler_s3::test_encoded_keys",
    "handle_copy_source_param": "test_handler_s3::test_sources_of_copies",
    "validate_ascii_metadata": "test_handler_s3::test_metadata_that_is_not_ascii",
    "remove_accid_host_prefix_from_model": "test_host::test_account_ids_of_s3_control",
    "customize_endpoint_resolver_builtins": "test_endpoint::test_buckets",
    "add_recursion_detection_header": "test_a_trace_of_lambda",
    "add_expect_header": "test_handler_s3::test_what_is_expected_before_a_body",
    "add_glacier_version": "test_accounts_of_glacier",
    "add_accept_header": "test_what_api_gateway_accepts",
    "escape_xml_payload": "test_handler_s3::test_lines_in_keys",
    "add_glacier_checksums": "test_archives",
    "inject_presigned_url_ec2": "test_copies_between_regions",
    "inject_presigned_url_rds": "test_copies_between_regions",
    "add_retry_headers": "test_retry::test_the_count_is_told",
    "switch_host_machinelearning": "test_the_host_of_a_prediction",
    "_update_status_code": "test_retry::test_s3_tries_what_claims_success",
    "disable_signing": "test_identities_without_a_signature",
    "set_operation_specific_signer": "test_auth::test_operations_without_a_signature",
    "_set_auth_scheme_preference_signer": "test_auth::test_preferences",
    "sse_md5": "test_handler_s3::test_keys_of_customers",
    "copy_source_sse_md5": "test_handler_s3::test_keys_of_sources",
    "base64_encode_user_data": "test_data_of_users",
    "fix_route53_ids": "test_ids_of_route_53",
    "inject_account_id": "test_accounts_of_glacier",
    "remove_arn_from_signing_path": "test_endpoint::test_buckets",
    "_set_extra_headers_for_unsigned_request": (
        "test_auth::test_no_signature_on_request"
    ),
    "remove_content_type_header_for_presigning": "test_presign::test_urls",
    "decode_list_object": "test_handler_s3::test_encoded_keys",
    "decode_list_object_v2": "test_handler_s3::test_encoded_keys",
    "decode_list_object_versions": "test_handler_s3::test_encoded_keys",
    "change_get_to_post": "test_a_search",
    "add_dsql_generate_db_auth_token_methods": "test_presign::test_tokens_of_dsql",
    "add_generate_db_auth_token": "test_presign::test_tokens_of_rds",
    "inject_api_version_header_if_needed": (
        "test_discovery::test_where_it_is_required"
    ),
    "ParameterAlias.alias_parameter_in_call": "test_alias::test_aliases",
}

#: The operations that a handler is there for, where it is for some alone: each is in
#: a table that its test goes through.
OPERATIONS = {
    "sse_md5": {
        "CompleteMultipartUpload",
        "CopyObject",
        "CreateMultipartUpload",
        "GetObject",
        "HeadObject",
        "PutObject",
        "SelectObjectContent",
        "UploadPart",
        "UploadPartCopy",
    },
    "copy_source_sse_md5": {"CopyObject", "UploadPartCopy"},
    "handle_copy_source_param": {"CopyObject", "UploadPartCopy"},
    "validate_ascii_metadata": {"CopyObject", "CreateMultipartUpload", "PutObject"},
    "escape_xml_payload": {"DeleteObjects", "PutBucketLifecycleConfiguration"},
    "set_list_objects_encoding_type_url": {
        "ListObjectVersions",
        "ListObjects",
        "ListObjectsV2",
    },
    "convert_body_to_file_like_object": {"PutObject", "UploadPart"},
    "add_glacier_checksums": {"UploadArchive", "UploadMultipartPart"},
    "inject_presigned_url_ec2": {"CopySnapshot"},
    "inject_presigned_url_rds": {
        "CopyDBClusterSnapshot",
        "CopyDBSnapshot",
        "CreateDBCluster",
        "CreateDBInstanceReadReplica",
        "StartDBInstanceAutomatedBackupsReplication",
    },
    "base64_encode_user_data": {"CreateLaunchConfiguration", "RunInstances"},
    "disable_signing": {
        "AssumeRoleWithSAML",
        "AssumeRoleWithWebIdentity",
        "GetCredentialsForIdentity",
        "GetId",
        "GetOpenIdToken",
        "UnlinkIdentity",
    },
    "parse_get_bucket_location": {"GetBucketLocation"},
    "decode_console_output": {"GetConsoleOutput"},
    "json_decode_template_body": {"GetTemplate"},
    "switch_host_machinelearning": {"Predict"},
    "change_get_to_post": {"Search"},
    "remove_content_type_header_for_presigning": {"SynthesizeSpeech"},
    "decode_list_object": {"ListObjects"},
    "decode_list_object_v2": {"ListObjectsV2"},
    "decode_list_object_versions": {"ListObjectVersions"},
}


def _handlers() -> Iterator[tuple[str, str]]:
    """The events and the names of botocore's handlers, but for those of its pages."""
    for event, handler, *_ in BUILTIN_HANDLERS:
        # moto adds one where it has been imported.
        is_motos = handler.__module__.startswith("moto.")
        if is_motos or event.startswith(("docs.", "docs-")):
            continue
        name = getattr(handler, "__qualname__", type(handler).__name__)
        yield event, name


def test_every_handler_has_a_test() -> None:
    """And every test that is named is there."""
    assert {name for _, name in _handlers()} == set(TESTED)
    folder = Path(__file__).parents[1]
    for named in TESTED.values():
        module, _, test = named.rpartition("::")
        (file,) = folder.rglob(f"{module or Path(__file__).stem}.py")
        source = file.read_text("utf-8")
        functions = {
            node.name
            for node in ast.parse(source).body
            if isinstance(node, ast.FunctionDef)
        }
        assert test in functions, named


def test_every_operation_of_a_handler_is_known() -> None:
    """A handler that is there for one more operation needs a case for it."""
    found: dict[str, set[str]] = {}
    for event, name in _handlers():
        stage, _, rest = event.partition(".")
        _, _, operation = rest.partition(".")
        if operation not in {"", "*"} and stage != "getattr":
            found.setdefault(name, set()).add(operation)
    known = dict(OPERATIONS)
    aliased = found.pop("ParameterAlias.alias_parameter_in_call")

    assert found == known
    assert aliased == {"CreateExportTask", "Search"}


def test_names_of_services() -> None:
    """A name of old stands for one service alone."""
    assert SERVICE_NAME_ALIASES == {"runtime.sagemaker": "sagemaker-runtime"}


ALIASES = {
    (event.split(".")[1], event.split(".")[2]): vars(handler)["_actual"]
    for event, handler, *_ in BUILTIN_HANDLERS
    if isinstance(handler, ClientMethodAlias)
}


@pytest.mark.parametrize(("service", "alias"), ALIASES)
def test_other_names_of_methods(trios: Trios, service: str, alias: str) -> None:
    """Ours have the name that a method has now; botocore takes that of old, too."""
    trio = trios(service)
    actual = ALIASES[service, alias]

    assert callable(getattr(trio.theirs, alias))
    for client in trio.ours.values():
        assert callable(getattr(client, actual))


def test_members_by_their_own_names(trios: Trios) -> None:
    """Constructors take the model's names; `test_alias` has those that boto3 shows."""
    filters = {"Filters": [{"Name": "n", "Values": ["v"]}]}
    ec2 = trios("ec2").call("DescribeInstances", filters, Answer(b"<R/>"))
    assert ec2.request.form["Filter.1.Name"] == "n"


def test_a_client_of_iot(trios: Trios) -> None:
    """It is made without a warning."""
    assert trios("iot-data").call("Publish", {"topic": "t"}).error is None


POLICY = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "é"}]}

QUOTED = quote(json.dumps(POLICY))


@pytest.mark.parametrize(
    ("document", "value"),
    [(QUOTED, POLICY), ("no%20policy", "no%20policy"), ("", ""), ("3", 3)],
)
@pytest.mark.parametrize(
    ("operation", "given", "inner", "find"),
    [
        (
            "GetRolePolicy",
            {"RoleName": "r", "PolicyName": "p"},
            "<PolicyDocument>{}</PolicyDocument>",
            lambda reply: reply.policy_document,
        ),
        (
            "GetRole",
            {"RoleName": "r"},
            "<Role><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument></Role>",
            lambda reply: reply.role.assume_role_policy_document,
        ),
        (
            "GetPolicyVersion",
            {"PolicyArn": "arn:aws:iam::1:policy/pol", "VersionId": "v1"},
            "<PolicyVersion><Document>{}</Document></PolicyVersion>",
            lambda reply: reply.policy_version.document,
        ),
        (
            "GetAccountAuthorizationDetails",
            {},
            (
                "<UserDetailList><member><UserPolicyList><member><PolicyDocument>{}"
                "</PolicyDocument></member></UserPolicyList></member></UserDetailList>"
            ),
            lambda reply: reply.user_detail_list[0].user_policy_list[0].policy_document,
        ),
    ],
)
def test_policies(  # noqa: PLR0913, PLR0917 - what a call is made of
    trios: Trios,
    operation: str,
    given: dict[str, Any],
    inner: str,
    find: Callable[[Any], Any],
    document: str,
    value: Any,
) -> None:
    """IAM quotes them; they come as what they are, at whatever depth."""
    body = f"<R><{operation}Result>{inner.format(document)}</{operation}Result></R>"

    call = trios("iam").call(operation, given, Answer(body.encode()))

    assert find(call.reply) == value


def test_policies_that_are_sent(trios: Trios) -> None:
    """They are text, as with boto3."""
    given = {"PolicyName": "p", "PolicyDocument": json.dumps(POLICY)}
    answer = Answer(b"<R><CreatePolicyResult/></R>")

    call = trios("iam").call("CreatePolicy", given, answer)

    assert json.loads(call.request.form["PolicyDocument"]) == POLICY


@pytest.mark.parametrize(
    ("output", "text"),
    [
        (base64.b64encode("grüß\r\n".encode()).decode(), "grüß\r\n"),
        (base64.b64encode(b"\xff").decode(), "\ufffd"),
        ("", ""),
        ("a", "a"),
    ],
)
def test_the_output_of_a_console(trios: Trios, output: str, text: str) -> None:
    """It is decoded where it can be."""
    body = f"<R><instanceId>i</instanceId><output>{output}</output></R>".encode()

    call = trios("ec2").call("GetConsoleOutput", {"InstanceId": "i"}, Answer(body))

    assert call.reply.output == text


@pytest.mark.parametrize(
    ("template", "value"),
    [
        ('{"Resources": {"B": {"Type": "T"}}}', {"Resources": {"B": {"Type": "T"}}}),
        ("Resources:\n  B:\n    Type: T\n", "Resources:\n  B:\n    Type: T\n"),
        ("[1]", [1]),
    ],
)
def test_templates(trios: Trios, template: str, value: Any) -> None:
    """Those that are JSON come as what they are."""
    body = (
        f"<R><GetTemplateResult><TemplateBody>{template}</TemplateBody>"
        "</GetTemplateResult></R>"
    )

    given = {"StackName": "s"}
    call = trios("cloudformation").call("GetTemplate", given, Answer(body.encode()))

    assert call.reply.template_body == value


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": "invalid_grant", "error_description": "expired"}, "expired"),
        ({"error": "x", "error_description": "d", "message": "m"}, "m"),
        ({"error": "x", "Message": "M", "error_description": "d"}, "M"),
        ({"error": "x"}, ""),
    ],
)
def test_errors_of_oauth(trios: Trios, body: Any, message: str) -> None:
    """They have their messages elsewhere."""
    trio = trios("sso-oidc")
    given = {"clientId": "c", "clientSecret": "s", "grantType": "g"}
    headers = {"x-amzn-errortype": "InvalidGrantException"}

    call = trio.call("CreateToken", given, Answer(body, 400, headers))

    assert type(call.error) is trio.package.InvalidGrantException
    assert call.error.message == message
    assert call.error.error == body["error"]


@pytest.mark.parametrize("trace", ["Root=1-2;Parent=é;Sampled=1", "a b", None])
@pytest.mark.parametrize("function", ["f", None])
def test_a_trace_of_lambda(
    trios: Trios,
    monkeypatch: pytest.MonkeyPatch,
    trace: str | None,
    function: str | None,
) -> None:
    """Within a function, calls say which chain they belong to."""
    for name, value in (
        ("AWS_LAMBDA_FUNCTION_NAME", function),
        ("_X_AMZN_TRACE_ID", trace),
    ):
        if value is not None:
            monkeypatch.setenv(name, value)
    for service, operation, given in (
        ("lambda", "Invoke", {"FunctionName": "f"}),
        ("lambda", "UntagResource", {"Resource": ARN, "TagKeys": ["a"]}),
        ("dynamodb", "ListTables", {}),
        ("sns", "GetTopicAttributes", {"TopicArn": "t"}),
    ):
        headers = trios(service).call(operation, given).requests[0].headers
        assert ("x-amzn-trace-id" in headers) == (None not in {trace, function})


ARN = "arn:aws:lambda:us-east-1:123456789012:function:f"


@pytest.mark.parametrize("account", [{}, {"accountId": "123456789012"}])
def test_accounts_of_glacier(trios: Trios, account: dict[str, str]) -> None:
    """One's own is filled in."""
    call = trios("glacier").call("ListVaults", account, Answer({"VaultList": []}))

    assert call.request.path == f"/{account.get('accountId', '-')}/vaults"
    assert call.request.headers["x-amz-glacier-version"] == "2012-06-01"


def tree_hash(content: bytes) -> str:
    """Glacier's checksum: that of pairs of checksums, up to the last."""
    level = [
        hashlib.sha256(content[at : at + (1 << 20)]).digest()
        for at in range(0, max(len(content), 1), 1 << 20)
    ]
    while len(level) > 1:
        level = [
            (
                hashlib.sha256(b"".join(level[at : at + 2])).digest()
                if len(level[at : at + 2]) == 2
                else level[at]
            )
            for at in range(0, len(level), 2)
        ]
    return level[0].hex()


@pytest.mark.parametrize(
    "content", [b"small", bytes(3 << 20)], ids=["small", "three mebibytes"]
)
@pytest.mark.parametrize("kind", ["bytes", "file"])
@pytest.mark.parametrize(
    ("operation", "given"),
    [
        ("UploadArchive", {"vaultName": "v"}),
        ("UploadMultipartPart", {"vaultName": "v", "uploadId": "u"}),
    ],
)
def test_archives(
    trios: Trios, operation: str, given: dict[str, Any], kind: str, content: bytes
) -> None:
    """Two checksums each, of bytes or of a file."""
    body: Any = content if kind == "bytes" else lambda: io.BytesIO(content)

    headers = trios("glacier").call(operation, given | {"body": body}).request.headers

    assert headers["x-amz-content-sha256"] == hashlib.sha256(content).hexdigest()
    assert headers["x-amz-sha256-tree-hash"] == tree_hash(content)


def test_archives_with_a_checksum(trios: Trios) -> None:
    """That is kept."""
    given = {"vaultName": "v", "body": b"b", "checksum": "mine"}

    headers = trios("glacier").call("UploadArchive", given).request.headers

    assert headers["x-amz-sha256-tree-hash"] == "mine"


@pytest.mark.parametrize("body", ["text", bytearray(b"array"), None])
def test_archives_of_other_kinds(trios: Trios, body: Any) -> None:
    """As botocore has it."""
    given = {"vaultName": "v"} | ({} if body is None else {"body": body})

    trios("glacier").call("UploadArchive", given)


def test_iterated_archives(trios: Trios) -> None:
    """An iterable is sent like a file."""
    call = trios("glacier").call(
        "UploadArchive",
        {"vaultName": "v", "body": lambda: io.BytesIO(b"onetwo")},
        ours={"vaultName": "v", "body": lambda: iter([b"one", b"two"])},
    )

    assert call.request.headers["x-amz-sha256-tree-hash"] == tree_hash(b"onetwo")


@pytest.mark.parametrize("accepts", [None, "application/yaml", ""])
def test_what_api_gateway_accepts(trios: Trios, accepts: str | None) -> None:
    """JSON, unless the request says otherwise."""
    given = {"restApiId": "a", "stageName": "s", "exportType": "t"}
    if accepts is not None:
        given["accepts"] = accepts

    exported = trios("apigateway").call("GetExport", given).request
    listed = trios("apigateway").call("GetRestApis", {}).request

    expected = "application/json" if accepts is None else accepts
    assert exported.headers["accept"] == expected
    assert listed.headers["accept"] == "application/json"


@pytest.mark.parametrize(
    "url",
    [
        "https://realtime.example/",
        "https://realtime.example:8443/deep/path?query",
        "http://localhost",
        "realtime.example",
        "",
    ],
)
def test_the_host_of_a_prediction(trios: Trios, url: str) -> None:
    """The request says where it goes."""
    call = trios("machinelearning").call(
        "Predict",
        {"MLModelId": "m", "Record": {"k": "v"}, "PredictEndpoint": url},
        Answer({"Prediction": {"predictedScores": {"a": 0.5}}}),
    )

    if url.startswith("https://"):
        assert call.request.host == url.split("/")[2]


#: Copies, by service and operation, with what they require.
COPIES: list[tuple[str, str, dict[str, Any]]] = [
    (
        "ec2",
        "CopySnapshot",
        {"SourceRegion": "eu-west-1", "SourceSnapshotId": "s"},
    ),
    (
        "rds",
        "CopyDBSnapshot",
        {"SourceDBSnapshotIdentifier": "s", "TargetDBSnapshotIdentifier": "t"},
    ),
    ("rds", "CreateDBCluster", {"DBClusterIdentifier": "c", "Engine": "e"}),
    ("rds", "CreateDBInstanceReadReplica", {"DBInstanceIdentifier": "i"}),
    (
        "rds",
        "StartDBInstanceAutomatedBackupsReplication",
        {"SourceDBInstanceArn": "a"},
    ),
    *(
        (
            service,
            "CopyDBClusterSnapshot",
            {
                "SourceDBClusterSnapshotIdentifier": "s",
                "TargetDBClusterSnapshotIdentifier": "t",
            },
        )
        for service in ("rds", "neptune", "docdb")
    ),
    *(
        (service, "CreateDBCluster", {"DBClusterIdentifier": "c", "Engine": "e"})
        for service in ("neptune", "docdb")
    ),
]


@pytest.mark.parametrize(("service", "operation", "given"), COPIES)
@pytest.mark.parametrize("other", [None, "region", "url"])
def test_copies_between_regions(
    trios: Trios, service: str, operation: str, given: dict[str, Any], other: str | None
) -> None:
    """A URL is signed for the source's region, unless there is one already."""
    member = "PresignedUrl" if service == "ec2" else "PreSignedUrl"
    if other is not None:
        given = given | {"SourceRegion": "eu-west-1"}
    if other == "url":
        given = given | {member: "https://mine"}
    answer = Answer(f"<R><{operation}Result/></R>".encode())

    form = trios(service).call(operation, given, answer).request.form

    if other == "url":
        assert form[member] == "https://mine"
    elif "SourceRegion" in given:
        host = "ec2" if service == "ec2" else "rds"
        assert form[member].startswith(f"https://{host}.eu-west-1.amazonaws.com/?")
        assert "X-Amz-Signature=" in form[member]
    assert ("SourceRegion" in form) == (service == "ec2")


@pytest.mark.parametrize(
    ("operation", "given"),
    [
        ("GetOpenIdToken", {"IdentityId": "us-east-1:1"}),
        ("GetCredentialsForIdentity", {"IdentityId": "us-east-1:1"}),
    ],
)
def test_identities_without_a_signature(
    trios: Trios, operation: str, given: dict[str, Any]
) -> None:
    """The rest of them is with the other signatures."""
    request = trios("cognito-identity").call(operation, given).request

    assert "authorization" not in request.headers


@pytest.mark.parametrize("data", [b"#!/bin/sh\n\x00\xff", "#!/bin/sh\né", b"", ""])
@pytest.mark.parametrize(
    ("service", "operation", "given"),
    [
        ("ec2", "RunInstances", {"MinCount": 1, "MaxCount": 1}),
        (
            "autoscaling",
            "CreateLaunchConfiguration",
            {"LaunchConfigurationName": "l"},
        ),
    ],
)
def test_data_of_users(
    trios: Trios, service: str, operation: str, given: dict[str, Any], data: Any
) -> None:
    """Bytes or text, which go out as base64."""
    call = trios(service).call(operation, given | {"UserData": data}, Answer(b"<R/>"))

    content = data.encode() if isinstance(data, str) else data
    assert call.request.form["UserData"] == base64.b64encode(content).decode()


@pytest.mark.parametrize("data", [7, ["a"], {"a": "b"}])
@pytest.mark.parametrize(
    ("service", "operation", "given"),
    [
        ("ec2", "RunInstances", {"MinCount": 1, "MaxCount": 1}),
        (
            "autoscaling",
            "CreateLaunchConfiguration",
            {"LaunchConfigurationName": "l"},
        ),
    ],
)
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_data_of_users_that_is_none(  # noqa: PLR0913, PLR0917 - what a call is made of
    trios: Trios,
    service: str,
    operation: str,
    given: dict[str, Any],
    data: Any,
    serializer: str,
) -> None:
    """botocore trips over it; ours is refused."""
    trio = trios(service)
    request = make(trio.package.OPERATIONS[operation].request, given)
    request.user_data = data  # type: ignore[attr-defined]

    with pytest.raises(ValidationError, match="user_data"):
        trio.ours[serializer].send(request)


def test_data_of_users_in_replies(trios: Trios) -> None:
    """It comes as it is."""
    body = (
        b"<R><DescribeLaunchConfigurationsResult><LaunchConfigurations><member>"
        b"<LaunchConfigurationName>l</LaunchConfigurationName><UserData>AP8=</UserData>"
        b"<CreatedTime>2024-02-29T10:30:15Z</CreatedTime>"
        b"</member></LaunchConfigurations></DescribeLaunchConfigurationsResult></R>"
    )

    call = trios("autoscaling").call("DescribeLaunchConfigurations", {}, Answer(body))

    (found,) = call.reply.launch_configurations
    assert found.user_data == "AP8="
    assert found.created_time == datetime(2024, 2, 29, 10, 30, 15, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["Z1", "/hostedzone/Z1", "hostedzone/Z1", "a/b/Z1"])
def test_ids_of_route_53(trios: Trios, zone: str) -> None:
    """A member that one call gives, another takes."""
    listed = trios("route53").call(
        "ListResourceRecordSets", {"HostedZoneId": zone}, Answer(b"<R/>")
    )
    change = trios("route53").call("GetChange", {"Id": zone}, Answer(b"<R/>"))
    created = trios("route53").call(
        "CreateHostedZone",
        {"Name": "a.", "CallerReference": "c", "DelegationSetId": zone},
        Answer(b"<R/>"),
    )

    assert listed.request.path == "/2013-04-01/hostedzone/Z1/rrset"
    assert change.request.path == "/2013-04-01/change/Z1"
    assert b"<DelegationSetId>Z1</DelegationSetId>" in created.request.body


def test_a_search(connect: Callable[..., Trio]) -> None:
    """A query that may be long is a form."""
    trio = connect("cloudsearchdomain", endpoint_url="https://search.example")

    call = trio.call(
        "Search",
        {"query": "a b&é", "return": "_all_fields", "size": 5, "partial": False},
        Answer({"hits": {"found": 1, "hit": [{"id": "1", "fields": {"a": ["b"]}}]}}),
    )

    request = call.request
    assert (request.method, request.url) == (
        "POST",
        "https://search.example/2013-01-01/search",
    )
    assert request.form["q"] == "a b&é"
    assert request.form["return"] == "_all_fields"
    assert call.reply.hits.hit[0].fields == {"a": ["b"]}
