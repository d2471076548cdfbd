"""Parameters that botocore refuses, told in the errors that we raise ourselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from botocore.exceptions import ParamValidationError

from botosmith.runtime.errors import ValidationError
from botosmith.runtime.objects.structure import Request
from botosmith.runtime.serde.depth import with_stack
from botosmith.runtime.violation import Violation

M = TypeVar("M", bound=Mapping[str, Any])


class Refusals(Generic[M]):
    """The time in which botocore has the parameters of a call, and may refuse them."""

    def __init__(
        self, request: Request[Any], parameters: M, find_model: Callable[[str], Any]
    ) -> None:
        """Take the request, its parameters, and botocore's finder of operations."""
        self._request = request
        self._parameters = parameters
        self._find_model = find_model

    def __enter__(self) -> M:
        return self._parameters

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, ValidationError):
            return
        if isinstance(error, (ParamValidationError, UnicodeEncodeError)):
            violations = self._locate(error)
            if violations:
                subject = type(self._request).__name__
                raise ValidationError(subject, violations) from None

    def _locate(
        self, error: ParamValidationError | UnicodeEncodeError
    ) -> tuple[Violation, ...]:
        from botosmith.runtime.protocol.header_text import (
            HeaderRefused,
            find_bad_headers,
            find_surrogates,
        )

        if isinstance(error, UnicodeEncodeError):
            return with_stack(lambda: tuple(find_surrogates(self._request)))
        report = str(error.kwargs["report"])
        # The second is `botocore.handlers.validate_ascii_metadata`.
        is_metadata = "characters found in S3 metadata" in report
        if is_metadata or isinstance(error, HeaderRefused):
            model = self._find_model(self._request._operation)
            found = find_bad_headers(self._request, model, ascii_only=is_metadata)
            if found:
                return found
        from botosmith.runtime.transport.patches.validation_report import (
            describe_refusal,
        )

        # A hook has changed the parameters, a union holds what only a reply can, or
        # there are rules that no model tells, as for the labels of a host.
        shown = describe_refusal(self._request, report)
        rule = f"is refused by botocore: {shown}"
        return (Violation("parameters", None, rule, absent=True),)
