"""Warnings for what the model calls deprecated, once each."""

from __future__ import annotations

import sys
import warnings

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
    warnings.warn(message, DeprecationWarning, stacklevel=_caller_level())


def _caller_level() -> int:
    """The stack level of the user's frame: the one that called the outermost of ours.

    (`skip_file_prefixes` does this from Python 3.12 on, without botocore between.)
    """
    level = found = 1
    frame = sys._getframe(1)
    while frame.f_back is not None:
        level += 1
        if frame.f_globals.get("__name__", "").startswith("botosmith.runtime."):
            found = level
        frame = frame.f_back
    return found - 1
