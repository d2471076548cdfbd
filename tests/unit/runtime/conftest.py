"""A small service, generated for these tests, and a server that answers as told."""

from __future__ import annotations

import contextlib
import json
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import botocore.endpoint
import botocore.session
import pytest
from botocore.config import Config
from botocore.loaders import Loader

from botosmith.generator.build.pipeline import build_service, open_models

MODELS = Path(__file__).parent / "models"


@pytest.fixture(scope="session")
def parcels_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The import root of the package `shop`, which holds `shop.parcels`."""
    root = tmp_path_factory.mktemp("generated")
    files = build_service(open_models(MODELS), "parcels", package="shop")
    for path, text in files.items():
        place = root / "shop" / "parcels" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    return root


@pytest.fixture(scope="session")
def parcels(parcels_folder: Path) -> Any:
    """The generated package of the service that `models/parcels` describes."""
    sys.path.insert(0, str(parcels_folder))
    return import_module("shop.parcels")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No configuration but this: nothing of the machine's own has a say."""
    for name in ("AWS_PROFILE", "AWS_DATA_PATH", "AWS_ENDPOINT_URL", "AWS_RETRY_MODE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "credentials"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Retries come at once."""
    monkeypatch.setattr(
        botocore.endpoint, "time", SimpleNamespace(sleep=lambda _: None)
    )


class RawServer:
    """A server that answers each request with the next of `answers`, of any kind.

    An answer is a status and a body; a body that is not bytes is sent as JSON. The last
    answer is given again for every further request.
    """

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = [(200, {})]
        self.headers = {"x-amzn-RequestId": "request-1"}
        self.requests: list[tuple[dict[str, str], bytes]] = []
        self._lock = threading.Lock()
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                status, answer = server.answer(headers, body)
                self.send_response(status)
                for name, value in server.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                # A client that gives up before its answer is not a fault of the server.
                if not isinstance(sys.exception(), ConnectionError):
                    super().handle_error(request, client_address)

        self._server = Server(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.01,), daemon=True
        )
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        """Note a request, and take its answer."""
        with self._lock:
            self.requests.append((headers, body))
            status, content = self.answers[0]
            if len(self.answers) > 1:
                del self.answers[0]
        encoded = (
            content if isinstance(content, bytes) else json.dumps(content).encode()
        )
        return status, encoded

    @property
    def documents(self) -> list[Any]:
        """The bodies that were received."""
        return [json.loads(body) for _, body in self.requests]

    def close(self) -> None:
        """Let the port go."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def server() -> Iterator[RawServer]:
    """A server on the loopback interface."""
    with contextlib.closing(RawServer()) as running:
        yield running


@pytest.fixture(params=["generated", "botocore"])
def client(
    request: pytest.FixtureRequest, parcels: Any, server: RawServer
) -> Iterator[Any]:
    """A client of either serializer, which calls the server."""
    with parcels.Client(endpoint_url=server.url, serializer=request.param) as made:
        yield made


@pytest.fixture
def direct(parcels: Any, server: RawServer) -> Iterator[Any]:
    """A client of the generated serializer, which calls the server."""
    with parcels.Client(endpoint_url=server.url, serializer="generated") as made:
        yield made


@pytest.fixture
def boto_of(server: RawServer) -> Iterator[Callable[[Config], Any]]:
    """Makes botocore's own client over the same model, which calls the server."""
    with contextlib.ExitStack() as stack:

        def make(config: Config) -> Any:
            session = botocore.session.Session()
            loader = Loader(extra_search_paths=[str(MODELS)])
            session.register_component("data_loader", loader)
            made: Any = session.create_client(
                "parcels",  # type: ignore[call-overload,unused-ignore]
                endpoint_url=server.url,
                config=config,
            )
            return stack.enter_context(contextlib.closing(made))

        yield make


@pytest.fixture
def boto(boto_of: Callable[[Config], Any]) -> Any:
    """botocore's own client, without configuration."""
    return boto_of(Config())
