"""The metadata of a service."""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from tests.support.hostile.payload import documentation, texts
from tests.support.hostile.trait import Model, Table, draw_strays, flags

#: In botocore's order: of the protocols that a service has, it takes the first.
PROTOCOLS = (
    *("json", "rest-json", "rest-xml", "smithy-rpc-v2-cbor", "query"),
    "ec2",
)

XML_PROTOCOLS = frozenset({"ec2", "query", "rest-xml"})

#: Keys that a service needs so that botocore makes a client of it.
_METADATA = {
    "apiVersion": "2024-03-01",
    "endpointPrefix": "hostile",
    "serviceId": "Hostile",
    "signatureVersion": "v4",
    "signingName": "hostile",
    "uid": "hostile-2024-03-01",
}


def draw_metadata(draw: DrawFn, protocol: str) -> Model:
    """The metadata of a service that botocore speaks some protocol with."""
    metadata = {
        **_METADATA,
        **_draw_protocols(draw, protocol),
        "serviceFullName": draw(texts()),
        "serviceAbbreviation": draw(texts()),
    }
    metadata |= draw_strays(draw, _metadata_traits())
    if protocol in {"json", "smithy-rpc-v2-cbor"} or draw(st.booleans()):
        metadata["targetPrefix"] = draw(
            st.sampled_from(("Hostile_20240301", "", "a b")),
        )
    if protocol == "json" or draw(st.booleans()):
        metadata["jsonVersion"] = draw(st.sampled_from(("1.0", "1.1", "")))
    if protocol in {"query", "ec2", "rest-xml"} or draw(st.booleans()):
        metadata["xmlNamespace"] = "https://hostile.example/"
    return metadata


@cache
def _metadata_traits() -> Table:
    return {
        "auth": st.just(["aws.auth#sigv4"]),
        "awsQueryCompatible": st.just({}),
        "checksumFormat": st.sampled_from(("md5", "sha256")),
        "globalEndpoint": st.just("hostile.example"),
        "protocolSettings": st.just({"h2": "eventstream"}),
        "ripServiceName": texts(),
    }


@cache
def service_traits() -> Table:
    """Keys of a model beside the metadata."""
    parameter = st.fixed_dictionaries(
        {
            "documentation": documentation(),
            "type": st.sampled_from(("boolean", "string")),
        },
    )
    return {
        "clientContextParams": st.dictionaries(
            st.sampled_from(("Parcel", "UseIt", "a b")),
            parameter,
            min_size=1,
        ),
        "deprecated": flags(),
        "deprecatedMessage": texts(),
    }


def _draw_protocols(draw: DrawFn, protocol: str) -> Model:
    """The protocol alone, or among others that botocore likes less."""
    later = PROTOCOLS[PROTOCOLS.index(protocol) :]
    others = draw(st.lists(st.sampled_from((*later, "soap")), max_size=2, unique=True))
    match draw(st.integers(0, 2)):
        case 0:
            return {"protocol": protocol}
        case 1:
            return {"protocol": protocol, "protocols": []}
        case _:
            first = draw(st.sampled_from((protocol, *others)))
            names = [*others, *([] if protocol in others else [protocol])]
            return {"protocol": first, "protocols": names}
