"""Trains a model, serves it, and compares a successor with it: with botosmith."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from botosmith import sagemaker
from botosmith.runtime import ValidationError

ROLE = "arn:aws:iam::123456789012:role/service-role/sagemaker"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1"


def train(client: sagemaker.Client, name: str) -> str:
    reply = client.create_training_job(
        training_job_name=name,
        algorithm_specification=sagemaker.AlgorithmSpecification(
            training_image=IMAGE, training_input_mode="File"
        ),
        role_arn=ROLE,
        output_data_config=sagemaker.OutputDataConfig(s3_output_path="s3://bucket/out"),
        resource_config=sagemaker.ResourceConfig(
            instance_type="ml.m5.large", instance_count=1, volume_size_in_gb=10
        ),
        stopping_condition=sagemaker.StoppingCondition(max_runtime_in_seconds=3600),
        tags=[sagemaker.Tag(key="team", value="churn")],
    )
    client.wait_until_training_job_completed_or_stopped(training_job_name=name)
    return reply.training_job_arn


def find_artifacts(client: sagemaker.Client, name: str) -> str:
    job = client.describe_training_job(training_job_name=name)
    return job.model_artifacts.s3_model_artifacts


def list_finished(
    client: sagemaker.Client, since: datetime
) -> Iterator[tuple[str, float]]:
    jobs = client.paginate_list_training_jobs(
        status_equals="Completed", creation_time_after=since, max_items=500
    )
    for job in jobs.items():
        if job.training_end_time is not None:
            taken = job.training_end_time - job.creation_time
            yield job.training_job_name, taken.total_seconds()


def serve(client: sagemaker.Client, name: str, artifacts: str) -> str:
    client.create_model(
        model_name=name,
        execution_role_arn=ROLE,
        primary_container=sagemaker.ContainerDefinition(
            image=IMAGE, model_data_url=artifacts, environment={"LOG": "info"}
        ),
    )
    client.create_endpoint_config(
        endpoint_config_name=name,
        production_variants=[
            sagemaker.ProductionVariant(
                variant_name="all",
                model_name=name,
                initial_instance_count=1,
                instance_type="ml.m5.large",
            )
        ],
    )
    endpoint = client.create_endpoint(endpoint_name=name, endpoint_config_name=name)
    client.wait_until_endpoint_in_service(endpoint_name=name)
    return endpoint.endpoint_arn


def compare(client: sagemaker.Client, name: str, models: tuple[str, str]) -> str:
    variants = [
        sagemaker.ModelVariantConfig(
            model_name=model,
            variant_name=model,
            infrastructure_config=sagemaker.ModelInfrastructureConfig(
                infrastructure_type="RealTimeInference",
                real_time_inference_config=sagemaker.RealTimeInferenceConfig(
                    instance_type="ml.m5.large", instance_count=1
                ),
            ),
        )
        for model in models
    ]
    shadow = sagemaker.ShadowModelVariantConfig(
        shadow_model_variant_name=models[1], sampling_percentage=10
    )
    reply = client.create_inference_experiment(
        name=name,
        type="ShadowMode",
        role_arn=ROLE,
        endpoint_name=name,
        model_variants=variants,
        shadow_mode_config=sagemaker.ShadowModeConfig(
            source_model_variant_name=models[0], shadow_model_variants=[shadow]
        ),
    )
    return reply.inference_experiment_arn


def remove(client: sagemaker.Client, name: str) -> bool:
    try:
        client.delete_endpoint(endpoint_name=name)
    except (sagemaker.SageMakerError, ValidationError) as error:
        print(error)
        return False
    return True
