"""Waiters, as input of the templates."""

from __future__ import annotations

from collections.abc import Container

from botosmith.generator import ir
from botosmith.generator.literal import quote, write_scalar
from botosmith.generator.model import AcceptorModel
from botosmith.generator.plan.docstrings.waiters import document_waiter
from botosmith.generator.plan.names import Wait
from botosmith.generator.plan.structure import StructurePlanner


def plan_waiter(planner: StructurePlanner, wait: Wait) -> ir.Waiter:
    """Plan a waiter.

    Args:
        planner: The planner of the waiter's module.
        wait: The waiter.
    """
    scope = planner.scope
    vocabulary = scope.vocabulary
    waiter, exchange = wait.waiter, wait.exchange
    operation = f"operations.{exchange.module}"
    may_end_in_error = any(one.may_be_error for one in waiter.of_state("success"))
    for end in (exchange.request, exchange.response):
        vocabulary.use_class(operation, end)
    parameters = planner.parameters(exchange)
    pace = _plan_pace({parameter.name for parameter in parameters})
    return ir.Waiter(
        name=quote(waiter.name),
        delay=write_scalar(waiter.delay),
        max_attempts=write_scalar(waiter.max_attempts),
        acceptors=tuple(map(_plan_acceptor, waiter.acceptors)),
        function=wait.function,
        docstring=document_waiter(
            planner.documenter, wait, pace, may_end_in_error=may_end_in_error
        ),
        client=vocabulary.use_client(),
        parameters=parameters,
        pace=pace,
        request=exchange.request,
        response=exchange.response,
        may_end_in_error=may_end_in_error,
        # A waiter without acceptors polls until its attempts are used up.
        acceptor_class=vocabulary.use("Acceptor") if waiter.acceptors else "",
        waiter_class=vocabulary.use("Waiter"),
        progress_type=vocabulary.use("WaiterProgress"),
    )


def _plan_acceptor(acceptor: AcceptorModel) -> ir.Acceptor:
    argument = acceptor.argument
    return ir.Acceptor(
        state=quote(acceptor.state),
        matcher=quote(acceptor.matcher),
        expected=write_scalar(acceptor.expected),
        argument=None if argument is None else quote(argument),
    )


def _plan_pace(taken: Container[str]) -> ir.Pace:
    """Return the names of the waiter's own parameters, beside the operation's."""

    def name(plain: str) -> str:
        return f"{plain}_" if plain in taken else plain

    return ir.Pace(name("delay"), name("max_attempts"), name("progress"))
