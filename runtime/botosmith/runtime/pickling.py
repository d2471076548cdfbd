"""The functions that pickles name, also those made before `objects.pickling` was."""

from botosmith.runtime.objects.pickling import restore_enum, restore_structure

__all__ = ["restore_enum", "restore_structure"]
