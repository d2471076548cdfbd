"""The face of the runtime for generated packages, and functions for their objects.

Public names: the free functions `to_boto3`, `from_boto3`, `to_wire`, `from_wire` and
`validate`, the errors, and the bases of what is generated. Each is imported when it is
first used: data classes alone need neither botocore nor the network.
"""

import sys
from typing import TYPE_CHECKING

from botosmith.runtime import schema
from botosmith.runtime.bodies.stream import EventStream, RequestBody, StreamingBody
from botosmith.runtime.lazy import attach, refuse_service
from botosmith.runtime.objects.open_enum import OpenEnum
from botosmith.runtime.objects.operation import Functions, Operation, Operations
from botosmith.runtime.objects.structure import (
    Request,
    Response,
    Structure,
    Union,
    UnknownMember,
)
from botosmith.runtime.serde import readers, writers

if TYPE_CHECKING:
    from botosmith.runtime.aio.client import AsyncBaseClient
    from botosmith.runtime.aio.method import asynchronous
    from botosmith.runtime.aio.pages import AsyncPages, in_pages
    from botosmith.runtime.aio.service_clients import (
        AsyncDSQLClient,
        AsyncRDSClient,
        AsyncS3Client,
    )
    from botosmith.runtime.client import AnyClient, BaseClient
    from botosmith.runtime.errors import (
        BotosmithError,
        CutReplyError,
        PaginationError,
        ReplyError,
        ServiceError,
        StreamClosedError,
        UnsupportedError,
        ValidationError,
        WaiterError,
    )
    from botosmith.runtime.objects.deprecation import warn_deprecated
    from botosmith.runtime.objects.metadata import ResponseMetadata
    from botosmith.runtime.pagination.pages import Pages
    from botosmith.runtime.pagination.paginator import Paginator
    from botosmith.runtime.serde.convert import from_boto3, from_wire, to_boto3, to_wire
    from botosmith.runtime.serde.mismatch import ReplyWarning
    from botosmith.runtime.serde.validation import validate
    from botosmith.runtime.service_clients import (
        DSQLClient,
        PresignedPost,
        RDSClient,
        S3Client,
    )
    from botosmith.runtime.violation import Violation
    from botosmith.runtime.waiters.waiter import (
        Acceptor,
        Waiter,
        WaiterAttempt,
        WaiterProgress,
    )

__getattr__, __dir__, _ = attach(
    __name__,
    {
        "aio.client": ("AsyncBaseClient",),
        "aio.method": ("asynchronous",),
        "aio.pages": ("AsyncPages", "in_pages"),
        "aio.service_clients": ("AsyncDSQLClient", "AsyncRDSClient", "AsyncS3Client"),
        "client": ("AnyClient", "BaseClient"),
        "serde.convert": ("from_boto3", "from_wire", "to_boto3", "to_wire"),
        "objects.deprecation": ("warn_deprecated",),
        "errors": (
            "BotosmithError",
            "CutReplyError",
            "PaginationError",
            "ReplyError",
            "ServiceError",
            "StreamClosedError",
            "UnsupportedError",
            "ValidationError",
            "WaiterError",
        ),
        "objects.metadata": ("ResponseMetadata",),
        "serde.mismatch": ("ReplyWarning",),
        "pagination.pages": ("Pages",),
        "pagination.paginator": ("Paginator",),
        "service_clients": ("DSQLClient", "PresignedPost", "RDSClient", "S3Client"),
        "serde.validation": ("validate",),
        "violation": ("Violation",),
        "waiters.waiter": ("Acceptor", "Waiter", "WaiterAttempt", "WaiterProgress"),
    },
)

# A service that is not installed is told with how to get it.
vars(sys.modules["botosmith"])["__getattr__"] = refuse_service

__all__ = [
    "Acceptor",
    "AnyClient",
    "AsyncBaseClient",
    "AsyncDSQLClient",
    "AsyncPages",
    "AsyncRDSClient",
    "AsyncS3Client",
    "BaseClient",
    "BotosmithError",
    "CutReplyError",
    "DSQLClient",
    "EventStream",
    "Functions",
    "OpenEnum",
    "Operation",
    "Operations",
    "Pages",
    "PaginationError",
    "Paginator",
    "PresignedPost",
    "RDSClient",
    "ReplyError",
    "ReplyWarning",
    "Request",
    "RequestBody",
    "Response",
    "ResponseMetadata",
    "S3Client",
    "ServiceError",
    "StreamClosedError",
    "StreamingBody",
    "Structure",
    "Union",
    "UnknownMember",
    "UnsupportedError",
    "ValidationError",
    "Violation",
    "Waiter",
    "WaiterAttempt",
    "WaiterError",
    "WaiterProgress",
    "asynchronous",
    "attach",
    "from_boto3",
    "from_wire",
    "in_pages",
    "readers",
    "schema",
    "to_boto3",
    "to_wire",
    "validate",
    "warn_deprecated",
    "writers",
]
