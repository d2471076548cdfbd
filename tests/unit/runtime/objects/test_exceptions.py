"""The table of a service's error classes, for a module that is not like all others."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from botocore.exceptions import ClientError

from botosmith.runtime import ServiceError
from botosmith.runtime.transport.error_classes import ErrorClasses


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> ErrorClasses:
    """Return the classes of a module with a code that names none of them."""
    module = ModuleType("queues_errors")
    source = """
class QueuesError(ServiceError): pass
class QueueGone(QueuesError):
    _code = "AWS.Queue.NonExistent"
class QueueFull(QueuesError): pass
class Unrelated(ServiceError): pass
"""
    vars(module)["ServiceError"] = ServiceError
    exec(source, vars(module))  # noqa: S102 - the lines above
    monkeypatch.setitem(sys.modules, module.__name__, module)
    return ErrorClasses("queues_errors", "QueuesError")


def test_codes_find_classes(errors: ErrorClasses) -> None:
    """By the model's code where there is one, else by the class's name."""
    assert errors.from_code("AWS.Queue.NonExistent").__name__ == "QueueGone"
    assert errors.from_code("QueueFull").__name__ == "QueueFull"


@pytest.mark.parametrize("code", [None, "", "QueueGone", "Unrelated", "QueuesErrors"])
def test_other_codes_find_the_root(errors: ErrorClasses, code: str | None) -> None:
    """A code that names no class is some error of the service."""
    assert errors.from_code(code).__name__ == "QueuesError"


def test_a_users_own_subclass_is_none_of_the_services(errors: ErrorClasses) -> None:
    """Only what the module defines answers to a code or a name."""

    class QueueLost(errors.QueuesError):  # type: ignore[name-defined,misc]
        pass

    assert errors.from_code("QueueLost") is errors.QueuesError
    assert "QueueLost" not in dir(errors)


def test_names_find_classes(errors: ErrorClasses) -> None:
    """Each class and botocore's own root are attributes; protocols find nothing."""
    assert errors.QueueGone.__name__ == "QueueGone"
    assert errors.ClientError is ClientError
    assert not hasattr(errors, "__wrapped__")
