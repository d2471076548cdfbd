"""Valid replies, drawn with Hypothesis, always the same for a seed."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest.mock import patch

import hypothesis
from botocore.model import OperationModel, ServiceModel
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from hypothesis.strategies import SearchStrategy

from botosmith.testing.message import Reply
from botosmith.testing.reply import (
    Fault,
    Style,
    list_error_forms,
    write_error,
    write_reply,
)
from botosmith.testing.strategies import Options, outputs, parameters

#: Half of the replies have all that they can have, the others what is drawn.
_FULL = Options(full=True, repeats=1, non_finite=True)
_SOME = Options(unknown_members=True, non_finite=True)

#: Any, since pyright takes the items of the enum for its metaclass's.
_CHECKS: Any = list(HealthCheck)


def draw_values(strategy: SearchStrategy[Any], count: int, seed: int) -> list[Any]:
    """Values of a strategy; the same for the same seed."""
    drawn: list[Any] = []

    @hypothesis.seed(seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        derandomize=False,
        phases=[Phase.generate],
        suppress_health_check=_CHECKS,
    )
    @given(strategy)
    def take(value: Any) -> None:
        drawn.append(value)

    with _without_constants():
        take()
    return drawn


@contextmanager
def _without_constants() -> Generator[None]:
    """Draw nothing from the source code of whatever modules happen to be imported."""
    constants: Any = providers.CONSTANTS_CACHE.cache
    constants.clear()
    with patch.object(providers, "_get_local_constants", Constants):
        yield
    constants.clear()


def draw_parameters(operation: OperationModel, seed: int) -> dict[str, Any]:
    """Parameters with which an operation can be called."""
    shape = operation.input_shape
    if shape is None:
        return {}
    first: dict[str, Any] = draw_values(parameters(shape), 1, seed)[0]
    return first


def draw_replies(operation: OperationModel, count: int, seed: int) -> list[Reply]:
    """Replies of an operation that claim success."""
    shape = operation.output_shape
    if shape is None:
        return [write_reply(operation, {})]
    protocol = operation.service_model.resolved_protocol
    drawn = st.one_of(outputs(shape, protocol, _FULL), outputs(shape, protocol, _SOME))
    return [write_reply(operation, one) for one in draw_values(drawn, count, seed)]


def draw_errors(
    service: ServiceModel, operation: OperationModel, count: int, seed: int
) -> list[Reply]:
    """Replies that are errors: of the operation, and one that no model knows."""
    replies = [*_list_unknown(service)]
    forms = list_error_forms(service)
    random = Random(seed)  # noqa: S311 - repeatable
    shapes: Any = operation.error_shapes
    for shape in shapes:
        protocol = service.resolved_protocol
        for members in draw_values(outputs(shape, protocol), count, seed):
            rest = {name: value for name, value in members.items() if name != "message"}
            code = shape.metadata.get("error", {}).get("code", shape.name)
            fault = Fault(code, "It is so.", shape, rest)
            replies.append(write_error(service, fault, random.choice(forms), Style()))
    return replies


def _list_unknown(service: ServiceModel) -> Iterator[Reply]:
    for form in list_error_forms(service):
        yield write_error(service, Fault("FutureError", "It is so."), form, Style())
