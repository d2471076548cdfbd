"""Service models as botocore reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from botocore.loaders import Loader
from botocore.model import ServiceModel, StructureShape


def find_stream(shape: StructureShape | None) -> str | None:
    """The member of a request or reply that is a stream of events."""
    name: Any = None if shape is None else shape.event_stream_name
    return None if name is None else str(name)


def load_service(name: str, models: Path | None = None) -> ServiceModel:
    """The latest model of a service.

    Args:
        name: botocore's name of the service, such as `sagemaker`.
        models: A folder in botocore's layout; None for the installed botocore's data.

    Raises:
        botocore.exceptions.UnknownServiceError: The folder has no such service.
    """
    # Users may keep models of their own in ~/.aws, which a default loader would mix in.
    folder = Loader.BUILTIN_DATA_PATH if models is None else str(models)
    loader = Loader([folder], include_default_search_paths=False)
    return ServiceModel(loader.load_service_model(name, "service-2"), name)
