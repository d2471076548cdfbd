"""The model's facts about the pages of an operation, and lookups in a page.

The words are those of botocore's `paginators-1.json`, whose expressions are JMESPath.
All but a handful of them name a member, or a member of a member; these are looked up in
the objects themselves.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

import attrs

from botosmith.runtime import schema

_NAMES = re.compile(r"\w+(\.\w+)*", re.ASCII)


@attrs.define(slots=False, eq=False)
class Paginator:
    """The way from one page to the next.

    Attributes:
        input_token: The members of the request that take the tokens of the next page.
        output_token: Where a page has these tokens, in the same order.
        result_key: Where a page has its items; the first of several counts.
        limit_key: The member of the request that says how many items a page may have.
        more_results: What is true in a page as long as there are more.
        non_aggregate_keys: What a page has once for all of them.
    """

    input_token: tuple[str, ...]
    output_token: tuple[str, ...]
    result_key: tuple[str, ...]
    limit_key: str | None = None
    more_results: str | None = None
    non_aggregate_keys: tuple[str, ...] = ()

    @cached_property
    def tokens(self) -> tuple[tuple[str, PageExpression], ...]:
        """The members that take tokens, each with where a page has its token."""
        places = map(PageExpression, self.output_token)
        return tuple(zip(self.input_token, places, strict=True))

    @cached_property
    def results(self) -> tuple[PageExpression, ...]:
        """The places of a page with content of its own."""
        return tuple(map(PageExpression, self.result_key))

    @cached_property
    def constants(self) -> tuple[PageExpression, ...]:
        """The places of a page with the same content in all pages."""
        return tuple(map(PageExpression, self.non_aggregate_keys))

    @cached_property
    def more(self) -> PageExpression | None:
        """The place where a page says that there are more."""
        return PageExpression(self.more_results) if self.more_results else None


class PageExpression:
    """A place in a page."""

    def __init__(self, expression: str) -> None:
        """Take the JMESPath expression of the model."""
        self._expression = expression
        is_path = _NAMES.fullmatch(expression) is not None
        self._path = tuple(expression.split(".")) if is_path else None

    def get(self, page: Any) -> Any:
        """Return the value there; None if it is missing."""
        if self._path is None:
            return self._search(page)
        for name in self._path:
            field = schema.members(type(page)).get(name)
            page = getattr(page, field.attribute) if field else None
            if page is None:
                return None
        return page

    def set(self, page: Any, value: Any) -> None:
        """Put something there, and make the structures that lead there.

        Raises:
            TypeError: The place is not a member.
        """
        if self._path is None:
            msg = f"nothing can be put at {self._expression!r}"
            raise TypeError(msg)
        *path, last = self._path
        for name in path:
            field = schema.members(type(page))[name]
            inner = getattr(page, field.attribute)
            if inner is None:
                inner = _make_blank(field)
                setattr(page, field.attribute, inner)
            page = inner
        setattr(page, schema.members(type(page))[last].attribute, value)

    def _search(self, page: Any) -> Any:
        import jmespath

        from botosmith.runtime.serde.convert import to_boto3

        return jmespath.search(self._expression, to_boto3(page))


def _make_blank(field: schema.Field) -> Any:
    """An object of a member's class in which nothing is set."""
    kind = field.member.type
    assert isinstance(kind, schema.Structure)  # noqa: S101 - only these have members
    return kind.structure._from_wire({})
