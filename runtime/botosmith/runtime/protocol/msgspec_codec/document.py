"""Documents as JSON by msgspec."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from msgspec.json import Decoder, Encoder
from msgspec.json import format as space_out

from botosmith.runtime.serde.writers import Scientific

_write = Encoder().encode

#: The value of a body. It reads to the same as `json` or not at all: it knows neither
#: NaN nor half a surrogate pair, nor numbers that are too large for a float.
decode = cast("Callable[[bytes], Any]", Decoder().decode)


def encode(document: Any) -> bytes | None:
    """The bytes of `json.dumps` for a document of wire code, or None.

    None where msgspec would write others: it does not escape what `json` does, and it
    spells some floats differently, which wire code marks (`write.Scientific`) and
    msgspec therefore refuses.
    """
    try:
        body = space_out(_write(document), indent=0)
    except Exception:  # noqa: BLE001 - whatever it cannot write, `json` may
        return None
    return body if body.isascii() and b"\x7f" not in body else None


def _is_as_known() -> bool:
    """Return whether this version of msgspec does what the module relies on."""
    return encode([Scientific(0.5)]) is None and decode(b"[1e2, %d]" % 2**70) == [
        100.0,
        2**70,
    ]


if not _is_as_known():
    msg = "this version of msgspec is not one that botosmith knows"
    raise ImportError(msg)
