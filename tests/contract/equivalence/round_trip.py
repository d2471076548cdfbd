"""A document becomes an object and a document again, and so does what it becomes."""

from __future__ import annotations

import json
from typing import Any

from botosmith.runtime import (
    Structure,
    from_boto3,
    from_wire,
    to_boto3,
    to_wire,
    validate,
)


def exact(document: Any) -> str:
    """A document as text, in which 1, 1.0 and True are three things."""
    return json.dumps(document, sort_keys=True)


def check_round_trip(structure: type[Structure], document: dict[str, Any]) -> None:
    """There and back again, by the wire and by boto3's values."""
    made = from_wire(structure, document)
    again = to_wire(made)

    assert exact(again) == exact(document)
    assert from_wire(structure, json.loads(json.dumps(again))) == made
    assert from_boto3(structure, to_boto3(made)) == made
    validate(made)
