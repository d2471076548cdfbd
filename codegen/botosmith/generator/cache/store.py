"""Values by their keys, on disk, for any number of processes at once.

If something is wrong with the file or its folder, reading finds nothing and writing
does nothing. A file that is damaged, or of another schema, is replaced. If the system
refuses access (locked, read-only, full), the process no longer uses the store.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from attrs import define, field

from botosmith.generator.cache.database import Result, Work, transaction, use_database
from botosmith.generator.errors import CacheError

DAY = 24 * 60 * 60

#: Seconds after which an unused entry is dropped.
MOST_AGE = 30 * DAY

#: The most bytes of compressed values; the least recently used are dropped first.
#: All services of botocore take somewhat less than half of it.
MOST_BYTES = 512 * 2**20

#: The most bytes of a value; the largest package of botocore has a tenth of it.
MOST_VALUE = 256 * 2**20

#: Keys in a statement: older versions of SQLite allow 999 variables.
_BATCH = 500

#: zlib's level: a higher one takes longer than it saves in reading.
_LEVEL = 3

#: The errors after which the store is not used any more.
_REFUSALS = (sqlite3.Error, OSError, CacheError, MemoryError, ValueError)

#: Deletes all but the most recently used entries, up to a number of bytes.
_CUT = """
DELETE FROM entries WHERE key IN (
    SELECT key FROM (
        SELECT key, SUM(size) OVER (ORDER BY used DESC, key) AS total FROM entries
    ) WHERE total > ?
)
"""


@define
class Store:
    """A cache of bytes.

    Attributes:
        file: The database; it and its folder are made if they are missing.
        usable: False once the system has refused it.
    """

    file: Path
    usable: bool = field(default=True, init=False)

    def read(self, keys: Collection[bytes]) -> dict[bytes, bytes]:
        """Return the values of the keys that have one."""
        values: dict[bytes, bytes] = {}
        damaged: list[bytes] = []
        aged: list[bytes] = []
        now = int(time.time())
        rows = self._use(lambda connection: list(_select(connection, list(keys))))
        for key, packed, checksum, used in rows or ():
            value = _unpack(packed) if _is_whole(key, packed, checksum) else None
            if value is None:
                damaged.append(key)
                continue
            values[key] = value
            # Updated at most daily, since otherwise almost every read would write.
            if not isinstance(used, int) or used < now - DAY:
                aged.append(key)
        if damaged or aged:
            self._use(lambda connection: _tend(connection, damaged, aged, now=now))
        return values

    def write(self, values: Mapping[bytes, bytes]) -> None:
        """Keep values: all of them, or none."""
        values = {key: one for key, one in values.items() if len(one) <= MOST_VALUE}
        if not values:
            return
        now = int(time.time())
        rows = [(key, *_pack(key, value), now) for key, value in values.items()]
        self._use(lambda connection: _insert(connection, rows, now))

    def _use(self, work: Work[Result]) -> Result | None:
        """Do work on the database; return None if that fails."""
        if self.usable:
            try:
                return use_database(self.file, work)
            except _REFUSALS:
                self.usable = False
        return None


def _select(connection: sqlite3.Connection, keys: list[bytes]) -> Iterator[Any]:
    for at in range(0, len(keys), _BATCH):
        batch = keys[at : at + _BATCH]
        marks = ",".join("?" * len(batch))
        yield from connection.execute(
            "SELECT key, value, checksum, used FROM entries"  # noqa: S608 - only marks
            f" WHERE key IN ({marks})",
            batch,
        )


def _tend(
    connection: sqlite3.Connection,
    damaged: Iterable[bytes],
    aged: Iterable[bytes],
    *,
    now: int,
) -> None:
    with transaction(connection):
        connection.executemany(
            "DELETE FROM entries WHERE key = ?", ((key,) for key in damaged)
        )
        connection.executemany(
            "UPDATE entries SET used = ? WHERE key = ?", ((now, key) for key in aged)
        )


def _insert(connection: sqlite3.Connection, rows: list[Any], now: int) -> None:
    with transaction(connection):
        connection.executemany("REPLACE INTO entries VALUES (?, ?, ?, ?, ?)", rows)
        connection.execute("DELETE FROM entries WHERE used < ?", (now - MOST_AGE,))
        (total,) = connection.execute("SELECT TOTAL(size) FROM entries").fetchone()
        if total > MOST_BYTES:
            # A quarter is freed, so that the next writes need not delete again.
            connection.execute(_CUT, (MOST_BYTES * 3 // 4,))


def _pack(key: bytes, value: bytes) -> tuple[bytes, bytes, int]:
    packed = zlib.compress(value, _LEVEL)
    return packed, sha256(key + packed).digest(), len(packed)


def _unpack(packed: bytes) -> bytes | None:
    """Return an unpacked value; None if it is damaged or larger than MOST_VALUE."""
    unpacker = zlib.decompressobj()
    try:
        value = unpacker.decompress(packed, MOST_VALUE)
    except zlib.error:
        return None
    return value if unpacker.eof and not unpacker.unused_data else None


def _is_whole(key: object, value: object, checksum: object) -> bool:
    """Return whether a row is as it was written: its checksum covers key and value."""
    if not isinstance(key, bytes) or not isinstance(value, bytes):
        return False
    return sha256(key + value).digest() == checksum
