"""The class that pickles made before `objects.structure` name."""

from botosmith.runtime.objects.structure import UnknownMember

__all__ = ["UnknownMember"]
