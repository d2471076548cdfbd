"""Counts the bounds that AWS loosened and tightened between two versions of botocore.

botosmith diff 1.34.0 1.44.5 --format json > diff.json
python -m tests.contract.history.bounds diff.json 1.34.0 1.44.5

The diff says which bounds changed; the models say of which type a shape is, and whether
requests hold it. A bound of a shape that is both sent and read counts as sent. A change
that allows and forbids the same values as before, such as a new minimum length of 0, is
left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import frozen

from botosmith.generator.diff.python_surface import Facts
from botosmith.generator.diff.source import Side, open_side
from botosmith.generator.diff.types.limit import is_tighter
from botosmith.generator.model import ServiceModel

_KINDS = {
    "string": "length of text",
    "blob": "length of bytes",
    "list": "items of a list",
    "map": "keys of a map",
}
_ALL = (
    ("sent", "loosened"),
    ("sent", "tightened"),
    ("read", "loosened"),
    ("read", "tightened"),
)

#: The number of services that are listed.
_TOP = 10


@frozen
class Bound:
    """One bound that changed.

    Attributes:
        service: botocore's name of the service.
        kind: `maximum, length of text` and the like.
        way: `sent` if requests hold its shape, `read` if only replies do.
        effect: `loosened` or `tightened`.
    """

    service: str
    kind: str
    way: str
    effect: str


def find_bounds(diff: dict[str, Any], old: Side, new: Side) -> Iterator[Bound]:
    """Yield the bounds that changed for services which both sides have."""
    for service in diff["services"]:
        changes = [
            one for one in service["changes"] if one["kind"] in ("minimum", "maximum")
        ]
        if changes:
            name = service["service"]
            models = old.read(name).model, new.read(name).model
            yield from judge(name, changes, *models)


def judge(
    service: str, changes: list[dict[str, Any]], old: ServiceModel, new: ServiceModel
) -> Iterator[Bound]:
    """Yield the changes of a service that allow or forbid values."""
    before, after = Facts(old), Facts(new)
    for change in changes:
        shape = change["old_path"].split(".")[1]
        type_ = old.shapes[shape].type
        bound = f"{'min' if change['kind'] == 'minimum' else 'max'} of {type_}"
        values = change["before"], change["after"]
        tightened = is_tighter(bound, *values)
        if tightened or is_tighter(bound, *reversed(values)):
            sent = shape in before.sent or shape in after.sent
            yield Bound(
                service,
                f"{change['kind']}, {_KINDS.get(type_, 'range of numbers')}",
                "sent" if sent else "read",
                "tightened" if tightened else "loosened",
            )


def write_table(
    head: str, counts: dict[str, Counter[tuple[str, str]]]
) -> Iterator[str]:
    """Yield the lines of a Markdown table, the greatest sums first."""
    titles = [f"{effect}, {way}" for way, effect in _ALL]
    yield f"| {head} | {' | '.join(titles)} |"
    yield f"|---|{'---|' * len(titles)}"
    for name, counter in sorted(counts.items(), key=lambda pair: -pair[1].total()):
        cells = (str(counter[column]) for column in _ALL)
        yield f"| {name} | {' | '.join(cells)} |"


def summarize(bounds: list[Bound]) -> Iterator[str]:
    """Yield the lines that a person reads."""
    kinds: dict[str, Counter[tuple[str, str]]] = {}
    services: dict[str, Counter[tuple[str, str]]] = {}
    for one in bounds:
        column = one.way, one.effect
        for counts, name in ((kinds, one.kind), (services, one.service)):
            counts.setdefault(name, Counter())[column] += 1
            counts.setdefault("all", Counter())[column] += 1
    yield from write_table("bound", kinds)
    yield ""
    top = sorted(services, key=lambda name: -services[name].total())[: _TOP + 1]
    yield from write_table("service", {name: services[name] for name in top})
    yield f"\n{len(services) - 1} services changed bounds."


def main(arguments: list[str]) -> None:
    """Print the tables of a diff that is written down."""
    path, old, new = arguments
    diff = json.loads(Path(path).read_text("utf-8"))
    bounds = list(find_bounds(diff, open_side(old), open_side(new)))
    sys.stdout.writelines(f"{line}\n" for line in summarize(bounds))


if __name__ == "__main__":
    main(sys.argv[1:])
