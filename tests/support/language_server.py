"""Hover texts as an editor shows them: pyright's language server is asked for them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

SERVER = Path(sys.executable).with_name("pyright-langserver")


class LanguageServer:
    """A running language server that speaks JSON-RPC over its standard streams."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        """Open a workspace whose imports are found by `pyrightconfig.json`."""
        assert process.stdin
        assert process.stdout
        self._input: IO[bytes] = process.stdin
        self._output: IO[bytes] = process.stdout
        self._folder = folder
        self._count = 0
        workspace = {"uri": folder.as_uri(), "name": folder.name}
        markdown = {"hover": {"contentFormat": ["markdown", "plaintext"]}}
        self._call(
            "initialize",
            processId=None,
            rootUri=folder.as_uri(),
            workspaceFolders=[workspace],
            capabilities={"textDocument": markdown},
        )
        self._send("initialized", {})

    def hover(self, expression: str, imports: str) -> str:
        """Return the Markdown that is shown over the last name of an expression."""
        text = f"{imports}\n\n{expression}\n"
        file = self._folder / f"hover_{self._count}.py"
        document = {"uri": file.as_uri()}
        opened = {**document, "languageId": "python", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": opened})
        position = {"line": text.count("\n") - 1, "character": len(expression) - 1}
        answer = self._call(
            "textDocument/hover", textDocument=document, position=position
        )
        assert answer["contents"]["kind"] == "markdown"
        return str(answer["contents"]["value"])

    def _call(self, method: str, **parameters: Any) -> Any:
        self._count += 1
        number = self._count
        self._send(method, parameters, id=number)
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                return message["result"]
            if "id" in message:
                self._answer(message)

    def _answer(self, request: dict[str, Any]) -> None:
        """Answer a request of the server's: every setting is the default one."""
        items = request.get("params", {}).get("items", [])
        result = [None] * len(items) if items else None
        self._write({"jsonrpc": "2.0", "id": request["id"], "result": result})

    def _send(self, method: str, parameters: Any, **others: Any) -> None:
        self._write(
            {"jsonrpc": "2.0", "method": method, "params": parameters, **others}
        )

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        self._input.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self._input.flush()

    def _read(self) -> dict[str, Any]:
        length = 0
        while header := self._output.readline().strip():
            name, _, value = header.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(self._output.read(length))
        return message


@contextmanager
def start_server(folder: Path, *roots: Path) -> Generator[LanguageServer]:
    """Run a language server for an empty folder, with roots of packages to import."""
    settings = {"extraPaths": [str(root) for root in roots]}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    with subprocess.Popen(
        [SERVER, "--stdio"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    ) as process:
        try:
            yield LanguageServer(process, folder)
        finally:
            process.kill()
