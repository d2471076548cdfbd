"""Endpoint rules, and the parameters that models may have for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

#: Names of parameters in members and operations; botocore has the first three.
NAMES = ("Region", "UseFIPS", "Endpoint", "Parcel", "Parcels", "a b")

_SET = {"fn": "isSet", "argv": [{"ref": "Parcel"}]}

#: Rules for any hostile model, which tell what they were given.
ENDPOINT_RULES: Mapping[str, Any] = {
    "version": "1.0",
    "parameters": {
        "Region": {
            "builtIn": "AWS::Region",
            "documentation": "",
            "required": False,
            "type": "string",
        },
        "UseFIPS": {
            "builtIn": "AWS::UseFIPS",
            "default": False,
            "documentation": "",
            "required": True,
            "type": "boolean",
        },
        "Endpoint": {
            "builtIn": "SDK::Endpoint",
            "documentation": "",
            "required": False,
            "type": "string",
        },
        "Parcel": {"documentation": "", "required": False, "type": "string"},
        "Parcels": {"documentation": "", "required": False, "type": "stringArray"},
    },
    "rules": [
        {
            "conditions": [_SET],
            "endpoint": {
                "headers": {"x-parcel": ["{Parcel}"]},
                "properties": {},
                "url": "https://parcel.{Region}.example/a",
            },
            "type": "endpoint",
        },
        {
            "conditions": [],
            "endpoint": {
                "headers": {},
                "properties": {},
                "url": "https://parcels.{Region}.example",
            },
            "type": "endpoint",
        },
    ],
}
