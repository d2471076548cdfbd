"""`unittest.mock`: specifications cost what a test uses of them, and hold to it."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any, cast
from unittest import mock

import pytest

from botosmith import sagemaker

from .pinned import PACKAGE
from .test_lazy_import import generated, load

CLIENT = "from unittest import mock; from botosmith import sagemaker as s; c = s.Client"

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}


@pytest.fixture(params=["class", "object"])
def client(request: pytest.FixtureRequest) -> Any:
    """The specification of a client, made of the class or of an object."""
    if request.param == "class":
        return mock.create_autospec(sagemaker.Client)(**ARGUMENTS)
    return mock.create_autospec(sagemaker.Client(**ARGUMENTS))


@pytest.mark.parametrize(
    "specify",
    [
        "mock.create_autospec(c)",
        "mock.create_autospec(c, spec_set=True)",
        "mock.create_autospec(c, instance=True)",
        "mock.create_autospec(c('us-east-1'))",
        "mock.create_autospec(s.AsyncClient)",
        "mock.Mock(spec=c)",
        "mock.MagicMock(spec_set=c('us-east-1'))",
        "mock.patch('botosmith.sagemaker.Client', autospec=True).start()",
    ],
)
def test_a_specification_imports_no_operation(
    root: Path, tmp_path: Path, specify: str
) -> None:
    """A client has a method for each, of which a test uses a few."""
    modules = generated(load(root, tmp_path, f"{CLIENT}; {specify}"))

    assert modules - {f"{PACKAGE}.async_client"} == {PACKAGE, f"{PACKAGE}.client"}


def test_what_is_used_is_imported_alone(root: Path, tmp_path: Path) -> None:
    """One method, one operation."""
    fetch = "from botosmith import sagemaker as s; s.Client; s.delete_model"
    use = f"{CLIENT}; mock.create_autospec(c)('e').delete_model(model_name='m')"

    assert generated(load(root, tmp_path, use)) == generated(
        load(root, tmp_path, fetch)
    )


def test_calls_are_held_against_signatures(client: Any) -> None:
    """As if the operations were called, which they are not."""
    assert isinstance(client, sagemaker.Client)
    client = cast("Any", client)
    client.delete_model.return_value = "done"

    assert client.delete_model(model_name="m") == "done"
    client.delete_model.assert_called_once_with(model_name="m")
    for arguments in ({}, {"model": "m"}, {"model_name": "m", "other": 1}):
        with pytest.raises(TypeError, match=r"argument: 'model_name'|unexpected|other"):
            client.delete_model(**arguments)
    with pytest.raises(TypeError, match="positional"):
        client.delete_model("m")
    with pytest.raises(AttributeError, match="creat_model"):
        client.creat_model(model_name="m")
    client.send.return_value = None
    assert client.send(sagemaker.DeleteModelInput(model_name="m")) is None


@pytest.mark.parametrize("owner", [sagemaker.Client, sagemaker.AsyncClient])
def test_patching_a_method_keeps_its_signature(
    owner: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The object is the first argument, used before or not."""
    monkeypatch.setattr(owner, "_start", lambda *_: None)
    monkeypatch.setattr(owner, "__repr__", object.__repr__)
    client = owner(**ARGUMENTS)
    for _ in range(2):
        with mock.patch.object(owner, "describe_app", autospec=True) as patched:
            patched.return_value = "patched"
            request = {"domain_id": "d", "app_type": "a", "app_name": "n"}
            assert client.describe_app(**request) == "patched"
            patched.assert_called_once_with(client, **request)
            with pytest.raises(TypeError, match="unexpected"):
                client.describe_app(**request, other=1)
        assert client.describe_app.__func__ is sagemaker.describe_app


def test_a_method_is_the_function_to_all_else() -> None:
    """Only a specification gets something that stands for it."""
    assert sagemaker.Client.describe_feature_group is sagemaker.describe_feature_group
    assert inspect.isfunction(sagemaker.Client.describe_hub)
    method = vars(sagemaker.Client)["describe_device"]
    assert inspect.isfunction(method)
    assert not inspect.iscoroutinefunction(method)
    assert method.__name__ == "describe_device"
    assert inspect.signature(method) == inspect.signature(sagemaker.describe_device)
