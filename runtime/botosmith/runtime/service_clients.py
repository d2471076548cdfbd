"""Clients of a few services, which sign more than calls, as botocore's do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import attrs

from botosmith.runtime.advice.call_arguments import told
from botosmith.runtime.client import BaseClient
from botosmith.runtime.transport.presigning import check_lifetime


@attrs.frozen
class PresignedPost:
    """The address of a form to be posted, and the fields that it must hold.

    Attributes:
        url: The URL to post to.
        fields: The form's fields, which go before the file.
    """

    url: str
    fields: Mapping[str, str]


class S3Client(BaseClient):
    """A client of S3, which takes uploads from forms as well."""

    @told()
    def generate_presigned_post(
        self,
        *,
        bucket: str,
        key: str,
        fields: Mapping[str, str] | None = None,
        conditions: Sequence[Any] | None = None,
        expires_in: int | timedelta = 3600,
    ) -> PresignedPost:
        """Sign a form with which whoever has it can upload one object.

        Args:
            bucket: The bucket that the object goes to.
            key: Its key; `${filename}` at the end stands for the file's own name.
            fields: Fields to begin with, such as `acl` or `Content-Type`. Each needs a
                condition that allows it.
            conditions: What the policy asks of the form, such as
                `["content-length-range", 1, 1024]`.
            expires_in: The lifetime, in whole seconds from 1 to 604,800 (7 days) or as
                a timedelta.

        Raises:
            ValidationError: The lifetime is not valid.
            botocore.exceptions.BotoCoreError: Credentials are missing.
        """
        seconds = check_lifetime("generate_presigned_post", expires_in)
        return self._sign(
            _read_post,
            "generate_presigned_post",
            bucket,
            key,
            None if fields is None else dict(fields),
            None if conditions is None else list(conditions),
            seconds,
        )


def _read_post(signed: Mapping[str, Any]) -> PresignedPost:
    return PresignedPost(url=signed["url"], fields=signed["fields"])


class RDSClient(BaseClient):
    """A client of RDS, whose databases take tokens for passwords."""

    @told()
    def generate_db_auth_token(
        self,
        *,
        db_hostname: str,
        port: int,
        db_username: str,
        region: str | None = None,
    ) -> str:
        """Sign a token that a database takes for a password, for 15 minutes.

        Args:
            db_hostname: The host of the database.
            port: Its port.
            db_username: Whom to log in.
            region: The database's region; by default the client's.

        Raises:
            botocore.exceptions.BotoCoreError: Credentials are missing.
        """
        return self._sign(
            str, "generate_db_auth_token", db_hostname, port, db_username, region
        )


class DSQLClient(BaseClient):
    """A client of Aurora DSQL, whose clusters take tokens for passwords."""

    @told()
    def generate_db_connect_auth_token(
        self,
        *,
        hostname: str,
        region: str | None = None,
        expires_in: int | timedelta = 900,
    ) -> str:
        """Sign a token that a cluster takes for a role's password.

        Args:
            hostname: The host of the cluster.
            region: The cluster's region; by default the client's.
            expires_in: The lifetime, in whole seconds from 1 to 604,800 (7 days) or as
                a timedelta.

        Raises:
            ValidationError: The lifetime is not valid.
            botocore.exceptions.BotoCoreError: Credentials are missing.
        """
        method = "generate_db_connect_auth_token"
        seconds = check_lifetime(method, expires_in)
        return self._sign(str, method, hostname, region, seconds)

    @told()
    def generate_db_connect_admin_auth_token(
        self,
        *,
        hostname: str,
        region: str | None = None,
        expires_in: int | timedelta = 900,
    ) -> str:
        """Sign a token that a cluster takes for the administrator's password.

        Args:
            hostname: The host of the cluster.
            region: The cluster's region; by default the client's.
            expires_in: The lifetime, in whole seconds from 1 to 604,800 (7 days) or as
                a timedelta.

        Raises:
            ValidationError: The lifetime is not valid.
            botocore.exceptions.BotoCoreError: Credentials are missing.
        """
        method = "generate_db_connect_admin_auth_token"
        seconds = check_lifetime(method, expires_in)
        return self._sign(str, method, hostname, region, seconds)
