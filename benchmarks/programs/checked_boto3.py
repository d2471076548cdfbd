"""Trains a model, serves it, and compares a successor with it: with boto3's types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from botocore.exceptions import ClientError, ParamValidationError
from types_boto3_sagemaker.client import SageMakerClient
from types_boto3_sagemaker.type_defs import ModelVariantConfigTypeDef

ROLE = "arn:aws:iam::123456789012:role/service-role/sagemaker"
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/xgboost:1"


def train(client: SageMakerClient, name: str) -> str:
    reply = client.create_training_job(
        TrainingJobName=name,
        AlgorithmSpecification={"TrainingImage": IMAGE, "TrainingInputMode": "File"},
        RoleArn=ROLE,
        OutputDataConfig={"S3OutputPath": "s3://bucket/out"},
        ResourceConfig={
            "InstanceType": "ml.m5.large",
            "InstanceCount": 1,
            "VolumeSizeInGB": 10,
        },
        StoppingCondition={"MaxRuntimeInSeconds": 3600},
        Tags=[{"Key": "team", "Value": "churn"}],
    )
    client.get_waiter("training_job_completed_or_stopped").wait(TrainingJobName=name)
    return reply["TrainingJobArn"]


def find_artifacts(client: SageMakerClient, name: str) -> str:
    job = client.describe_training_job(TrainingJobName=name)
    return job["ModelArtifacts"]["S3ModelArtifacts"]


def list_finished(
    client: SageMakerClient, since: datetime
) -> Iterator[tuple[str, float]]:
    pages = client.get_paginator("list_training_jobs").paginate(
        StatusEquals="Completed",
        CreationTimeAfter=since,
        PaginationConfig={"MaxItems": 500},
    )
    for page in pages:
        for job in page["TrainingJobSummaries"]:
            if "TrainingEndTime" in job:
                taken = job["TrainingEndTime"] - job["CreationTime"]
                yield job["TrainingJobName"], taken.total_seconds()


def serve(client: SageMakerClient, name: str, artifacts: str) -> str:
    client.create_model(
        ModelName=name,
        ExecutionRoleArn=ROLE,
        PrimaryContainer={
            "Image": IMAGE,
            "ModelDataUrl": artifacts,
            "Environment": {"LOG": "info"},
        },
    )
    client.create_endpoint_config(
        EndpointConfigName=name,
        ProductionVariants=[
            {
                "VariantName": "all",
                "ModelName": name,
                "InitialInstanceCount": 1,
                "InstanceType": "ml.m5.large",
            }
        ],
    )
    endpoint = client.create_endpoint(EndpointName=name, EndpointConfigName=name)
    client.get_waiter("endpoint_in_service").wait(EndpointName=name)
    return endpoint["EndpointArn"]


def compare(client: SageMakerClient, name: str, models: tuple[str, str]) -> str:
    variants: list[ModelVariantConfigTypeDef] = [
        {
            "ModelName": model,
            "VariantName": model,
            "InfrastructureConfig": {
                "InfrastructureType": "RealTimeInference",
                "RealTimeInferenceConfig": {
                    "InstanceType": "ml.m5.large",
                    "InstanceCount": 1,
                },
            },
        }
        for model in models
    ]
    reply = client.create_inference_experiment(
        Name=name,
        Type="ShadowMode",
        RoleArn=ROLE,
        EndpointName=name,
        ModelVariants=variants,
        ShadowModeConfig={
            "SourceModelVariantName": models[0],
            "ShadowModelVariants": [
                {"ShadowModelVariantName": models[1], "SamplingPercentage": 10}
            ],
        },
    )
    return reply["InferenceExperimentArn"]


def remove(client: SageMakerClient, name: str) -> bool:
    try:
        client.delete_endpoint(EndpointName=name)
    except (ClientError, ParamValidationError) as error:
        print(error)
        return False
    return True
