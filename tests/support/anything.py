"""Values drawn without regard for what a member may hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import strategies as st

EARLIEST, LATEST = datetime(1000, 1, 2), datetime(9999, 12, 30)  # noqa: DTZ001
MOMENTS = st.datetimes(
    EARLIEST,
    LATEST,
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=5))]),
)

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-2, 1_002)
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(max_size=70)
    | st.sampled_from(["free", "2015-01-01T00:00:00Z", "NaN", "aGk=", "", "a" * 65])
    | st.binary(max_size=4)
    | MOMENTS
    | st.datetimes()
    | st.builds(object)
)

ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3)
    | st.tuples(inner)
    | st.dictionaries(st.text(max_size=3) | st.integers(), inner, max_size=3),
    max_leaves=6,
)
