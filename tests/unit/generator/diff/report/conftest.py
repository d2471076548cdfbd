"""A real browser, without a display."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

from botosmith.generator.diff.change import Diff
from botosmith.generator.diff.report import write_report

Open = Callable[..., Chrome]

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--window-size=1280,900",
)


def find_program(*names: str) -> str:
    """The first of the programs that is installed."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.fail(
        f"none of {', '.join(names)} is installed; the page is tested in a browser: "
        "install Chromium and its driver (Debian: chromium and chromium-driver)"
    )


def read_log(browser: Chrome, name: str) -> list[dict[str, Any]]:
    """Return what was written since the last call."""
    entries: list[dict[str, Any]] = browser.get_log(name)  # type: ignore[no-untyped-call]
    return entries


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """Chromium, which writes down what a page complains of and asks for."""
    options = ChromeOptions()
    options.binary_location = find_program(*BROWSERS)
    profile = tmp_path_factory.mktemp("profile")
    for option in (*OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    logs = {"browser": "ALL", "performance": "ALL"}
    options.set_capability("goog:loggingPrefs", logs)
    # With the path given, selenium looks for no driver to download.
    driver = Chrome(options, ChromeService(find_program("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture
def open_page(browser: Chrome, tmp_path: Path) -> Open:
    """Opens the page of a diff as a file."""

    def run(diff: Diff, address: str = "") -> Chrome:
        file = tmp_path / "diff.html"
        file.write_text(write_report(diff, "html"), "utf-8")
        # From a page to itself with another address, a browser loads nothing.
        browser.get("about:blank")
        for name in ("browser", "performance"):
            read_log(browser, name)
        browser.get(f"{file.as_uri()}{address}")
        return browser

    return run
