"""Numbers, moments, bytes and free JSON, each with its edge values."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from botosmith.testing.wire import EPOCH

#: The ranges of botocore's types, where the model has none of its own.
_RANGES = {"integer": 2**31, "long": 2**63}

#: The length of a blob beyond its minimum.
_BYTES = 8

_SECOND = timedelta(seconds=1)
_MICROSECOND = timedelta(microseconds=1)

_FIRST = datetime(1, 1, 1, tzinfo=UTC)
#: Years before that have no fourth digit in the texts that botocore writes.
_FIRST_TEXT = datetime(1000, 1, 1, tzinfo=UTC)
#: The last moment whose number of seconds, as a float, is still in the year 9999.
_LAST = datetime(9999, 12, 31, 23, 59, 59, 999969, UTC)

_MOMENTS = (
    EPOCH,
    EPOCH - _MICROSECOND,
    EPOCH + timedelta(seconds=1, microseconds=3691),
    datetime(2015, 1, 1, 12, 30, 0, 500000, UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    _FIRST,
    _FIRST_TEXT,
    _LAST.replace(microsecond=0),
)


@cache
def integers(
    kind: str, minimum: float | None, maximum: float | None
) -> SearchStrategy[int]:
    """Whole numbers of the type `integer` (32 bits) or `long` (64 bits)."""
    limit = _RANGES[kind]
    least = -limit if minimum is None else math.ceil(minimum)
    most = max(limit - 1, least) if maximum is None else math.floor(maximum)
    edges = (0, 1, -1, least, most, 2**53 + 1)
    return _with_edges(
        st.integers(least, most), [edge for edge in edges if least <= edge <= most]
    )


@cache
def floats(
    minimum: float | None, maximum: float | None, *, non_finite: bool = False
) -> SearchStrategy[float]:
    """Numbers, some of them whole, -0.0 and as ints among them."""
    least = -math.inf if minimum is None else minimum
    most = math.inf if maximum is None else maximum
    edges = (0.0, -0.0, 0, 1, 1.0, -1.5, 0.1, 3.0, 1e300, 5e-324, least, most)
    finite = [edge for edge in edges if least <= edge <= most and math.isfinite(edge)]
    if non_finite:
        finite += [edge for edge in (math.inf, -math.inf) if least <= edge <= most]
        finite.append(math.nan)
    drawn = st.floats(minimum, maximum, allow_nan=False, allow_infinity=False)
    return _with_edges(drawn, finite)


@cache
def timestamps(form: str) -> SearchStrategy[datetime]:
    """Aware moments in UTC that a wire format keeps as they are.

    Args:
        form: `unixtimestamp`, `iso8601` or `rfc822`. The first has microseconds as
            long as a float can tell them apart, the last has whole seconds.
    """
    first = _FIRST if form == "unixtimestamp" else _FIRST_TEXT
    last = _LAST
    seconds = st.integers((first - EPOCH) // _SECOND, (last - EPOCH) // _SECOND)
    moments = seconds.map(lambda count: EPOCH + count * _SECOND)
    edges = [moment for moment in _MOMENTS if moment >= first]
    if form == "rfc822":
        return _with_edges(moments, [edge for edge in edges if not edge.microsecond])
    ticks = st.integers((first - EPOCH) // _MICROSECOND, (last - EPOCH) // _MICROSECOND)
    return st.one_of(moments, ticks.map(_from_ticks), st.sampled_from(edges))


@cache
def blobs(minimum: int, maximum: int | None) -> SearchStrategy[bytes]:
    """Bytes, few more than the minimum."""
    most = minimum + _BYTES if maximum is None else min(maximum, minimum + _BYTES)
    return st.binary(min_size=minimum, max_size=most)


@cache
def json_values() -> SearchStrategy[Any]:
    """Any JSON value but null, for members whose shape is a document."""
    leaves = st.one_of(
        st.booleans(), integers("long", None, None), floats(None, None), st.text()
    )
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.text(max_size=5), inner, max_size=3),
        ),
        max_leaves=5,
    )


def _from_ticks(count: int) -> datetime:
    # Through a float and back, as a service's clock would see it.
    return EPOCH + timedelta(seconds=count / 10**6)


def _with_edges(drawn: SearchStrategy[Any], edges: list[Any]) -> SearchStrategy[Any]:
    return st.one_of(drawn, st.sampled_from(edges)) if edges else drawn
