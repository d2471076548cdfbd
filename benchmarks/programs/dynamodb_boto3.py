"""From the start of a process to its first reply of DynamoDB, with boto3."""

import sys

import boto3
from benchmarks.programs.call import ARGUMENTS

client = boto3.client("dynamodb", endpoint_url=sys.argv[1], **ARGUMENTS)
tables = client.list_tables()["TableNames"]
assert tables is not None  # noqa: S101 - else not a measure
