"""Errors of clients' own methods about arguments that they do not take."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

F = TypeVar("F", bound=Callable[..., Any])


def told(**advice: str) -> Callable[[F], F]:
    """Let a method say what to write in place of an argument that it does not take.

    Python's TypeError names the class of the runtime that defines the method. This one
    names the client, and the nearest argument.

    Args:
        advice: What to write in place of arguments that are not near to the right one;
            `{service}` stands for the package's last name.
    """

    def decorate(method: F) -> F:
        @wraps(method)
        def call(self: Any, *args: Any, **kwargs: Any) -> Any:
            try:
                return method(self, *args, **kwargs)
            except TypeError as error:
                if fits(method, (self, *args), kwargs):
                    raise
                raise _explain(self, method, args, kwargs, advice, error) from None

        return cast("F", call)

    return decorate


def fits(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> bool:
    """Return whether a function's signature takes the arguments."""
    try:
        inspect.signature(function).bind(*args, **kwargs)
    except TypeError:
        return False
    return True


def _explain(  # noqa: PLR0913, PLR0917 - all that there is to know of a call
    client: Any,
    method: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    advice: Mapping[str, str],
    error: TypeError,
) -> TypeError:
    service = client._package.rpartition(".")[2]
    is_init = method.__name__ == "__init__"
    subject = f"{service}.{type(client).__name__}"
    subject = subject if is_init else f"{subject}.{method.__name__}"
    known = [*inspect.signature(method).parameters][1:]
    unknown = [name for name in kwargs if name not in known]
    if unknown:
        lines = [
            f"{subject}() got an unexpected keyword argument {name!r}"
            f"{_advise(name, known, advice, service)}"
            for name in unknown
        ]
        return TypeError("\n".join(lines))
    text = str(error).replace(f"{method.__qualname__}()", f"{subject}()")
    if is_init and args:
        text += f"; the client knows its service: write {subject}('us-east-1')"
    return TypeError(text)


def _advise(
    name: str, known: list[str], advice: Mapping[str, str], service: str
) -> str:
    from botosmith.runtime.advice.missing_names import did_you_mean

    if name in advice:
        return f"; {advice[name].format(service=service)}"
    if "config" in known:
        from botocore.config import Config

        if name in Config.OPTION_DEFAULTS:
            return f"; write config=botocore.config.Config({name}=...)"
    near = did_you_mean(name, known)
    return f"; {near}" if near else f"; it takes {', '.join(known)}"
