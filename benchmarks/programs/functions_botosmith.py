"""Documents and whole calls with botosmith."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from benchmarks.programs.call import ARGUMENTS, CREATED, EXPERIMENT, prepare_parse, stub
from benchmarks.programs.case import time_case
from benchmarks.programs.jobs import list_jobs
from benchmarks.programs.replies import reply_to
from benchmarks.programs.shapes import Shapes
from benchmarks.programs.threads import at_once

from botosmith import sagemaker
from botosmith.runtime import from_boto3
from botosmith.runtime.protocol.codec import JsonCodec
from botosmith.runtime.serde.convert import to_document

REQUEST = sagemaker.CreateInferenceExperimentRequest
CODEC = JsonCodec()


def _client(**more: Any) -> Any:
    return sagemaker.Client(**ARGUMENTS, **more)


def serialise(_: Namespace) -> Callable[[], Any]:
    """From an object to what is to be signed, its checks included."""
    transport = _client()._transport
    request = from_boto3(REQUEST, EXPERIMENT)
    model = transport.client.meta.service_model.operation_model(request._operation)
    send = transport.client._serializer.serialize_to_request

    def work() -> Any:
        with transport.serializer.write(request) as parameters:
            return send(parameters, model)

    return work


def build_and_dump(arguments: Namespace) -> Callable[[], bytes]:
    """From values to the body, the objects on the way included."""
    shapes = Shapes(arguments.model, structure=lambda *_: None)
    names = {name: getattr(sagemaker, name, None) for name in shapes.structures}
    build = shapes.builder(REQUEST.__name__, EXPERIMENT, names)
    return lambda: CODEC.encode(to_document(build()))


def parse(operation: str) -> Callable[[Namespace], Callable[[], Any]]:
    """From a reply to its object, as botocore's client has it read."""

    def prepare(arguments: Namespace) -> Callable[[], Any]:
        body = reply_to(operation, arguments.replies)
        return prepare_parse(_client()._transport.client, operation, body)

    return prepare


def load(_: Namespace) -> Callable[[], Any]:
    """From a body to its object, and nothing around it."""
    body, reply = list_jobs(), sagemaker.ListTrainingJobsResponse
    return lambda: CODEC.read(reply, body) or reply._from_wire(CODEC.decode(body))


def decode(operation: str) -> Callable[[Namespace], Callable[[], Any]]:
    """From a body to dictionaries and lists: what no reader in Python goes below."""

    def prepare(arguments: Namespace) -> Callable[[], Any]:
        body = reply_to(operation, arguments.replies)
        return lambda: CODEC.decode(body)

    return prepare


def decode_instants(_: Namespace) -> Callable[[], Any]:
    """The same, and a datetime for each number that stands for an instant."""
    body = list_jobs()
    make = datetime.fromtimestamp
    names = ("CreationTime", "TrainingEndTime", "LastModifiedTime")
    return lambda: [
        make(job[name], UTC)
        for job in CODEC.decode(body)["TrainingJobSummaries"]
        for name in names
    ]


def call_create(_: Namespace) -> Callable[[], Any]:
    """A whole call with a stubbed transport: much is sent, little comes."""
    client = stub(_client(), CREATED)
    request = from_boto3(REQUEST, EXPERIMENT)
    return lambda: client.send(request)


def call_list(_: Namespace) -> Callable[[], Any]:
    """A whole call with a stubbed transport: little is sent, much comes."""
    client = stub(_client(), list_jobs())
    return lambda: client.list_training_jobs(max_results=100)


def _over(
    arguments: Namespace, make: Callable[[Any], Callable[[], Any]]
) -> Callable[[], Any]:
    client = _client(endpoint_url=arguments.url)
    return at_once(make(client), int(arguments.threads))


def loopback_create(arguments: Namespace) -> Callable[[], Any]:
    """A whole call over a socket."""
    request = from_boto3(REQUEST, EXPERIMENT)
    return _over(arguments, lambda client: lambda: client.send(request))


def loopback_list(arguments: Namespace) -> Callable[[], Any]:
    """A whole call over a socket, with a long reply."""
    return _over(
        arguments, lambda client: lambda: client.list_training_jobs(max_results=100)
    )


def loopback_bare(arguments: Namespace) -> Callable[[], Any]:
    """The same bytes over a socket, by botocore's session of urllib3 alone."""
    client = _client(endpoint_url=arguments.url)
    sent: list[Any] = []
    client.meta.events.register(
        "before-send", lambda request, **_: sent.append(request)
    )
    client.send(from_boto3(REQUEST, EXPERIMENT))
    session = client._transport.client._endpoint.http_session
    return lambda: session.send(sent[0])


time_case(
    {
        "serialise": serialise,
        "build": build_and_dump,
        "ListTrainingJobs": parse("ListTrainingJobs"),
        "DescribeTrainingJob": parse("DescribeTrainingJob"),
        "Search": parse("Search"),
        "load": load,
        "decode ListTrainingJobs": decode("ListTrainingJobs"),
        "decode DescribeTrainingJob": decode("DescribeTrainingJob"),
        "decode Search": decode("Search"),
        "decode-instants": decode_instants,
        "call-create": call_create,
        "call-list": call_list,
        "loopback-bare": loopback_bare,
        "loopback-create": loopback_create,
        "loopback-list": loopback_list,
    },
    "model",
    "replies",
    "url",
    "threads",
)
