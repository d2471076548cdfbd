"""Names that clash: with Python, with generated modules, with each other."""

from __future__ import annotations

import builtins
import keyword
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.support.hostile.payload import PAYLOADS

_PYTHON = (
    *keyword.kwlist,
    *keyword.softkwlist,
    *(name for name in dir(builtins) if not name.startswith("_")),
    "self",
    "cls",
    "mro",
    "__init__",
    "__class__",
    "__dict__",
    "__slots__",
    "__getattr__",
    "__annotations__",
    "__all__",
    "__debug__",
    "__future__",
    "_",
    "__",
)

#: Names that generated modules use, or may use one day.
_GENERATED = (
    "Any",
    "BaseClient",
    "Client",
    "AsyncBaseClient",
    "AsyncClient",
    "EventStream",
    "Functions",
    "Iterable",
    "Mapping",
    "OPERATIONS",
    "API_VERSION",
    "BOTOCORE_VERSION",
    "OpenEnum",
    "Operation",
    "Request",
    "RequestBody",
    "Response",
    "Self",
    "Sequence",
    "ServiceError",
    "StreamingBody",
    "Structure",
    "TYPE_CHECKING",
    "Union",
    "Unknown",
    "annotations",
    "async_client",
    "asynchronous",
    "args",
    "attrs",
    "body",
    "botosmith",
    "client",
    "code",
    "data",
    "datetime",
    "define",
    "errors",
    "evolve",
    "exceptions",
    "field",
    "from_boto3",
    "get",
    "headers",
    "is_known",
    "item",
    "key",
    "made",
    "message",
    "name",
    "op",
    "operation",
    "operations",
    "payload",
    "readers",
    "response",
    "response_metadata",
    "schema",
    "sdk_unknown_member",
    "send",
    "shape",
    "shapes",
    "status",
    "stream",
    "to_boto3",
    "unknown",
    "validate",
    "value",
    "warn_deprecated",
    "writers",
    "_fields",
    "_from_wire",
    "_is_plain",
    "_protocol",
    "_read",
    "_service",
    "_to_envelope",
    "_to_wire",
    "__attrs_attrs__",
    "__attrs_init__",
    "__match_args__",
    "__type",
    "__weakref__",
)

#: Names that a file cannot well have, here or elsewhere.
_FILES = ("..", "../../x", "/x", "a/b", "C:\\x", "con", "NUL", ".hidden", "x" * 150)

#: Names beyond ASCII, or otherwise not identifiers; Python normalises some.
_ODD = (
    *("1", "1st", "2FA", "é", "Ж", "日本", "ﬁ", "K", "ß", "İ"),
    *("a b", "a-b", "a.b", "a$b", "a[0]", "class_", "A" * 40),
    *("!", "--", "...", "$", "{}", "?&=", ""),
)

_PLAIN = ("Widget", "WidgetId", "KMSKeyId", "MemorySizeInMB", "Tags", "Name")

#: Hypothesis shrinks to the first.
_POOLS = (_PLAIN, _PYTHON, _GENERATED, _FILES, _ODD, tuple(filter(None, PAYLOADS)))


@st.composite
def name_lists(draw: DrawFn, least: int, most: int) -> list[str]:
    """Different names, many of which clash once they are in snake_case."""
    names: dict[str, None] = {}
    for _ in range(draw(st.integers(least, most))):
        varied = draw(st.integers(0, len(names)))
        if varied:
            name = draw(st.sampled_from(_vary([*names][varied - 1])))
        else:
            name = draw(names_alone())
        # One that is there already is numbered, so that there are as many as drawn.
        names[name if name not in names else f"{name}{len(names)}"] = None
    return [*names]


@cache
def names_alone() -> SearchStrategy[str]:
    """Names, each kind as often as the others."""
    return st.one_of([st.sampled_from(pool) for pool in _POOLS])


def _vary(name: str) -> list[str]:
    """Names that are hard to tell from a name: `FooBar`, `fooBar`, `foo_bar`, ..."""
    spread = "".join(f"_{char.lower()}" if char.isupper() else char for char in name)
    joined = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    return [
        name.lower(),
        name.upper(),
        name.swapcase(),
        name[:1].swapcase() + name[1:],
        spread.removeprefix("_"),
        joined or f"{name}_",
        f"{name}_",
        f"_{name}",
        f"{name}2",
        f"{name}_2",
        f"{name}Request",
        f"{name}Response",
        f"{name}Error",
    ]
