"""What 10,000 parsed summaries of jobs take in memory, with boto3."""

import boto3
from benchmarks.programs.call import ARGUMENTS, parser_of
from benchmarks.programs.held import print_held
from benchmarks.programs.jobs import list_jobs

client = boto3.client("sagemaker", **ARGUMENTS)
parser = parser_of(client)
model = client.meta.service_model.operation_model("ListTrainingJobs")


def read(body: bytes) -> object:
    """The summaries of a page."""
    response = {
        "body": body,
        "headers": {},
        "status_code": 200,
        "context": {"operation_name": "ListTrainingJobs"},
    }
    return parser.parse(response, model.output_shape)["TrainingJobSummaries"]


print_held(read, list_jobs)
