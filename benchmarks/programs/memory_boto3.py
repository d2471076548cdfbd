"""The memory of 10,000 parsed summaries of jobs, with boto3."""

import boto3
from benchmarks.programs.call import ARGUMENTS, prepare_parse
from benchmarks.programs.held import print_held
from benchmarks.programs.jobs import list_jobs

client = boto3.client("sagemaker", **ARGUMENTS)


def read(body: bytes) -> object:
    """The summaries of a page."""
    parse = prepare_parse(client, "ListTrainingJobs", body)
    return parse()["TrainingJobSummaries"]


print_held(read, list_jobs)
