"""Operations: what they take and give, and where they are."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from tests.support.hostile.operation_io import list_labels
from tests.support.hostile.payload import texts
from tests.support.hostile.rule import NAMES
from tests.support.hostile.shape import Shapes
from tests.support.hostile.trait import (
    Model,
    Table,
    draw_strays,
    draw_traits,
    flags,
    namespaces,
    shared_traits,
    wire_names,
)

_METHODS = ("POST", "GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS")

#: Text that may stand in a path beside labels.
_SEGMENTS = ("/", "/a", "/a/", "//", "/a b", "/%2F", "/é", "/~", "/a+b", "/'\"")

_QUERIES = ("", "", "", "?a", "?a=b&c", "?x-id=A", "#a", "?a#b")

#: Members that `str.format` takes for mere names.
_NAME = re.compile(r"[A-Za-z_]\w*", re.ASCII)

_FLAGS = ("deprecated", "idempotent", "readonly", "unsignedPayload")


def draw_operation(
    draw: DrawFn,
    name: str,
    shapes: Shapes,
    ends: list[str],
    protocol: str,
) -> Model:
    """An operation of some name."""
    operation: Model = {"name": name}
    # One structure may be the input and the output of several operations.
    for role in ("input", "output"):
        if draw(st.integers(0, 5)):
            operation[role] = _draw_end(draw, shapes, ends, role, protocol)
    operation["http"] = _draw_http(draw, operation, shapes, protocol)
    if shapes.errors:
        errors = draw(st.lists(st.sampled_from(shapes.errors), unique=True))
        operation["errors"] = [
            {"shape": error, **draw_strays(draw, shared_traits())} for error in errors
        ]
    operation |= draw_traits(draw, "documentation", "deprecatedMessage", *_FLAGS)
    operation |= draw_strays(draw, _operation_traits())
    operation |= draw_strays(draw, _operation_traits())
    return operation | _draw_host(draw, operation, shapes)


def _draw_end(
    draw: DrawFn,
    shapes: Shapes,
    ends: list[str],
    role: str,
    protocol: str,
) -> Model:
    targets = ends if draw(st.integers(0, 2)) else [*shapes.plain, *shapes.errors]
    end = {
        "shape": draw(st.sampled_from(targets)),
        **draw_strays(draw, shared_traits()),
    }
    if protocol == "rest-xml" and draw(st.integers(0, 4)):
        end["locationName"] = draw(wire_names().filter(bool))
        end |= {"xmlNamespace": draw(namespaces())} if draw(st.booleans()) else {}
    if protocol == "query" and role == "output" and draw(st.booleans()):
        end["resultWrapper"] = f"{draw(wire_names())}Result"
    return end


def _draw_http(draw: DrawFn, operation: Model, shapes: Shapes, protocol: str) -> Model:
    if not protocol.startswith("rest-") and draw(st.integers(0, 5)):
        return {"method": "POST", "requestUri": "/"}
    path = draw(st.sampled_from(_SEGMENTS))
    given = shapes.models.get(operation.get("input", {}).get("shape"))
    for label in list_labels(given) if given else ():
        # One that stands nowhere is sent nowhere.
        if draw(st.integers(0, 9)):
            path += f"/{{{label}{draw(st.sampled_from(('', '+')))}}}"
            path += draw(st.sampled_from(("", *_SEGMENTS)))
    http: Model = {
        "method": draw(st.sampled_from(_METHODS)),
        "requestUri": path + draw(st.sampled_from(_QUERIES)),
    }
    if draw(st.booleans()):
        http["responseCode"] = draw(st.sampled_from((200, 201, 204, 301)))
    if draw(st.integers(0, 9)) == 9:
        http["authPath"] = "/"
    return http


def _draw_host(draw: DrawFn, operation: Model, shapes: Shapes) -> Model:
    """A host of its own, of which members may be parts."""
    if draw(st.integers(0, 4)) < 4:
        return {}
    given = shapes.models.get(operation.get("input", {}).get("shape"), {})
    parts = ["data-"]
    for name, member in given.get("members", {}).items():
        is_label = member.get("hostLabel") or draw(st.integers(0, 1))
        if member["shape"] == shapes.text and is_label and _NAME.fullmatch(name):
            member["hostLabel"] = True
            given["required"] = sorted({*given.get("required", ()), name})
            parts.append(f"{{{name}}}.")
    return {"endpoint": {"hostPrefix": "".join(parts)}}


@cache
def _operation_traits() -> Table:
    said: Table = {
        "requestAlgorithmMember": wire_names(),
        "requestChecksumRequired": flags(),
        "requestValidationModeMember": wire_names(),
        "responseAlgorithms": st.just(["CRC32", "SHA256"]),
    }
    whole: SearchStrategy[Model] = st.fixed_dictionaries(said)
    checksum = st.one_of(whole, st.fixed_dictionaries({}, optional=said))
    parameters = st.sampled_from(NAMES)
    return {
        "auth": _lists("aws.auth#sigv4", "smithy.api#noAuth", "aws.auth#sigv4a"),
        "authtype": st.sampled_from(("none", "v4", "v4-unsigned-body", "custom")),
        "deprecatedSince": texts(),
        "documentationUrl": texts(),
        "endpointdiscovery": st.sampled_from(
            ({}, {"required": False}, {"required": True}),
        ),
        "endpointoperation": flags(),
        "httpChecksum": checksum,
        "httpChecksumRequired": flags(),
        "operationContextParams": st.dictionaries(
            parameters,
            st.fixed_dictionaries({"path": st.sampled_from(("keys(@)", "Name", "*"))}),
            min_size=1,
            max_size=2,
        ),
        "requestcompression": st.fixed_dictionaries(
            {"encodings": _lists("gzip", "br")},
        ),
        "staticContextParams": st.dictionaries(
            parameters,
            st.fixed_dictionaries({"value": st.one_of(flags(), texts())}),
            max_size=2,
        ),
    }


def _lists(*values: str) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True)
