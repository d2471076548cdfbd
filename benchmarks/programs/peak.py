"""The most memory that a process has had."""

from __future__ import annotations

import sys
from pathlib import Path


def print_peak() -> None:
    """Print it, in MiB, where the command line asks for it.

    What `getrusage` says is not it: a process inherits that from who started it.
    """
    if "--peak" in sys.argv:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        (line,) = (one for one in status.splitlines() if one.startswith("VmHWM:"))
        print(int(line.split()[1]) / 1024)
