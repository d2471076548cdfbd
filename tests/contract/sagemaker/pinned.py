"""The pinned model as its JSON has it: what the generated package is held to.

Nothing here knows the generator. Names follow botocore's `xform_name` and the shapes'
own names, and where a class lives follows from which operations reach it.
"""

from __future__ import annotations

import json
import keyword
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from botocore import xform_name

PACKAGE = "botosmith.sagemaker"
ROOT_ERROR = "SageMakerError"

#: The operations without a paginator that clearly could have one.
INFERRED = (
    "DescribeDevice",
    "DescribeEdgeDeploymentPlan",
    "DescribeFeatureGroup",
    "ListHubContentVersions",
    "ListHubContents",
    "ListHubs",
    "QueryLineage",
)


class Pinned:
    """SageMaker's model: its JSON, and what follows from it."""

    def __init__(self, models: Path) -> None:
        """Read the model from the folder of pinned ones."""
        file = models / "sagemaker/2017-07-24/service-2.json"
        self.source: dict[str, Any] = json.loads(file.read_text("utf-8"))
        waiters = json.loads(file.with_name("waiters-2.json").read_text("utf-8"))
        self.waiters: dict[str, Any] = waiters["waiters"]
        paginators = json.loads(file.with_name("paginators-1.json").read_text("utf-8"))
        self.paginators = sorted({*paginators["pagination"], *INFERRED})
        self.operations: dict[str, Any] = self.source["operations"]
        self.shapes: dict[str, Any] = self.source["shapes"]

    @cached_property
    def enums(self) -> dict[str, list[str]]:
        """The values of each enum."""
        shapes = self.shapes.items()
        return {name: shape["enum"] for name, shape in shapes if "enum" in shape}

    @cached_property
    def structures(self) -> dict[str, Any]:
        """The structures that are not errors."""
        return {
            name: shape
            for name, shape in self.shapes.items()
            if shape["type"] == "structure" and not shape.get("exception")
        }

    @cached_property
    def errors(self) -> dict[str, Any]:
        """The structures that are errors."""
        return {
            name: shape for name, shape in self.shapes.items() if shape.get("exception")
        }

    def function(self, operation: str) -> str:
        """The function of an operation."""
        return snake(operation)

    def pages_function(self, operation: str) -> str:
        """The function of an operation's pages."""
        return f"paginate_{snake(operation)}"

    def wait_function(self, waiter: str) -> str:
        """The function of a waiter."""
        return f"wait_until_{snake(waiter)}"

    def request(self, operation: str) -> str:
        """The class of an operation's request: its input shape."""
        return str(self.operations[operation]["input"]["shape"])

    def response(self, operation: str) -> str:
        """The class of an operation's reply: its output shape, if it has one."""
        output = self.operations[operation].get("output")
        return str(output["shape"]) if output else f"{operation}Response"

    def error_names(self, operation: str) -> list[str]:
        """The errors that an operation lists."""
        errors = self.operations[operation].get("errors", [])
        return [error["shape"] for error in errors]

    def parts(self, name: str) -> Iterator[str]:
        """The shapes that a shape is made of."""
        shape = self.shapes[name]
        for member in shape.get("members", {}).values():
            yield member["shape"]
        for part in ("member", "key", "value"):
            if part in shape:
                yield shape[part]["shape"]

    def reach(self, starts: Iterable[str]) -> set[str]:
        """Shapes, and all that they are made of."""
        found: set[str] = set()
        waiting = list(starts)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.parts(name)
        return found

    def reached_by(self, operation: str) -> set[str]:
        """The shapes of an operation's request and reply."""
        source = self.operations[operation]
        ends = [source[end]["shape"] for end in ("input", "output") if end in source]
        return self.reach(ends)

    @cached_property
    def users(self) -> dict[str, list[str]]:
        """The operations that reach each shape."""
        users: dict[str, list[str]] = {name: [] for name in self.shapes}
        for operation in self.operations:
            for name in self.reached_by(operation):
                users[name].append(operation)
        return users

    @cached_property
    def replied(self) -> set[str]:
        """The shapes that some reply or error holds."""
        outputs = [
            operation["output"]["shape"]
            for operation in self.operations.values()
            if "output" in operation
        ]
        return self.reach([*outputs, *self.errors])

    @cached_property
    def recursive(self) -> set[str]:
        """The shapes that hold themselves."""
        return {name for name in self.shapes if name in self.reach(self.parts(name))}

    @cached_property
    def modules(self) -> dict[str, str]:
        """The module of each structure and enum, relative to the package."""
        return {
            name: (
                f"operations.{snake(users[0])}"
                if len(users := self.users[name]) == 1
                else f"shapes.{snake(name)}"
            )
            for name in (*self.structures, *self.enums)
        }

    def loaded_by(self, operation: str) -> set[str]:
        """The modules that a call of an operation needs, in full."""
        own = f"operations.{self.function(operation)}"
        reached = self.reached_by(operation)
        found = {own} | {
            module for name, module in self.modules.items() if name in reached
        }
        parents = {module.partition(".")[0] for module in found}
        return {f"{PACKAGE}.{module}" for module in found | parents}

    def example(self, name: str) -> Any:  # noqa: PLR0911 - one for each type
        """A document with every member set, but where a shape holds itself."""
        shape = self.shapes[name]
        match shape["type"]:
            case "structure":
                return self._structure(shape)
            case "list":
                item = self.example(shape["member"]["shape"])
                return [item] * max(shape.get("min", 0), min(1, shape.get("max", 1)))
            case "map":
                key = self.example(shape["key"]["shape"])
                return {key: self.example(shape["value"]["shape"])}
            case "string":
                return _text(shape)
            case "boolean":
                return True
            case "timestamp":
                return 1_700_000_000.25
            case "integer" | "long":
                return int(_number(shape))
            case _:
                return float(_number(shape))

    def _structure(self, shape: Mapping[str, Any]) -> dict[str, Any]:
        members = {
            member: reference["shape"]
            for member, reference in shape["members"].items()
            if reference["shape"] not in self.recursive
        }
        if shape.get("union"):
            members = dict(list(members.items())[:1])
        return {member: self.example(part) for member, part in members.items()}


def snake(name: str) -> str:
    """The attribute, function or module of a name in the model."""
    found = str(xform_name(name))
    return f"{found}_" if keyword.iskeyword(found) else found


def _text(shape: Mapping[str, Any]) -> str:
    if "enum" in shape:
        return str(shape["enum"][0])
    length: int = max(shape.get("min", 0), min(1, shape.get("max", 1)))
    return "x" * length


def _number(shape: Mapping[str, Any]) -> float:
    number: float = max(shape.get("min", 1), min(1, shape.get("max", 1)))
    return number


def differences(found: Mapping[Any, Any], expected: Mapping[Any, Any]) -> list[str]:
    """Describe where two mappings differ, one short line each."""
    absent = object()
    return [
        f"{key}: {_tell(found, key)} instead of {_tell(expected, key)}"
        for key in {**expected, **found}
        if found.get(key, absent) != expected.get(key, absent)
    ]


def _tell(mapping: Mapping[Any, Any], key: Any) -> str:
    return repr(mapping[key]) if key in mapping else "nothing"
