"""A SQLite file: it is opened, given its tables, and replaced if it is damaged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from botosmith.generator.cache.folder import claim_file, make_private

#: The version of the tables; a file with another version is replaced.
SCHEMA = 1

#: Seconds to wait for another process, which holds a lock for about 0.1 seconds.
PATIENCE = 1.0

_TABLE = """
CREATE TABLE entries (
    key BLOB PRIMARY KEY, value BLOB, checksum BLOB, size INTEGER, used INTEGER
)
"""
_INDEX = "CREATE INDEX uses ON entries (used, size)"

#: SQLite's error codes for a damaged file, or one of another program.
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
    """Do work on a database; make it and its folder if they are missing.

    Raises:
        sqlite3.Error: The database cannot be used now; it is locked, or read-only, or
            the disk is full.
        OSError: As above.
        CacheError: Others can write to the database or its folder.
    """
    make_private(file.parent)
    claim_file(file)
    try:
        return _open_and_work(file, work)
    except (sqlite3.Error, ValueError, OverflowError) as error:
        # ValueError: sqlite3 cannot decode a message that quotes damaged content.
        if isinstance(error, sqlite3.Error) and not _is_damage(error):
            raise
    # SQLite would apply the journal of the old file to the new one.
    for remains in (file, Path(f"{file}-journal")):
        remains.unlink(missing_ok=True)
    claim_file(file)
    return _open_and_work(file, work)


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """Commit the block's writes; after an error, closing the file undoes them."""
    connection.execute("BEGIN IMMEDIATE")
    yield
    connection.execute("COMMIT")


def _open_and_work(file: Path, work: Work[Result]) -> Result:
    connection = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
    with closing(connection):
        # A manipulated schema must not run functions.
        connection.execute("PRAGMA trusted_schema = OFF")
        # After a power cut the checksums show which values were lost; waiting for the
        # disk would cost more than the loss. All pages of a write fit into memory.
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
    """Make the tables of an empty database, unless another process has done so."""
    if _is_ours(connection):
        return
    (tables,) = connection.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
    if tables:
        msg = "a database of another schema"
        raise sqlite3.DatabaseError(msg)
    for statement in (_TABLE, _INDEX, f"PRAGMA user_version = {SCHEMA}"):
        connection.execute(statement)


def _is_damage(error: sqlite3.Error) -> bool:
    # An error without a code is from `_make_tables`, or from sqlite3 itself.
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return code & 0xFF in _DAMAGE
