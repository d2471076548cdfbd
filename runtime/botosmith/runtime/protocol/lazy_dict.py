"""Dictionaries that botocore's hooks can use, made only when one of them does.

botocore hands the parameters and the parsed reply of every call to its event handlers.
Few look at them. A `LazyDict` stands for the object that is sent or was received: it
becomes that object's `to_boto3` form the first time that anybody looks at it, by
whatever operation of a dictionary. When it has been changed by then, the object is
made anew from it; when not, the object itself goes on and nothing was converted.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from botosmith.runtime import schema
from botosmith.runtime.objects.metadata import METADATA_KEY
from botosmith.runtime.objects.structure import Request, Response
from botosmith.runtime.serde.convert import to_boto3
from botosmith.runtime.serde.depth import with_stack

# botocore looks for it in every reply.
ERROR_KEY = "Error"

# The attribute of a member of that name, also where others have to be told from it.
_ERROR_ATTRIBUTE = re.compile(r"error(_\d*)?")

# The member's location in a request, outside the body.
_AROUND = frozenset({"header", "querystring", "uri"})

# The methods of dictionaries, past what a lazy one puts before them.
RAW: Any = dict


class LazyDict(dict[Any, Any]):
    """A dictionary that is filled when it is first looked at."""

    _is_filled = False

    def __init__(self) -> None:
        # Never empty, or C code such as json's takes it to be empty without asking.
        RAW.__setitem__(self, None, None)

    def _content(self) -> dict[str, Any]:
        raise NotImplementedError

    def fill(self) -> None:
        """Put the content in, the first time that this is called."""
        if not self._is_filled:
            self._is_filled = True
            content = self._content()
            RAW.clear(self)
            RAW.update(self, content)

    def is_changed(self) -> bool:
        """Return whether the contents have been changed."""
        if not self._is_filled:
            return False
        return bool(with_stack(operator.ne, dict(self), self._content()))

    def __reduce_ex__(self, protocol: Any) -> tuple[Any, ...]:
        # Copies and pickles are plain dictionaries.
        return dict, (dict(self),)


def _filling(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def call(self: LazyDict, *args: Any, **kwargs: Any) -> Any:
        self.fill()
        return method(self, *args, **kwargs)

    return call


# All that a dictionary can do, also what later versions of Python add.
_UNTOUCHED = {"__new__", "__init__", "__getattribute__", "__doc__", "__hash__"}
for _name, _method in vars(dict).items():
    if _name not in {*_UNTOUCHED, "__class_getitem__", "fromkeys", "__sizeof__"}:
        setattr(LazyDict, _name, _filling(_method))


class LazyParameters(LazyDict):
    """The parameters of a call.

    Attributes:
        request: The request object.
        document: What its wire code made of it.
        envelope: What botocore is to write around that.
    """

    def __init__(
        self,
        request: Request[Any],
        document: dict[str, Any],
        envelope: dict[str, Any],
    ) -> None:
        super().__init__()
        self.request = request
        self.document = document
        self.envelope = envelope
        self._added: dict[str, str] = {}

    def fill_in(self, member: schema.Member, make: Callable[[], str]) -> None:
        """Give a member a value that is made for it, if it has none."""
        is_around = member.location in _AROUND
        place, name = (
            (self.envelope, member.name)
            if is_around
            else (self.document, member.wire_name)
        )
        is_given = member.name in self if self._is_filled else name in place
        if is_given:
            return
        place[name] = self._added[member.name] = made = make()
        if self._is_filled:
            RAW.__setitem__(self, member.name, made)

    def _content(self) -> dict[str, Any]:
        return {**to_boto3(self.request), **self._added}


class LazyReply(LazyDict):
    """The parsed reply of a call, which really holds its `ResponseMetadata`.

    botocore looks at that, and for an error, in every reply; neither fills it.

    Attributes:
        response: The reply object.
        metadata: botocore's facts about the exchange; its retry handlers add to them.
    """

    def __init__(self, response: Response, metadata: dict[str, Any]) -> None:
        super().__init__()
        self.response = response
        self.metadata = metadata
        RAW.__setitem__(self, METADATA_KEY, metadata)

    def _content(self) -> dict[str, Any]:
        return {**to_boto3(self.response), METADATA_KEY: self.metadata}

    def _is_settled(self, key: object) -> bool:
        """Return whether a look at this key needs no filling."""
        if self._is_filled:
            return True
        if key == ERROR_KEY:
            return not _has_error_member(type(self.response))
        return key == METADATA_KEY

    def __getitem__(self, key: Any) -> Any:
        if not self._is_settled(key):
            self.fill()
        return RAW.__getitem__(self, key)

    def __contains__(self, key: object) -> bool:
        if not self._is_settled(key):
            self.fill()
        found: bool = RAW.__contains__(self, key)
        return found

    def get(self, key: Any, default: Any = None) -> Any:
        """Look a key up, without filling for the keys that botocore asks for."""
        if not self._is_settled(key):
            self.fill()
        return RAW.get(self, key, default)

    def setdefault(self, key: Any, default: Any = None) -> Any:
        """Look a key up as `get` does, and add it when it is not there."""
        if not (key == METADATA_KEY and self._is_settled(key)):
            self.fill()
        return RAW.setdefault(self, key, default)

    def update(self, *args: Any, **kwargs: Any) -> None:
        """Add entries; botocore does so with every reply, most often with none."""
        added = dict(*args, **kwargs)
        if added:
            self.fill()
            RAW.update(self, added)


@cache
def _has_error_member(response: type[Response]) -> bool:
    # Hardly any reply has an attribute that may be this member's.
    if not any(map(_ERROR_ATTRIBUTE.fullmatch, response._attribute_names())):
        return False
    return any(field.member.name == ERROR_KEY for field in schema.fields(response))
