"""The client that every generated client is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from logging import DEBUG
from typing import TYPE_CHECKING, Any, ClassVar, Literal, NoReturn, Self, TypeVar

# The transport imports botocore anyway; these serve those who evaluate annotations.
from botocore.client import ClientMeta
from botocore.config import Config
from botocore.session import Session

from botosmith.runtime.advice.call_arguments import told
from botosmith.runtime.advice.missing_names import MissingName
from botosmith.runtime.log import find_logger, logged
from botosmith.runtime.objects.deprecation import warn_deprecated
from botosmith.runtime.objects.pickling import refuse_copy
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.serde.mismatch import OnMismatch, check_on_mismatch
from botosmith.runtime.serde.validation_mode import Validation, check_mode
from botosmith.runtime.transport.botocore_serializer import BotocoreSerializer
from botosmith.runtime.transport.error_classes import ErrorClasses
from botosmith.runtime.transport.generated_serializer import GeneratedSerializer
from botosmith.runtime.transport.service import Service
from botosmith.runtime.transport.service_data import ServiceData
from botosmith.runtime.transport.session import find_session
from botosmith.runtime.transport.sync import SyncTransport, connect
from botosmith.runtime.violation import MASK

if TYPE_CHECKING:
    from botosmith.runtime.pagination.pages import Pages
    from botosmith.runtime.pagination.paginator import Paginator
    from botosmith.runtime.waiters.waiter import Waiter, WaiterProgress

R = TypeVar("R", bound=Response)
T = TypeVar("T")

SerializerName = Literal["generated", "botocore"]


_PROFILE = "write session=boto3.Session(profile_name=...)"


def hide_login(url: str) -> str:
    """Return a URL without the user and password that it may have."""
    return re.sub(r"//[^/?#]*@", f"//{MASK}@", url)


class AnyClient:
    """The common part of all clients, synchronous and awaited.

    Args:
        region_name: The region, such as `us-east-1`; by default that of the environment
            or of the configuration files.
        api_version: For calls moved from boto3; the code is generated from one version
            of the API, and no other is accepted.
        use_ssl: Whether to use HTTPS, where the service has a choice and `endpoint_url`
            does not say.
        verify: Whether to verify the server's certificate, or the path of a bundle of
            certificates to verify it with.
        endpoint_url: The complete URL of the service, in place of the one that the
            service's endpoint rules give.
        aws_access_key_id: The access key, in place of the session's credentials.
        aws_secret_access_key: The secret key that belongs to it.
        aws_session_token: The session token, for temporary credentials.
        aws_account_id: The account, where endpoint rules ask for one.
        config: A `botocore.config.Config`: timeouts, retries, proxies, and more. Its
            `parameter_validation=False` has no effect: what is checked is what the
            wire code relies on.
        session: A botocore or boto3 session, whose credentials, configuration and event
            handlers apply; by default a new botocore session. An `AsyncClient` takes
            one of aiobotocore or aioboto3.
        serializer: `generated`, the default, runs the generated wire code wherever
            there is some; `botocore` converts objects to boto3's dictionaries, and
            botocore does all the rest (docs/serializers.md).
        on_mismatch: What to do about a reply with a value that the model does not
            allow and that cannot be converted: `error`, the default, raises a
            `ReplyError` with the rest of the reply in `partial`; `warn` returns that,
            with None for the value and a `ReplyWarning` that names it.
        validation: `model`, the default, checks requests against the whole model before
            they are sent; `botocore` checks what botocore checks, so that bounds that
            the service has raised are left to it; `strict` checks patterns and enum
            values, too (docs/validation.md).

    Raises:
        ValueError: `region_name` is the service, or `api_version`, `serializer`,
            `on_mismatch` or `validation` has no such value.
        TypeError: `session` is not a session.
        botocore.exceptions.BotoCoreError: No region, half a pair of credentials, or
            whatever else botocore has to say about its arguments.
    """

    _service: ClassVar[str]
    _api_version: ClassVar[str]
    _protocol: ClassVar[str]
    _package: ClassVar[str]
    _error_root: ClassVar[str]

    @told(
        service_name="leave it out: this is a client of {service}",
        profile_name=_PROFILE,
        profile=_PROFILE,
        aws_profile=_PROFILE,
        boto3_session="write session=...",
        boto_session="write session=...",
        botocore_session="write session=...",
        path="write serializer='generated' or serializer='botocore'",
    )
    def __init__(  # noqa: PLR0913 - the arguments of boto3.client
        self,
        region_name: str | None = None,
        *,
        api_version: str | None = None,
        use_ssl: bool = True,
        verify: bool | str | None = None,
        endpoint_url: str | None = None,
        aws_access_key_id: str | None = None,
        aws_secret_access_key: str | None = None,
        aws_session_token: str | None = None,
        aws_account_id: str | None = None,
        config: Config | None = None,
        session: Any = None,
        serializer: SerializerName | None = None,
        on_mismatch: OnMismatch = "error",
        validation: Validation = "model",
    ) -> None:
        if api_version not in {None, self._api_version}:
            msg = f"api_version: {api_version!r} is not {self._api_version!r}"
            raise ValueError(msg)
        if region_name == self._service:
            msg = (
                f"region_name: {region_name!r} is the service, which the client knows; "
                "write a region, such as 'us-east-1'"
            )
            raise ValueError(msg)
        arguments = {
            "region_name": region_name,
            "use_ssl": use_ssl,
            "verify": verify,
            "endpoint_url": endpoint_url,
            "aws_access_key_id": aws_access_key_id,
            "aws_secret_access_key": aws_secret_access_key,
            "aws_session_token": aws_session_token,
            "aws_account_id": aws_account_id,
            "config": config,
        }
        if serializer not in {None, "generated", "botocore"}:
            msg = f"serializer: {serializer!r} is neither 'generated' nor 'botocore'"
            raise ValueError(msg)
        check_on_mismatch(on_mismatch)
        self._service_of_calls = Service(
            self._service,
            self._api_version,
            package=self._package,
            protocol=self._protocol,
            error_root=self._error_root,
            on_mismatch=on_mismatch,
        )
        self._uses_generated_code = serializer != "botocore"
        self._validation: Validation = check_mode(validation)
        self._logger = find_logger(self._service)
        self._start(session, arguments)

    def _start(self, session: Any, arguments: dict[str, Any]) -> None:
        """Make what the calls go through, or prepare to."""
        raise NotImplementedError

    @classmethod
    def _data(cls) -> ServiceData:
        return ServiceData(cls._service, cls._api_version, cls._package)

    def _check(self, request: Request[Any]) -> None:
        service = self._service_of_calls
        operation: str = getattr(request, "_operation", "")
        if operation not in service.operations or not isinstance(
            request, service.request(operation)
        ):
            kind = type(request)
            msg = (
                f"send: expected a request object of {service.package}, "
                f"not {kind.__module__}.{kind.__qualname__}"
            )
            name: object = request
            if isinstance(name, str):
                from botosmith.runtime.advice.names import about_request

                msg += f"; {about_request(service.package, name)}".removesuffix("; ")
            raise TypeError(msg)

    def _check_call(self, request: Request[Any]) -> None:
        self._check(request)
        if request._deprecated is not None:
            warn_deprecated(request._operation, request._deprecated)

    # To type checkers, it would let any name pass for a method.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> NoReturn:
            """Say what to write in place of a method that there is not."""
            kind = type(self)
            message = f"{kind.__name__!r} object has no attribute {name!r}"
            if name.startswith("_"):
                raise AttributeError(message, name=name, obj=self)
            if hasattr(kind, name):
                # A property of it raised: what it said is the error.
                return object.__getattribute__(self, name)

            def advise() -> str:
                from botosmith.runtime.advice.names import about_method

                return about_method(self, name)

            raise MissingName(message, name, advise)

    def __reduce_ex__(self, _: object) -> NoReturn:
        refuse_copy(
            f"{self._package}.{type(self).__name__}",
            "it holds connections and credentials. Threads can share it; in another "
            "process, make a new client with the same arguments",
        )

    def _mode(self, validation: Validation | None) -> Validation:
        return self._validation if validation is None else check_mode(validation)

    @property
    def exceptions(self) -> ErrorClasses:
        """The error classes of the service, and `ClientError`, as in boto3."""
        return self._service_of_calls.errors


class BaseClient(AnyClient):
    """Calls one service in one region.

    It takes the arguments of `boto3.client`, which `AnyClient` describes, and may be
    used from several threads at once. As a context manager it closes itself.

    Attributes:
        meta: botocore's facts about the client: `meta.events` takes event handlers as
            in boto3, `meta.region_name`, `meta.endpoint_url`, `meta.config`.
    """

    meta: ClientMeta

    def _start(self, session: Any, arguments: dict[str, Any]) -> None:
        self._transport = self._connect(find_session(session), arguments)
        self.meta = self._transport.client.meta

    def _connect(self, session: Session, arguments: dict[str, Any]) -> SyncTransport:
        parts = self._service_of_calls, self._data(), session, arguments
        if self._uses_generated_code:
            transport = connect(*parts, GeneratedSerializer)
            if transport.serializer.is_faithful:
                return transport
        return connect(*parts, BotocoreSerializer)

    def send(self, request: Request[R], *, validation: Validation | None = None) -> R:
        """Send a request and wait for the reply.

        Args:
            request: A request object of this service.
            validation: How much of this request is checked, in place of what the client
                says: `model`, `botocore` or `strict`.

        Returns:
            The reply, with the facts about the exchange in `response_metadata`.

        Raises:
            ValidationError: The request breaks the model's rules; nothing was sent.
            ServiceError: The service refused the call.
            ReplyError: The reply claims success, but is not what the model describes.
            UnsupportedError: The operation sends events, which botocore cannot.
            TypeError: `request` is not a request of this service.
            ValueError: `validation` has no such value.
            botocore.exceptions.BotoCoreError: The network, the credentials or the
                endpoint rules do not let the call through.
        """
        self._check_call(request)
        mode = self._mode(validation)
        if not self._logger.isEnabledFor(DEBUG):
            return self._transport.send(request, mode)
        with logged(self._logger, request) as tell:
            return tell(self._transport.send(request, mode))

    def _paginate(
        self, request: Request[R], paginator: Paginator, **limits: Any
    ) -> Pages[R, Any]:
        """The pages from a request on; the generated functions say what is in them."""
        from botosmith.runtime.pagination.cursor import Limits
        from botosmith.runtime.pagination.pages import Pages

        return Pages(self.send, request, paginator, Limits(**limits))

    def _wait(
        self,
        request: Request[R],
        waiter: Waiter,
        delay: float | None,
        max_attempts: int | None,
        progress: WaiterProgress | None,
    ) -> R | None:
        """Send a request until a waiter ends; None where it waited for an error."""
        # Few programs wait, and those can wait for this.
        from botosmith.runtime.waiters.run import adjust, wait

        adjusted = adjust(waiter, delay, max_attempts)
        return wait(partial(self.send, request), adjusted, progress)

    def _wait_for_reply(
        self,
        request: Request[R],
        waiter: Waiter,
        delay: float | None,
        max_attempts: int | None,
        progress: WaiterProgress | None,
    ) -> R:
        """The same for a waiter to which no error is a good end."""
        reply = self._wait(request, waiter, delay, max_attempts, progress)
        assert reply is not None, waiter  # noqa: S101 - by how the waiter is defined
        return reply

    @told(Params="give a request object, such as {service}.SomeRequest(...)")
    def generate_presigned_url(
        self,
        request: Request[Any],
        *,
        expires_in: int | timedelta = 3600,
        http_method: str | None = None,
        validation: Validation | None = None,
    ) -> str:
        """Sign a URL with which anyone can make one call, without credentials.

        Args:
            request: The call, such as `s3.GetObjectRequest(bucket="b", key="k")`.
            expires_in: The lifetime of the URL, in whole seconds from 1 to 604,800 (7
                days) or as a timedelta.
            http_method: The HTTP method of the call, in place of the operation's own.
            validation: How much of the request is checked, as in `send`.

        Returns:
            The URL.

        Raises:
            ValidationError: The request breaks the model's rules or has members that a
                URL cannot carry, or the lifetime or the method is not valid.
            TypeError: `request` is not a request of this service.
            ValueError: `validation` has no such value.
            botocore.exceptions.BotoCoreError: Credentials are missing, or the endpoint
                rules do not let the call through.
        """
        # Most programs sign no URLs.
        from botosmith.runtime.transport.presigning import check_signing

        self._check(request)
        signing = check_signing("generate_presigned_url", expires_in, http_method)
        return self._presign(request, *signing, self._mode(validation))

    def _presign(
        self,
        request: Request[Any],
        expires_in: int,
        http_method: str | None,
        validation: Validation,
    ) -> str:
        return self._transport.presign(request, expires_in, http_method, validation)

    def _sign(self, make: Callable[[Any], T], method: str, *arguments: Any) -> T:
        """Make something of what a method of botocore's client signs."""
        return make(self._transport.sign(method, *arguments))

    def close(self) -> None:
        """Close the connections that are kept open between calls."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return (
            f"<{self._package}.{type(self).__name__} in {self.meta.region_name} "
            f"at {hide_login(self.meta.endpoint_url)}>"
        )
