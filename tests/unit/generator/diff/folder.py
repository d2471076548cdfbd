"""Folders of models in botocore's data layout, written by tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.generator.conftest import METADATA

MODEL: dict[str, Any] = {
    "version": "2.0",
    "metadata": METADATA,
    "operations": {"Ping": {"name": "Ping", "input": {"shape": "PingRequest"}}},
    "shapes": {"PingRequest": {"type": "structure", "members": {}}},
}
PAGINATORS = {"pagination": {"Ping": {"result_key": "Items"}}}
WAITERS = {"version": 2, "waiters": {"Pinged": {"operation": "Ping", "delay": 5}}}
RULES = {"version": "1.0", "parameters": {"Region": {"type": "String"}}, "rules": []}
REGIONS = {
    "partitions": [
        {
            "partition": "aws",
            "services": {
                "parcels": {"endpoints": {"eu-west-1": {}}, "isRegionalized": True}
            },
        }
    ]
}


def write_service(folder: Path, service: str, **files: Any) -> Path:
    """Write the files of a service, `service_2` for `service-2.json`; text as it is."""
    home = folder / service / "2024-03-01"
    home.mkdir(parents=True, exist_ok=True)
    for name, content in {"service_2": MODEL, **files}.items():
        write_json(home / f"{name.replace('_', '-')}.json", content)
    return folder


def write_json(file: Path, content: Any) -> None:
    """Write a file; text stays as it is, even if it is not JSON."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content))
