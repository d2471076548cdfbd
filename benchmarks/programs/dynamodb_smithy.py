"""From the start of a process to its first reply of DynamoDB, with aws-sdk-dynamodb."""

import asyncio
import sys

from aws_sdk_dynamodb.client import AsyncDynamoDBClient
from aws_sdk_dynamodb.config import AsyncDynamoDBConfig
from aws_sdk_dynamodb.models import ListTablesInput
from benchmarks.programs.call import ARGUMENTS


async def main() -> None:
    """Ask for the tables."""
    config = await AsyncDynamoDBConfig.resolve(
        endpoint_uri=sys.argv[1],
        region=ARGUMENTS["region_name"],
        aws_access_key_id=ARGUMENTS["aws_access_key_id"],
        aws_secret_access_key=ARGUMENTS["aws_secret_access_key"],
    )
    async with AsyncDynamoDBClient(config=config) as client:
        reply = await client.list_tables(ListTablesInput())
    assert reply.table_names is not None  # noqa: S101 - else not a measure


asyncio.run(main())
