"""A walk from page to page, which somebody else makes the calls for.

The steps are those of botocore's `PageIterator`, on objects in place of dictionaries,
but that a token never comes twice: botocore notices only two in a row.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, Generic, TypeVar

import attrs

from botosmith.runtime import schema
from botosmith.runtime.errors import PaginationError, ValidationError
from botosmith.runtime.objects.structure import Request, Response, Structure
from botosmith.runtime.pagination.paginator import Paginator
from botosmith.runtime.pagination.resume_token import decode_tokens, encode_tokens
from botosmith.runtime.serde.convert import from_plain, to_plain
from botosmith.runtime.serde.writers import is_list
from botosmith.runtime.violation import MASK, Violation

PageT = TypeVar("PageT", bound=Response)


@attrs.frozen(kw_only=True)
class Limits:
    """The start and the end of a walk, and the length of its steps.

    Attributes:
        page_size: How many items a page may have; None for what the service has.
        max_items: After how many items to stop; None for never.
        resume_token: Where an earlier walk has stopped; None for the first page.

    Raises:
        ValidationError: They are none; lists every violation.
    """

    page_size: int | None = None
    max_items: int | None = None
    resume_token: str | None = None

    def __attrs_post_init__(self) -> None:
        """Check them."""
        if violations := tuple(self._check()):
            subject = "Pages"
            raise ValidationError(subject, violations)

    def _check(self) -> Iterator[Violation]:
        for name, least in (("page_size", 1), ("max_items", 0)):
            value: Any = getattr(self, name)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int):
                yield Violation(name, value, "is not a whole number")
            elif value < least:
                yield Violation(name, value, f"is below the minimum {least}")
        token: Any = self.resume_token
        if token is not None and not isinstance(token, str):
            # Masked, since the member that takes tokens may be sensitive.
            rule = f"is of type {type(token).__name__}, not str"
            yield Violation("resume_token", MASK, rule)


class Walk(Generic[PageT]):
    """One walk.

    Attributes:
        request: The request for the next page; None at the end.
        given: Its attributes that hold what the service gave.
        resume_token: Where to go on later; None unless `max_items` ended the walk.
    """

    request: Request[PageT] | None

    def __init__(
        self, paginator: Paginator, request: Request[PageT], limits: Limits
    ) -> None:
        """Stand before the first page.

        Raises:
            ValueError: `resume_token` is none of this paginator.
        """
        self.resume_token: str | None = None
        self._paginator = paginator
        self._limits = limits
        self._tokens: dict[str, Any] = dict.fromkeys(paginator.input_token)
        self._skip = 0
        self._is_resumed = limits.resume_token is not None
        self._count = 0
        self.given: frozenset[str] = frozenset()
        self._seen: set[int] = set()
        self.request = copy.copy(request)
        if limits.resume_token is not None:
            found = decode_tokens(limits.resume_token, paginator.input_token)
            self._tokens, self._skip = found
            self._turn(self._tokens)
        if limits.page_size is not None:
            self._limit(limits.page_size)

    def take(self, page: PageT) -> PageT:
        """Take the page that came, and give of it what the limits leave."""
        if self._is_resumed:
            self._cut_start(page)
        primary = self._paginator.results[0]
        items = primary.get(page)
        count = 0 if items is None else self._measure(items)
        most = self._limits.max_items
        if items is None or most is None or self._count + count <= most:
            self._count += count
            return page
        kept = most - self._count
        primary.set(page, self._cut(items, kept))
        self.resume_token = self._write_down(self._tokens, kept + self._skip)
        self.request = None
        return page

    def advance(self, page: PageT) -> None:
        """Step on from the page that was taken.

        Raises:
            PaginationError: The service has given the same tokens before.
        """
        if self.request is None:
            return
        self._skip = 0
        self._is_resumed = False
        self._tokens = self._find_tokens(page)
        if all(token is None for token in self._tokens.values()):
            self.request = None
            return
        place = self._write_down(self._tokens)
        if self._count == self._limits.max_items:
            self.resume_token = place
            self.request = None
            return
        if hash(place) in self._seen:
            msg = f"The same next token was received twice: {self._show_tokens()}"
            raise PaginationError(msg)
        self._seen.add(hash(place))
        self._turn(self._tokens)

    def _find_tokens(self, page: PageT) -> dict[str, Any]:
        """The next tokens; what is empty is none."""
        more = self._paginator.more
        if more is not None and not more.get(page):
            return {}
        tokens: dict[str, Any] = {}
        for name, place in self._paginator.tokens:
            token = place.get(page)
            tokens[name] = token if to_plain(token) else None
        return tokens

    def _turn(self, tokens: dict[str, Any]) -> None:
        """Have the request ask for another page."""
        assert self.request is not None  # noqa: S101 - there is a next page
        self.request = request = copy.copy(self.request)
        given: set[str] = set()
        for name, token in tokens.items():
            # botocore takes the word for none, which its old tokens have for it.
            is_none = token == "None"  # noqa: S105 - a token of pages
            field = schema.members(type(request))[name]
            value = None if is_none else from_plain(type(request), field, token)
            setattr(request, field.attribute, value)
            if value is not None:
                given.add(field.attribute)
        self.given = frozenset(given)

    def _limit(self, size: int) -> None:
        name = self._paginator.limit_key
        if name is None:
            msg = "page_size: the operation takes none"
            raise PaginationError(msg)
        field = schema.members(type(self.request))[name]
        # Some services take it as text.
        is_text = isinstance(field.member.type, schema.String)
        setattr(self.request, field.attribute, str(size) if is_text else size)

    def _cut_start(self, page: PageT) -> None:
        """Drop what the walk before has given already."""
        primary, *others = self._paginator.results
        items = primary.get(page)
        is_cut = isinstance(items, (list, str))
        primary.set(page, items[self._skip :] if is_cut else None)
        for place in others:
            # Whatever came along was there with the walk before; but for numbers, such
            # as how many items the service has looked at for the page.
            value = place.get(page)
            if is_list(value):
                place.set(page, [])
            elif isinstance(value, str):
                place.set(page, "")
            elif not isinstance(value, (int, float)):
                place.set(page, None)

    def _measure(self, items: Any) -> int:
        return 1 if isinstance(items, (Structure, int, float)) else len(items)

    def _cut(self, items: Any, kept: int) -> Any:
        if is_list(items) or isinstance(items, str):
            return items[:kept]
        kind = type(items).__name__
        msg = f"max_items: the items are a {kind}, which cannot be cut"
        raise PaginationError(msg)

    def _show_tokens(self) -> dict[str, Any]:
        """The tokens, but for what the model calls sensitive."""
        members = schema.members(type(self.request))
        return {
            name: MASK if _is_secret(members[name].member) else to_plain(token)
            for name, token in self._tokens.items()
        }

    def _write_down(self, tokens: dict[str, Any], skip: int | None = None) -> str:
        return encode_tokens(to_plain(tokens), skip)


def _is_secret(member: schema.Member) -> bool:
    return member.sensitive or schema.may_hold_secrets(member.type)
