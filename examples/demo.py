"""A demonstration: real calls with `botosmith.sagemaker`, and no AWS account.

First an endpoint's life against moto's server, then the request of the seed's page
against our own stand-in, which checks the signature and the body with botocore. Both
servers listen on 127.0.0.1 and end with the demonstration.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from moto.server import ThreadedMotoServer
from rich.console import Console
from rich.pretty import Pretty
from rich.rule import Rule
from rich.syntax import Syntax

from botosmith import sagemaker
from botosmith.runtime import Response
from botosmith.testing import StandIn, load_service

R = TypeVar("R", bound=Response)

CONSOLE = Console(width=88, highlight=False)

ROLE = "arn:aws:iam::123456789012:role/demo"


def main() -> int:
    """Run both parts; an error ends the demonstration with its traceback."""
    with moto_client() as client:
        show_the_life_of_an_endpoint(client)
    with StandIn(load_service("sagemaker", Path("models"))) as standin:
        with sagemaker.Client(**standin.arguments) as client:
            show_an_inference_experiment(watch(client))
        (call,) = standin.calls
        tell(f"The stand-in verified {call.operation}: its signature, by botocore's")
        tell("signer, and its body, by botocore's model of SageMaker.")
    heading("Done: every call above went over HTTP, and nothing left this machine")
    return 0


@contextmanager
def moto_client() -> Generator[sagemaker.Client]:
    """A client of moto's server, which keeps what it is told in memory."""
    # Its log would stand between what we print.
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        with sagemaker.Client(
            region_name="us-east-1",
            endpoint_url=f"http://{host}:{port}",
            aws_access_key_id="demo",
            aws_secret_access_key="demo",  # noqa: S106 - moto takes any
        ) as client:
            yield watch(client)
    finally:
        server.stop()


def watch(client: sagemaker.Client) -> sagemaker.Client:
    """Print every request as it leaves, by an event handler as boto3 has them."""

    def show_request(request: Any, **_: Any) -> None:
        target = request.headers["X-Amz-Target"].decode()
        tell(f"[bold]-> {request.method} {request.url}  {target}[/bold]")
        body = json.dumps(json.loads(request.body), indent=2, ensure_ascii=False)
        CONSOLE.print(Syntax(body, "json", background_color="default", word_wrap=True))

    client.meta.events.register("before-send.sagemaker", show_request)
    return client


def show_the_life_of_an_endpoint(client: sagemaker.Client) -> None:
    """Create, describe, list, tag and delete, and what a wrong name gives."""
    heading("An endpoint's life, against moto's server")
    got(
        client.create_model(
            model_name="demo-model",
            execution_role_arn=ROLE,
            primary_container=sagemaker.ContainerDefinition(
                image="123456789012.dkr.ecr.us-east-1.amazonaws.com/demo:1",
                environment={"LANGUAGE": "français"},
            ),
        )
    )
    got(
        client.create_endpoint_config(
            endpoint_config_name="demo-config",
            production_variants=[
                sagemaker.ProductionVariant(
                    variant_name="all",
                    model_name="demo-model",
                    initial_instance_count=1,
                    instance_type=sagemaker.ProductionVariantInstanceType.ML_M5_LARGE,
                    initial_variant_weight=0.0,
                )
            ],
        )
    )
    endpoint = got(
        client.create_endpoint(endpoint_name="demo", endpoint_config_name="demo-config")
    )
    got(client.describe_model(model_name="demo-model"))
    got(client.describe_endpoint_config(endpoint_config_name="demo-config"))
    described = got(client.describe_endpoint(endpoint_name="demo"))
    tell(f"The status is {described.endpoint_status!r}, a value that the model knows.")
    got(client.list_models(name_contains="demo"))
    got(client.list_endpoint_configs())
    got(client.list_endpoints(status_equals="InService"))
    tags = [sagemaker.Tag(key="team", value="forge")]
    got(client.add_tags(resource_arn=endpoint.endpoint_arn, tags=tags))
    got(client.list_tags(resource_arn=endpoint.endpoint_arn))
    got(client.delete_endpoint(endpoint_name="demo"))
    got(client.delete_endpoint_config(endpoint_config_name="demo-config"))
    got(client.delete_model(model_name="demo-model"))
    show_errors(client)


def show_errors(client: sagemaker.Client) -> None:
    """The service's refusal of a wrong name, and ours of wrong arguments."""
    heading("A name that does not exist, and arguments that cannot be sent")
    try:
        client.describe_endpoint(endpoint_name="no-such-endpoint")
    except sagemaker.SageMakerError as error:
        tell(f"[bold red]{type(error).__name__}[/bold red] {error.code}: ", end="")
        tell(error.message, markup=False)
        tell(repr(error.response_metadata), markup=False)
    try:
        client.describe_data_quality_job_definition(
            job_definition_name="no-such-definition"
        )
    except sagemaker.ResourceNotFound as error:
        tell(f"[bold red]{type(error).__name__}[/bold red] ", end="")
        tell(error.message, markup=False)
    try:
        client.create_endpoint(endpoint_name="x" * 64, endpoint_config="demo-config")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
    except ValueError as error:
        tell(f"[bold red]{type(error).__name__}[/bold red] ", end="")
        tell(str(error), markup=False)


def show_an_inference_experiment(client: sagemaker.Client) -> None:
    """The seed page's request, every member of it, against the stand-in."""
    heading("The seed page's create_inference_experiment, against our stand-in")
    variants = ["champion", "challenger"]
    experiment = client.create_inference_experiment(
        name="shadow-1",
        type=sagemaker.InferenceExperimentType.SHADOW_MODE,
        schedule=sagemaker.InferenceExperimentSchedule(
            start_time=datetime(2030, 1, 1, tzinfo=UTC),
            end_time=datetime(2030, 1, 8, tzinfo=UTC),
        ),
        description="Does the challenger answer as well?",
        role_arn=ROLE,
        endpoint_name="demo",
        model_variants=[
            sagemaker.ModelVariantConfig(
                model_name=f"{variant}-model",
                variant_name=variant,
                infrastructure_config=sagemaker.ModelInfrastructureConfig(
                    infrastructure_type="RealTimeInference",
                    real_time_inference_config=sagemaker.RealTimeInferenceConfig(
                        instance_type="ml.g5.xlarge", instance_count=1
                    ),
                ),
            )
            for variant in variants
        ],
        data_storage_config=sagemaker.InferenceExperimentDataStorageConfig(
            destination="s3://demo/experiment",
            kms_key="alias/demo",
            content_type=sagemaker.CaptureContentTypeHeader(
                csv_content_types=["text/csv"],
                json_content_types=["application/json"],
            ),
        ),
        shadow_mode_config=sagemaker.ShadowModeConfig(
            source_model_variant_name="champion",
            shadow_model_variants=[
                sagemaker.ShadowModelVariantConfig(
                    shadow_model_variant_name="challenger", sampling_percentage=50
                )
            ],
        ),
        kms_key="alias/demo",
        tags=[sagemaker.Tag(key="team", value="forge")],
    )
    got(experiment)
    tell(f"The ARN, as an attribute: {experiment.inference_experiment_arn}")


def got(reply: R) -> R:
    """Print a reply and what is known of the exchange."""
    tell(f"<- {reply.response_metadata}", markup=False)
    CONSOLE.print(Pretty(reply))
    return reply


def heading(text: str) -> None:
    """Begin a part of the demonstration."""
    CONSOLE.print(Rule(text))


def tell(text: str, *, markup: bool = True, end: str = "\n") -> None:
    """Print a line."""
    CONSOLE.print(text, markup=markup, end=end)


if __name__ == "__main__":
    sys.exit(main())
