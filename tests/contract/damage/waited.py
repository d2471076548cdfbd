"""Calls of clients that are waited for.

python -m tests.contract.damage.waited CASES RESULTS FOLDER...

Reads the cases from a file, writes the results to another, and looks for the services'
packages in the folders.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.session import Session
from tests.contract.damage.case import Case, Result, load, save
from tests.contract.damage.judge import Outcome, judge_error, judge_reply
from tests.contract.damage.servers.server import ByteServer
from tests.contract.damage.ways import (
    ARGUMENTS,
    Way,
    list_ways,
    make_settings,
    prepared,
    sum_up,
    travelled,
)

from botosmith.runtime import from_boto3

NAME = "Client"


def run(cases: Iterable[Case]) -> Iterator[Result]:
    """Make the calls of cases in every way, and say what was wrong."""
    clients: dict[tuple[str, str], Any] = {}
    with closing(ByteServer()) as server, prepared():
        for case in cases:
            for serializer in ("generated", "botocore"):
                if (case.module, serializer) not in clients:
                    clients[case.module, serializer] = _connect(
                        case.module, serializer, server
                    )
            server.answer = case.raw
            outcomes = [
                (way, _call(clients[case.module, way.serializer], case, way))
                for way in list_ways(case)
            ]
            yield sum_up(case, NAME, outcomes)
        for client in clients.values():
            client.close()


def _connect(module: str, serializer: str, server: ByteServer) -> Any:
    client = import_module(module).Client(
        **ARGUMENTS,
        endpoint_url=server.url,
        config=Config(**make_settings()),
        session=Session(),
        serializer=serializer,
    )
    connections = client._transport.client._endpoint.http_session

    def close(**_: Any) -> None:
        # The server closes connections, which must not be used again: not even by the
        # second request of a call that botocore redirects.
        connections.close()

    client.meta.events.register("before-send", close)
    return client


def _call(client: Any, case: Case, way: Way) -> Outcome:
    request_class = import_module(case.module).OPERATIONS[case.operation].request
    request = from_boto3(request_class, case.parameters)
    with travelled(way):
        try:
            reply = client.send(request)
        except Exception as error:  # noqa: BLE001 - to be judged
            return judge_error(error)
        outcome = judge_reply(reply)
        if outcome.problem is not None:
            return outcome
        return _read_streams(reply, outcome, case.number)


def _read_streams(reply: Any, outcome: Outcome, number: int) -> Outcome:
    """Read the streams of a reply to their ends."""
    parts = [outcome.text]
    for attribute in reply._bodies:
        body = getattr(reply, attribute)
        if body is None:
            continue
        try:
            parts.append(repr(_read_body(body, number)))
        except Exception as error:  # noqa: BLE001 - to be judged
            return judge_error(error)
        finally:
            body.close()
    for attribute in reply._events:
        events = getattr(reply, attribute)
        if events is None:
            continue
        try:
            parts += [repr(event) for event in events]
        except Exception as error:  # noqa: BLE001 - to be judged
            return judge_error(error, among_events=True)
        finally:
            events.close()
    return Outcome(outcome.kind, " ".join(parts))


def _read_body(body: Any, number: int) -> bytes:
    """Read a stream in one of the ways that there are."""
    match number % 4:
        case 0:
            whole: bytes = body.read()
        case 1:
            whole = b"".join(body)
        case 2:
            whole = b"".join(body.iter_lines(7, keepends=True))
        case _:
            whole = b""
            while piece := body.read(5):
                whole += piece
    return whole


if __name__ == "__main__":
    sys.path[:0] = sys.argv[3:]
    save(run(load(Path(sys.argv[1]))), Path(sys.argv[2]))
