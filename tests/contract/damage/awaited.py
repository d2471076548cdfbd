"""Calls of clients that are awaited, in an environment that has aiobotocore.

python -m tests.contract.damage.awaited CASES RESULTS FOLDER...

Reads the cases from a file, writes the results to another, and looks for the services'
packages in the folders.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.contract.damage.case import Case, Result, load, save
from tests.contract.damage.judge import Outcome, judge_error, judge_reply
from tests.contract.damage.servers.server import ByteServer
from tests.contract.damage.ways import (
    ARGUMENTS,
    PATIENCE,
    Way,
    list_ways,
    make_settings,
    prepared,
    sum_up,
    travelled,
)

from botosmith.runtime import from_boto3

NAME = "AsyncClient"


async def run(cases: Iterable[Case]) -> AsyncIterator[Result]:
    """Make the calls of cases in every way, and say what was wrong."""
    clients: dict[tuple[str, str], Any] = {}
    with closing(ByteServer()) as server, prepared():
        for case in cases:
            server.answer = case.raw
            outcomes: list[tuple[Way, Outcome]] = []
            for way in list_ways(case):
                key = case.module, way.serializer
                if key not in clients:
                    clients[key] = await _connect(*key, server)
                outcomes.append((way, await _call(clients[key], case, way)))
            yield sum_up(case, NAME, outcomes)
        for client in clients.values():
            await client.close()


async def _connect(module: str, serializer: str, server: ByteServer) -> Any:
    # Named as text, since type checkers run where there is not aiobotocore.
    config = import_module("aiobotocore.config").AioConfig
    return await import_module(module).AsyncClient(
        **ARGUMENTS,
        endpoint_url=server.url,
        # The server closes connections, which must not be used again.
        config=config(**make_settings(), connector_args={"keepalive_timeout": 0}),
        serializer=serializer,
    )


async def _call(client: Any, case: Case, way: Way) -> Outcome:
    request_class = import_module(case.module).OPERATIONS[case.operation].request
    request = from_boto3(request_class, case.parameters)
    with travelled(way):
        try:
            async with asyncio.timeout(PATIENCE):
                return await _send(client, request, case.number)
        except TimeoutError as error:
            # A read that goes on for ever would hold the whole run.
            return judge_error(error)


async def _send(client: Any, request: Any, number: int) -> Outcome:
    try:
        reply = await client.send(request)
    except Exception as error:  # noqa: BLE001 - to be judged
        return judge_error(error)
    outcome = judge_reply(reply)
    if outcome.problem is not None:
        return outcome
    return await _read_streams(reply, outcome, number)


async def _read_streams(reply: Any, outcome: Outcome, number: int) -> Outcome:
    """Read the streams of a reply to their ends."""
    parts = [outcome.text]
    for attribute in reply._bodies:
        body = getattr(reply, attribute)
        if body is None:
            continue
        try:
            parts.append(repr(await _read_body(body, number)))
        except Exception as error:  # noqa: BLE001 - to be judged
            return judge_error(error)
        finally:
            await body.aclose()
    for attribute in reply._events:
        events = getattr(reply, attribute)
        if events is None:
            continue
        try:
            async for event in events:
                parts.append(repr(event))  # noqa: PERF401 - those before an error, too
        except Exception as error:  # noqa: BLE001 - to be judged
            return judge_error(error, among_events=True)
        finally:
            await events.aclose()
    return Outcome(outcome.kind, " ".join(parts))


async def _read_body(body: Any, number: int) -> bytes:
    """Read a stream in one of the ways that there are."""
    match number % 4:
        case 0:
            whole: bytes = await body.aread()
        case 1:
            whole = b"".join([chunk async for chunk in body])
        case 2:
            whole = b"".join(
                [line async for line in body.aiter_lines(7, keepends=True)]
            )
        case _:
            whole = b""
            while piece := await body.aread(5):
                whole += piece
    return whole


async def _main(cases: Path, results: Path) -> None:
    save([result async for result in run(load(cases))], results)


if __name__ == "__main__":
    sys.path[:0] = sys.argv[3:]
    asyncio.run(_main(Path(sys.argv[1]), Path(sys.argv[2])))
