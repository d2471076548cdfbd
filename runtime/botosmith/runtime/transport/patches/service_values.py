"""Lets botocore's own checks pass what the service gave, such as tokens of pages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ParamValidationError

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Request
from botosmith.runtime.serde.service_values import find_given, is_giving


class GivenSerializer:
    """botocore's serializer, whose checks let pass what the service gave."""

    def __init__(
        self, inner: Any, find_request: Callable[[str], type[Request[Any]]]
    ) -> None:
        """Take the one that checks, and what finds the class of a request."""
        self._inner = inner
        # By this name, botocore's has the one that does not check.
        self._serializer = inner._serializer
        self._find_request = find_request

    def serialize_to_request(
        self, parameters: dict[str, Any], operation_model: Any
    ) -> dict[str, Any]:
        """Make the dictionary that botocore signs and sends."""
        try:
            request: dict[str, Any] = self._inner.serialize_to_request(
                parameters, operation_model
            )
        except ParamValidationError:
            if not is_giving():
                raise
            request = self._serialize_unchecked(parameters, operation_model)
        return request

    def _serialize_unchecked(
        self, parameters: dict[str, Any], operation_model: Any
    ) -> dict[str, Any]:
        structure = self._find_request(operation_model.name)
        given = find_given(structure)
        names = {
            field.member.name
            for field in schema.fields(structure)
            if field.attribute in given
        }
        rest = {key: item for key, item in parameters.items() if key not in names}
        self._inner.serialize_to_request(rest, operation_model)  # for its checks
        made: dict[str, Any] = self._serializer.serialize_to_request(
            parameters, operation_model
        )
        return made
