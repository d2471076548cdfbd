"""Generates a service in one process, without a cache, and prints what that took.

In milliseconds of the processor: for one structure, and for a thousand lines.
"""

from __future__ import annotations

import json
import sys
import time

from botosmith.generator.build.formatting import MODES, format_module
from botosmith.generator.build.pipeline import build_service, open_models

#: The first service pays for what is loaded once.
FIRST = "sts"


def generate(service: str) -> tuple[float, int, int]:
    """The milliseconds, the structures and the lines."""
    start = time.process_time()
    files = build_service(open_models(None), service, package="benched")
    modules = [
        format_module(path, text)
        for path, text in files.items()
        if path.suffix in MODES
    ]
    taken = 1000 * (time.process_time() - start)
    structures = sum(text.count("\n@define(") for text in modules)
    return taken, structures, sum(text.count("\n") for text in modules)


if __name__ == "__main__":
    generate(FIRST)
    taken, structures, lines = generate(sys.argv[1])
    print(json.dumps([taken / structures, 1000 * taken / lines]))
