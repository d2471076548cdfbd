"""A request's body: what may be given for it, and what botocore is given.

botocore measures a body, signs it, sends it, and on a retry sends it again, from
position 0 of a file wherever it stood. Bytes, text and files are handed on; text files,
files that can be read once and iterables are collected first, on disk from a mebibyte
on.
"""

from __future__ import annotations

import codecs
import errno
import io
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from inspect import iscoroutinefunction
from itertools import count
from os import PathLike
from typing import IO, Any, cast

#: The bytes of an iterable that stay in memory before a temporary file takes it.
KEPT_IN_MEMORY = 1 << 20
READ_AT_ONCE = 1 << 16

#: Files of which nothing has to be found out: what they give is bytes, never None.
_PLAIN_FILES = (io.BytesIO, io.BufferedReader, io.BufferedRandom)

_OF_CODECS = (codecs.StreamReader, codecs.StreamReaderWriter, codecs.StreamRecoder)

#: The protocols with which libraries exchange frames, columns, arrays and tensors. They
#: tell these from other iterables, so that no library has to be imported.
_OF_ARRAYS = (
    "__array__",
    "__array_interface__",
    "__arrow_array__",
    "__arrow_c_array__",
    "__arrow_c_stream__",
    "__cuda_array_interface__",
    "__dataframe__",
    "__dlpack__",
)

_ALLOWED = "bytes, text, a file or an iterable of bytes"
_AWAITED = "is a file that is awaited: read it first, and send the bytes"


class Unsendable(Exception):  # noqa: N818 - a signal to the caller, never shown
    """A value cannot be sent as a body.

    Attributes:
        rule: The fault, and what to do.
    """

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def find_fault(value: Any) -> str | None:  # noqa: PLR0911 - a case each
    """Say why a value cannot be a body and what to do; None where nothing is wrong.

    A file or an iterator is left alone: `as_body` looks at what it gives.
    """
    if isinstance(value, str):
        return _fault_of_text(value)
    if isinstance(value, (bytes, bytearray)):
        return None
    if isinstance(value, memoryview):
        return _fault_of_view(value)
    if isinstance(value, type):
        return f"is the class {value.__name__}, not {_ALLOWED}"
    if any(hasattr(value, name) for name in _OF_ARRAYS):
        return _fault_of_array(value)
    if hasattr(value, "read"):
        return _fault_of_file(value)
    return _fault_of_object(value)


def is_body(value: Any) -> bool:
    """Return whether a value can be a request's body."""
    return find_fault(value) is None


def as_body(value: Any) -> Any:
    """Return a request's body as botocore takes it.

    Raises:
        Unsendable: The value, or a part of it, cannot be sent.
    """
    fault = find_fault(value)
    if fault is not None:
        raise Unsendable(fault)
    if isinstance(value, (bytes, bytearray, str)):
        return value
    if isinstance(value, memoryview):
        return value.tobytes()
    return _open(value) if hasattr(value, "read") else collect(value)


def _fault_of_text(text: str) -> str | None:
    if text.isascii():
        return None
    try:
        text.encode()
    except UnicodeEncodeError as error:
        place = f"the character at {error.start}"
        return f"cannot be sent as UTF-8: {place} is a lone surrogate: send bytes"
    return None


def _fault_of_view(view: Any) -> str | None:
    if view.format in {"B", "b", "c"}:
        return None
    kind = f"is a memoryview of items of the format {view.format!r}, not of bytes"
    return f'{kind}: send its memory as view.cast("B"), or the items as text'


def _fault_of_array(value: Any) -> str:
    kind = _name(value)
    if hasattr(value, "to_csv"):
        return f"is a {kind}: send it as text, such as value.to_csv(index=False)"
    if hasattr(value, "write_csv"):
        return f"is a {kind}: send it as text, such as value.write_csv()"
    if hasattr(value, "tolist"):
        how = "json.dumps(value.tolist()), or its memory as value.tobytes()"
        return f"is a {kind}: send it as text, such as {how}"
    return f"is a {kind}: write it in a format that the service reads, and send that"


def _fault_of_file(file: Any) -> str | None:
    if iscoroutinefunction(file.read):
        return _AWAITED
    if getattr(file, "closed", False) is True:
        return "is a closed file: open it again"
    try:
        readable = getattr(file, "readable", None)
        if readable is not None and readable() is False:
            return "is a file that is not open for reading: open it with 'rb'"
    except (ValueError, TypeError) as error:
        return f"is a file that cannot be read: {error}"
    return None


def _fault_of_object(value: Any) -> str | None:  # noqa: PLR0911 - a case each
    kind = _name(value)
    if isinstance(value, Mapping):
        return f"is a {kind}: send it as text, such as json.dumps(value)"
    if isinstance(value, AbstractSet):
        return f"is a {kind}, which has no order: send a list of bytes"
    if type(value).__module__ == "array":
        return f"is a {kind}: send its memory as value.tobytes(), or its items as text"
    if hasattr(value, "itertext"):
        return (
            f"is a {kind} of XML: send it as text, such as ElementTree.tostring(value)"
        )
    if isinstance(value, PathLike):
        return f"is a {kind}: open it, as in open(path, 'rb')"
    if isinstance(value, (list, tuple)):
        faults = map(_fault_of_chunk, cast("Iterable[Any]", value), count())
        return next((fault for fault in faults if fault is not None), None)
    if isinstance(value, Iterable):
        return None
    if hasattr(value, "__aiter__"):
        return f"is a {kind}, which is awaited: collect it into bytes first"
    return f"is of type {kind}, not {_ALLOWED}"


def _fault_of_chunk(chunk: Any, at: int) -> str | None:
    if isinstance(chunk, (bytes, bytearray)):
        return None
    if isinstance(chunk, memoryview):
        fault = _fault_of_view(chunk)
        return fault and f"holds, at [{at}], what {fault}"
    if isinstance(chunk, str):
        how = 'join it first, as in "\\n".join(lines), or encode each part'
        return f"is an iterable of text, not of bytes: {how}"
    kind = _name(chunk)
    how = "send it as text, such as json.dumps(value)"
    return f"holds {kind} at [{at}], not bytes: {how}"


def _name(value: object) -> str:
    """Return the name of a value's type, with its module where that says more."""
    kind = type(value)
    module = kind.__module__.partition(".")[0]
    is_plain = module in {"builtins", "collections", "array", "pathlib"}
    return kind.__qualname__ if is_plain else f"{module}.{kind.__qualname__}"


def _open(file: Any) -> Any:
    """Return a file from which botocore reads what the caller's has from here on."""
    try:
        if not _is_seekable(file):
            return collect(read_chunks(file))
        start = file.tell()
        if type(file) is FileView or (type(file) in _PLAIN_FILES and start == 0):
            return file
        first = file.read(1)
        file.seek(start)
        if isinstance(first, str):
            return collect(read_chunks(file))
        check_chunk(first)
    except Exception as error:
        _refuse_wrong_use(error)
        raise
    return FileView(file, start)


def _is_seekable(file: Any) -> bool:
    """Return whether a file can be read again from where it stands."""
    # Readers of codecs have read further than they tell.
    if isinstance(file, (io.TextIOBase, *_OF_CODECS)):
        return False
    if not all(hasattr(file, name) for name in ("seek", "tell")):
        return False
    # A member of a tar archive that is read as a stream claims that it could, or fails.
    archive = getattr(getattr(file, "raw", None), "fileobj", None)
    if type(archive).__module__ == "tarfile" and not hasattr(archive, "seekable"):
        return False
    if hasattr(file, "seekable") and not file.seekable():
        return False
    try:
        file.seek(file.tell())
    except OSError:
        return False
    return True


def _refuse_wrong_use(error: Exception) -> None:
    """Raise an Unsendable for what files say of wrong use, and nothing for others.

    A disk, a network or an archive that fails is for the caller to hear of in its own
    words.
    """
    if isinstance(error, OSError) and not isinstance(error, io.UnsupportedOperation):
        is_wrong_use = error.errno == errno.EBADF
    else:
        is_wrong_use = isinstance(error, (ValueError, TypeError, OSError))
    if is_wrong_use:
        rule = f"is a file that cannot be read: {error}"
        raise Unsendable(rule) from error


def read_chunks(file: Any) -> Iterator[bytes]:
    """Read a file from where it stands, a part at a time; text as UTF-8.

    Raises:
        Unsendable: The file is closed or cannot be read, or gives no bytes.
    """
    while True:
        try:
            chunk = file.read(READ_AT_ONCE)
            if isinstance(chunk, str):
                chunk = chunk.encode()
        except Exception as error:
            _refuse_wrong_use(error)
            raise
        check_chunk(chunk)
        if not len(chunk):
            return
        yield chunk


def check_chunk(chunk: Any) -> None:
    """See that what a file gave is bytes.

    Raises:
        Unsendable: It is something else.
    """
    if isinstance(chunk, (bytes, bytearray, memoryview)):
        return
    if chunk is None:
        how = "which does not wait: make it blocking, or read it first"
        rule = f"is a file that has nothing to give yet, {how}"
    elif hasattr(chunk, "__await__"):
        if hasattr(chunk, "close"):
            chunk.close()  # or Python warns that nobody has awaited it
        rule = _AWAITED
    else:
        rule = f"is a file whose read() gives {_name(chunk)}, not bytes"
    raise Unsendable(rule)


def collect(chunks: Iterable[Any]) -> IO[bytes]:
    """Put chunks into a file that can be read again; the caller closes it.

    Raises:
        Unsendable: A chunk is not bytes.
    """
    file: IO[bytes] = io.BytesIO()
    for at, chunk in enumerate(chunks):
        fault = _fault_of_chunk(chunk, at)
        if fault is not None:
            raise Unsendable(fault)
        file.write(chunk)
        if isinstance(file, io.BytesIO) and file.tell() > KEPT_IN_MEMORY:
            file = _move_to_disk(file)
    file.seek(0)
    return file


def _move_to_disk(file: io.BytesIO) -> IO[bytes]:
    from tempfile import TemporaryFile

    moved = TemporaryFile()  # noqa: SIM115 - the caller of `collect` closes it
    moved.write(file.getbuffer())
    return moved


class FileView(io.RawIOBase):
    """A file as it stands: position 0 is where the call found it.

    botocore and aiohttp take it for one of Python's files. Closing it leaves the file
    itself open.
    """

    def __init__(self, file: Any, start: int) -> None:
        """Take the file, and its position."""
        super().__init__()
        self._file = file
        self._start = start

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def read(self, size: int | None = -1) -> bytes:
        """Read some bytes, or all that are left.

        Raises:
            Unsendable: The file gives something else.
        """
        is_whole = size is None or size < 0
        chunk: Any = self._file.read() if is_whole else self._file.read(size)
        check_chunk(chunk)
        return bytes(chunk)

    def readall(self) -> bytes:
        """Read all bytes that are left."""
        return self.read()

    def readinto(self, buffer: Any) -> int:
        """Read bytes into a buffer and return their number."""
        chunk = self.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position, counted from where the call found the file."""
        if whence == io.SEEK_SET:
            offset += self._start
        self._file.seek(offset, whence)
        return self.tell()

    def tell(self) -> int:
        """Return the position, counted from where the call found the file."""
        # A file may stand behind its end, where there is nothing to send.
        return max(int(self._file.tell()) - self._start, 0)

    def __getattr__(self, name: str) -> Any:
        # Libraries that watch uploads, such as s3transfer, put methods on files.
        if name.startswith("_"):
            raise AttributeError(name, name=name, obj=self)
        return getattr(self._file, name)
