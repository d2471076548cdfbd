"""Imports, calls and is refused, and prints what it saw as JSON.

It runs where the wheel is installed and nothing else; its argument is a JSON object of
the client's arguments.
"""

from __future__ import annotations

import json
import sys
from typing import Any, cast

from botosmith import sagemaker


def loaded() -> list[str]:
    """The distributions that are loaded now, beside Python's own."""
    tops = {name.partition(".")[0] for name in sys.modules}
    known = {*sys.stdlib_module_names, "__main__", "botosmith"}
    return sorted(top for top in tops - known if "_virtualenv" not in top)


def use(client: sagemaker.Client) -> dict[str, Any]:
    """Make a call, one that the service refuses, and one that is never sent."""
    created = client.create_model(
        model_name="m",
        containers=[sagemaker.ContainerDefinition(mode="SingleModel")],
        tags=[sagemaker.Tag(key="k", value="v")],
    )
    found: dict[str, Any] = {"arn": created.model_arn}
    try:
        client.describe_model(model_name="nobody")
    except client.exceptions.ResourceNotFound as error:
        found["error"] = [type(error).__module__, error.code, error.message]
    try:
        client.create_model(
            model_name="m",
            containers=[sagemaker.ContainerDefinition(image=cast("str", 1))],
            tags=[sagemaker.Tag(key="", value="v")],
        )
    except ValueError as error:
        found["violations"] = str(error).splitlines()
    return found


def main(arguments: dict[str, Any]) -> None:
    """Tell what the package needs, and what it does."""
    found: dict[str, Any] = {"loaded": loaded()}
    for serializer in ("generated", "botocore"):
        with sagemaker.Client(**arguments, serializer=serializer) as client:
            found[serializer] = use(client)
    found["loaded in the end"] = loaded()
    found["python"] = list(sys.version_info[:2])
    found["version"] = sys.modules["botocore"].__version__
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
