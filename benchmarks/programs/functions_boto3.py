"""Documents and whole calls with boto3 and botocore."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from typing import Any

import boto3
from benchmarks.programs.call import ARGUMENTS, CREATED, EXPERIMENT, prepare_parse, stub
from benchmarks.programs.case import time_case
from benchmarks.programs.jobs import list_jobs
from benchmarks.programs.replies import reply_to
from benchmarks.programs.threads import at_once


def _client(**more: Any) -> Any:
    return boto3.client("sagemaker", **ARGUMENTS, **more)


def serialise(_: Namespace) -> Callable[[], Any]:
    """From a dictionary to what is to be signed, its checks included."""
    client = _client()
    model = client.meta.service_model.operation_model("CreateInferenceExperiment")
    send = client._serializer.serialize_to_request
    return lambda: send(EXPERIMENT, model)


def parse(operation: str) -> Callable[[Namespace], Callable[[], Any]]:
    """From a reply to its dictionary."""

    def prepare(arguments: Namespace) -> Callable[[], Any]:
        body = reply_to(operation, arguments.replies)
        return prepare_parse(_client(), operation, body)

    return prepare


def call_create(_: Namespace) -> Callable[[], Any]:
    """A whole call with a stubbed transport: much is sent, little comes."""
    client = stub(_client(), CREATED)
    return lambda: client.create_inference_experiment(**EXPERIMENT)


def call_list(_: Namespace) -> Callable[[], Any]:
    """A whole call with a stubbed transport: little is sent, much comes."""
    client = stub(_client(), list_jobs())
    return lambda: client.list_training_jobs(MaxResults=100)


def loopback_create(arguments: Namespace) -> Callable[[], Any]:
    """A whole call over a socket."""
    client = _client(endpoint_url=arguments.url)
    call = partial(client.create_inference_experiment, **EXPERIMENT)
    return at_once(call, int(arguments.threads))


def loopback_list(arguments: Namespace) -> Callable[[], Any]:
    """A whole call over a socket, with a long reply."""
    client = _client(endpoint_url=arguments.url)
    call = partial(client.list_training_jobs, MaxResults=100)
    return at_once(call, int(arguments.threads))


time_case(
    {
        "serialise": serialise,
        "ListTrainingJobs": parse("ListTrainingJobs"),
        "DescribeTrainingJob": parse("DescribeTrainingJob"),
        "Search": parse("Search"),
        "call-create": call_create,
        "call-list": call_list,
        "loopback-create": loopback_create,
        "loopback-list": loopback_list,
    },
    "replies",
    "url",
    "threads",
)
