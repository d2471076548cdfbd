"""The same documents with cattrs, into attrs classes of the same shapes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import attrs
from benchmarks.programs.case import time_case
from benchmarks.programs.jobs import list_jobs
from benchmarks.programs.shapes import Member, Shapes
from cattrs.gen import make_dict_structure_fn, override
from cattrs.preconf.json import make_converter

converter = make_converter()
converter.register_structure_hook(
    datetime, lambda value, _: datetime.fromtimestamp(value, UTC)
)


def structure(name: str, members: list[Member]) -> Any:
    """A class, whose attributes are renamed to what the wire has."""
    made: Any = attrs.make_class(
        name,
        {
            one.attribute: (
                attrs.field(type=one.type)
                if one.is_required
                else attrs.field(type=one.type | None, default=None)
            )
            for one in members
        },
        kw_only=True,
    )
    names = {one.attribute: override(rename=one.name) for one in members}
    converter.register_structure_hook(
        made, make_dict_structure_fn(made, converter, **names)
    )
    return made


def load(arguments: Namespace) -> Callable[[], Any]:
    """From a body to its object."""
    shapes = Shapes(arguments.model, structure, timestamp=datetime)
    made = shapes.make("ListTrainingJobsResponse")
    body = list_jobs()
    return lambda: converter.loads(body, made)


time_case({"load": load}, "model")
