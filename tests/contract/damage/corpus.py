"""The cases of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random

from tests.contract.damage.case import Case
from tests.contract.damage.draw import draw_errors, draw_parameters, draw_replies
from tests.contract.damage.message import damage_stream
from tests.contract.damage.servers.http import Draft, damage_http
from tests.contract.damage.spoil import spoil
from tests.contract.damage.subject import Subject
from tests.contract.damage.tree import damage_tree

from botosmith.testing.message import Reply
from botosmith.testing.service import find_stream

#: The number of valid replies of an operation that are drawn; errors, for each shape.
_REPLIES, _ERRORS = 16, 2

_JSON = frozenset({"json", "rest-json"})


def make_cases(
    subject: Subject, operation: str, numbers: Iterable[int], seed: int
) -> Iterator[Case]:
    """Damage replies of an operation.

    A case depends on the seed and its number alone, and on no other case.
    """
    model = subject.model.operation_model(operation)
    name = f"{seed}:{subject.name}:{operation}"
    drawn = Random(name).getrandbits(32)  # noqa: S311 - repeatable
    is_stream = find_stream(model.output_shape) is not None
    replies = draw_replies(model, _REPLIES, drawn)
    errors = draw_errors(subject.model, model, _ERRORS, drawn)
    parameters = draw_parameters(model, drawn)
    for number in numbers:
        random = Random(f"{name}:{number}")  # noqa: S311 - as above
        is_error = not is_stream and random.randrange(6) == 0
        reply = random.choice(errors if is_error else replies)
        damages, raw = _damage(random, reply, is_stream=is_stream)
        yield Case(
            seed=seed,
            subject=subject.name,
            module=subject.module,
            operation=operation,
            number=number,
            damages=damages,
            parameters=parameters,
            raw=raw,
            is_stream=is_stream,
            has_json=subject.model.resolved_protocol in _JSON,
        )


def _damage(
    random: Random, reply: Reply, *, is_stream: bool
) -> tuple[tuple[str, ...], bytes]:
    """Damage a reply in its body, around it, or both."""
    draft = Draft.of(reply)
    draft.is_chunked = random.randrange(3) == 0
    damages: list[str] = []
    around = random.choice((False, False, True))
    if not around or random.randrange(3) == 0:
        how, draft.body = _damage_body(random, draft.body, is_stream=is_stream)
        damages.append(how)
    if around:
        damages.append(damage_http(random, draft))
    return tuple(damages), draft.render()


def _damage_body(random: Random, body: bytes, *, is_stream: bool) -> tuple[str, bytes]:
    if is_stream:
        return damage_stream(random, body)
    if random.randrange(2):
        damaged = damage_tree(random, body)
        if damaged is not None:
            return damaged
    return spoil(random, body)
