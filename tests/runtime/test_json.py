"""JSON: the bytes that botocore writes, and the same values by every decoder."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from botosmith.runtime import codec
from botosmith.runtime.codec import JsonCodec, Unreadable

TEXT = st.text(st.characters(codec=None))
VALUE: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)

#: What JSON is made of, and what is no JSON: pieces for documents that are nearly some.
PIECES: tuple[bytes, ...] = (
    *(b"0", b"1", b"-", b".", b"e", b"E", b"+", b"9" * 20, b"18446744073709551616"),
    *(b'"', b"\\", b"\\u", b"d83d", b"\\ude00", b"\\n", b"\n", b"\t", b" ", b"\x00"),
    *(b"{", b"}", b"[", b"]", b":", b",", b'"a":', b"{}", b"[1]", b"null", b"true"),
    *(
        b"NaN",
        b"Infinity",
        b"a",
        b"\xc3\xa9",
        b"\xff",
        b"\xed\xa0\x80",
        b"\xef\xbb\xbf",
    ),
)


def read(body: bytes) -> tuple[str, Any]:
    """What a body holds, or what is wrong with it, by the decoder in force."""
    try:
        # As text, since that tells 1 from 1.0 and True, and NaN is no NaN's equal.
        return "read", repr(JsonCodec().decode(body))
    except Unreadable as unreadable:
        return "unreadable", unreadable.how


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], tuple[Any, Any]]:
    """Reads a body with msgspec, and without."""
    fast = codec._find_decoder()
    assert fast is not None

    def read_twice(body: bytes) -> tuple[Any, Any]:
        monkeypatch.setattr(codec, "_find_decoder", lambda: fast)
        with_it = read(body)
        monkeypatch.setattr(codec, "_find_decoder", lambda: None)
        return with_it, read(body)

    return read_twice


@given(value=VALUE)
def test_documents_are_written_as_botocore_writes_them(value: Any) -> None:
    """botocore calls `json.dumps` (`botocore.serialize.JSONSerializer`)."""
    assert JsonCodec().encode(value) == json.dumps(value).encode()


def test_values_are_the_same_with_msgspec(both: Callable[[bytes], Any]) -> None:
    """Any document, escaped or not."""

    @given(value=VALUE, escaped=st.booleans())
    def check(value: Any, *, escaped: bool) -> None:
        text = json.dumps(value, ensure_ascii=escaped)
        with_it, without = both(text.encode("utf-8", "surrogatepass"))
        assert with_it == without

    check()


def test_nearly_json_is_the_same_with_msgspec(both: Callable[[bytes], Any]) -> None:
    """What is wrong is told in the same words; what is odd has the same value."""

    @given(pieces=st.lists(st.sampled_from(PIECES), max_size=7))
    @example([b'{"a":', b"1", b",", b'"a":', b"9" * 20, b"}"])
    @example([b'"', b"\\u", b"d83d", b'"'])
    @example([b"1", b"e", b"9" * 20])
    @example([b"9" * 20, b".", b"9" * 20])
    @example([b"-", b"0"])
    @example([b"NaN"])
    @example([b"[" * 100_000])
    @example([])
    def check(pieces: list[bytes]) -> None:
        with_it, without = both(b"".join(pieces))
        assert with_it == without

    check()


def test_no_msgspec_is_needed(
    monkeypatch: pytest.MonkeyPatch, both: Callable[[bytes], Any]
) -> None:
    """Without it, the standard library reads."""
    del both
    codec._find_decoder.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "msgspec", None)
    monkeypatch.setitem(__import__("sys").modules, "msgspec.json", None)
    try:
        assert codec._find_decoder() is None
        assert JsonCodec().decode(b'{"a": [1.0]}') == {"a": [1.0]}
    finally:
        codec._find_decoder.cache_clear()
