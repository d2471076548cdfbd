"""Every kind of file that Python's standard library makes."""

from __future__ import annotations

import bz2
import codecs
import gzip
import http.client
import io
import lzma
import mmap
import os
import socket
import tarfile
import tempfile
import threading
import urllib.request
import zipfile
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

#: The content of all: more than one buffer of any of them.
CONTENT = bytes(range(256)) * 300
TEXT = "Grüße, 中文 and more\n" * 900

Make = Callable[[ExitStack, Path], Any]


def _opened(stack: ExitStack, folder: Path, mode: str = "rb", **options: Any) -> Any:
    place = folder / "content"
    place.write_bytes(CONTENT)
    return stack.enter_context(place.open(mode, **options))


def _entered(stack: ExitStack, make: Callable[..., Any], *arguments: Any) -> Any:
    return stack.enter_context(make(*arguments))


def _temporary(make: Callable[..., Any]) -> Make:
    def open_file(stack: ExitStack, _: Path) -> Any:
        file = stack.enter_context(make())
        file.write(CONTENT)
        file.seek(0)
        return file

    return open_file


def _compressed(module: Any) -> Make:
    def open_file(stack: ExitStack, folder: Path) -> Any:
        place = folder / module.__name__
        with module.open(place, "wb") as file:
            file.write(CONTENT)
        return stack.enter_context(module.open(place))

    return open_file


def _zipped(stack: ExitStack, folder: Path) -> Any:
    place = folder / "content.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content", CONTENT)
    opened = stack.enter_context(zipfile.ZipFile(place))
    return stack.enter_context(opened.open("content"))


def _archived(mode: str) -> Make:
    def open_file(stack: ExitStack, folder: Path) -> Any:
        place = folder / "content.tar"
        with tarfile.open(place, "w") as archive:
            entry = tarfile.TarInfo("content")
            entry.size = len(CONTENT)
            archive.addfile(entry, io.BytesIO(CONTENT))
        open_archive: Any = tarfile.open
        opened = stack.enter_context(open_archive(place, mode))
        return stack.enter_context(opened.extractfile(opened.next()))

    return open_file


def _mapped(stack: ExitStack, folder: Path) -> Any:
    file = _opened(stack, folder)
    return stack.enter_context(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))


def _piped(stack: ExitStack, _: Path, buffering: int = -1) -> Any:
    reading, writing = os.pipe()

    def write() -> None:
        with suppress(BrokenPipeError), os.fdopen(writing, "wb") as file:
            file.write(CONTENT)

    thread = threading.Thread(target=write)
    thread.start()
    stack.callback(thread.join)
    return stack.enter_context(os.fdopen(reading, "rb", buffering))


def _from_socket(stack: ExitStack, _: Path) -> Any:
    near, far = socket.socketpair()

    def write() -> None:
        with suppress(OSError), far:
            far.sendall(CONTENT)

    thread = threading.Thread(target=write)
    thread.start()
    stack.callback(thread.join)
    stack.enter_context(near)
    return stack.enter_context(near.makefile("rb"))


def _serve(stack: ExitStack) -> HTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response_only(200)
            self.send_header("Content-Length", str(len(CONTENT)))
            self.end_headers()
            self.wfile.write(CONTENT)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            pass

    server = stack.enter_context(HTTPServer(("127.0.0.1", 0), Handler))
    thread = threading.Thread(target=server.handle_request)
    thread.start()
    stack.callback(thread.join)
    return server


def _http_reply(stack: ExitStack, _: Path) -> Any:
    server = _serve(stack)
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
    stack.callback(connection.close)
    connection.request("GET", "/")
    return stack.enter_context(connection.getresponse())


def _url(stack: ExitStack, _: Path) -> Any:
    server = _serve(stack)
    url = f"http://127.0.0.1:{server.server_port}/"
    return stack.enter_context(urllib.request.urlopen(url))


def _file_url(stack: ExitStack, folder: Path) -> Any:
    place = folder / "content"
    place.write_bytes(CONTENT)
    return stack.enter_context(urllib.request.urlopen(place.as_uri()))  # noqa: S310


#: Files that can be read again, standing at their start.
SEEKABLE: Mapping[str, Make] = {
    "open": _opened,
    "open for both": lambda stack, folder: _opened(stack, folder, "r+b"),
    "open without buffer": lambda stack, folder: _opened(stack, folder, buffering=0),
    "BytesIO": lambda *_: io.BytesIO(CONTENT),
    "TemporaryFile": _temporary(tempfile.TemporaryFile),
    "NamedTemporaryFile": _temporary(tempfile.NamedTemporaryFile),
    "SpooledTemporaryFile": _temporary(tempfile.SpooledTemporaryFile),
    "gzip": _compressed(gzip),
    "bz2": _compressed(bz2),
    "lzma": _compressed(lzma),
    "zip": _zipped,
    "tar": _archived("r"),
    "mmap": _mapped,
}

#: Files that can be read once.
ONCE: Mapping[str, Make] = {
    "pipe": _piped,
    "pipe without buffer": lambda stack, folder: _piped(stack, folder, 0),
    "socket": _from_socket,
    "tar stream": _archived("r|"),
    "http.client": _http_reply,
    "urlopen": _url,
    "file URL": _file_url,
    "StreamRecoder": lambda stack, folder: codecs.EncodedFile(
        _opened(stack, folder), "latin-1"
    ),
}


def _text_file(make: Callable[..., Any], **options: Any) -> Make:
    def open_file(stack: ExitStack, folder: Path) -> Any:
        place = folder / "text"
        place.write_text(TEXT, options.get("encoding", "utf-8"))
        return stack.enter_context(make(place, **options))

    return open_file


def _temporary_text(make: Callable[..., Any]) -> Make:
    def open_file(stack: ExitStack, _: Path) -> Any:
        file = stack.enter_context(make("w+", encoding="utf-8"))
        file.write(TEXT)
        file.seek(0)
        return file

    return open_file


def _spooled(mode: str, **options: Any) -> Any:
    return tempfile.SpooledTemporaryFile(mode=mode, **options)


#: Files of text.
OF_TEXT: Mapping[str, Make] = {
    "open": _text_file(open, encoding="utf-8"),
    "open in another encoding": _text_file(open, encoding="utf-16"),
    "codecs.open": lambda stack, folder: codecs.getreader("utf-8")(
        _text_file(open, mode="rb")(stack, folder)
    ),
    "gzip": lambda *_: io.TextIOWrapper(
        gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(TEXT.encode()))), "utf-8"
    ),
    "StringIO": lambda *_: io.StringIO(TEXT),
    "TemporaryFile": _temporary_text(tempfile.TemporaryFile),
    "NamedTemporaryFile": _temporary_text(tempfile.NamedTemporaryFile),
    "SpooledTemporaryFile": _temporary_text(_spooled),
}


def _closed(make: Make) -> Make:
    def open_file(stack: ExitStack, folder: Path) -> Any:
        file = make(stack, folder)
        file.close()
        return file

    return open_file


def _never_ready(stack: ExitStack, _: Path) -> Any:
    reading, writing = os.pipe()
    stack.callback(os.close, writing)
    os.write(writing, b"beginning")
    os.set_blocking(reading, False)
    return stack.enter_context(os.fdopen(reading, "rb", 0))


def _undecodable(stack: ExitStack, folder: Path) -> Any:
    place = folder / "bytes"
    place.write_bytes(b"abc\xff")
    return stack.enter_context(place.open(encoding="utf-8"))


#: Files that cannot be read, and what is told of them.
UNREADABLE: Mapping[str, tuple[Make, str]] = {
    **{
        f"closed {name}": (_closed(make), "file|closed")
        for name, make in {**SEEKABLE, **ONCE}.items()
        # The others know nothing of being closed, or their close does nothing.
        if name != "StreamRecoder"
    },
    **{
        f"closed text {name}": (_closed(make), "file|closed")
        for name, make in OF_TEXT.items()
    },
    "write": (lambda s, f: _opened(s, f, "wb"), "not open for reading"),
    "append": (lambda s, f: _opened(s, f, "ab"), "not open for reading"),
    "raw": (lambda s, f: _opened(s, f, "wb", buffering=0), "not open for reading"),
    "text": (lambda s, f: _opened(s, f, "w", encoding="utf-8"), "not open for reading"),
    "gzip": (
        lambda s, f: _entered(s, gzip.open, f / "z", "wb"),
        "not open for reading",
    ),
    "bz2": (
        lambda s, f: _entered(s, bz2.open, f / "z", "wb"),
        "not open for reading",
    ),
    "lzma": (
        lambda s, f: _entered(s, lzma.open, f / "z", "wb"),
        "not open for reading",
    ),
    "temporary": (
        lambda s, _: _entered(s, tempfile.NamedTemporaryFile, "wb"),
        "not open for reading",
    ),
    "not blocking": (_never_ready, "has nothing to give yet"),
    "wrong encoding": (_undecodable, "cannot be read: 'utf-8' codec can't decode"),
}
