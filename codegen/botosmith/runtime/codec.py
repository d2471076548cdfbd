"""How the documents of a protocol travel: what the direct path knows of protocols."""

from __future__ import annotations

import json
from typing import Any, Protocol


class Unreadable(Exception):  # noqa: N818 - a signal to the caller, never shown
    """A body is not a document of the protocol; the text says how."""


class Codec(Protocol):
    """Turns the documents of wire code into bodies, and bodies into documents."""

    def encode(self, document: dict[str, Any]) -> bytes:
        """The body that carries a document."""
        ...

    def decode(self, body: bytes) -> dict[str, Any]:
        """The document that a body carries.

        Raises:
            Unreadable: It carries none.
        """
        ...


class JsonCodec:
    """Bodies of the protocols json 1.0 and 1.1."""

    def encode(self, document: dict[str, Any]) -> bytes:
        """The same bytes as botocore's `JSONSerializer` sends."""
        return json.dumps(document).encode()

    def decode(self, body: bytes) -> dict[str, Any]:
        """Read a JSON object; no body at all counts as an empty one, as in botocore."""
        if not body:
            return {}
        try:
            document = json.loads(body.decode())
        except RecursionError:
            raise Unreadable("is nested too deeply") from None
        except UnicodeDecodeError as error:
            raise Unreadable(f"is not UTF-8: {error.reason}") from None
        except ValueError as error:
            raise Unreadable(f"is not JSON: {error}") from None
        if type(document) is not dict:
            kind = "null" if document is None else type(document).__name__
            raise Unreadable(f"is JSON, but {kind} and not an object")
        return document


CODECS: dict[str, Codec] = {"json": JsonCodec()}
