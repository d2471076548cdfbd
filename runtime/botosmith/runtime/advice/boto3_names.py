"""The names that boto3 documents for parameters which its models call otherwise.

botocore's handlers rename them before a request is built (`ParameterAlias`): the
`fromTime` of Logs' CreateExportTask is the model's `from`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from re import fullmatch
from types import SimpleNamespace
from typing import Any

from botocore.exceptions import AliasConflictParameterError
from botocore.handlers import BUILTIN_HANDLERS, ParameterAlias

from botosmith.runtime import schema
from botosmith.runtime.objects.structure import Request
from botosmith.runtime.violation import Violation

_EVENT = "before-parameter-build."


def rename_aliases(
    request: type[Request[Any]],
    parameters: Mapping[str, Any],
    violations: list[Violation],
) -> Mapping[str, Any]:
    """Return parameters with the model's names in place of boto3's aliases.

    Args:
        request: The class of the request.
        parameters: boto3's parameters, which stay as they are.
        violations: The list that gets one more where a member has both names.
    """
    renamed = dict(parameters)
    model = _make_model(request)
    for rename in _find_handlers(request):
        try:
            rename(params=renamed, model=model)
        except AliasConflictParameterError as error:
            alias, original = error.kwargs["alias"], error.kwargs["original"]
            del renamed[alias]
            rule = f"is given twice: it is the same parameter as {original}"
            violations.append(Violation(alias, None, rule, absent=True))
    return renamed


def find_alias(request: Any, name: str) -> str | None:
    """Return the attribute of a member by boto3's alias, or by that in Python's form.

    Args:
        request: The class of the request.
        name: Such as `fromTime` or `from_time`.
    """
    pascal = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    camel = pascal[:1].lower() + pascal[1:]
    members = schema.members(request)
    for alias in (name, camel, pascal):
        for renamed in rename_aliases(request, {alias: None}, []):
            if renamed != alias and renamed in members:
                return members[renamed].attribute
    return None


def _make_model(request: type[Request[Any]]) -> Any:
    """Return what the handlers look at of botocore's model of an operation."""
    shape = SimpleNamespace(members=schema.members(request))
    return SimpleNamespace(name=request._operation, input_shape=shape)


@cache
def _find_handlers(request: type[Request[Any]]) -> tuple[Callable[..., None], ...]:
    return tuple(_list_handlers(request))


def _list_handlers(request: type[Request[Any]]) -> Iterator[Callable[..., None]]:
    event = f"{_find_service(request)}.{request._operation}"
    for name, handler, *_ in BUILTIN_HANDLERS:
        alias = getattr(handler, "__self__", None)
        if not isinstance(alias, ParameterAlias) or not name.startswith(_EVENT):
            continue
        pattern = name.removeprefix(_EVENT).replace(".", r"\.").replace("*", "[^.]*")
        if fullmatch(pattern, event):
            yield alias.alias_parameter_in_call


def _find_service(request: type[Request[Any]]) -> str | None:
    """Return botocore's name of the service whose request a class is."""
    for cls in filter(schema.is_generated, request.__mro__):
        package = cls.__module__.rpartition(".operations.")[0]
        client = getattr(import_module(package), "Client", None) if package else None
        return getattr(client, "_service", None)
    return None
