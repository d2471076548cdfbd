"""Docstrings of waiters: the conditions that they wait for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from botosmith.generator import ir
from botosmith.generator.literal import quote_docstring
from botosmith.generator.model import AcceptorModel, WaiterModel
from botosmith.generator.plan.docstrings.operation import (
    INDENT,
    LEAD_WIDTH,
    WIDTH,
    Documenter,
    indent,
    join_sections,
    list_entry,
    section,
)
from botosmith.generator.plan.docstrings.quantity import count
from botosmith.generator.plan.names import Wait
from botosmith.generator.prose import to_lines


def document_waiter(
    documenter: Documenter, wait: Wait, pace: ir.Pace, *, may_end_in_error: bool
) -> tuple[str, ...]:
    """Document a waiter's function.

    Args:
        documenter: Documents the rest of the service.
        wait: The waiter.
        pace: The names of the parameters that the operation does not have.
        may_end_in_error: Whether an error is a good end.
    """
    waiter = wait.waiter
    operation = f"<code>{wait.exchange.function}</code>"
    sections = [
        _lay_out(_lead(waiter, operation), LEAD_WIDTH),
        section("Description", indent(_describe(waiter))),
        section(
            "Arguments",
            [
                f"{INDENT}client: [required] The client that makes the calls.",
                *documenter.brief_arguments(wait.exchange, f"As in {operation}."),
                *_own_arguments(waiter, pace),
            ],
        ),
        section("Value", indent(_value(may_end_in_error=may_end_in_error))),
        section("Raises", [*_own_errors(), *documenter.refusal()]),
    ]
    return quote_docstring(join_sections(sections))


def _lay_out(html: str, width: int = WIDTH - len(INDENT)) -> list[str]:
    return to_lines(html, width=width)


def _lead(waiter: WaiterModel, operation: str) -> str:
    ends = _list_words(waiter.of_state("success"))
    return f"Waits until {operation} reports that {ends}." if ends else "Waits."


def _describe(waiter: WaiterModel) -> list[str]:
    """Describe the conditions of going on and of failing, and the pace of the calls."""
    failures = _list_words(waiter.of_state("failure"))
    retries = _list_words(waiter.of_state("retry"))
    goes_on = f"Goes on as long as {retries}." if retries else ""
    told = " ".join(filter(None, (goes_on, _tell_failures(waiter, failures))))
    pace = (
        f"Calls every {count(waiter.delay, 'second')},"
        f" at most {count(waiter.max_attempts, 'time')}."
    )
    description = f"<p>{escape(waiter.description)}</p>" if waiter.description else ""
    return _lay_out(f"{description}<p>{told}</p><p>{pace}</p>")


def _tell_failures(waiter: WaiterModel, failures: str) -> str:
    """Describe the failures: some states, and all errors that no acceptor names."""
    others = "other " if any(one.may_be_error for one in waiter.acceptors) else ""
    if not failures:
        return f"Fails at any {others}error."
    if any(one.matcher == "error" and one.expected is True for one in waiter.acceptors):
        return f"Fails as soon as {failures}."
    return f"Fails as soon as {failures}, and at any {others}error."


def _list_words(acceptors: Iterable[AcceptorModel]) -> str:
    """Return the expectations of acceptors as HTML, joined by "or"."""
    groups = groupby(acceptors, lambda one: (one.matcher, one.argument))
    words = [
        f"{_name_place(*place)} {_join(dict.fromkeys(map(_name_expected, group)))}"
        for place, group in groups
    ]
    return _join(words, comma=True)


def _name_place(matcher: str, argument: str | None) -> str:
    code = f"<code>{escape(argument or '')}</code>"
    match matcher:
        case "path":
            return f"{code} is"
        case "pathAll":
            return f"all of {code} are"
        case "pathAny":
            return f"one of {code} is"
        case "status":
            return "the HTTP status is"
        case _:
            return "there is"


def _name_expected(acceptor: AcceptorModel) -> str:
    expected = acceptor.expected
    if acceptor.matcher == "error" and isinstance(expected, bool):
        return "an error" if expected else "no error"
    if isinstance(expected, bool):
        return "true" if expected else "false"
    if not isinstance(expected, str):
        return str(expected)
    text = f"<code>{escape(expected)}</code>"
    return f"the error {text}" if acceptor.matcher == "error" else text


def _join(words: Iterable[str], *, comma: bool = False) -> str:
    """Join alternatives: `a, b or c`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)}{',' * comma} or {last}" if first else last


def _own_arguments(waiter: WaiterModel, pace: ir.Pace) -> Iterator[str]:
    yield from list_entry(
        f"{pace.delay}:", f"The seconds between two calls; by default {waiter.delay}."
    )
    yield from list_entry(
        f"{pace.max_attempts}:",
        f"The number of calls after which to stop; by default {waiter.max_attempts}.",
    )
    yield from list_entry(
        f"{pace.progress}:",
        "A function that gets a <code>WaiterAttempt</code> of"
        " <code>botosmith.runtime</code> after each call; or True for a line on the"
        " terminal.",
    )


def _value(*, may_end_in_error: bool) -> list[str]:
    otherwise = ", or None where it ended with an error" if may_end_in_error else ""
    return _lay_out(f"The last reply{otherwise}.")


def _own_errors() -> list[str]:
    return list_entry(
        "botosmith.runtime.WaiterError:",
        "It failed, or the attempts were used up; <code>last_reply</code> has the last"
        " reply or error.",
    )
