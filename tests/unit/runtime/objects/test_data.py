"""Sources of a client's data: the package, a zip file, or a model handed over."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from botocore.config import Config
from botocore.exceptions import DataNotFoundError, UnknownServiceError

from botosmith.runtime.transport.service_data import (
    QuietOperations,
    ServiceData,
    ServiceLoader,
)

HERE = Path(__file__).parents[1]
CHOSEN = {"client_token": "t"}
MODEL = HERE / "models/parcels/2024-03-01/service-2.json"


class ModelData(ServiceData):
    """The data of a package, but for the models, which are made from one at hand."""

    model: dict[str, Any]

    def read(self, *path: str) -> Any:
        """Give the full model, or one without shapes other than errors'."""
        if path[-1] == "service-2.json":
            return self.model
        if path[-1] != "operations.json":
            return super().read(*path)
        dropped = {"input", "output", "documentation"}
        operations = {
            name: {key: operation[key] for key in operation.keys() - dropped}
            for name, operation in self.model["operations"].items()
        }
        errors = {
            name: {**shape, "members": {}}
            for name, shape in self.model["shapes"].items()
            if shape.get("exception")
        }
        return {**self.model, "operations": operations, "shapes": errors}


@pytest.fixture
def model() -> dict[str, Any]:
    """The model of the test service, to be changed."""
    model: dict[str, Any] = json.loads(MODEL.read_text())
    return model


@pytest.fixture
def client_class(parcels: Any, model: dict[str, Any]) -> Any:
    """A client class that is handed its model."""

    class Client(parcels.Client):  # type: ignore[misc]
        @classmethod
        def _data(cls) -> ServiceData:
            data = ModelData(cls._service, cls._api_version, cls._package)
            data.model = model
            return data

    return Client


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_a_model_can_be_handed_over(
    client_class: Any, model: dict[str, Any], server: Any, serializer: str
) -> None:
    """A subclass says where its data is."""
    model["metadata"]["targetPrefix"] = "Handed"

    with client_class(endpoint_url=server.url, serializer=serializer) as client:
        client.open_locker(locker_id="a")

    assert server.requests[0][0]["x-amz-target"] == "Handed.OpenLocker"


@pytest.mark.parametrize("mode", ["standard", "legacy"])
@pytest.mark.parametrize("serializer", ["generated", "botocore"])
@pytest.mark.parametrize("error", ["LockerBusy", "LockerNotFound"])
def test_errors_that_the_model_calls_retryable_are_retried(
    client_class: Any, server: Any, serializer: str, mode: str, error: str
) -> None:
    """By botocore's standard mode, which looks at the errors' traits."""
    retries: Any = {"total_max_attempts": 2, "mode": mode}
    config = Config(retries=retries)
    server.answers = [(409, {"__type": error}), (200, {})]

    with client_class(
        endpoint_url=server.url, serializer=serializer, config=config
    ) as client:
        if (mode, error) == ("standard", "LockerBusy"):
            assert client.open_locker(locker_id="a").response_metadata.attempts == 2
        else:
            with pytest.raises(getattr(client.exceptions, error)):
                client.open_locker(locker_id="a")


@pytest.mark.parametrize("serializer", ["generated", "botocore"])
def test_host_prefixes_are_kept(
    client_class: Any, model: dict[str, Any], serializer: str
) -> None:
    """Some operations have a host of their own."""
    model["operations"]["OpenLocker"]["endpoint"] = {"hostPrefix": "data-"}
    hosts: list[str] = []
    with client_class("eu-west-1", serializer=serializer) as client:

        def answer(request: Any, **_: Any) -> None:
            hosts.append(request.url)
            raise KeyboardInterrupt

        client.meta.events.register("before-send", answer)
        with pytest.raises(KeyboardInterrupt):
            client.open_locker(locker_id="a")

    assert hosts == ["https://data-parcels.eu-west-1.amazonaws.com/"]


def test_host_labels_and_rules_see_the_request(
    client_class: Any, model: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slim model may keep members that endpoint rules or a host prefix ask for."""
    request_class = (
        import_module(client_class._package).OPERATIONS["OpenLocker"].request
    )
    monkeypatch.setattr(
        request_class, "_to_envelope", lambda self: {"LockerId": self.locker_id}
    )
    described = {"shape": "String", "hostLabel": True}

    class Data(ModelData):
        def read(self, *path: str) -> Any:
            content = super().read(*path)
            if path[-1] == "operations.json":
                operation = content["operations"]["OpenLocker"]
                operation["input"] = {"shape": "Labels"}
                operation["endpoint"] = {"hostPrefix": "{LockerId}."}
                content["shapes"]["String"] = {"type": "string"}
                content["shapes"]["Labels"] = {
                    "type": "structure",
                    "members": {
                        "LockerId": described | {"contextParam": {"name": "Region"}}
                    },
                }
            return content

    class Client(client_class):  # type: ignore[misc]
        @classmethod
        def _data(cls) -> ServiceData:
            data = Data(cls._service, cls._api_version, cls._package)
            data.model = model
            return data

    sent: list[Any] = []
    with Client("eu-west-1") as client:

        def answer(request: Any, **_: Any) -> None:
            sent.append((request.url, request.body))
            raise KeyboardInterrupt

        client.meta.events.register("before-send", answer)
        with pytest.raises(KeyboardInterrupt):
            client.open_locker(locker_id="box", **CHOSEN)

    assert sent == [
        (
            "https://box.parcels.box.amazonaws.com/",
            b'{"ClientToken": "t", "LockerId": "box"}',
        )
    ]


def test_a_package_in_a_zip_file_works(parcels_folder: Path, tmp_path: Path) -> None:
    """Data is read through the importer, wherever that finds it."""
    archive = tmp_path / "shop.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for place in sorted(parcels_folder.rglob("*")):
            if place.is_file() and place.suffix != ".pyc":
                target.write(place, place.relative_to(parcels_folder))
    program = (
        "from shop import parcels\n"
        "for serializer in ('generated', 'botocore'):\n"
        "    with parcels.Client('eu-west-1', serializer=serializer) as client:\n"
        "        print(client)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={"PYTHONPATH": ":".join([str(archive), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )

    url = "https://parcels.eu-west-1.amazonaws.com"
    assert done.stdout == (
        f"<shop.parcels.Client in eu-west-1 at {url}>\n" * 2
    ), done.stderr


def test_missing_data_is_told_by_name(parcels: Any) -> None:
    """With botocore's own error."""
    data = ServiceData("parcels", "1999-01-01", parcels.__name__)

    with pytest.raises(DataNotFoundError, match=r"parcels/1999-01-01/operations\.json"):
        data.of_service("operations")


def test_another_services_name_is_unknown(parcels: Any) -> None:
    """The loader of a client knows one service."""
    data = ServiceData("parcels", "2024-03-01", parcels.__name__)
    loader = ServiceLoader(data, "operations", None)

    with pytest.raises(UnknownServiceError, match="'lockers'"):
        loader.load_service_model("lockers", "service-2")


def test_operations_are_listed_where_botocore_must_find_them() -> None:
    """Endpoint discovery looks through the list; making methods is what we avoid."""
    operations = QuietOperations(
        {"A": {}, "B": {"endpointdiscovery": {}}, "C": {"endpointoperation": True}}
    )

    assert list(operations) == ["B", "C"]
    assert operations["A"] == {}
    assert "A" in operations
