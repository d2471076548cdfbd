"""Documents of protocols: how the generated serializer writes and reads bodies."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from json import JSONEncoder
from types import ModuleType
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from botosmith.runtime import schema
from botosmith.runtime.serde.depth import go_deeper, with_stack
from botosmith.runtime.serde.readers import Mismatch

if TYPE_CHECKING:
    from botosmith.runtime.objects.structure import Response, Structure

# The style of `json.dumps`: keys in the order in which they come, none left out, and
# NaN by that name.
_AS_DUMPS = (": ", ", ", False, False, True)


def _make_encoder() -> Callable[[Any], str]:
    """`json.dumps`, but for a search for circles, which no document of wire code has.

    `JSONEncoder` makes the function that does the work anew for each document.
    """
    encoder: Any = json.encoder
    if getattr(encoder, "c_make_encoder", None) is None:  # not CPython
        return JSONEncoder(check_circular=False).encode
    write = encoder.c_make_encoder(
        None, JSONEncoder().default, encoder.encode_basestring_ascii, None, *_AS_DUMPS
    )
    return lambda document: "".join(write(document, 0))


_encode = _make_encoder()


class Unreadable(Exception):  # noqa: N818 - a signal to the caller, never shown
    """A body is not a document of the protocol.

    Attributes:
        how: What is wrong with it, as it would follow `the reply`.
    """

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class Codec(Protocol):
    """Turns the documents of wire code into bodies, and bodies into documents.

    Attributes:
        content_type: What a request with a body says it is, where botocore does not.
        empty: The body that says nothing.
        from_text: Whether every number of a reply that is not whole by the model
            becomes a float, as in botocore's parser of rest-json.
        reads_by_name: Whether members of a reply go by their names in the model.
    """

    content_type: ClassVar[str | None]
    empty: ClassVar[bytes]
    from_text: ClassVar[bool]
    reads_by_name: ClassVar[bool]

    def encode(self, document: Any) -> bytes:
        """The body that carries a document."""
        ...

    def decode(self, body: bytes) -> Any:
        """Return the document that a body carries; an empty one for an empty body.

        Raises:
            Unreadable: It carries none.
        """
        ...

    def decode_literally(self, body: bytes) -> Any:
        """The same document, with a `Literal` for each number that a body has as text.

        Raises:
            Unreadable: It carries none.
        """
        ...

    def read(self, reply: type[Response], body: bytes) -> Response | None:
        """The reply that a body carries, where that takes no document; None elsewhere.

        What is wrong with a body is only told of its document.
        """
        ...


def decode_object(
    decode: Callable[[bytes], Any],
    body: bytes,
    structure: type[Structure] | None = None,
) -> dict[str, Any]:
    """Read a body whose document is an object.

    Services send null for an object without members.

    Args:
        decode: A codec's method that decodes the body.
        body: The body.
        structure: The class of what it describes; None if nothing is required of it.

    Raises:
        Unreadable: It carries no document, or one that is something else.
    """
    document = decode(body)
    if isinstance(document, dict):
        return document  # pyright: ignore[reportUnknownVariableType]
    if document is None and not _requires_members(structure):
        return {}
    kind = "null" if document is None else type(document).__name__
    how = f"is a document, but {kind} and not an object"
    raise Unreadable(how)


def _requires_members(structure: type[Structure] | None) -> bool:
    if structure is None:
        return False
    fields = schema.fields(structure)
    return any(field.required and field.member.location is None for field in fields)


class JsonCodec:
    """Bodies of the protocols json 1.0 and 1.1."""

    content_type: ClassVar[str | None] = None
    empty: ClassVar[bytes] = b""
    from_text: ClassVar[bool] = False
    reads_by_name: ClassVar[bool] = False

    def encode(self, document: Any) -> bytes:
        """The same bytes as botocore's `JSONSerializer` sends."""
        speed = _find_speed()
        body: bytes | None = None if speed is None else speed.encode(document)
        if body is not None:
            return body
        try:
            text = _encode(document)
        except RecursionError:
            text = go_deeper(_encode, document)
        return text.encode()

    def decode(self, body: bytes) -> Any:
        """Read JSON; no body at all counts as an empty object, as in botocore.

        Raises:
            Unreadable: It is not JSON.
            Mismatch: A number is too long for Python; `decode_literally` can tell.
        """
        speed = _find_speed()
        if speed is not None:
            # The standard library reads, or says what is wrong with, what it refuses.
            with suppress(Exception):
                return speed.decode(body or b"{}")
        return _decode_json(body, json.loads)

    def decode_literally(self, body: bytes) -> Any:
        """Read JSON with a `Literal` for each number.

        Raises:
            Unreadable: It is not JSON.
        """
        from botosmith.runtime.serde.literal_text import decode_literally

        return _decode_json(body, decode_literally)

    def read(self, reply: type[Response], body: bytes) -> Response | None:
        """Read JSON into an object at once, where msgspec can."""
        speed = _find_speed()
        if speed is None:
            return None
        made: Response | None = speed.REPLIES[self.from_text].read(reply, body)
        return made


def _decode_json(body: bytes, decode: Callable[[str], Any]) -> Any:
    try:
        text = body.decode()
        if not text:
            return {}
        # Blanks alone count as null, which `decode_object` reads.
        return None if text.isspace() else with_stack(decode, text)
    except RecursionError:
        how = "is nested too deeply"
    except UnicodeDecodeError as error:
        how = f"is not UTF-8: {error.reason}"
    except json.JSONDecodeError as error:
        how = f"is not JSON: {error}"
    except ValueError:  # Python limits the digits of what becomes an int
        raise Mismatch from None
    raise Unreadable(how)


@cache
def _find_speed() -> ModuleType | None:
    """Return the module that uses msgspec, if `botosmith[speed]` has brought it."""
    try:
        from botosmith.runtime.protocol import msgspec_codec
    except Exception:  # noqa: BLE001 - however that fails, nobody needs it
        return None
    return msgspec_codec


class RestJsonCodec(JsonCodec):
    """Bodies of the protocol rest-json."""

    content_type: ClassVar[str | None] = "application/json"
    from_text: ClassVar[bool] = True


class CborCodec:
    """Bodies of the protocol smithy-rpc-v2-cbor."""

    content_type: ClassVar[str | None] = "application/cbor"
    empty: ClassVar[bytes] = b"\xa0"
    from_text: ClassVar[bool] = False
    # `botocore.parsers.BaseRpcV2Parser` has it so, whatever requests are written by.
    reads_by_name: ClassVar[bool] = True

    def encode(self, document: Any) -> bytes:
        """The same bytes as botocore's `CBORSerializer` sends."""
        from botosmith.runtime.protocol import cbor

        return cbor.encode(document)

    def decode(self, body: bytes) -> Any:
        """Read CBOR; no body at all counts as an empty map, as in botocore."""
        from botosmith.runtime.protocol import cbor

        try:
            return cbor.decode(body) if body else {}
        except RecursionError:
            how = "is nested too deeply"
        except UnicodeDecodeError as error:
            # Without the error's own text, which shows bytes of the value.
            how = f"is not CBOR: a text is not UTF-8: {error.reason}"
        except ValueError as error:
            how = f"is not CBOR: {error}"
        raise Unreadable(how)

    def decode_literally(self, body: bytes) -> Any:
        """Read CBOR, whose numbers are not text."""
        return self.decode(body)

    def read(self, reply: type[Response], body: bytes) -> Response | None:
        """CBOR is always a document first."""
        del reply, body
        return None


#: The protocols that generated wire code speaks.
CODECS: dict[str, Codec] = {
    "json": JsonCodec(),
    "rest-json": RestJsonCodec(),
    "smithy-rpc-v2-cbor": CborCodec(),
}
