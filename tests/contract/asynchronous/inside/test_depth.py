"""Requests that are nested deeply, by the client whose calls are awaited."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from tests.contract.behaviours.server import Loopback, Reply

from botosmith import sagemaker
from botosmith.runtime import ValidationError


def _nest(depth: int) -> sagemaker.SearchExpression:
    expression = sagemaker.SearchExpression(operator="And")
    for _ in range(depth):
        expression = sagemaker.SearchExpression(sub_expressions=[expression])
    return expression


@pytest.mark.parametrize("level", [logging.DEBUG, logging.WARNING])
async def test_requests(
    server: Loopback,
    arguments: dict[str, Any],
    serializer: Any,
    caplog: pytest.LogCaptureFixture,
    level: int,
) -> None:
    """They are sent as deep as botocore writes, and refused beyond that."""
    server.expect(Reply([b"{}"]))
    async with sagemaker.AsyncClient(**arguments, serializer=serializer) as client:
        with caplog.at_level(level, "botosmith"):
            for depth in (100, 140):
                await client.search(resource="Model", search_expression=_nest(depth))
                assert server.sent[-1].body.count(b"SubExpressions") == depth
            with pytest.raises(ValidationError, match="nested too deeply"):
                await client.search(resource="Model", search_expression=_nest(5000))
    assert len(server.sent) == 2
