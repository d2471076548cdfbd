"""A value of a wrong type is told with what to write in its place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from botosmith import sagemaker as sm
from botosmith import sagemaker_runtime
from botosmith.runtime import ValidationError, from_boto3, to_boto3, validate
from botosmith.runtime.serde.validation import find_violations


class Tag:
    """A class of the user's own, or of another library."""


def tell(request: Any, member: str) -> str:
    """Return the rule that is told of a member of a request."""
    [found] = [one for one in find_violations(request) if one.path.startswith(member)]
    return str(found)


#: A dictionary for an object, and the code that is to be written.
DICTIONARIES: dict[str, tuple[str, Any, str]] = {
    "boto3's names": (
        "stopping_condition",
        {"MaxRuntimeInSeconds": 60},
        "StoppingCondition(max_runtime_in_seconds=60)",
    ),
    "Python's names": (
        "stopping_condition",
        {"max_runtime_in_seconds": 60},
        "StoppingCondition(max_runtime_in_seconds=60)",
    ),
    "a misspelt name": (
        "stopping_condition",
        {"MaxRuntimeInSecond": 60},
        "StoppingCondition(max_runtime_in_seconds=60)",
    ),
    "an unknown name": (
        "stopping_condition",
        {"MaxRuntimeInSeconds": 60, "Zzz": 1},
        "StoppingCondition(max_runtime_in_seconds=60, ...)",
    ),
    "no name": ("stopping_condition", {}, "StoppingCondition(...)"),
    "a key of another type": ("stopping_condition", {5: 6}, "StoppingCondition(...)"),
    "what is required besides": (
        "vpc_config",
        {"Subnets": ["a", "b", "c"]},
        "VpcConfig(security_group_ids=..., subnets=['a', 'b', ...])",
    ),
    "another mapping": (
        "retry_strategy",
        MappingProxyType({"MaximumRetryAttempts": 3}),
        "RetryStrategy(maximum_retry_attempts=3)",
    ),
}


@pytest.mark.parametrize(
    ("member", "given", "code"), DICTIONARIES.values(), ids=DICTIONARIES
)
def test_dictionaries(member: str, given: Any, code: str) -> None:
    """They are told with the call of the class, made of their own keys."""
    request = sm.CreateTrainingJobRequest.__new__(sm.CreateTrainingJobRequest)
    for name in request._attribute_names():
        setattr(request, name, None)
    setattr(request, member, given)

    name = code.partition("(")[0]
    assert tell(request, member) == (
        f"{member}: expected {name}, got {type(given).__name__}. Write {code}, "
        f"or from_boto3({name}, {{...}})."
    )


def test_advice_is_what_passes() -> None:
    """To write what the error says ends the error."""
    wrong: Any = [{"Key": "a", "Value": "b"}]
    request = sm.AddTagsInput(resource_arn="r", tags=wrong)
    told = tell(request, "tags[0]")
    code = told.partition("Write ")[2].partition(", or from_boto3")[0]

    # The names in the advice are those of the package.
    request.tags = [eval(code, vars(sm) | {"Tag": sm.Tag})]  # noqa: S307 - our own
    validate(request)
    assert request.tags == [from_boto3(sm.Tag, wrong[0])]
    assert to_boto3(request)["Tags"] == wrong


def test_dictionaries_in_lists_and_maps(parcels: Any) -> None:
    """Each by its path, at any depth; long ones are cut short."""
    deep = {"Name": "n", "Inner": {"Inner": {"Inner": {"Inner": {"Name": "x"}}}}}
    crate = parcels.Crate(crates=[parcels.Crate(), deep, {"Name": "x" * 1000}])
    request = parcels.DescribeCrateResponse(crate=crate)

    first, second = (str(one) for one in find_violations(request))
    assert first.startswith("crate.crates[1]: expected Crate, got dict. Write Crate(")
    assert "Crate(...)" in first
    assert second.startswith("crate.crates[2]: expected Crate, got dict.")
    assert len(second) < 250


LARGE: dict[str, Any] = {f"Key{number}": "v" * 99 for number in range(100_000)}


def test_large_and_odd_values_are_cut_short() -> None:
    """Nothing that is given makes the error long, or another one."""
    circle: dict[str, Any] = {}
    circle["Inner"] = circle
    many: Any
    for many in (LARGE, circle, {"MaxRuntimeInSeconds": "x" * 10_000}, {"": None}):
        request = sm.DescribeModelInput(model_name="m")
        assert find_violations(request) == ()
        job = sm.CreateTrainingJobRequest.__new__(sm.CreateTrainingJobRequest)
        for name in job._attribute_names():
            setattr(job, name, None)
        job.stopping_condition = many
        assert len(tell(job, "stopping_condition")) < 400


LISTS: dict[str, tuple[Any, str]] = {
    "text": ("text", "got str. Write [Tag(key=..., value=...)]."),
    "one object": (
        sm.Tag(key="k", value="v"),
        "got botosmith.sagemaker.Tag. Write [Tag(...)].",
    ),
    "boto3's dictionary": (
        {"Key": "k", "Value": "v"},
        "got dict. Write [Tag(key='k', value='v')].",
    ),
    "a dictionary of tags": (
        {"team": "forge", "cost": "low", "env": "test"},
        (
            "got dict. Write [Tag(key='team', value='forge'), "
            "Tag(key='cost', value='low'), ...]."
        ),
    ),
    "a set": ({1}, "got set. Write list(value)."),
    "a generator": ((one for one in "ab"), "got generator. Write list(value)."),
    "a number": (5, "got int. Write [Tag(key=..., value=...)]."),
    "a class": (sm.Tag, "got the class botosmith.sagemaker.Tag."),
}


@pytest.mark.parametrize(("given", "told"), LISTS.values(), ids=LISTS)
def test_lists(given: Any, told: str) -> None:
    """A list of objects is wanted."""
    request = sm.AddTagsInput(resource_arn="r", tags=given)
    assert tell(request, "tags") == f"tags: expected a list of Tag, {told}"


STRUCTURES: dict[str, tuple[Any, str]] = {
    "the class": (sm.Tag, "expected an object of Tag, got the class. Write Tag("),
    "another class": (
        sm.VpcConfig,
        "expected Tag, got the class botosmith.sagemaker.VpcConfig. Write Tag(",
    ),
    "another object": (
        sm.StoppingCondition(),
        "expected botosmith.sagemaker.Tag, got botosmith.sagemaker.StoppingCondition.",
    ),
    "an object of another service": (
        sagemaker_runtime.InvokeEndpointInput(endpoint_name="e", body=b""),
        (
            "expected botosmith.sagemaker.Tag, "
            "got botosmith.sagemaker_runtime.InvokeEndpointInput."
        ),
    ),
    "a namesake": (Tag(), f"expected botosmith.sagemaker.Tag, got {__name__}.Tag."),
    "a list": ([sm.Tag(key="k", value="v")], "Write its one item by itself."),
    "text": ("k=v", "expected Tag, got str. Write Tag(key=..., value=...)."),
    "None": (None, "expected Tag, got NoneType. Write Tag(key=..., value=...)."),
}


@pytest.mark.parametrize(("given", "told"), STRUCTURES.values(), ids=STRUCTURES)
def test_structures(given: Any, told: str) -> None:
    """An object is wanted."""
    request = sm.AddTagsInput(resource_arn="r", tags=[given])
    assert told in tell(request, "tags[0]")


SCALARS: dict[str, tuple[str, Any, str]] = {
    "text": (
        "creation_time_after",
        "2024-01-01",
        (
            "'2024-01-01' is of type str, not datetime. "
            "Write datetime.fromisoformat(value)."
        ),
    ),
    "seconds": (
        "creation_time_after",
        5,
        "5 is of type int, not datetime. Write datetime.fromtimestamp(value, UTC).",
    ),
    "a date": (
        "creation_time_after",
        date(2024, 1, 2),
        (
            "datetime.date(2024, 1, 2) is of type date, not datetime. "
            "Write datetime.combine(value, time(), UTC)."
        ),
    ),
    "bytes": (
        "name_contains",
        b"x",
        "is of type bytes, not str. Write value.decode().",
    ),
    "a path": ("name_contains", Path("x"), "not str. Write str(path)."),
    "digits": ("max_results", "5", "'5' is of type str, not int. Write int(value)."),
    "true": ("max_results", True, "True is of type bool, not int"),
    "a moment for text": (
        "name_contains",
        datetime(2024, 1, 2, tzinfo=UTC),
        "not str. Write value.isoformat().",
    ),
}


@pytest.mark.parametrize(("member", "given", "told"), SCALARS.values(), ids=SCALARS)
def test_scalars(member: str, given: Any, told: str) -> None:
    """The value is shown, with what converts it."""
    assert told in tell(sm.ListModelsInput(**{member: given}), member)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([("a", "b")], "expected a dict, got list. Write {key: value}."),
        ("a=b", "expected a dict, got str. Write {key: value}."),
        (MappingProxyType({"a": "b"}), "got mappingproxy. Write dict(value)."),
        (
            sm.Tag(key="a", value="b"),
            "got botosmith.sagemaker.Tag. Write to_boto3(value).",
        ),
        (dict, "expected a dict, got the class dict."),
    ],
)
def test_maps(given: Any, told: str) -> None:
    """A dictionary is wanted."""
    made = sm.CreateModelInput(
        model_name="m", primary_container=sm.ContainerDefinition(environment=given)
    )
    assert told in tell(made, "primary_container.environment")


HIDDEN = "hunter2"

NEAR_SECRETS: dict[str, Any] = {
    "boto3's dictionary": [{"Key": HIDDEN, "Value": HIDDEN}],
    "one dictionary": {"Key": HIDDEN, "Value": HIDDEN},
    "a dictionary of tags": {HIDDEN: HIDDEN},
    "an unknown name": [{HIDDEN: HIDDEN}],
    "text": HIDDEN,
    "texts": [HIDDEN],
    "bytes": HIDDEN.encode(),
    "pairs": [(HIDDEN, HIDDEN)],
}


@pytest.mark.parametrize("given", NEAR_SECRETS.values(), ids=NEAR_SECRETS)
def test_no_value_is_shown_near_secrets(parcels: Any, given: Any) -> None:
    """The advice has the names alone where a class has sensitive members."""
    request = parcels.OpenLockerRequest(locker_id="a", tags=given)

    with pytest.raises(ValidationError) as caught:
        validate(request)

    assert "Write" in str(caught.value)
    assert HIDDEN not in f"{caught.value} {caught.value!r} {caught.value.violations}"
