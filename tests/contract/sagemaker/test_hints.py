"""Annotations: who evaluates them gets the real types, and pays for that alone."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pydantic
import pytest
from botocore.client import ClientMeta
from botocore.config import Config
from tests.contract.behaviours.service import import_operations, write_model
from tests.support.packages import import_service

from botosmith import sagemaker
from botosmith.runtime import Pages, ResponseMetadata

from .pinned import PACKAGE
from .test_lazy_import import foreign, generated, load


def functions(package: Any) -> dict[str, Callable[..., Any]]:
    """The functions that a package exports."""
    exported = {name: getattr(package, name) for name in dir(package)}
    return {name: one for name, one in exported.items() if inspect.isfunction(one)}


def readings(function: Any) -> list[dict[str, Any]]:
    """A function's types, by each way that there is to evaluate its annotations."""
    signature = inspect.signature(function, eval_str=True)
    by_parameter = {one.name: one.annotation for one in signature.parameters.values()}
    return [
        typing.get_type_hints(function, include_extras=True),
        inspect.get_annotations(function, eval_str=True),
        by_parameter | {"return": signature.return_annotation},
    ]


@pytest.mark.parametrize("name", ["sagemaker", "sqs", "sts", "kinesis", "dynamodb"])
def test_every_function_tells_its_types(name: str) -> None:
    """Operations, pages and waiters, each by three ways to the same types."""
    package = sagemaker if name == "sagemaker" else import_service(name)
    told = {name: readings(one) for name, one in functions(package).items()}

    assert len(told) >= len(package.OPERATIONS)
    assert {
        name: found
        for name, found in told.items()
        if found[0]["client"] is not package.Client
        or any(isinstance(one, str) for one in found[0].values())
    } == {}
    assert [name for name, found in told.items() if found[1] != found[0]] == []
    # Only `signature` leaves the client of a bound method out.
    assert [name for name, found in told.items() if found[2] != found[0]] == []


def test_the_types_are_the_real_ones() -> None:
    """A function and the methods that it is have the same types."""
    expected = {
        "client": sagemaker.Client,
        "endpoint_name": str,
        "return": sagemaker.DescribeEndpointOutput,
    }
    client = sagemaker.Client("us-east-1")
    for function in (
        sagemaker.describe_endpoint,
        sagemaker.Client.describe_endpoint,
        sagemaker.AsyncClient.describe_endpoint,
        client.describe_endpoint,
    ):
        assert typing.get_type_hints(function) == expected
    bound = inspect.signature(client.describe_endpoint, eval_str=True)
    assert [*bound.parameters] == ["endpoint_name"]
    pages = typing.get_type_hints(sagemaker.paginate_list_models)
    assert pages["return"] == Pages[sagemaker.ListModelsOutput, sagemaker.ModelSummary]
    assert pages["creation_time_after"] == datetime | None
    waits = typing.get_type_hints(sagemaker.wait_until_endpoint_in_service)
    assert waits["return"] is sagemaker.DescribeEndpointOutput


def test_every_class_tells_its_types(classes: dict[str, type]) -> None:
    """Structures, unions, requests and replies; the members alone without extras."""
    for cls in classes.values():
        plain = typing.get_type_hints(cls)
        full = typing.get_type_hints(cls, include_extras=True)

        assert plain.keys() == full.keys()
        assert not [one for one in plain.values() if isinstance(one, str)]
    of_tag = typing.get_type_hints(sagemaker.Tag)
    assert of_tag == {"key": str, "value": str}
    assert typing.get_type_hints(sagemaker.Tag.__init__) == {
        **of_tag,
        "return": type(None),
    }
    reply = typing.get_type_hints(sagemaker.DescribeEndpointOutput.__init__)
    assert reply["response_metadata"] is ResponseMetadata


def test_clients_tell_their_types() -> None:
    """The arguments of a client, and its own methods, have types."""
    for client in (sagemaker.Client, sagemaker.AsyncClient):
        made = typing.get_type_hints(client.__init__)
        assert made["config"] == Config | None
        sends = typing.get_type_hints(client.generate_presigned_url)
        assert sends["return"] is str
    assert typing.get_type_hints(sagemaker.Client)["meta"] is ClientMeta


def test_a_function_is_no_dearer(root: Path, tmp_path: Path) -> None:
    """The client, and botocore with it, are imported when the types are asked for."""
    fetch = "from botosmith import sagemaker as s; s.describe_endpoint"
    ask = f"import typing; {fetch}; typing.get_type_hints(s.describe_endpoint)"

    fetched, asked = load(root, tmp_path, fetch), load(root, tmp_path, ask)

    assert f"{PACKAGE}.client" not in fetched
    assert foreign(fetched) == {"attr", "attrs"}
    assert generated(asked) - generated(fetched) == {f"{PACKAGE}.client"}


def test_pydantic_checks_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """`validate_call` knows the types of functions and of bound methods."""
    config: Any = {"arbitrary_types_allowed": True}
    client = sagemaker.Client("us-east-1")
    monkeypatch.setattr(sagemaker.Client, "send", lambda _, request: request)
    check: Any = pydantic.validate_call(config=config)
    function = check(sagemaker.describe_endpoint)
    method = check(client.describe_endpoint)
    request: Any = sagemaker.DescribeEndpointInput(endpoint_name="e")

    assert function(client, endpoint_name="e") == method(endpoint_name="e") == request
    with pytest.raises(pydantic.ValidationError, match="valid string"):
        method(endpoint_name=5)
    with pytest.raises(pydantic.ValidationError, match="instance of Client"):
        function("client", endpoint_name="e")


@pytest.fixture(scope="module")
def parcels() -> ModuleType:
    """A service with an operation that is called as its package is."""
    models = write_model(
        "json",
        {"Parcels": {"input": {"shape": "ParcelsRequest"}}},
        {
            "Text": {"type": "string"},
            "ParcelsRequest": {
                "type": "structure",
                "members": {"Client": {"shape": "Text"}, "Parcels": {"shape": "Text"}},
            },
        },
    )
    return import_operations("parcels", models)


def test_a_function_that_is_called_as_its_package_is(parcels: Any) -> None:
    """Names of the model do not hide the client's."""
    found, *others = readings(parcels.parcels)

    assert others == [found] * 2
    assert found["client"] is parcels.Client
    assert found["parcels"] == str | None
