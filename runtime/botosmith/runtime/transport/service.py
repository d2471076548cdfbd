"""A generated package, as its clients see it."""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import Any

from botosmith.runtime.objects.operation import Operations
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.protocol.codec import CODECS
from botosmith.runtime.serde.mismatch import OnMismatch
from botosmith.runtime.transport.error_classes import ErrorClasses


class Service:
    """The classes of one service, found by the names that botocore uses.

    Attributes:
        name: botocore's name of the service.
        api_version: The version of its API.
        package: The dotted name of the generated package.
        protocol: The protocol for which its wire code was generated.
        error_root: The name of the class from which all its errors derive.
        codec: What carries the documents of the wire code; None where that makes
            botocore's parameters, and botocore does the rest.
        on_mismatch: What becomes of a reply with values that cannot be read.
    """

    def __init__(  # noqa: PLR0913 - the last four are facts, given by name
        self,
        name: str,
        api_version: str,
        *,
        package: str,
        protocol: str,
        error_root: str,
        on_mismatch: OnMismatch = "error",
    ) -> None:
        """Name the service and its generated package."""
        self.name = name
        self.api_version = api_version
        self.protocol = protocol
        self.codec = CODECS.get(protocol)
        self.package = package
        self.error_root = error_root
        self.on_mismatch: OnMismatch = on_mismatch
        self._requests: dict[str, type[Request[Any]]] = {}

    @cached_property
    def operations(self) -> Operations:
        """The package's table of operations."""
        operations: Operations = import_module(self.package).OPERATIONS
        return operations

    @cached_property
    def errors(self) -> ErrorClasses:
        """The package's error classes."""
        return ErrorClasses(f"{self.package}.errors", self.error_root)

    def request(self, operation: str) -> type[Request[Any]]:
        """The request class of an operation, which is imported when first asked for."""
        known = self._requests.get(operation)
        if known is None:
            known = self._requests[operation] = self.operations.request(operation)
        return known

    def is_plain(self, operation: str) -> bool:
        """Return whether botocore does all for an operation, with either serializer.

        So it does for those that the package does not have, and botocore calls itself.
        """
        if self.codec is None:
            return True
        is_known = operation in self._requests or operation in self.operations
        return not is_known or self.request(operation)._is_plain

    def response(self, operation: str) -> type[Response]:
        """The reply class of an operation."""
        return self.request(operation)._response
