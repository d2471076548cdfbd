"""A bench for cases: a server on the loopback interface, and its callers."""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from socketserver import StreamRequestHandler
from typing import Any
from unittest.mock import patch

from attrs import frozen
from botocore.loaders import Loader
from botocore.session import Session
from tests.contract.protocols.caller import Botocore, Call, Generated, NoClient
from tests.contract.protocols.verdict import BOTOCORE, SERIALIZERS, Trial, Verdict
from tests.support.packages import import_service

from botosmith.generator.plan.data import cut_endpoints


@frozen
class Bench:
    """Tries cases.

    Attributes:
        cases: The module that reads, plays and compares them.
        server: Its server, which is running.
        session: botocore's, which finds the models of all suites.
        folder: Where the models go that packages are generated from.
    """

    cases: Any
    server: Any
    session: Session
    folder: Path

    def try_suite(self, suite: Any) -> Iterator[Trial]:
        """Make all the calls of a suite, each by botocore and with both serializers."""
        with ExitStack() as stack:
            theirs = Botocore(suite.name, self.session, stack)
            ours = self._make_clients(suite, stack)
            for case in suite.cases:
                verdicts = {BOTOCORE: self._judge(case, theirs.call)}
                for serializer, client in ours.items():
                    # A reply is read alike, whichever way the call is made.
                    is_input = case.kind == "input"
                    calls = (client.send, client.call) if is_input else (client.send,)
                    verdicts[serializer] = self._judge(case, *calls)
                yield Trial(
                    case=str(case),
                    group=f"{case.kind} {case.file}",
                    is_excused=case.botocore_ignored,
                    is_own=ours["generated"].is_own(case),
                    verdicts=verdicts,
                )

    def _make_clients(
        self, suite: Any, stack: ExitStack
    ) -> Mapping[str, Generated | NoClient]:
        """The clients of the package for a suite, by their serializers."""
        models = self.folder / suite.name
        self.cases.write_models([suite], models)
        # botocore's own takes longer to read than all the rest.
        (models / "endpoints.json").write_text(_endpoints(), encoding="utf-8")
        try:
            package = import_service(suite.name, models)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
            return dict.fromkeys(SERIALIZERS, NoClient(error))
        return {
            serializer: Generated(suite, package, serializer, self.session, stack)
            for serializer in SERIALIZERS
        }

    def _judge(self, case: Any, *calls: Call) -> Verdict:
        """Have a call made in some ways, of which the first that is wrong counts."""
        verdicts = [self._judge_call(case, call) for call in calls]
        mismatches = (one.mismatch for one in verdicts)
        strict_mismatches = (one.strict_mismatch for one in verdicts)
        return Verdict(
            next(filter(None, mismatches), None),
            next(filter(None, strict_mismatches), None),
        )

    def _judge_call(self, case: Any, call: Call) -> Verdict:
        self.server.play(case)
        result: Any = None
        problem: str | None = None
        try:
            result = call(case, case.endpoint_url(self.server.port))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is wrong
            problem = f"{type(error).__name__}: {error}"
        if problem is None and len(self.server.requests) != 1:
            problem = f"{len(self.server.requests)} requests"

        def compare(*, strict: bool) -> str | None:
            if case.kind == "input":
                found = self.cases.compare_request(case, self.server.last, strict)
                return "; ".join(filter(None, (found, problem))) or None
            found = problem or self.cases.compare_result(case, result, strict)
            return found or None

        return Verdict(compare(strict=False), compare(strict=True))


@cache
def _endpoints() -> str:
    return json.dumps(cut_endpoints(Loader().load_data("endpoints"), ()))


@contextmanager
def open_bench(cases: Any, suites: tuple[Any, ...], folder: Path) -> Generator[Bench]:
    """Run the server, and have names resolve to it.

    Args:
        cases: The module that reads, plays and compares cases.
        suites: All the suites, whose models botocore finds in one place.
        folder: An empty one.
    """
    cases.write_models(suites, folder / "all")
    session = Session()
    loader = Loader(
        extra_search_paths=[str(folder / "all")], include_default_search_paths=True
    )
    session.register_component("data_loader", loader)
    # Headers and body of a reply are sent apart: the system would hold back the second
    # until the client has confirmed the first, which it puts off.
    undelayed = patch.object(StreamRequestHandler, "disable_nagle_algorithm", new=True)
    with undelayed, cases.CaptureServer() as server, cases.loopback_dns():
        yield Bench(cases, server, session, folder)
