"""Documents as JSON by msgspec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from msgspec.json import Decoder, Encoder
from msgspec.json import format as space_out

_write = Encoder().encode

#: The value of a body. It reads to the same as `json` or not at all: it knows neither
#: NaN nor half a surrogate pair, nor numbers that are too large for a float.
decode = cast("Callable[[bytes], Any]", Decoder().decode)


def encode(document: Any) -> bytes | None:
    """The bytes of `json.dumps`, or None where msgspec would write others.

    It refuses the floats that it spells in another way (`write.Scientific`) as it does
    every subclass of a number, and it leaves as it is what `json` escapes.
    """
    try:
        body = space_out(_write(document), indent=0)
    except Exception:  # noqa: BLE001 - whatever it cannot write, `json` may
        return None
    return body if body.isascii() and b"\x7f" not in body else None
