"""Names that are not there: each error says what to write instead, and costs little."""

from __future__ import annotations

import copy
import importlib
import pickle
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.support.packages import import_service

from botosmith import sagemaker
from botosmith.generator.build.pipeline import build_service, open_models

ARGUMENTS: dict[str, Any] = {
    "region_name": "us-east-1",
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}

#: Modules that only an error's text needs.
LATE = {
    "difflib",
    "botosmith.runtime.advice.names",
    "botosmith.runtime.advice.suggestion",
}


@pytest.fixture(scope="module")
def client() -> Any:
    """A client that calls nothing."""
    return sagemaker.Client(**ARGUMENTS)


#: Names that a package lacks, and what is written instead.
EXPORTS = {
    "CreateTrainingJobReqest": "did you mean CreateTrainingJobRequest?",
    "create_trainning_job": "did you mean create_training_job?",
    "CreateTrainingJob": "did you mean create_training_job?",
    "createTrainingJob": "did you mean create_training_job?",
    "create_Training_job": "did you mean create_training_job?",
    "training_instance_type": "did you mean TrainingInstanceType?",
    "CreateModelRequest": "did you mean CreateModelInput?",
    "CreateModelResponse": "did you mean CreateModelOutput?",
    "ResourceNotFoundException": "did you mean ResourceNotFound?",
    "asyncclient": "did you mean AsyncClient?",
    "Session": "write sagemaker.Client(session=boto3.Session(...))",
    "resource": "write sagemaker.Client(...): resources are not offered",
    "exceptions": "its errors are classes of sagemaker, such as sagemaker.",
    "get_paginator": "write sagemaker.paginate_",
    "get_waiter": "write sagemaker.wait_until_",
}


@pytest.mark.parametrize("name", EXPORTS)
def test_exports_that_there_are_not(name: str) -> None:
    """As an attribute, and as what is imported."""
    with pytest.raises(AttributeError) as caught:
        getattr(sagemaker, name)
    message = "module 'botosmith.sagemaker' has no attribute"
    assert str(caught.value).startswith(f"{message} {name!r}; {EXPORTS[name]}")
    assert caught.value.name == name

    with pytest.raises(ImportError) as failed:
        exec(f"from botosmith.sagemaker import {name}", {})  # noqa: S102 - our own
    message = f"cannot import name {name!r} from 'botosmith.sagemaker'"
    assert str(failed.value).startswith(f"{message}; {EXPORTS[name]}")
    assert failed.value.name == "botosmith.sagemaker"


def test_the_client_is_a_class(monkeypatch: pytest.MonkeyPatch) -> None:
    """boto3's function is written in small letters; so is the module of our class."""
    monkeypatch.delattr(sagemaker, "client", raising=False)

    with pytest.raises(AttributeError, match=r"write sagemaker.Client\(...\)"):
        sagemaker.client  # noqa: B018 - it raises


def test_names_of_the_runtime() -> None:
    """Those of its own package are found as well."""
    with pytest.raises(ImportError, match="did you mean ValidationError"):
        exec("from botosmith.runtime import ValidatonError", {})  # noqa: S102 - our own


#: Names that a client lacks.
METHODS = {
    "creat_model": "did you mean create_model?",
    "CreateModel": "did you mean create_model?",
    "createModel": "did you mean create_model?",
    "paginate_list_model": "did you mean paginate_list_models?",
    "exception": "did you mean exceptions?",
    "get_paginator": "write client.paginate_",
    "get_waiter": "write client.wait_until_",
    "can_paginate": 'write hasattr(client, "paginate_" + name)',
    "waiter_names": "they are the methods that begin with wait_until_",
}


@pytest.mark.parametrize("name", METHODS)
def test_methods_that_there_are_not(client: Any, name: str) -> None:
    """Both clients say what to write in place of a name."""
    awaited = sagemaker.AsyncClient.__new__(sagemaker.AsyncClient)
    for one in (client, awaited):
        kind = type(one).__name__
        with pytest.raises(AttributeError) as caught:
            getattr(one, name)
        message = f"{kind!r} object has no attribute {name!r}; {METHODS[name]}"
        assert str(caught.value).startswith(message)
        assert not hasattr(one, name)
        assert getattr(one, name, None) is None


def test_a_service_without_pages_and_waiters() -> None:
    """It says that there are none."""
    package: Any = import_service("sts")
    client = package.Client(**ARGUMENTS)

    with pytest.raises(AttributeError, match="this service has no waiters"):
        client.get_waiter  # noqa: B018 - it raises
    with pytest.raises(AttributeError, match="no operation of this service has pages"):
        client.get_paginator  # noqa: B018 - it raises


def test_an_error_of_a_property_comes_through() -> None:
    """It is not taken for a property that there is not."""

    class Client(sagemaker.Client):
        @property
        def broken(self) -> str:
            msg = "this is why"
            raise AttributeError(msg)

    with pytest.raises(AttributeError, match="this is why"):
        Client(**ARGUMENTS).broken  # noqa: B018 - it raises


@pytest.mark.parametrize(
    "name", ["ML_G5_2XLRGE", "ml_g5_2xlarge", "ml.g5.2xlarge", "ML_G5_2xlarge"]
)
def test_members_that_there_are_not(name: str) -> None:
    """The nearest, also of the value's text, and how to make any."""
    enum = sagemaker.TrainingInstanceType
    with pytest.raises(AttributeError) as caught:
        getattr(enum, name)

    assert str(caught.value) == (
        f"type object 'TrainingInstanceType' has no attribute {name!r}; did you mean "
        'ML_G5_2XLARGE? TrainingInstanceType("...") makes a member of any value'
    )
    assert not hasattr(enum, name)
    assert enum.ML_G5_2XLARGE.value == "ml.g5.2xlarge"


@pytest.fixture(scope="module")
def part(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """SQS with one of its operations."""
    root = tmp_path_factory.mktemp("generated")
    files = build_service(
        open_models(None), "sqs", package="partial", operations=("SendMessage",)
    )
    for path, text in files.items():
        place = root / "partial" / "sqs" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.syspath_prepend(str(root))
        yield importlib.import_module("partial.sqs")


@pytest.mark.parametrize(
    "name",
    ["receive_message", "ReceiveMessage", "ReceiveMessageRequest", "list_queues"],
)
def test_operations_that_were_left_out(part: Any, name: str) -> None:
    """They are told apart from names that there never were."""
    operation = "ListQueues" if name == "list_queues" else "ReceiveMessage"
    expected = f"partial.sqs was generated without the operation {operation}: .*--oper"
    with pytest.raises(AttributeError, match=expected):
        getattr(part, name)
    with pytest.raises(AttributeError, match=expected):
        getattr(part.Client(**ARGUMENTS), name)
    with pytest.raises(AttributeError, match="did you mean send_message"):
        part.send_mesage  # noqa: B018 - it raises


#: Arguments that a client does not take.
CLIENT_ARGUMENTS = {
    "region": "did you mean region_name?",
    "region_nam": "did you mean region_name?",
    "endpoint": "did you mean endpoint_url?",
    "access_key": "did you mean aws_access_key_id?",
    "profile_name": "write session=boto3.Session(profile_name=...)",
    "path": "write serializer='generated' or serializer='botocore'",
    "service_name": "leave it out: this is a client of sagemaker",
    "read_timeout": "write config=botocore.config.Config(read_timeout=...)",
    "zzz": "it takes region_name, api_version,",
}


@pytest.mark.parametrize("name", CLIENT_ARGUMENTS)
@pytest.mark.parametrize("kind", ["Client", "AsyncClient"])
def test_arguments_of_clients(kind: str, name: str) -> None:
    """The error names the client, and the argument to write; never the value."""
    with pytest.raises(TypeError) as caught:
        getattr(sagemaker, kind)(**{name: "hunter2"})

    unexpected = f"sagemaker.{kind}() got an unexpected keyword argument {name!r}"
    assert str(caught.value).startswith(f"{unexpected}; {CLIENT_ARGUMENTS[name]}")
    assert "hunter2" not in str(caught.value)


def test_services_in_place_of_regions() -> None:
    """boto3's first argument is the service, which a client knows."""
    make: Any = sagemaker.Client
    with pytest.raises(TypeError, match=r"multiple values.*sagemaker.Client\('us-east"):
        make("sagemaker", region_name="us-east-1")
    with pytest.raises(TypeError, match=r"positional.*sagemaker.Client\('us-east-1'\)"):
        make("sagemaker", "us-east-1")
    with pytest.raises(ValueError, match="'sagemaker' is the service, which the"):
        make("sagemaker")


def test_arguments_of_signers() -> None:
    """As boto3 takes them."""
    s3: Any = import_service("s3").Client(**ARGUMENTS)
    for call, told in (
        (
            lambda: s3.generate_presigned_url("get_object", Params={}, ExpiresIn=5),
            [
                "'Params'; give a request object, such as s3.SomeRequest(...)",
                "'ExpiresIn'; did you mean expires_in?",
            ],
        ),
        (
            lambda: s3.generate_presigned_post(Bucket="b", Key="k"),
            ["'Bucket'; did you mean bucket?", "'Key'; did you mean key?"],
        ),
        (
            lambda: s3.generate_presigned_url("get_object"),
            ["not builtins.str; write s3.GetObjectRequest(...)"],
        ),
        (
            s3.generate_presigned_url,
            ["s3.Client.generate_presigned_url() missing 1 required positional"],
        ),
    ):
        with pytest.raises(TypeError) as caught:
            call()
        assert [one for one in told if one not in str(caught.value)] == []


@pytest.mark.parametrize(
    ("function", "arguments", "told"),
    [
        ("paginate_list_models", {"page_siz": 5}, "did you mean page_size?"),
        ("paginate_list_models", {"MaxItems": 5}, "did you mean max_items?"),
        ("paginate_list_models", {"StartingToken": ""}, "did you mean resume_token?"),
        (
            "paginate_list_models",
            {"PaginationConfig": {}},
            "write page_size, max_items, resume_token",
        ),
        (
            "list_models",
            {"PaginationConfig": {}},
            "the functions paginate_... take page_size, max_items, resume_token",
        ),
        ("wait_until_endpoint_in_service", {"Delay": 5}, "did you mean delay?"),
        (
            "wait_until_endpoint_in_service",
            {"WaiterConfig": {}},
            "write delay, max_attempts, progress",
        ),
    ],
)
def test_arguments_of_functions(
    client: Any, function: str, arguments: dict[str, Any], told: str
) -> None:
    """Those that pages and waiters take beside the operation's are known as well."""
    with pytest.raises(ValueError, match=r"is not a member of") as caught:
        getattr(client, function)(**arguments)

    assert told in str(caught.value)


REPLY: Any = sagemaker.CreateModelOutput(model_arn="arn")


@pytest.mark.parametrize(
    "use",
    [
        lambda: REPLY["ModelArn"],
        lambda: REPLY["model_arn"],
        lambda: REPLY["Modelarn"],
        lambda: "ModelArn" in REPLY,
        lambda: REPLY.__setitem__("ModelArn", "other"),
    ],
)
def test_objects_are_no_dictionaries(use: Callable[[], object]) -> None:
    """The habits of who had boto3's say which attribute to write."""
    with pytest.raises(TypeError, match=r"is not a dictionary: write \.model_arn$"):
        use()


def test_other_habits_of_dictionaries() -> None:
    """An object without such a key says what it can."""
    with pytest.raises(AttributeError, match="'get'; it is not a dictionary: write"):
        REPLY.get("ModelArn")
    with pytest.raises(TypeError, match=r"write \.response_metadata$"):
        REPLY["ResponseMetadata"]
    with pytest.raises(TypeError, match=r"attributes, such as \.model_arn$"):
        REPLY[0]
    with pytest.raises(TypeError, match="it has no members"):
        sagemaker.ListHubsRequest.__mro__[2]()["a"]
    for use in (iter, list, dict, len):
        with pytest.raises(TypeError, match=r"not iterable|has no len"):
            use(REPLY)
    assert not hasattr(REPLY, "get")
    assert not {"get", "ModelArn"} & {*dir(REPLY)}


def test_members_keep_the_names_of_habits() -> None:
    """A member may be called as the method of a dictionary."""
    package: Any = import_service("dynamodb")
    attribute = package.AttributeValue(s="v")

    reply = package.ScanOutput(items=[{"k": attribute}], count=1)

    assert reply.items == [{"k": attribute}]


def run(program: str) -> str:
    """Return the text that a failing program prints."""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, text=True
    )
    assert done.returncode == 1
    return done.stderr


def test_attributes_of_objects() -> None:
    """Python finds the member by itself, which costs an object nothing."""
    start = "from botosmith import sagemaker as s\n"
    printed = run(f"{start}s.CreateModelOutput(model_arn='a').ModelArn")

    assert "has no attribute 'ModelArn'" in printed
    assert printed.count("model_arn'?") == 1


@pytest.mark.parametrize(
    ("use", "name"),
    [
        ("s.CreateTrainingJobReqest", "CreateTrainingJobRequest"),
        ("s.TrainingInstanceType.ML_M5_LARG", "ML_M5_LARGE"),
        ("s.Client('us-east-1').creat_model", "create_model"),
    ],
)
def test_tracebacks_tell_a_name_once(use: str, name: str) -> None:
    """Python would add a suggestion of its own to ours."""
    program = f"from botosmith import sagemaker as s\n{use}"
    printed = run(program)

    assert "\nAttributeError: " in printed
    assert printed.casefold().count("did you mean") == 1
    assert printed.count(f"{name}?") == 1
    with pytest.raises(AttributeError) as caught:
        exec(program, {})  # noqa: S102 - our own
    formatted = "".join(traceback.format_exception(caught.value))
    assert formatted.casefold().count("did you mean") == 1


def test_services_that_are_not_installed() -> None:
    """Once a part of `botosmith` is imported; before, the package has no code."""
    start = "import botosmith.runtime\n"
    how = "`botosmith generate s3` makes it, and `pip install botosmith-s3`"

    printed = run(f"{start}from botosmith import s3")
    assert "ImportError: cannot import name 's3' from 'botosmith'; " in printed
    assert how in printed
    assert how in run("from botosmith import sagemaker, s3")
    assert how in run(f"{start}botosmith.s3")
    assert "generate lambda`" in run(f"{start}from botosmith import lambda_")
    assert "did you mean sagemaker?" in run(f"{start}from botosmith import sagmaker")
    assert "generate dynamodb`" in run(f"{start}from botosmith import dynamdb")
    assert "ModuleNotFoundError" in run(f"{start}import botosmith.s3")
    assert "cannot import name 's3' from 'botosmith'" in run("from botosmith import s3")


def test_probes_load_nothing() -> None:
    """`hasattr` and the like throw the error away, and its text is not made."""
    program = (
        "import sys, botosmith\n"
        "from botosmith import sagemaker as s, sagemaker_runtime\n"
        "client, tag = s.Client('us-east-1'), s.Tag(key='a', value='b')\n"
        f"before = {LATE} & set(sys.modules)\n"
        "for one in (botosmith, s, client, tag, s.Tag, s.TrainingInstanceType):\n"
        "    for name in ('foo', '_repr_html_', '__wrapped__', 'get'):\n"
        "        assert not hasattr(one, name), (one, name)\n"
        f"assert {LATE} & set(sys.modules) == before\n"
        "assert 'botosmith.runtime.advice.names' not in sys.modules\n"
        "raise SystemExit(1)\n"
    )

    assert run(program) == ""


def test_imports_load_nothing(root: Path) -> None:
    """A package that there is costs no more than before."""
    program = (
        "import sys\n"
        "from botosmith import sagemaker, sagemaker_runtime\n"
        "sagemaker.Tag, sagemaker.describe_endpoint\n"
        "late = ['missing', 'advice', 'suggestion', 'callerror', 'prettyprint']\n"
        "assert not [n for n in late if f'botosmith.runtime.{n}' in sys.modules]\n"
        "raise SystemExit(1)\n"
    )

    assert root.is_dir()
    assert run(program) == ""


def test_errors_can_be_copied_and_pickled() -> None:
    """They are AttributeErrors then, with their text."""
    with pytest.raises(AttributeError) as caught:
        getattr(sagemaker, "CreateTrainingJobReqest")  # noqa: B009 - it is not there

    for again in (
        copy.copy(caught.value),
        pickle.loads(pickle.dumps(caught.value)),  # noqa: S301 - our own
    ):
        assert type(again) is AttributeError
        assert str(again) == str(caught.value)
