"""Required members that are missing: all of them, by the class or by their path."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from botosmith import sagemaker
from botosmith.runtime import ValidationError, from_boto3

MISSING = "is required, but missing"


def told(caught: Any) -> list[str]:
    """The lines of an error."""
    return str(caught.value).splitlines()


def test_object_names_its_class_and_all_that_is_missing() -> None:
    """An object within a request raises at its own line."""
    with pytest.raises(ValidationError) as caught:
        sagemaker.CreateModelInput(
            model_name="m", vpc_config=sagemaker.VpcConfig()  # type: ignore[call-arg]
        )

    assert told(caught) == [
        "VpcConfig: 2 violations",
        f"  security_group_ids: {MISSING}",
        f"  subnets: {MISSING}",
    ]


def test_objects_within_are_told_by_their_path() -> None:
    """All that is missing in the call, in its arguments and below them."""
    client = sagemaker.Client("us-east-1")
    channel = from_boto3(sagemaker.Channel, {"DataSource": {"S3DataSource": {}}})
    config = sagemaker.VpcConfig(subnets=["s"], security_group_ids=["g"])
    config.subnets = None  # type: ignore[assignment]
    with pytest.raises(ValidationError) as caught:
        client.create_training_job(  # type: ignore[call-arg]
            training_job_name="j", input_data_config=[channel], vpc_config=config
        )

    source = "input_data_config[0].data_source.s3_data_source"
    assert told(caught) == [
        "CreateTrainingJobRequest: 6 violations",
        f"  role_arn: {MISSING}",
        f"  input_data_config[0].channel_name: {MISSING}",
        f"  {source}.s3_data_type: {MISSING}",
        f"  {source}.s3_uri: {MISSING}",
        f"  output_data_config: {MISSING}",
        f"  vpc_config.subnets: {MISSING}",
    ]


def test_constructor_tells_of_objects_within_too() -> None:
    """Missing arguments, misspelt ones, and what their values lack."""
    with pytest.raises(ValidationError) as caught:
        sagemaker.CreateModelInput(  # type: ignore[call-arg]
            vpc_config=from_boto3(sagemaker.VpcConfig, {}),
            modelname="m",  # pyright: ignore[reportCallIssue]
        )

    assert told(caught)[1:] == [
        (
            "  modelname: 'm' is not a member of CreateModelInput; "
            "did you mean model_name?"
        ),
        f"  model_name: {MISSING}",
        f"  vpc_config.security_group_ids: {MISSING}",
        f"  vpc_config.subnets: {MISSING}",
    ]


@attrs.define(kw_only=True, eq=False, repr=False)
class Labelled(sagemaker.VpcConfig):
    """A subclass with a required attribute of its own."""

    label: str
    note: str = attrs.field(init=False, default="")


class Positional(sagemaker.VpcConfig):
    """A subclass with a constructor of its own."""

    def __init__(self, subnets: Any) -> None:
        super().__init__(subnets=subnets)  # type: ignore[call-arg]


@attrs.define(kw_only=True, eq=False, repr=False)
class Picky(sagemaker.VpcConfig):
    """A subclass that looks at what it is made of."""

    def __attrs_post_init__(self) -> None:
        msg = "my own words"
        raise TypeError(msg)


def test_subclass_is_told_of_its_own_attributes() -> None:
    """Beside the members."""
    with pytest.raises(ValidationError) as caught:
        Labelled(subnets=["s"])  # type: ignore[call-arg]
    assert told(caught)[1:] == [
        f"  security_group_ids: {MISSING}",
        f"  label: {MISSING}",
    ]
    with pytest.raises(ValidationError, match=r"note: .* is not a member of Labelled"):
        Labelled(  # type: ignore[call-arg]
            subnets=["s"],
            security_group_ids=["g"],
            label="l",
            note="n",  # pyright: ignore[reportCallIssue]
        )


def test_error_of_a_users_own_code_is_left_alone() -> None:
    """Even where the model would have something to say."""
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument"):
        Positional([])
    with pytest.raises(TypeError, match="my own words"):
        Picky(subnets=[], security_group_ids=[])
