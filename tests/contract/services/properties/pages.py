"""Property: from page to page we go as botocore's own paginators do."""

from __future__ import annotations

import copy
import inspect
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from attrs import define, field, frozen
from botocore.exceptions import DataNotFoundError
from botocore.loaders import Loader
from botocore.paginate import Paginator
from botocore.utils import set_value_from_jmespath
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.contract.services.properties.compare import same
from tests.contract.services.properties.effort import Effort
from tests.contract.services.properties.subject import Subject

from botosmith.runtime import BaseClient, from_boto3, schema, to_boto3
from botosmith.runtime.serde.convert import to_plain
from botosmith.testing.strategies import Options, outputs

Page = dict[str, Any]

#: Replies are small: what is in the items is nothing to a paginator.
_SMALL = Options(items=3, depth=1, recursion=1)

#: Tokens of replies, most of them tokens of another page.
_TOKENS = ("a", "b", "c", "d", "a", "b", "c", "", None, "None")

_MOST_PAGES = 4


class OverError(Exception):
    """A page was asked for after the last one."""


@cache
def _read_paginators(service: str) -> Mapping[str, Any]:
    try:
        source: Any = Loader().load_service_model(service, "paginators-1")
    except DataNotFoundError:
        return {}
    paginators: Mapping[str, Any] = source["pagination"]
    return paginators


def check_pages(
    subject: Subject, effort: Effort, name: str, counts: Counter[str]
) -> None:
    """Draw the pages of an operation, and go through them in both ways."""
    config = _read_paginators(subject.name).get(name)
    function = subject.package.OPERATIONS[name].function.__name__
    paginate = getattr(subject.package, f"paginate_{function}", None)
    if config is None and paginate is None:
        return
    assert paginate is not None, f"there are no pages of {name}"
    module = import_module(paginate.__module__)
    counts["paginators"] += 1
    if config is None:
        counts["inferred paginators"] += 1
        config = {
            key: value for key, value in _describe(module._PAGINATOR).items() if value
        }
    else:
        same(
            _describe(module._PAGINATOR), _complete(config), f"the paginator of {name}"
        )
    rivals = _Rivals(subject, name, config, paginate)

    @effort.settings()
    @given(_walks(rivals))
    def check(walk: _Walk) -> None:
        counts["walks"] += 1
        rivals.compare(walk)

    check()


def _describe(paginator: Any) -> dict[str, Any]:
    return {
        "input_token": list(paginator.input_token),
        "output_token": list(paginator.output_token),
        "result_key": list(paginator.result_key),
        "limit_key": paginator.limit_key,
        "more_results": paginator.more_results,
        "non_aggregate_keys": list(paginator.non_aggregate_keys),
    }


def _complete(config: Mapping[str, Any]) -> dict[str, Any]:
    """A paginator's JSON with all its keys, each in the longer form."""
    return {
        **{
            key: _listed(config.get(key, ()))
            for key in ("input_token", "output_token", "result_key")
        },
        "limit_key": config.get("limit_key"),
        "more_results": config.get("more_results"),
        "non_aggregate_keys": _listed(config.get("non_aggregate_keys", ())),
    }


def _listed(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


@frozen
class _Walk:
    """The arguments, and the replies in their order."""

    pages: tuple[Page, ...]
    page_size: int | None
    max_items: int | None
    resume_token: str | None


@define
class _Course:
    """The course of a walk: what was asked for, what came, and how it ended."""

    asked: list[Any] = field(factory=list[Any])
    pages: list[Page] = field(factory=list[Page])
    end: str = ""
    resume_token: str | None = None


@frozen
class _Rivals:
    """botocore's paginator of an operation, and ours."""

    subject: Subject
    name: str
    config: Mapping[str, Any]
    paginate: Callable[..., Any]

    @property
    def parameters(self) -> dict[str, Any]:
        """The least that the operation takes, but for what the walk sets."""
        ours = {*_listed(self.config["input_token"])}
        if self.takes_size:
            ours.add(self.config["limit_key"])
        least = self.subject.least_parameters(self.name)
        return {name: value for name, value in least.items() if name not in ours}

    @property
    def takes_size(self) -> bool:
        """Return whether pages have a size that is not a required parameter."""
        shape: Any = self.subject.operation(self.name).input_shape
        limit = self.config.get("limit_key")
        return limit is not None and limit not in shape.required_members

    @property
    def result_types(self) -> list[str]:
        """The types of what the pages have of results."""
        return [self._find_type(key) for key in _listed(self.config["result_key"])]

    def _find_type(self, expression: str) -> str:
        shape: Any = self.subject.operation(self.name).output_shape
        for name in expression.split("."):
            shape = shape.members[name]
        return str(shape.type_name)

    def compare(self, walk: _Walk) -> None:
        """Go through pages by both, and see that all is the same."""
        theirs = self._walk_theirs(walk)
        ours, items = self._walk_ours(walk)
        same(ours.asked, theirs.asked, "what is asked for")
        same(ours.pages, theirs.pages, "the pages")
        same(ours.end, self._mask(theirs.end), "the end")
        same(ours.resume_token, theirs.resume_token, "the token to go on with")
        if not theirs.end:
            self._compare_items(walk, items)
            self._compare_whole(walk)

    def _mask(self, end: str) -> str:
        """Return botocore's words on a token, without a secret one."""
        kind = self.subject.package.OPERATIONS[self.name].request
        secret = [
            one.member.name for one in schema.fields(kind) if one.member.sensitive
        ]
        for name in secret:
            end = re.sub(rf"'{re.escape(name)}': '[^']*'", f"'{name}': '***'", end)
        return end

    def _walk_theirs(self, walk: _Walk) -> _Course:
        course, iterator = self._open_theirs(walk)
        try:
            course.pages += [_tidy(page) for page in iterator]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is compared
            course.end = str(error)
        course.resume_token = iterator.resume_token
        return course

    def _open_theirs(self, walk: _Walk) -> tuple[_Course, Any]:
        course = _Course()
        pages = iter(copy.deepcopy(walk.pages))

        def call(**parameters: Any) -> Page:
            course.asked.append(copy.deepcopy(parameters))
            return _next(pages)

        kind: Any = Paginator
        paginator = kind(call, self.config, self.subject.operation(self.name))
        limits = {
            "PageSize": walk.page_size,
            "MaxItems": walk.max_items,
            "StartingToken": walk.resume_token,
        }
        return course, paginator.paginate(**self.parameters, PaginationConfig=limits)

    def _walk_ours(self, walk: _Walk) -> tuple[_Course, list[Any]]:
        course, pages = self._open_ours(walk)
        items: list[Any] = []
        try:
            course.pages += [_tidy(to_boto3(page)) for page in pages]
        except Exception as error:  # noqa: BLE001 - whatever it is, it is compared
            course.end = str(error)
            course.resume_token = pages.resume_token
            return course, items
        course.resume_token = pages.resume_token
        _, pages = self._open_ours(walk)
        items += pages.items()
        return course, items

    def _open_ours(self, walk: _Walk) -> tuple[_Course, Any]:
        operation = self.subject.package.OPERATIONS[self.name]
        course, client = _Course(), _Client(operation.response, walk.pages)
        course.asked = client.asked
        request = from_boto3(operation.request, self.parameters)
        arguments = {
            name: value
            for name in request._attribute_names()
            if (value := getattr(request, name)) is not None
        }
        if walk.page_size is not None:
            arguments[_find_parameter(self.paginate, "page_size")] = walk.page_size
        arguments[_find_parameter(self.paginate, "max_items")] = walk.max_items
        arguments[_find_parameter(self.paginate, "resume_token")] = walk.resume_token
        return course, self.paginate(client, **arguments)

    def _compare_items(self, walk: _Walk, items: list[Any]) -> None:
        _, iterator = self._open_theirs(walk)
        theirs = list(iterator.result_key_iters()[0])
        match self.result_types[0]:
            case "structure":
                return
            case "map":
                same([key for key, _ in items], theirs, "the keys")
            case _:
                same(to_plain(items), theirs, "the items")

    def _compare_whole(self, walk: _Walk) -> None:
        if {"map", "structure"} & {*self.result_types}:
            return  # of which botocore keeps those of the first page
        _, iterator = self._open_theirs(walk)
        theirs = iterator.build_full_result()
        if iterator.resume_token is not None:
            del theirs["NextToken"]
        _, pages = self._open_ours(walk)
        ours = to_boto3(pages.build_full_result())
        same(_tidy(ours), _tidy(theirs), "the whole")


@st.composite
def _walks(draw: DrawFn, rivals: _Rivals) -> _Walk:
    """Pages of which most lead on."""
    subject = rivals.subject
    operation = subject.operation(rivals.name)
    protocol = subject.model.resolved_protocol
    count = draw(st.integers(1, _MOST_PAGES))
    shape: Any = operation.output_shape
    drawn = outputs(shape, protocol, _SMALL)
    pages = [draw(drawn) for _ in range(count)]
    for number, page in enumerate(pages):
        is_last = number == count - 1
        _lead_on(draw, page, rivals, None if is_last else number)
    can_be_cut = not {"map", "structure", "integer"} & {rivals.result_types[0]}
    tokens = st.sampled_from((None, None, "a", "x___2", "None___1"))
    return _Walk(
        pages=tuple(pages),
        page_size=draw(st.sampled_from((None, 2))) if rivals.takes_size else None,
        max_items=draw(st.none() | st.integers(0, 8)) if can_be_cut else None,
        resume_token=draw(tokens) if _takes_text(rivals) else None,
    )


def _takes_text(rivals: _Rivals) -> bool:
    """Return whether any text may be a token to begin with."""
    shape: Any = rivals.subject.operation(rivals.name).input_shape
    names = _listed(rivals.config["input_token"])
    return len(names) == 1 and shape.members[names[0]].type_name == "string"


def _lead_on(draw: DrawFn, page: Page, rivals: _Rivals, number: int | None) -> None:
    """Give a page tokens, or none where it is the last."""
    config = rivals.config
    for expression in _listed(config["output_token"]):
        place = expression.partition(" ")[0]
        if "[" in place:
            continue
        if rivals._find_type(place) == "string":
            token = None if number is None else draw(st.sampled_from(_tokens(number)))
            set_value_from_jmespath(page, place, token)
        elif number is None:
            set_value_from_jmespath(page, place, None)
    if more := config.get("more_results"):
        is_more = number is not None and draw(st.sampled_from((True, True, False)))
        set_value_from_jmespath(page, more, is_more)
    _drop_nothing(page)


def _tokens(number: int) -> tuple[str | None, ...]:
    """A token of its own, most often; else that of the page before, or none."""
    odd = ("None",) if number == 0 else (f"t{number - 1}",)
    return (*(f"t{number}" for _ in range(6)), *odd, "", None)


class _Client:
    """Stands in for a client: gives one page after the other."""

    _paginate = BaseClient._paginate

    def __init__(self, response: type[Any], pages: Sequence[Page]) -> None:
        self.asked: list[Any] = []
        self._response = response
        self._pages = iter(copy.deepcopy(pages))

    def send(self, request: Any) -> Any:
        """Give the next page."""
        self.asked.append(to_boto3(request))
        return from_boto3(self._response, _next(self._pages))


def _next(pages: Any) -> Page:
    for page in pages:
        return dict(page)
    raise OverError


def _find_parameter(function: Any, name: str) -> str:
    """Return a function's name for a limit that the operation has, too."""
    names = inspect.signature(function).parameters
    return f"{name}_" if f"{name}_" in names else name


def _tidy(value: Any) -> Any:
    """A page without what is None, which is as good as not there."""
    if isinstance(value, dict):
        return {
            key: _tidy(item)
            for key, item in value.items()
            if item is not None and key != "ResponseMetadata"
        }
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    return value


def _drop_nothing(page: Page) -> None:
    for key in [key for key, value in page.items() if value is None]:
        del page[key]
