"""The class that pickles made before `objects.metadata` name."""

from botosmith.runtime.objects.metadata import ResponseMetadata

__all__ = ["ResponseMetadata"]
