"""Profiles, assumed roles and SSO are botocore's, and take effect."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.credentials import SSOProvider
from botocore.tokens import SSOTokenProvider
from tests.contract.scenarios.responder import Answer, Responder

from botosmith import sagemaker

#: When credentials that a service gives run out.
LATER = datetime.now(UTC) + timedelta(hours=1)

CREDENTIALS = """\
[default]
aws_access_key_id = DEFAULTKEY
aws_secret_access_key = secret

[work]
aws_access_key_id = WORKKEY
aws_secret_access_key = secret
"""

CONFIG = """\
[default]
region = us-east-1

[profile work]
region = eu-central-1

[profile role]
role_arn = arn:aws:iam::123456789012:role/demo
source_profile = work
role_session_name = session
external_id = outside
region = us-west-2

[profile sso]
sso_session = company
sso_account_id = 123456789012
sso_role_name = Admin
region = us-east-2

[sso-session company]
sso_start_url = https://company.example/start
sso_region = us-east-1
"""

ASSUMED = f"""\
<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
  <AssumeRoleResult>
    <Credentials>
      <AccessKeyId>ASSUMEDKEY</AccessKeyId>
      <SecretAccessKey>secret</SecretAccessKey>
      <SessionToken>assumed-token</SessionToken>
      <Expiration>{LATER:%Y-%m-%dT%H:%M:%SZ}</Expiration>
    </Credentials>
  </AssumeRoleResult>
</AssumeRoleResponse>
"""


@pytest.fixture(autouse=True)
def files(home: Path) -> None:
    """The files that users have."""
    (home / ".aws" / "credentials").write_text(CREDENTIALS)
    (home / ".aws" / "config").write_text(CONFIG)


@pytest.fixture
def authority() -> Iterator[Responder]:
    """The service that gives credentials."""
    with closing(Responder()) as running:
        yield running


def call(responder: Responder, serializer: Any, **arguments: Any) -> dict[str, str]:
    """Make a call, and give the headers that it was made with."""
    client = sagemaker.Client(
        endpoint_url=responder.url, serializer=serializer, **arguments
    )
    with client:
        client.list_models()
    return dict(responder.received[-1].headers)


def test_the_default_profile(responder: Responder, serializer: str) -> None:
    """Its key, and its region."""
    signature = call(responder, serializer)["authorization"]

    assert "Credential=DEFAULTKEY/" in signature
    assert "/us-east-1/sagemaker/" in signature


@pytest.mark.parametrize("how", ["variable", "botocore", "boto3"])
def test_a_profile(
    responder: Responder, serializer: str, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the variable, and by a session of botocore or boto3."""
    session: Any = None
    if how == "variable":
        monkeypatch.setenv("AWS_PROFILE", "work")
    elif how == "botocore":
        session = botocore.session.Session(profile="work")
    else:
        session = boto3.Session(profile_name="work")

    signature = call(responder, serializer, session=session)["authorization"]

    assert "Credential=WORKKEY/" in signature
    assert "/eu-central-1/sagemaker/" in signature


def test_an_assumed_role(
    responder: Responder,
    authority: Responder,
    serializer: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """STS is asked with the source's key, and its answer is signed with."""
    monkeypatch.setenv("AWS_PROFILE", "role")
    monkeypatch.setenv("AWS_ENDPOINT_URL_STS", authority.url)
    authority.answers = [Answer(ASSUMED.encode())]

    headers = call(responder, serializer)

    (asked,) = authority.received
    assert "Credential=WORKKEY/" in asked.headers["authorization"]
    assert b"Action=AssumeRole&" in asked.body
    assert b"ExternalId=outside" in asked.body
    assert "Credential=ASSUMEDKEY/" in headers["authorization"]
    assert headers["x-amz-security-token"] == "assumed-token"
    assert "/us-west-2/sagemaker/" in headers["authorization"]


def test_single_sign_on(
    responder: Responder,
    authority: Responder,
    serializer: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The token of `aws sso login` is exchanged for credentials."""
    monkeypatch.setenv("AWS_PROFILE", "sso")
    monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", authority.url)
    cache = home / ".aws" / "sso" / "cache"
    cache.mkdir(parents=True)
    # botocore has looked for the home when it was imported.
    for kind in (SSOProvider, SSOTokenProvider):
        monkeypatch.setattr(kind, "_SSO_TOKEN_CACHE_DIR", str(cache))
    name = hashlib.sha1(b"company", usedforsecurity=False).hexdigest()
    token = {"accessToken": "login-token", "expiresAt": f"{LATER:%Y-%m-%dT%H:%M:%SZ}"}
    (cache / f"{name}.json").write_text(json.dumps(token))
    credentials = {
        "accessKeyId": "SSOKEY",
        "secretAccessKey": "secret",
        "sessionToken": "sso-token",
        "expiration": int(LATER.timestamp() * 1000),
    }
    answer = json.dumps({"roleCredentials": credentials}).encode()
    authority.answers = [Answer(answer)]

    headers = call(responder, serializer)

    (asked,) = authority.received
    assert "login-token" in asked.headers.values()
    assert "role_name=Admin" in asked.target
    assert "Credential=SSOKEY/" in headers["authorization"]
    assert headers["x-amz-security-token"] == "sso-token"
