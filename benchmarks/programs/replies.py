"""The replies that are read."""

from __future__ import annotations

from pathlib import Path

from benchmarks.programs.jobs import list_jobs


def reply_to(operation: str, folder: str) -> bytes:
    """The body of a reply: one of ours, or one that the suite has put into a folder."""
    if operation == "ListTrainingJobs":
        return list_jobs()
    return Path(folder, f"{operation}.json").read_bytes()
