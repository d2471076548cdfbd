"""What generated packages stand on, and the free functions for their objects.

Public names: the free functions `to_boto3`, `from_boto3`, `to_wire`, `from_wire` and
`validate`, the errors, and the bases of what is generated. Each is imported when it is
first used: data classes alone need neither botocore nor the network.
"""

import sys
from typing import TYPE_CHECKING

from botosmith.runtime import read, wire, write
from botosmith.runtime.lazy import attach, refuse_service
from botosmith.runtime.openenum import OpenEnum
from botosmith.runtime.operation import Functions, Operation, Operations
from botosmith.runtime.stream import EventStream, RequestBody, StreamingBody
from botosmith.runtime.structure import (
    Request,
    Response,
    Structure,
    Union,
    UnknownMember,
)

if TYPE_CHECKING:
    from botosmith.runtime.aio.client import AsyncBaseClient
    from botosmith.runtime.aio.method import asynchronous
    from botosmith.runtime.aio.pages import AsyncPages, in_pages
    from botosmith.runtime.aio.signing import (
        AsyncDSQLClient,
        AsyncRDSClient,
        AsyncS3Client,
    )
    from botosmith.runtime.client import AnyClient, BaseClient
    from botosmith.runtime.conversion import from_boto3, from_wire, to_boto3, to_wire
    from botosmith.runtime.deprecation import warn_deprecated
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
    from botosmith.runtime.metadata import ResponseMetadata
    from botosmith.runtime.mismatch import ReplyWarning
    from botosmith.runtime.pages import Pages
    from botosmith.runtime.paginator import Paginator
    from botosmith.runtime.signing import (
        DSQLClient,
        PresignedPost,
        RDSClient,
        S3Client,
    )
    from botosmith.runtime.validation import validate
    from botosmith.runtime.violation import Violation
    from botosmith.runtime.waiter import (
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
        "aio.signing": ("AsyncDSQLClient", "AsyncRDSClient", "AsyncS3Client"),
        "client": ("AnyClient", "BaseClient"),
        "conversion": ("from_boto3", "from_wire", "to_boto3", "to_wire"),
        "deprecation": ("warn_deprecated",),
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
        "metadata": ("ResponseMetadata",),
        "mismatch": ("ReplyWarning",),
        "pages": ("Pages",),
        "paginator": ("Paginator",),
        "signing": ("DSQLClient", "PresignedPost", "RDSClient", "S3Client"),
        "validation": ("validate",),
        "violation": ("Violation",),
        "waiter": ("Acceptor", "Waiter", "WaiterAttempt", "WaiterProgress"),
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
    "read",
    "to_boto3",
    "to_wire",
    "validate",
    "warn_deprecated",
    "wire",
    "write",
]
