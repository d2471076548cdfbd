"""A user's session makes the client and is none the worse for it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader

from botosmith.runtime.transport.session import find_session

PROFILE = """
[profile lab]
region = ap-south-1
aws_access_key_id = AKIDPROFILE
aws_secret_access_key = secret
services = lab-services
retry_mode = adaptive
max_attempts = 7

[services lab-services]
parcels =
  endpoint_url = http://parcels.example:99
"""


@pytest.fixture
def profile(monkeypatch: pytest.MonkeyPatch) -> str:
    """The name of a profile in the configuration file."""
    Path(os.environ["AWS_CONFIG_FILE"]).write_text(PROFILE)
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_DEFAULT_REGION"):
        monkeypatch.delenv(name)
    return "lab"


def test_a_new_session_for_each_client() -> None:
    """Nothing is shared unless a session is handed over."""
    first, second = find_session(None), find_session(None)

    assert type(first) is botocore.session.Session
    assert first is not second


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_the_session_stays_as_it_was(parcels: Any, serializer: str) -> None:
    """Its components are the ones it had; it makes other services' clients as ever."""
    session = botocore.session.Session()
    loader = session.get_component("data_loader")
    factory = session.get_component("response_parser_factory")
    before = {*vars(session)}, {*vars(session)["_components"]._components}

    with parcels.Client(session=session, serializer=serializer):
        pass

    assert session.get_component("data_loader") is loader
    assert session.get_component("response_parser_factory") is factory
    after = {*vars(session)}, {*vars(session)["_components"]._components}
    assert after[0] == before[0]
    assert type(session) is botocore.session.Session
    other = session.create_client("sqs")
    assert other.meta.service_model.operation_model("SendMessage").input_shape
    assert "sqs.eu-west-1" in other.meta.endpoint_url
    other.close()


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_boto3_sessions_are_taken(parcels: Any, server: Any, serializer: str) -> None:
    """With their credentials and region."""
    session = boto3.session.Session("AKIDBOTO3", "secret", region_name="us-east-2")

    with parcels.Client(
        session=session, endpoint_url=server.url, serializer=serializer
    ) as client:
        client.open_locker(locker_id="a")

    headers, _ = server.requests[0]
    assert "AKIDBOTO3" in headers["authorization"]
    assert "/us-east-2/" in headers["authorization"]
    assert headers["user-agent"].startswith("Boto3/")


def test_credentials_are_looked_for_once(parcels: Any, server: Any) -> None:
    """A session that has found some shares them, as among boto3's clients."""
    session: Any = botocore.session.Session()
    found: list[int] = []

    class Provider:
        def load_credentials(self) -> Credentials:
            found.append(1)
            return Credentials("AKIDFOUND", "secret")

    session.register_component("credential_provider", Provider())
    for _ in range(2):
        with parcels.Client(session=session, endpoint_url=server.url) as client:
            client.open_locker(locker_id="a")
    other = session.create_client("sqs")
    other.close()

    assert found == [1]
    assert session.get_credentials().access_key == "AKIDFOUND"


def test_refreshed_credentials_are_used(parcels: Any, server: Any) -> None:
    """The client holds on to the session's credentials object, not to its keys."""
    session: Any = botocore.session.Session()
    session.set_credentials("AKIDFIRST", "secret")
    with parcels.Client(session=session, endpoint_url=server.url) as client:
        client.open_locker(locker_id="a")
        session.get_credentials().access_key = "AKIDSECOND"
        client.open_locker(locker_id="a")

    first, second = (headers["authorization"] for headers, _ in server.requests)
    assert "AKIDFIRST" in first
    assert "AKIDSECOND" in second


def test_handlers_and_defaults_of_the_session_apply(parcels: Any, server: Any) -> None:
    """Handlers registered before, the default configuration, the user agent."""
    session: Any = botocore.session.Session()
    seen: list[str] = []
    session.register("before-call", lambda model, **_: seen.append(model.name))
    session.set_default_client_config(Config(user_agent_extra="mine"))

    with parcels.Client(session=session, endpoint_url=server.url) as client:
        client.open_locker(locker_id="a")

    assert seen == ["OpenLocker"]
    assert server.requests[0][0]["user-agent"].endswith("mine")


def test_sessions_of_a_users_own_class_make_the_client(parcels: Any) -> None:
    """Overrides of such a class are respected."""

    class Traced(botocore.session.Session):
        made: list[Any] = []  # noqa: RUF012 - shared on purpose

        def create_client(self, *arguments: Any, **named: Any) -> Any:
            client = super().create_client(*arguments, **named)
            self.made.append(client)
            return client

    with parcels.Client(session=Traced()) as client:
        assert Traced.made == [client._transport.client]


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_profiles_apply(parcels: Any, profile: str, serializer: str) -> None:
    """Region, credentials, retries and the service's own endpoint."""
    session = botocore.session.Session(profile=profile)

    with parcels.Client(session=session, serializer=serializer) as client:
        assert client.meta.region_name == "ap-south-1"
        assert client.meta.endpoint_url == "http://parcels.example:99"
        assert client.meta.config.retries == {
            "mode": "adaptive",
            "total_max_attempts": 7,
        }
        assert client._transport.client._get_credentials().access_key == "AKIDPROFILE"


@pytest.mark.parametrize("name", ["AWS_ENDPOINT_URL_PARCELS", "AWS_ENDPOINT_URL"])
def test_endpoints_of_the_environment_apply(
    parcels: Any, server: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """As for boto3's clients."""
    monkeypatch.setenv(name, server.url)

    with parcels.Client() as client:
        client.open_locker(locker_id="a")

    assert client.meta.endpoint_url == server.url


def test_endpoint_rules_decide(parcels: Any) -> None:
    """The package's own rules, without a network."""
    sent: list[str] = []
    with parcels.Client("us-gov-west-1") as client:

        def answer(request: Any, **_: Any) -> Any:
            sent.append(request.url)
            raise KeyboardInterrupt

        client.meta.events.register("before-send", answer)
        with pytest.raises(KeyboardInterrupt):
            client.open_locker(locker_id="a")

    assert sent == ["https://parcels.us-gov-west-1.amazonaws.com/"]


def test_proxies_apply(parcels: Any, server: Any) -> None:
    """A call for a host that does not exist reaches the proxy."""
    config = Config(proxies={"http": server.url})
    with parcels.Client(endpoint_url="http://parcels.invalid", config=config) as client:
        client.open_locker(locker_id="a")

    assert server.requests[0][0]["host"] == "parcels.invalid"


def test_data_of_the_user_plays_no_part(
    parcels: Any, server: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The model is the one that the code was generated from, whatever else is found."""
    other = tmp_path / "parcels" / "2024-03-01"
    other.mkdir(parents=True)
    (other / "service-2.json").write_text("{}")
    monkeypatch.setenv("AWS_DATA_PATH", str(tmp_path))

    for serializer in ("generated", "botocore"):
        with parcels.Client(endpoint_url=server.url, serializer=serializer) as client:
            assert client.open_locker(locker_id="a").response_metadata.status == 200


def test_data_that_the_package_lacks_is_missing(parcels: Any) -> None:
    """Nothing is taken from the installed botocore for a service that is generated."""
    with parcels.Client() as client:
        loader = client._transport.client._loader
        with pytest.raises(DataNotFoundError):
            loader.load_service_model("parcels", "waiters-2")
        assert loader.load_data("_retry") == Loader().load_data("_retry")
        assert loader.is_builtin_path(loader.load_data_with_path("partitions")[1])


def test_unsigned_calls(parcels: Any, server: Any) -> None:
    """`signature_version=UNSIGNED` works without credentials."""
    config = Config(signature_version=botocore.UNSIGNED)
    with parcels.Client(endpoint_url=server.url, config=config) as client:
        client.open_locker(locker_id="a")

    assert "authorization" not in server.requests[0][0]
