"""The class that pickles made before `serde.mismatch` name."""

from botosmith.runtime.serde.mismatch import ReplyWarning

__all__ = ["ReplyWarning"]
