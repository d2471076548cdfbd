"""Signatures: each kind that a model or a configuration may ask for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.tokens import DeferredRefreshableToken, FrozenAuthToken
from tests.contract.behaviours.network import Answer
from tests.contract.behaviours.service import make_session
from tests.contract.behaviours.trio import ARGUMENTS, Trio

Trios = Callable[[str], Trio]

NOBODY = dict.fromkeys(ARGUMENTS) | {"region_name": "us-east-1"}

REST = {"modelId": "m", "body": b"{}"}

ARN = "arn:aws:iam::123456789012:role/role"

ASSUMED = """<R><{0}Result><Credentials><AccessKeyId>ASIA</AccessKeyId>
<SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
<Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></{0}Result></R>"""

EXPRESS = b"""<CreateSessionResult><Credentials><AccessKeyId>ASIA</AccessKeyId>
<SecretAccessKey>secret</SecretAccessKey><SessionToken>token-1</SessionToken>
<Expiration>2100-01-01T00:00:00Z</Expiration></Credentials></CreateSessionResult>"""


class Bearer(botocore.session.Session):
    """A session with a token, as `aws sso login` would leave one behind."""

    def get_auth_token(self, **_: Any) -> Any:
        """The token."""
        frozen = FrozenAuthToken("bearer-token")
        return DeferredRefreshableToken("test", lambda: frozen)


def test_temporary_credentials(connect: Callable[..., Trio]) -> None:
    """They bring a token, which is a header."""
    for service, operation, given in (
        ("lambda", "Invoke", {"FunctionName": "f"}),
        ("s3", "HeadObject", {"Bucket": "parcels", "Key": "k"}),
        ("cloudwatch", "PutMetricData", {"Namespace": "n"}),
        ("sdb", "GetAttributes", {"DomainName": "d", "ItemName": "i"}),
    ):
        trio = connect(service, aws_session_token="session-token")  # noqa: S106
        request = trio.call(operation, given).request
        token = request.headers.get("x-amz-security-token", request.body.decode())
        assert "session-token" in token


@pytest.mark.parametrize(
    ("service", "operation", "given"),
    [
        ("cognito-identity", "GetId", {"IdentityPoolId": "us-east-1:1"}),
        ("cognito-identity", "UnlinkIdentity", None),
        ("cognito-idp", "InitiateAuth", {"AuthFlow": "USER_AUTH", "ClientId": "c"}),
        (
            "sso-oidc",
            "RegisterClient",
            {"clientName": "n", "clientType": "public", "scopes": ["s"]},
        ),
        (
            "sso-oidc",
            "CreateToken",
            {"clientId": "c", "clientSecret": "s", "grantType": "g"},
        ),
    ],
)
@pytest.mark.parametrize("arguments", [{}, NOBODY], ids=["somebody", "nobody"])
def test_operations_without_a_signature(
    connect: Callable[..., Trio],
    service: str,
    operation: str,
    given: dict[str, Any] | None,
    arguments: dict[str, Any],
) -> None:
    """Any caller may call them; credentials are not needed."""
    if given is None:
        given = {
            "IdentityId": "us-east-1:1",
            "Logins": {"a": "b"},
            "LoginsToRemove": ["a"],
        }
    request = connect(service, **arguments).call(operation, given).request

    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    ("operation", "given"),
    [
        (
            "AssumeRoleWithWebIdentity",
            {"RoleArn": ARN, "RoleSessionName": "me", "WebIdentityToken": "token"},
        ),
        (
            "AssumeRoleWithSAML",
            {"RoleArn": ARN, "PrincipalArn": ARN, "SAMLAssertion": "abcd"},
        ),
        ("AssumeRole", {"RoleArn": ARN, "RoleSessionName": "me"}),
    ],
)
def test_roles(trios: Trios, operation: str, given: dict[str, Any]) -> None:
    """STS signs where there is somebody already."""
    answer = Answer(ASSUMED.format(operation).encode())

    call = trios("sts").call(operation, given, answer)

    is_signed = "authorization" in call.request.headers
    assert is_signed == (operation == "AssumeRole")
    assert call.reply.credentials.session_token == "t"  # noqa: S105 - made up


def test_nobody(connect: Callable[..., Trio]) -> None:
    """Without credentials, what is to be signed is not sent."""
    call = connect("lambda", **NOBODY).call("Invoke", {"FunctionName": "f"})

    assert type(call.error).__name__ == "NoCredentialsError"
    assert call.requests == ()


def test_no_signature_on_request(connect: Callable[..., Trio]) -> None:
    """The configuration may do without; S3 then says so in a header."""
    config = Config(signature_version=UNSIGNED)

    plain = connect("lambda", config=config, **NOBODY)
    s3 = connect("s3", config=config, **NOBODY)

    request = plain.call("Invoke", {"FunctionName": "f"}).request
    put = s3.call("PutObject", {"Bucket": "parcels", "Key": "k", "Body": b"b"}).request
    assert "authorization" not in request.headers
    assert put.headers["x-amz-content-sha256"] == "STREAMING-UNSIGNED-PAYLOAD-TRAILER"


@pytest.mark.parametrize(
    ("service", "operation", "given"),
    [
        ("codecatalyst", "ListSpaces", {}),
        ("codecatalyst", "VerifySession", {}),
        ("account-access-runtime", None, None),
    ],
)
@pytest.mark.parametrize(
    "session", [None, partial(make_session, Bearer)], ids=["nothing", "token"]
)
def test_bearers(
    connect: Callable[..., Trio],
    service: str,
    operation: str | None,
    given: Any,
    session: Any,
) -> None:
    """Services that want a token; without one, botocore's error."""
    trio = connect(service, session=session)
    if operation is None:
        operation, given = next(iter(trio.package.OPERATIONS)), {}

    call = trio.call(operation, given, Answer({}))

    if call.requests:
        assert call.request.headers["authorization"] == "Bearer bearer-token"


@pytest.mark.parametrize(
    "preference", [None, "httpBearerAuth", "sigv4", "sigv4a,sigv4", "noAuth", "new"]
)
@pytest.mark.parametrize("token", [None, "environment-token"])
@pytest.mark.parametrize("place", ["configuration", "environment"])
def test_preferences(
    connect: Callable[..., Trio],
    monkeypatch: pytest.MonkeyPatch,
    preference: str | None,
    token: str | None,
    place: str,
) -> None:
    """Bedrock takes signatures and tokens; whoever calls may prefer one."""
    if token is not None:
        monkeypatch.setenv("AWS_BEARER_TOKEN_BEDROCK", token)
    config = Config()
    if preference is not None and place == "configuration":
        # The stubs do not know of it.
        chosen: dict[str, Any] = {"auth_scheme_preference": preference}
        config = Config(**chosen)
    elif preference is not None:
        monkeypatch.setenv("AWS_AUTH_SCHEME_PREFERENCE", preference)
    trio = connect("bedrock-runtime", config=config, session=make_session)

    call = trio.call("InvokeModel", REST)

    if token is not None and preference in {None, "httpBearerAuth"}:
        assert call.request.headers["authorization"] == f"Bearer {token}"


@pytest.mark.parametrize("config", [None, Config(sigv4a_signing_region_set="*")])
def test_signatures_for_many_regions(
    connect: Callable[..., Trio], config: Config | None
) -> None:
    """They need a library; without it, another signature or botocore's error."""
    arguments = {} if config is None else {"config": config}
    for service in ("sustainability", "partnercentral-channel", "sts"):
        trio = connect(service, **arguments)
        operation = next(
            name
            for name in trio.package.OPERATIONS
            if name in {"GetCallerIdentity", "ListRelationships"}
            or service == "sustainability"
        )
        trio.call(operation, {"catalog": "AWS"} if service[0] == "p" else {})
    s3 = connect("s3", **arguments)
    bucket = "arn:aws:s3::123456789012:accesspoint:alias.mrap"

    call = s3.call("GetObject", {"Bucket": bucket, "Key": "k"})

    assert call.error is None or "crt" in str(call.error)


@pytest.mark.parametrize(
    "signature", ["v2", "v3", "v4", "v4a", "s3", "s3v4", "s3v4-query", "bearer", "new"]
)
@pytest.mark.parametrize("service", ["s3", "lambda", "sdb"])
def test_signatures_by_name(
    connect: Callable[..., Trio], signature: str, service: str
) -> None:
    """Whatever the configuration names, botocore has a say."""
    operation, given = {
        "s3": ("HeadObject", {"Bucket": "parcels", "Key": "k/é"}),
        "lambda": ("Invoke", {"FunctionName": "f"}),
        "sdb": ("GetAttributes", {"DomainName": "d", "ItemName": "i"}),
    }[service]
    config = Config(signature_version=signature)

    connect(service, config=config).call(operation, given)


BUCKET = "parcels--use1-az4--x-s3"


def test_sessions_of_express_buckets(connect: Callable[..., Trio]) -> None:
    """A session is made first, by botocore itself, and is used as long as it holds."""
    trio = connect("s3")
    session, done = Answer(EXPRESS), Answer(headers={"ETag": '"e"'})

    put = trio.call(
        "PutObject", {"Bucket": BUCKET, "Key": "k", "Body": b"b"}, session, done
    )
    got = trio.call("HeadObject", {"Bucket": BUCKET, "Key": "k"}, done)

    made, sent = put.requests
    assert made.query == {"session": [""]}
    assert sent.host == f"{BUCKET}.s3express-use1-az4.us-east-1.amazonaws.com"
    assert sent.headers["x-amz-s3session-token"] == "token-1"
    assert got.request.headers["x-amz-s3session-token"] == "token-1"


def test_sessions_that_cannot_be_made(connect: Callable[..., Trio]) -> None:
    """The call ends with the error of its session."""
    denied = Answer(b"<Error><Code>AccessDenied</Code></Error>", 403)

    call = connect("s3").call("HeadObject", {"Bucket": BUCKET, "Key": "k"}, denied)

    assert call.error is not None
    assert len(call.requests) == 1


def test_a_session_of_ones_own(trios: Trios) -> None:
    """The operation by which it is made is there for everybody."""
    call = trios("s3").call(
        "CreateSession", {"Bucket": BUCKET, "SessionMode": "ReadOnly"}, Answer(EXPRESS)
    )

    assert call.reply.credentials.session_token == "token-1"  # noqa: S105 - made up


def test_express_buckets_without_sessions(connect: Callable[..., Trio]) -> None:
    """The configuration may do without them."""
    without: Any = {"disable_s3_express_session_auth": True}
    config = Config(s3=without)
    trio = connect("s3", config=config)

    trio.call("HeadObject", {"Bucket": BUCKET, "Key": "k"})
