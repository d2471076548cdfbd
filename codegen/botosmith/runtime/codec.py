"""How the documents of a protocol travel: what the direct path knows of protocols."""

from __future__ import annotations

import json
from typing import Any, Protocol

from botosmith.runtime.write import is_map


class Unreadable(Exception):  # noqa: N818 - a signal to the caller, never shown
    """A body is no document of the protocol.

    Attributes:
        how: What is wrong with it, as it would follow `the reply`.
    """

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


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
        document = _decode(body or b"{}")
        if is_map(document):
            return document
        kind = "null" if document is None else type(document).__name__
        how = f"is JSON, but {kind} and not an object"
        raise Unreadable(how)


def _decode(body: bytes) -> Any:
    try:
        return json.loads(body.decode())
    except RecursionError:
        how = "is nested too deeply"
    except UnicodeDecodeError as error:
        how = f"is not UTF-8: {error.reason}"
    except ValueError as error:
        how = f"is not JSON: {error}"
    raise Unreadable(how)


CODECS: dict[str, Codec] = {"json": JsonCodec()}
