"""Values that botocore looks into, past their type."""

from __future__ import annotations

from collections.abc import Mapping

from botocore.model import Shape

from botosmith.testing.sample import ACCOUNT

_KINESIS = f"arn:aws:kinesis:us-east-1:{ACCOUNT}"

#: Values of a member, by the parameter of the endpoint rules that it is; none where
#: rules need what a test does not have: a signature for several regions.
_VALUES: Mapping[str, tuple[str, ...]] = {
    "AccessPointName": ("example", "abc"),
    "AccountId": (ACCOUNT,),
    "Bucket": ("example-bucket", "abc", "bucket.with.dots"),
    "ChannelARN": (f"{_KINESIS}:channel/example",),
    "ConsumerARN": (f"{_KINESIS}:stream/example/consumer/example:1",),
    "EndpointId": (),
    "EventBusArn": (f"arn:aws:events:us-east-1:{ACCOUNT}:event-bus/example",),
    "KvsARN": (f"arn:aws:cloudfront::{ACCOUNT}:key-value-store/example",),
    "OutpostId": ("op-01234567890123456",),
    "QueueARN": (f"{_KINESIS}:queue/example",),
    "ResourceARN": (f"{_KINESIS}:stream/example",),
    "SpaceId": ("example", "abc"),
    "StreamARN": (f"{_KINESIS}:stream/example",),
    "StreamId": ("example", "abc"),
}

#: The algorithms of checksums for which botocore needs nothing else.
_ALGORITHMS = ("CRC32", "SHA1", "SHA256")

#: The region that botocore signs with for a request that another region makes.
_REGIONS = ("us-west-2", "eu-central-1")


def find_values(name: str, member: Shape) -> tuple[str, ...] | None:
    """Return the values of a request's member; None where its shape alone says so.

    Args:
        name: The member's name.
        member: Its shape.
    """
    if name == "SourceRegion":
        return _REGIONS
    if member.name == "ChecksumAlgorithm":
        return _ALGORITHMS
    parameter = member.metadata.get("contextParam")
    return _VALUES.get(parameter["name"]) if parameter else None
