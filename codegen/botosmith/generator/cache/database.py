"""One SQLite file: opened, filled with tables, begun anew where it is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from botosmith.generator.cache.folder import claim_file, make_private

#: The layout of the file; a file of another one is begun anew.
SCHEMA = 1

#: How many seconds to wait for other processes, which hold a lock for a tenth of one.
PATIENCE = 1.0

_TABLE = """
CREATE TABLE entries (
    key BLOB PRIMARY KEY, value BLOB, checksum BLOB, size INTEGER, used INTEGER
)
"""
_INDEX = "CREATE INDEX uses ON entries (used, size)"

#: What SQLite says of a file that is none of ours, or none any more.
_DAMAGE = frozenset(
    {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_ERROR,
        sqlite3.SQLITE_MISMATCH,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_TOOBIG,
    }
)

Result = TypeVar("Result")
Work = Callable[[sqlite3.Connection], Result]


def use_database(file: Path, work: Work[Result]) -> Result:
    """Do work on a database, which is made, with its folder, where there is none.

    Raises:
        sqlite3.Error: The database cannot be used now; it is locked, or read-only, or
            the disk is full.
        OSError: As above.
        CacheError: The database, or its folder, is not the user's alone.
    """
    make_private(file.parent)
    claim_file(file)
    try:
        return _open_and_work(file, work)
    except (sqlite3.Error, ValueError, OverflowError) as error:
        # The module fails to read a message that quotes what the file holds.
        if isinstance(error, sqlite3.Error) and not _is_damage(error):
            raise
    # SQLite would play the journal of the old file back into the new one.
    for remains in (file, Path(f"{file}-journal")):
        remains.unlink(missing_ok=True)
    claim_file(file)
    return _open_and_work(file, work)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """A write; one that does not come to its end is undone when the file is closed."""
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")


def _open_and_work(file: Path, work: Work[Result]) -> Result:
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    with closing(connection):
        # Nothing in a database runs that is not ours.
        connection.execute("PRAGMA trusted_schema = OFF")
        # After a power cut a checksum tells what was lost; waiting for the disk would
        # cost more than the loss. All pages of a write fit into memory.
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA cache_size = -65536")
        if not _is_ours(connection):
            with transaction(connection):
                _make_tables(connection)
        return work(connection)


def _is_ours(connection: sqlite3.Connection) -> bool:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(version == SCHEMA)


def _make_tables(connection: sqlite3.Connection) -> None:
    """Fill an empty database, if no other process has done so by now."""
    if _is_ours(connection):
        return
    (tables,) = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    if tables:
        msg = "a database of another schema"
        raise sqlite3.DatabaseError(msg)
    for statement in (_TABLE, _INDEX, f"PRAGMA user_version = {SCHEMA}"):
        connection.execute(statement)


def _is_damage(error: sqlite3.Error) -> bool:
    # What has no code is an error of the module's own: ours above, or odd values.
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF in _DAMAGE
