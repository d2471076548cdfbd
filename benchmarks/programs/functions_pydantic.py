"""The same documents with pydantic's models of the same shapes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any

from benchmarks.programs.call import EXPERIMENT
from benchmarks.programs.case import time_case
from benchmarks.programs.jobs import list_jobs
from benchmarks.programs.shapes import Member, Shapes
from pydantic import ConfigDict, Field, create_model

CONFIG = ConfigDict(populate_by_name=True)


def structure(name: str, members: list[Member]) -> Any:
    """A model, whose fields have the names that the wire has as their aliases."""
    fields: dict[str, Any] = {
        one.attribute: (
            (one.type, Field(alias=one.name))
            if one.is_required
            else (one.type | None, Field(default=None, alias=one.name))
        )
        for one in members
    }
    return create_model(name, __config__=CONFIG, **fields)


def bound(made: Any, shape: Mapping[str, Any]) -> Any:
    """A type with the bounds of its shape."""
    words = (
        ("min_length", "max_length")
        if shape["type"] in {"string", "list"}
        else ("ge", "le")
    )
    bounds = {
        word: shape[key]
        for word, key in zip(words, ("min", "max"), strict=True)
        if key in shape
    }
    return Annotated[made, Field(**bounds)] if bounds else made


def build_and_dump(arguments: Namespace) -> Callable[[], bytes]:
    """From values to the body, the models on the way included."""
    name = "CreateInferenceExperimentRequest"
    shapes = Shapes(arguments.model, structure, bound, datetime)
    shapes.make(name)
    build = shapes.builder(name, EXPERIMENT, shapes.classes)
    return lambda: build().model_dump_json(by_alias=True, exclude_none=True).encode()


def load(arguments: Namespace) -> Callable[[], Any]:
    """From a body to its model."""
    shapes = Shapes(arguments.model, structure, timestamp=datetime)
    read = shapes.make("ListTrainingJobsResponse").model_validate_json
    body = list_jobs()
    return lambda: read(body)


time_case({"build": build_and_dump, "load": load}, "model")
