"""Awaited clients of a few services, which sign more than calls."""

from __future__ import annotations

from botosmith.runtime.aio.client import AsyncBaseClient
from botosmith.runtime.aio.method import asynchronous
from botosmith.runtime.service_clients import DSQLClient, RDSClient, S3Client


class AsyncS3Client(AsyncBaseClient):
    """A client of S3, which takes uploads from forms as well."""

    generate_presigned_post = asynchronous(S3Client.generate_presigned_post)


class AsyncRDSClient(AsyncBaseClient):
    """A client of RDS, whose databases take tokens for passwords."""

    generate_db_auth_token = asynchronous(RDSClient.generate_db_auth_token)


class AsyncDSQLClient(AsyncBaseClient):
    """A client of Aurora DSQL, whose clusters take tokens for passwords."""

    generate_db_connect_auth_token = asynchronous(
        DSQLClient.generate_db_connect_auth_token
    )
    generate_db_connect_admin_auth_token = asynchronous(
        DSQLClient.generate_db_connect_admin_auth_token
    )
