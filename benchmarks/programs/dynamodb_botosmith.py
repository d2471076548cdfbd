"""From the start of a process to its first reply of DynamoDB, with botosmith.

The service has been generated into a package `benched`, in a folder that is given.
"""

import sys

from benchmarks.programs.call import ARGUMENTS

sys.path.insert(0, sys.argv[2])

from benched import dynamodb

client = dynamodb.Client(endpoint_url=sys.argv[1], **ARGUMENTS)
assert client.list_tables().table_names is not None  # noqa: S101 - else not a measure
