"""From the start of a process to its first signed request, with boto3."""

import boto3
from benchmarks.programs.call import ARGUMENTS, CREATED, EXPERIMENT, stub
from benchmarks.programs.peak import print_peak

NEEDED = (
    "Name",
    "Type",
    "RoleArn",
    "EndpointName",
    "ModelVariants",
    "ShadowModeConfig",
)

client = stub(boto3.client("sagemaker", **ARGUMENTS), CREATED)
client.create_inference_experiment(**{name: EXPERIMENT[name] for name in NEEDED})
print_peak()
