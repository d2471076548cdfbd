"""The memory of 10,000 parsed summaries of jobs, with botosmith."""

from benchmarks.programs.call import ARGUMENTS, prepare_parse
from benchmarks.programs.held import print_held
from benchmarks.programs.jobs import list_jobs

from botosmith import sagemaker

client = sagemaker.Client(**ARGUMENTS)._transport.client


def read(body: bytes) -> object:
    """The summaries of a page."""
    parse = prepare_parse(client, "ListTrainingJobs", body)
    return parse().response.training_job_summaries


print_held(read, list_jobs)
