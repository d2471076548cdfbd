"""What 10,000 parsed summaries of jobs take in memory, with botosmith."""

from benchmarks.programs.call import ARGUMENTS, parser_of
from benchmarks.programs.held import print_held
from benchmarks.programs.jobs import list_jobs

from botosmith import sagemaker

client = sagemaker.Client(**ARGUMENTS)._path.client
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
    reply = parser.parse(response, model.output_shape)
    return reply.response.training_job_summaries


print_held(read, list_jobs)
