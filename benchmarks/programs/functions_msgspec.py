"""The same documents with msgspec's structs of the same shapes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from benchmarks.programs.case import time_case
from benchmarks.programs.jobs import list_jobs
from benchmarks.programs.shapes import Member, Shapes


def structure(name: str, members: list[Member]) -> Any:
    """A struct, whose fields are renamed to what the wire has."""
    fields: list[Any] = [
        (
            (one.attribute, one.type)
            if one.is_required
            else (one.attribute, one.type | None, None)
        )
        for one in members
    ]
    names = {one.attribute: one.name for one in members}
    return msgspec.defstruct(name, fields, rename=names, kw_only=True)


def load(arguments: Namespace) -> Callable[[], Any]:
    """From a body to its struct; numbers count as instants when it is not strict."""
    shapes = Shapes(arguments.model, structure, timestamp=datetime)
    made = shapes.make("ListTrainingJobsResponse")
    decoder = msgspec.json.Decoder(made, strict=False)
    body = list_jobs()
    return lambda: decoder.decode(body)


time_case({"load": load}, "model")
