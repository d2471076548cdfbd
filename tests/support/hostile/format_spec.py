"""The JSON type of each key of a service model, so far as botocore looks at it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import Factory, frozen

#: The kinds of JSON values.
TEXT = frozenset({"string"})
FLAG = frozenset({"boolean"})
NUMBER = frozenset({"number"})

#: A place in a model: keys, and indexes of arrays.
Path = tuple[str | int, ...]


@frozen
class Spec:
    """A value that a place in a model may hold.

    Attributes:
        kinds: The kinds of its values.
        keys: What the keys of an object hold; others may hold anything.
        each: What every key of an object holds, or every item of an array.
    """

    kinds: frozenset[str]
    keys: Mapping[str, Spec] = Factory(dict[str, "Spec"])
    each: Spec | None = None

    def walk(
        self, value: Any, path: Path = (), sort: Path = ()
    ) -> Iterator[ModelLocation]:
        """Each place within a value of which something is known."""
        yield ModelLocation(path, sort, self)
        # A decoded JSON value is Any, whatever has been found out of it.
        untyped: Any = value
        inner: list[tuple[str | int, Any]] = []
        if isinstance(value, dict):
            inner = [*untyped.items()]
        elif isinstance(value, list):
            inner = [*enumerate(untyped)]
        for key, item in inner:
            found = self.each or self.keys.get(str(key))
            if found is not None:
                step = "*" if self.each else key
                yield from found.walk(item, (*path, key), (*sort, step))


@frozen
class ModelLocation:
    """A place in a model.

    Attributes:
        path: Where it is.
        sort: The same, without the names that the model itself gives.
        spec: What may stand there.
    """

    path: Path
    sort: Path
    spec: Spec


def name_kind(value: Any) -> str:
    """The kind of a JSON value; a number that is none is of no kind."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number" if math.isfinite(value) else "not finite"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _all(spec: Spec, names: str) -> dict[str, Spec]:
    return dict.fromkeys(names.split(), spec)


def _object(**keys: Spec) -> Spec:
    return Spec(frozenset({"object"}), keys)


def _each(spec: Spec) -> Spec:
    return Spec(frozenset({"object"}), each=spec)


def _many(spec: Spec) -> Spec:
    return Spec(frozenset({"array"}), each=spec)


_TEXT, _FLAG, _NUMBER = Spec(TEXT), Spec(FLAG), Spec(NUMBER)
_TEXTS = _many(_TEXT)
_ANY_OBJECT = _object()

#: Keys of a shape, and of any use of one.
_TRAITS: Mapping[str, Spec] = {
    **_all(
        _TEXT,
        "deprecatedMessage deprecatedSince documentation location locationName"
        " pattern payload queryName resultWrapper shape timestampFormat type",
    ),
    **_all(
        _FLAG,
        "box deprecated document endpointdiscoveryid event eventheader eventpayload"
        " eventstream exception fault flattened hostLabel idempotencyToken jsonvalue"
        " requiresLength sensitive sparse streaming synthetic union wrapper"
        " xmlAttribute",
    ),
    **_all(_NUMBER, "max min"),
    **_all(_TEXTS, "enum required xmlOrder"),
    "contextParam": _object(name=_TEXT),
    "error": _object(code=_TEXT, httpStatusCode=_NUMBER, senderFault=_FLAG),
    "retryable": _object(throttling=_FLAG),
    "xmlNamespace": Spec(
        frozenset({"object", "string"}),
        {"prefix": _TEXT, "uri": _TEXT},
    ),
}

_USE = _object(**_TRAITS)

_SHAPE = _object(**_TRAITS, **_all(_USE, "key member value"), members=_each(_USE))

_OPERATION = _object(
    **_all(
        _TEXT,
        "authtype deprecatedMessage deprecatedSince documentation documentationUrl"
        " name",
    ),
    **_all(
        _FLAG,
        "deprecated endpointoperation httpChecksumRequired idempotent readonly"
        " unsignedPayload",
    ),
    **_all(_USE, "input output"),
    auth=_TEXTS,
    endpoint=_object(hostPrefix=_TEXT),
    endpointdiscovery=_object(required=_FLAG),
    errors=_many(_USE),
    http=_object(authPath=_TEXT, method=_TEXT, requestUri=_TEXT, responseCode=_NUMBER),
    httpChecksum=_object(
        requestAlgorithmMember=_TEXT,
        requestChecksumRequired=_FLAG,
        requestValidationModeMember=_TEXT,
        responseAlgorithms=_TEXTS,
    ),
    operationContextParams=_each(_object(path=_TEXT)),
    requestcompression=_object(encodings=_TEXTS),
    staticContextParams=_each(_object()),
)

_METADATA = _object(
    **_all(
        _TEXT,
        "apiVersion checksumFormat endpointPrefix globalEndpoint jsonVersion protocol"
        " ripServiceName serviceAbbreviation serviceFullName serviceId"
        " signatureVersion signingName targetPrefix uid xmlNamespace",
    ),
    auth=_TEXTS,
    awsQueryCompatible=_ANY_OBJECT,
    protocols=_TEXTS,
    protocolSettings=_ANY_OBJECT,
)

MODEL = _object(
    **_all(_TEXT, "deprecatedMessage documentation version"),
    clientContextParams=_each(_object(documentation=_TEXT, type=_TEXT)),
    deprecated=_FLAG,
    metadata=_METADATA,
    operations=_each(_OPERATION),
    shapes=_each(_SHAPE),
)
