"""Warnings for what the model calls deprecated, once each."""

from __future__ import annotations

import sys
import warnings
from types import FrameType

_warned: set[str] = set()


def warn_deprecated(subject: str, advice: str) -> None:
    """Warn once in this process that an operation or member is deprecated.

    Args:
        subject: What is deprecated, such as `CreateDomainRequest.kms_key`.
        advice: What the model says to do instead.
    """
    if subject in _warned:
        return
    _warned.add(subject)
    message = f"{subject} is deprecated: {advice}"
    warnings.warn(message, DeprecationWarning, stacklevel=find_caller_level())


def find_caller_level() -> int:
    """Find the stack level of the user's frame, which called the outermost of ours.

    Between may be generated code and botocore's. (`skip_file_prefixes`, from Python
    3.12 on, would need the paths of all that.)
    """
    # Seen from the function that asks, as `warnings.warn` counts.
    level, outermost = 1, 1
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_globals.get("__name__", "").startswith("botosmith.runtime."):
            outermost = level
        frame, level = frame.f_back, level + 1
    return outermost + 1
