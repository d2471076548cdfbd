"""A service's converted documentation, in a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Generator
from contextlib import contextmanager
from importlib.metadata import version

from botosmith.generator.cache.key import CODE, make_key
from botosmith.generator.cache.store import Store
from botosmith.generator.cache.texts import read_texts


@contextmanager
def remember_prose(store: Store, service: str) -> Generator[None]:
    """Convert only the documentation that no earlier run has converted.

    Args:
        store: Holds the texts of a service under one key.
        service: The service that is planned in the block.
    """
    # Imported here: the package imports the HTML converter, which is slow to load.
    from botosmith.generator.prose.memory import MEMORY

    code = (CODE / "prose" / "markdown.py").read_bytes()
    versions = [version(name) for name in ("beautifulsoup4", "markdownify")]
    key = make_key("prose", sys.version, *versions, code, service)
    MEMORY.begin(read_texts(store.read([key]).get(key)) or {})
    yield
    if MEMORY.is_new:
        store.write({key: json.dumps(MEMORY.used).encode()})
