"""Docstrings of pages: their contents, and the ways to go through them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from html import escape

from botosmith.generator import ir
from botosmith.generator.literal import quote_docstring
from botosmith.generator.model import PaginatorModel
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
from botosmith.generator.plan.names import Exchange
from botosmith.generator.prose import to_lines

#: The words for the parameters that the operation does not have.
_LIMITS = {
    "page_size": "The number of items that the service may put into a page.",
    "max_items": (
        "The number of items to stop after; the pages then have a"
        " <code>resume_token</code>."
    ),
    "resume_token": "The <code>resume_token</code> of earlier pages, to go on there.",
}


def document_pages(
    documenter: Documenter,
    exchange: Exchange,
    paginator: PaginatorModel,
    *,
    turning: Collection[str],
    limits: Iterable[ir.Limit],
) -> tuple[str, ...]:
    """Document the function for an operation's pages.

    Args:
        documenter: Documents the rest of the service.
        exchange: The operation.
        paginator: Its paginator.
        turning: The members of its input that select a page.
        limits: The parameters that the operation does not have.
    """
    operation = f"<code>{exchange.function}</code>"
    lead = f"The pages of {operation}, each asked for when it is needed."
    root = documenter.names.error_root
    sections = [
        to_lines(lead, width=LEAD_WIDTH),
        section("Description", _lay_out(_explain(paginator))),
        section(
            "Arguments",
            [
                f"{INDENT}client: [required] The client that makes the calls.",
                *documenter.brief_arguments(exchange, f"As in {operation}.", turning),
                *_own_arguments(limits),
            ],
        ),
        section("Value", _lay_out(_tell_value(documenter, exchange, paginator))),
        section(
            "Raises",
            [
                *_own_errors(documenter),
                *documenter.refusal(),
                *list_entry(
                    f"{root}:",
                    f"The service refused a call; {operation} lists its errors.",
                ),
            ],
        ),
    ]
    return quote_docstring(join_sections(sections))


def _lay_out(html: str) -> list[str]:
    return indent(to_lines(html, width=WIDTH - len(INDENT))) if html else []


def _explain(paginator: PaginatorModel) -> str:
    if not paginator.is_inferred:
        return ""
    return (
        "botocore has no paginator for this operation: this one is inferred from the "
        f"token that goes both ways, <code>{escape(paginator.input_token[0])}</code>."
    )


def _own_arguments(limits: Iterable[ir.Limit]) -> Iterator[str]:
    for limit in limits:
        yield from list_entry(f"{limit.parameter}:", _LIMITS[limit.name])


def _tell_value(
    documenter: Documenter, exchange: Exchange, paginator: PaginatorModel
) -> str:
    items = _find_attributes(documenter, exchange, paginator.result_key[0])
    return (
        f"Iterating yields each <code>{exchange.response}</code>;"
        f" <code>items()</code> yields the items in their <code>{items}</code>."
    )


def _find_attributes(
    documenter: Documenter, exchange: Exchange, expression: str
) -> str:
    """Return the attributes that an expression of the model stands for."""
    path: list[str] = []
    owner = exchange.operation.output or ""
    for name in expression.split("."):
        path.append(documenter.names.fields[owner][name])
        owner = documenter.model.shapes[owner].members[name].shape
    return ".".join(path)


def _own_errors(documenter: Documenter) -> Iterator[str]:
    yield from list_entry(
        f"{documenter.name_error('PaginationError')}:",
        "The service gives the same token twice, or the items cannot be limited.",
    )
    yield from list_entry(
        f"{documenter.name_error('ValueError')}:",
        "A parameter that says where pages begin and end is wrong; nothing was sent.",
    )
