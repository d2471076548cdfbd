"""A reply of ListTrainingJobs.

Each job has the members that the service sends of a job that has ended; warm pools and
training plans are exceptions.
"""

from __future__ import annotations

import json
from typing import Any

ARN = "arn:aws:sagemaker:us-east-1:123456789012"


def list_jobs(page: int = 0, count: int = 100) -> bytes:
    """A page of jobs, none of them like another."""
    numbers = range(page * count, (page + 1) * count)
    return json.dumps(
        {"TrainingJobSummaries": [_job(number) for number in numbers]}
    ).encode()


def _job(number: int) -> dict[str, Any]:
    name = f"churn-xgboost-{number:05d}"
    started = 1767225600.125 + 60 * number
    return {
        "TrainingJobName": name,
        "TrainingJobArn": f"{ARN}:training-job/{name}",
        "CreationTime": started,
        "TrainingEndTime": started + 3600.5,
        "LastModifiedTime": started + 3601.75,
        "TrainingJobStatus": "Completed",
        "SecondaryStatus": "Completed",
    }
