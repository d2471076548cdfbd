"""The pages of an operation, and their items."""

from __future__ import annotations

import copy
from collections.abc import Callable, Generator, Iterator
from typing import Any, Generic, NoReturn, TypeVar

from botocore.context import start_as_current_context
from botocore.useragent import register_feature_id

from botosmith.runtime.objects.pickling import refuse_copy
from botosmith.runtime.objects.structure import Request, Response, Structure
from botosmith.runtime.pagination.cursor import Limits, Walk
from botosmith.runtime.pagination.paginator import Paginator
from botosmith.runtime.serde.convert import to_parsed
from botosmith.runtime.serde.service_values import giving
from botosmith.runtime.serde.writers import is_map

PageT = TypeVar("PageT", bound=Response)
ItemT_co = TypeVar("ItemT_co", covariant=True)


class AnyPages(Generic[PageT, ItemT_co]):
    """The common part of the pages of all clients.

    Attributes:
        resume_token: Where the last iteration has stopped because of `max_items`, for
            the `resume_token` of a later call; None where it came to the end. boto3
            takes it as its `StartingToken`, too.
    """

    def __init__(
        self,
        send: Callable[[Request[PageT]], Any],
        request: Request[PageT],
        paginator: Paginator,
        limits: Limits,
    ) -> None:
        """Take what sends a request, the first request, and how to go on from it."""
        self.resume_token: str | None = None
        self._send = send
        self._request = request
        self._paginator = paginator
        self._limits = limits
        # Wrong limits are refused before anything is sent.
        self._begin()

    def __reduce_ex__(self, _: object) -> NoReturn:
        refuse_copy(
            type(self).__name__,
            "they send calls through a client. Keep `resume_token` and go on with "
            "a new call, or make a list of the pages",
        )

    def _begin(self) -> Walk[PageT]:
        self.resume_token = None
        return Walk(self._paginator, self._request, self._limits)


class Pages(AnyPages[PageT, ItemT_co]):
    """The pages of an operation; each is asked for when the one before is done with.

    Iterating gives the operation's replies; it begins anew each time.
    """

    def __iter__(self) -> Generator[PageT]:
        walk = self._begin()
        while walk.request is not None:
            with start_as_current_context(), giving(walk.request, walk.given):
                # The user agent tells, as botocore's does, that the call is for pages.
                register_feature_id("PAGINATOR")
                page: PageT = self._send(walk.request)
            page = walk.take(page)
            self.resume_token = walk.resume_token
            yield page
            walk.advance(page)
            self.resume_token = walk.resume_token

    def items(self) -> Generator[ItemT_co]:
        """The items of all pages.

        Where the pages have maps of them, these are pairs of key and value.
        """
        for page in self:
            yield from list_items(self._paginator, page)

    def search(self, expression: str) -> Generator[Any]:
        """Yield what a JMESPath expression finds in each page, in the form of boto3.

        Args:
            expression: The expression, whose names are the model's, such as
                `TrainingJobSummaries[].TrainingJobName`.

        Returns:
            What is found; of a list, its items.
        """
        import jmespath

        compiled = jmespath.compile(expression)
        for page in self:
            yield from list_found(compiled, page)

    def build_full_result(self) -> PageT:
        """One reply with the items of all pages, and what they have in common.

        Its `response_metadata` is that of the last page.
        """
        result = Result[PageT](self._paginator)
        for page in self:
            result.add(page)
        return result.whole


class Result(Generic[PageT]):
    """Pages that become one."""

    def __init__(self, paginator: Paginator) -> None:
        """Begin with none."""
        self._paginator = paginator
        self._whole: Any = None

    @property
    def whole(self) -> PageT:
        """The joined pages; there always is a first one."""
        whole: PageT = self._whole
        return whole

    def add(self, page: PageT) -> None:
        """Add a page."""
        is_first = self._whole is None
        if is_first:
            self._whole = type(page)._from_wire({})
        for place in self._paginator.results:
            value = place.get(page)
            if value is not None:
                place.set(self._whole, _join(place.get(self._whole), value))
        if is_first:
            # Last, since what is in pieces may be within what is not.
            for place in self._paginator.constants:
                place.set(
                    self._whole, _complete(place.get(self._whole), place.get(page))
                )
        self._whole.response_metadata = page.response_metadata


def list_found(compiled: Any, page: Response) -> Iterator[Any]:
    """Return what a compiled JMESPath expression finds in a page."""
    found = compiled.search(to_parsed(page))
    if isinstance(found, list):
        yield from found
    else:
        yield found


def list_items(paginator: Paginator, page: Any) -> Iterator[Any]:
    """The items of a page."""
    found = paginator.results[0].get(page)
    match found:
        case None:
            return
        case Structure():
            yield found
        case dict():
            yield from found.items()
        case _:
            yield from found


def _complete(made: Any, value: Any) -> Any:
    """Return the set members of a structure; any other value as it is."""
    if not isinstance(made, Structure) or not isinstance(value, Structure):
        return copy.copy(value) if made is None else made
    for name in made._attribute_names():
        setattr(made, name, _complete(getattr(made, name), getattr(value, name)))
    return made


def _join(before: Any, value: Any) -> Any:
    """Join earlier values with those of a page; the page keeps its own."""
    if before is None:
        return copy.copy(value)
    if is_map(before):
        return {**before, **value}
    return before if isinstance(before, Structure) else before + value
