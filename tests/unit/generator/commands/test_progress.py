"""Progress of a command, on a terminal and elsewhere."""

from __future__ import annotations

import os
import pty
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from rich.progress import Progress as Display
from tests.unit.generator.commands.test_cli import make_model, save, start, watch
from tests.unit.generator.conftest import Run

from botosmith.generator.progress import bars, lines
from botosmith.generator.progress.bars import Bars, open_display
from botosmith.generator.progress.lines import Lines

SERVICES = [f"s{number}" for number in range(20)]


def print_lines(total: int) -> tuple[Lines, lines.ServiceLines, StringIO]:
    """Lines of so many services, and what has been printed."""
    printed = StringIO()
    progress = Lines(Console(file=printed))
    return progress, progress.follow(total), printed


@pytest.fixture
def display() -> Iterator[Display]:
    """A display that nobody sees."""
    console = Console(file=StringIO(), force_terminal=True, width=99, height=40)
    with open_display(console) as opened:
        yield opened


def shown(display: Display) -> dict[str, tuple[float, float | None]]:
    """The bars that are drawn: how much is done, and of how much."""
    return {
        task.description: (task.completed, task.total)
        for task in display.tasks
        if task.visible
    }


def test_lines_of_one_service() -> None:
    """A line for each step and each quarter; the end is that of the last step."""
    progress, services, printed = print_lines(1)
    progress.start("reading")
    services.start("sqs", "rendering")
    services.start("sqs", "formatting", 100)
    for _ in range(4):
        services.advance("sqs", 13)
    services.finish("sqs", "100 files")
    progress.start("writing")

    assert printed.getvalue().splitlines() == [
        "reading",
        "sqs: rendering",
        "sqs: formatting 100 files",
        "sqs: formatting 25%",
        "sqs: formatting 50%",
        "writing",
    ]


def test_lines_of_few_services() -> None:
    """Steps of several services are told apart; what has no step has a line."""
    _, services, printed = print_lines(3)
    services.finish("a", "from the cache")
    services.start("b", "formatting", 100)
    services.start("c", "formatting", 200)
    services.advance("c", 50)
    services.advance("b", 50)
    services.finish("b", "100 files")

    assert printed.getvalue().splitlines() == [
        "a: from the cache",
        "b: formatting 100 files",
        "c: formatting 200 files",
        "c: formatting 25%",
        "b: formatting 50%",
    ]


def test_lines_of_many_services() -> None:
    """One line for each, when it is done, with how many there are."""
    _, services, printed = print_lines(1_000)
    services.finish("a", "from the cache")
    for service in ("b", "[c]"):
        services.start(service, "rendering")
        services.start(service, "formatting", 200)
        services.advance(service, 200)
        services.finish(service, "200 files")

    assert printed.getvalue().splitlines() == [
        "a: from the cache (1 of 1,000)",
        "b: 200 files (2 of 1,000)",
        "[c]: 200 files (3 of 1,000)",
    ]


def test_bars_of_one_service(display: Display) -> None:
    """Each step has a bar, which is full when the next begins, and stays."""
    progress = Bars(display)
    progress.start("reading")
    services = progress.follow(1)
    services.start("sqs", "rendering")
    services.start("sqs", "formatting", 40)
    services.advance("sqs", 13)

    assert shown(display) == {
        "reading": (1, 1),
        "sqs: rendering": (1, 1),
        "sqs: formatting": (13, 40),
    }
    services.advance("sqs", 27)
    services.finish("sqs", "40 files")
    progress.start("writing")
    progress.finish()
    assert shown(display)["sqs: formatting"] == (40, 40)
    assert shown(display)["writing"] == (1, 1)


def test_bar_of_a_cached_service(display: Display) -> None:
    """One that is done before it began has a bar that is full."""
    Bars(display).follow(1).finish("sqs", "from the cache")

    assert shown(display) == {"sqs: from the cache": (1, 1)}


def test_bars_of_several_services(display: Display) -> None:
    """One bar for all, and one for each that is under way; the time is shown."""
    services = Bars(display).follow(20)
    for service in SERVICES[:3]:
        services.start(service, "rendering")
    services.start("s1", "formatting", 12)
    services.advance("s1", 8)
    services.finish("s0", "9 files")

    assert shown(display) == {
        "services": (1, 20),
        "s1: formatting": (8, 12),
        "s2: rendering": (0, None),
    }
    plain = Console(file=StringIO(), width=99)
    with plain.capture() as capture:
        plain.print(display.make_tasks_table(display.tasks))
    assert re.search(r"services .* 1/20 +0:00:0\d", capture.get())


def test_no_more_bars_than_a_terminal_holds(display: Display) -> None:
    """The first of many in progress are shown; the others when there is room."""
    services = Bars(display).follow(20)
    for service in SERVICES:
        services.start(service, "rendering")
    first = [f"{name}: rendering" for name in SERVICES[: bars.MOST]]
    assert list(shown(display)) == ["services", *first]

    for done, service in enumerate(SERVICES):
        assert len(shown(display)) == 1 + min(len(SERVICES) - done, bars.MOST)
        services.finish(service, "9 files")

    assert shown(display) == {"services": (20, 20)}


def test_no_more_bars_of_steps_than_a_terminal_holds(display: Display) -> None:
    """The last of many steps are shown, such as folders that are written."""
    progress = Bars(display)
    for service in SERVICES:
        progress.start(f"{service}: writing")
    progress.finish()

    last = [f"{name}: writing" for name in SERVICES[-bars.MOST :]]
    assert shown(display) == dict.fromkeys(last, (1, 1))


def pin_many(count: int) -> None:
    """Pin so many services below the current folder."""
    for number in range(count):
        save(make_model(f"Letters{number}"), f"letters{number}")


def test_terminal_shows_all_services(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal, bars of the services under way, and one of those that are done."""
    monkeypatch.chdir(tmp_path)
    pin_many(6)
    terminal, end = pty.openpty()
    with ThreadPoolExecutor(1) as pool:
        watching = pool.submit(watch, terminal)
        with start("generate", stderr=end) as process:
            os.close(end)
            out, _ = process.communicate(timeout=120)
        screen = watching.result(timeout=60)
    os.close(terminal)

    assert process.returncode == 0
    assert out.count("created") == 6
    assert "services" in screen
    assert "6/6" in screen
    assert re.search(r"letters\d: (rendering|formatting)", screen)


def test_lines_tell_of_all_services(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """Elsewhere, each service has a line when it is done."""
    monkeypatch.chdir(tmp_path)
    pin_many(6)

    _, _, err = run("generate")

    done = err.splitlines()[:6]
    pattern = r"letters\d: \d+ files \(\d of 6\)"
    assert all(re.fullmatch(pattern, line) for line in done)
    assert [line[-7:] for line in done] == [f"{n} of 6)"[-7:] for n in range(1, 7)]
