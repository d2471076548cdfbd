"""The pages of an operation, and their items, each page to be awaited."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import jmespath
from botocore.context import start_as_current_context
from botocore.useragent import register_feature_id

from botosmith.runtime.objects.structure import Response
from botosmith.runtime.pagination.pages import (
    AnyPages,
    Pages,
    Result,
    list_found,
    list_items,
)
from botosmith.runtime.serde.service_values import giving

P = ParamSpec("P")
PageT = TypeVar("PageT", bound=Response)
ItemT = TypeVar("ItemT")
ItemT_co = TypeVar("ItemT_co", covariant=True)


class AsyncPages(AnyPages[PageT, ItemT_co]):
    """The pages of an operation; each is asked for when the one before is done with.

    `async for` gives the operation's replies; it begins anew each time.
    """

    async def __aiter__(self) -> AsyncGenerator[PageT]:
        walk = self._begin()
        while walk.request is not None:
            with start_as_current_context(), giving(walk.request, walk.given):
                register_feature_id("PAGINATOR")
                page: PageT = await self._send(walk.request)
            page = walk.take(page)
            self.resume_token = walk.resume_token
            yield page
            walk.advance(page)
            self.resume_token = walk.resume_token

    async def items(self) -> AsyncGenerator[ItemT_co]:
        """The items of all pages, as those of `Pages`."""
        async for page in self:
            for item in list_items(self._paginator, page):
                yield item

    async def search(self, expression: str) -> AsyncGenerator[Any]:
        """Yield what a JMESPath expression finds in each page, as `Pages.search`."""
        compiled = jmespath.compile(expression)
        async for page in self:
            for found in list_found(compiled, page):
                yield found

    async def build_full_result(self) -> PageT:
        """One reply with the items of all pages, as that of `Pages`."""
        result = Result[PageT](self._paginator)
        async for page in self:
            result.add(page)
        return result.whole


def in_pages(
    function: Callable[Concatenate[Any, P], Pages[PageT, ItemT]],
) -> Callable[Concatenate[Any, P], AsyncPages[PageT, ItemT]]:
    """A function that gives pages, as a method of a client that is awaited.

    It is the same function: its body asks the client for its pages. Only type checkers
    have to be told.
    """
    return cast("Callable[Concatenate[Any, P], AsyncPages[PageT, ItemT]]", function)
