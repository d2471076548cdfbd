"""Advice about names that a generated package, its client or an enum does not have."""

from __future__ import annotations

import pkgutil
import re
import sys
from collections.abc import Iterable, Mapping
from importlib import import_module
from keyword import iskeyword
from pathlib import Path
from typing import Any

from botosmith.runtime import schema
from botosmith.runtime.advice.missing_names import did_you_mean, find_nearest, fold
from botosmith.runtime.objects.structure import Response

#: The endings that models give to the shapes of an operation.
_REQUESTS = ("Request", "Input", "Message")
_REPLIES = ("Response", "Output", "Result")


def about_name(_: str, exports: Iterable[str], name: str) -> str:
    """Return what to write in place of an attribute of any other package."""
    return did_you_mean(name, exports)


def about_export(package: str, exports: Mapping[str, str], name: str) -> str:
    """Return what to write in place of an attribute of a service's package.

    Args:
        package: The package's name.
        exports: The modules of what it exports, by its names.
        name: The name that it does not export.
    """
    names = sorted({*exports, "OPERATIONS"})
    short = package.rpartition(".")[2]
    session = f"write {short}.Client(session=boto3.Session(...))"
    errors = [one for one, module in exports.items() if module == "errors"]
    of_boto3 = {
        "client": f"write {short}.Client(...)",
        "resource": f"write {short}.Client(...): resources are not offered",
        "Session": session,
        "session": session,
        "exceptions": f"its errors are classes of {short}, such as {short}.{errors[0]}",
        "get_paginator": _advise_pages(names, f"{short}.", "client, "),
        "get_waiter": _advise_waiter(names, f"{short}.", "client, "),
    }
    if name in of_boto3:
        return of_boto3[name]
    if any(fold(name) == fold(one) for one in names):
        return did_you_mean(name, names)
    if other := _find_other_end(name, exports):
        return f"did you mean {other}?"
    return _about_left_out(package, name) or did_you_mean(name, names)


def _find_other_end(name: str, exports: Mapping[str, str]) -> str | None:
    """The request or reply of an operation whose name ends otherwise."""
    for ends in (_REQUESTS, _REPLIES):
        for end in ends:
            stem = name.removesuffix(end)
            others = [stem + other for other in ends if stem + other in exports]
            if stem != name and others:
                return others[0]
    return None


def about_method(client: Any, name: str) -> str:
    """Return what to write in place of an attribute of a client."""
    names = [one for one in dir(client.__class__) if not one.startswith("_")]
    of_boto3 = {
        "get_paginator": _advise_pages(names, "client.", ""),
        "get_waiter": _advise_waiter(names, "client.", ""),
        "can_paginate": 'write hasattr(client, "paginate_" + name)',
        "waiter_names": "they are the methods that begin with wait_until_",
    }
    if name in of_boto3:
        return of_boto3[name]
    if any(fold(name) == fold(one) for one in names):
        return did_you_mean(name, names)
    return _about_left_out(client._package, name) or did_you_mean(name, names)


def _advise_pages(names: Iterable[str], owner: str, first: str) -> str:
    example = next((one for one in names if one.startswith("paginate_")), None)
    if example is None:
        return "no operation of this service has pages"
    return f"write {owner}{example}({first}...), or that of another operation"


def _advise_waiter(names: Iterable[str], owner: str, first: str) -> str:
    example = next((one for one in names if one.startswith("wait_until_")), None)
    if example is None:
        return "this service has no waiters"
    return f"write {owner}{example}({first}...), or that of another waiter"


def _about_left_out(package: str, name: str) -> str:
    """The advice about an operation that the installed botocore has, and we do not."""
    try:
        client: Any = import_module(f"{package}.client").Client
        operations: Any = import_module(package).OPERATIONS
        known = _load_operations(client._service, client._api_version)
    except Exception:  # noqa: BLE001 - advice must not hide the error that it is about
        return ""
    stems = {fold(name)}
    for start in ("paginate_", "wait_until_"):
        stems.add(fold(name.removeprefix(start)))
    for end in (*_REQUESTS, *_REPLIES):
        stems.add(fold(name.removesuffix(end)))
    for operation in known:
        if fold(operation) in stems and operation not in operations:
            return (
                f"{package} was generated without the operation {operation}: generate "
                f"it again with {operation} among its `--operations`, or from a newer "
                "model"
            )
    return ""


def _load_operations(service: str, api_version: str) -> Iterable[str]:
    from botocore.loaders import Loader

    model: Mapping[str, Any] = Loader().load_service_model(
        service, "service-2", api_version
    )
    operations: Mapping[str, Any] = model["operations"]
    return operations


def about_member(enum: Any, name: str) -> str:
    """Return what to write in place of an attribute of an enum."""
    members: dict[str, Any] = dict(enum.__members__)
    of_value = next(
        (key for key, one in members.items() if fold(one.value) == fold(name)), None
    )
    near = of_value or find_nearest(name, members)
    value = f'{enum.__name__}("...") makes a member of any value'
    return f"did you mean {near}? {value}" if near else value


def about_key(value: Any, key: object) -> str:
    """Return what to write in place of `value[key]`."""
    members = schema.members(type(value))
    attributes = {field.attribute: name for name, field in members.items()}
    if isinstance(value, Response):
        attributes["response_metadata"] = "ResponseMetadata"
    by_model = {name: attribute for attribute, name in attributes.items()}
    near = by_model.get(str(key)) or find_nearest(str(key), attributes)
    if near is None and attributes:
        return f"its members are attributes, such as .{next(iter(attributes))}"
    return f"write .{near}" if near else "it has no members"


def about_request(package: str, name: str) -> str:
    """Return the request to write in place of a method's name, as boto3 takes it."""
    operations: Any = import_module(package).OPERATIONS
    near = find_nearest(name, operations)
    if near is None:
        return ""
    short = package.rpartition(".")[2]
    return f"write {short}.{operations.request(near).__name__}(...)"


def about_service(name: str) -> str:
    """Return what to do about a service that is not installed."""
    package = sys.modules["botosmith"]
    installed = [one.name for one in pkgutil.iter_modules(package.__path__)]
    services = _list_services()
    service = services.get(name)
    if service is None:
        near = find_nearest(name, installed) or find_nearest(name, services)
        if near is None or near in installed:
            return f"did you mean {near}?" if near else ""
        name, service = near, services[near]
    return (
        f"the binding of {service} is not installed: `botosmith generate {service}` "
        f"makes it, and `pip install botosmith-{service}` gets a packaged one"
    )


def _list_services() -> Mapping[str, str]:
    """botocore's services by the names of their packages."""
    import botocore

    data = Path(botocore.__path__[0], "data")
    found: dict[str, str] = {}
    for folder in sorted(data.iterdir()) if data.is_dir() else ():
        # As `botosmith.generator.naming.package_name` has it.
        name = re.sub(r"[^0-9a-z]+", "_", folder.name.lower())
        found[f"{name}_" if iskeyword(name) else name] = folder.name
    return found
