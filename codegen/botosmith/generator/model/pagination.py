"""Paginators: those of the model, and those inferred from its operations.

The format is that of botocore's `paginators-1.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import jmespath
from attrs import frozen
from jmespath.exceptions import JMESPathError

from botosmith.generator.json_type import is_array, is_object, name_kind
from botosmith.generator.model.service_model import (
    OperationModel,
    PaginatorModel,
    ServiceModel,
    ShapeModel,
)

#: The names of tokens in a request and in its reply; an operation with such a pair
#: returns its items in pages. Earlier pairs take precedence: some services return the
#: token that they were sent, beside the next one.
_TOKENS = (
    ("continuationtoken", "nextcontinuationtoken"),
    ("pagetoken", "nextpagetoken"),
    ("marker", "nextmarker"),
    ("nexttoken", "nexttoken"),
    ("nextpagetoken", "nextpagetoken"),
    ("paginationtoken", "paginationtoken"),
    ("nextmarker", "nextmarker"),
    ("marker", "marker"),
)

#: The names of the member for the most items of a page.
_LIMITS = frozenset({"maxresults", "maxitems", "limit", "pagesize", "maxrecords"})

_KEYS = frozenset(
    {
        "input_token",
        "output_token",
        "result_key",
        "limit_key",
        "more_results",
        "non_aggregate_keys",
        "py_input_token",
    }
)

_PATH = re.compile(r"\w+(\.\w+)*", re.ASCII)

Found = Iterator[tuple[str, str]]


def check_paginators(source: Any, model: ServiceModel) -> Found:
    """Yield each problem of a paginators file, with its JSON path.

    Args:
        source: The decoded JSON.
        model: The service whose operations it is about.
    """
    paginators = source.get("pagination") if is_object(source) else None
    if not is_object(paginators):
        yield "pagination", f"is {name_kind(paginators)}, not an object"
        return
    for name, paginator in paginators.items():
        path = f"pagination.{name}"
        operation = model.operations.get(name)
        if operation is None:
            yield path, "is not an operation of the service"
        elif not is_object(paginator):
            yield path, f"is {name_kind(paginator)}, not an object"
        else:
            yield from _Checker(model, operation, path).check(paginator)


@frozen
class _Checker:
    """A check of the paginator of one operation."""

    model: ServiceModel
    operation: OperationModel
    path: str

    def check(self, source: Mapping[str, Any]) -> Found:
        wrong = [*self._check_types(source)]
        yield from wrong
        if wrong:
            return
        given, kept = _listed(source["input_token"]), _listed(source["output_token"])
        if len(given) != len(kept):
            count = f"{len(kept)} for {len(given)} of input_token"
            yield f"{self.path}.output_token", f"has another number of tokens: {count}"
        for key in ("input_token", "limit_key"):
            for name in _listed(source.get(key, ())):
                if name not in _members(self.model, self.operation.input):
                    problem = f"names {name!r}, no member of the input"
                    yield f"{self.path}.{key}", problem
        for key in ("result_key", "non_aggregate_keys"):
            for expression in _listed(source.get(key, ())):
                if find_target(self.model, self.operation, expression) is None:
                    problem = f"names {expression!r}, no member of the output"
                    yield f"{self.path}.{key}", problem

    def _check_types(self, source: Mapping[str, Any]) -> Found:
        for key in ("input_token", "output_token", "result_key"):
            if source.get(key, []) == []:
                yield f"{self.path}.{key}", "is missing"
        for key in _KEYS & source.keys():
            value = source[key]
            one = isinstance(value, str)
            many = is_array(value) and all(isinstance(item, str) for item in value)
            if not (one or (many and key not in {"limit_key", "more_results"})):
                yield f"{self.path}.{key}", f"is {name_kind(value)}, not a string"
                continue
            for expression in _listed(value):
                try:
                    jmespath.compile(expression)
                except JMESPathError as error:
                    problem = f"{expression!r} is not a JMESPath expression: {error}"
                    yield f"{self.path}.{key}", problem.partition("\n")[0]


def mirror_paginators(
    source: Mapping[str, Any], model: ServiceModel
) -> dict[str, PaginatorModel]:
    """Return the paginators of a checked file, and the inferred ones, by operation.

    They are in the order of the model's operations.
    """
    known = source.get("pagination", {})
    found = {
        name: _mirror(known[name]) if name in known else _infer(model, operation)
        for name, operation in model.operations.items()
    }
    return {name: paginator for name, paginator in found.items() if paginator}


def find_target(
    model: ServiceModel, operation: OperationModel, expression: str
) -> ShapeModel | None:
    """Return the shape of the reply's member that an expression names, if any."""
    if not _PATH.fullmatch(expression) or operation.output is None:
        return None
    shape = model.shapes[operation.output]
    for name in expression.split("."):
        if name not in shape.members:
            return None
        shape = model.shapes[shape.members[name].shape]
    return shape


def _mirror(source: Mapping[str, Any]) -> PaginatorModel:
    return PaginatorModel(
        input_token=_listed(source["input_token"]),
        output_token=_listed(source["output_token"]),
        result_key=_listed(source["result_key"]),
        limit_key=source.get("limit_key"),
        more_results=source.get("more_results"),
        non_aggregate_keys=_listed(source.get("non_aggregate_keys", ())),
    )


def _infer(model: ServiceModel, operation: OperationModel) -> PaginatorModel | None:
    """Return a paginator for an operation with tokens on both sides and one list."""
    given, kept = (_members(model, end) for end in (operation.input, operation.output))
    tokens = _find_tokens(given, kept)
    lists = [name for name, kind in kept.items() if kind == "list"]
    results = lists or [name for name, kind in kept.items() if kind == "map"]
    if tokens is None or not results:
        return None
    said = _describe(model, operation.input, tokens[0])
    results.sort(key=lambda name: _last_word(name) not in said)
    limits = [
        name
        for name, kind in given.items()
        if name.lower() in _LIMITS and kind == "integer"
    ]
    return PaginatorModel(
        input_token=tokens[:1],
        output_token=tokens[1:],
        result_key=tuple(results),
        limit_key=limits[0] if limits else None,
        non_aggregate_keys=tuple(
            name for name in kept if name not in {*tokens, *results}
        ),
        is_inferred=True,
    )


def _find_tokens(
    given: Mapping[str, str], kept: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return the members of a request and its reply that hold the token."""
    sent, told = (
        {name.lower(): name for name, kind in side.items() if kind == "string"}
        for side in (given, kept)
    )
    for one, other in _TOKENS:
        # Names that differ only in case on the two sides do not belong together.
        if one in sent and other in told and (one != other or sent[one] == told[other]):
            return sent[one], told[other]
    return None


def _describe(model: ServiceModel, owner: str | None, member: str) -> str:
    """Return the documentation of a member, which may name the items of pages."""
    assert owner is not None  # noqa: S101 - it has the member
    return model.shapes[owner].members[member].documentation.lower()


def _last_word(name: str) -> str:
    """Return the last word of a name: `stages` for `DeploymentStages`."""
    return re.split(r"(?<=[a-z])(?=[A-Z])", name)[-1].lower()


def _members(model: ServiceModel, end: str | None) -> Mapping[str, str]:
    """Return the members of an input or output, and their types."""
    if end is None:
        return {}
    members = model.shapes[end].members.values()
    return {member.name: model.shapes[member.shape].type for member in members}


def _listed(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
