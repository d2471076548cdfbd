"""Settings of the commands: from the command line, the user's project, or defaults."""

from botosmith.generator.settings.command import (
    CheckSettings,
    DiffSettings,
    GenerateSettings,
    ListSettings,
    ModelSettings,
    Settings,
    ShowSettings,
    UpdateSettings,
)
from botosmith.generator.settings.merge import parse_arguments
from botosmith.generator.settings.project import MODELS_PLACE, Entry
from botosmith.generator.settings.value import FORMATS, MODELS, SEVERITIES, VERSION

__all__ = [
    "FORMATS",
    "MODELS",
    "MODELS_PLACE",
    "SEVERITIES",
    "VERSION",
    "CheckSettings",
    "DiffSettings",
    "Entry",
    "GenerateSettings",
    "ListSettings",
    "ModelSettings",
    "Settings",
    "ShowSettings",
    "UpdateSettings",
    "parse_arguments",
]
