"""The report for a browser, in one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait
from tests.unit.generator.diff.report import example
from tests.unit.generator.diff.report.conftest import Open, read_log

from botosmith.generator.diff.report.pagedata import list_changes
from botosmith.generator.invisible import make_lines_visible


def find(browser: Chrome, selector: str) -> WebElement:
    """An element of the page."""
    return browser.find_element(By.CSS_SELECTOR, selector)


def find_all(browser: Chrome, selector: str) -> list[WebElement]:
    """Elements of the page."""
    return browser.find_elements(By.CSS_SELECTOR, selector)


def run(browser: Chrome, script: str) -> Any:
    """Return the result of a script that looks at the page."""
    return browser.execute_script(f"return {script}")


def read_shown(browser: Chrome) -> str:
    """Return what the page says of how much it shows."""
    return find(browser, "#shown").text


def read_places(browser: Chrome) -> list[str]:
    """The places of the changes that are shown."""
    return [
        place.text for place in find_all(browser, "#list .where > code:first-of-type")
    ]


def search(browser: Chrome, text: str) -> None:
    """Type something else into the search."""
    query = find(browser, "#query")
    query.clear()
    query.send_keys(text)


def read_numbers(browser: Chrome) -> list[str]:
    """The numbers on the switches of the severities."""
    return [one.text for one in find_all(browser, "[data-severity] .number")]


def wait(browser: Chrome, is_so: Callable[[Chrome], bool]) -> None:
    """Give the browser time for what it does when it gets to it."""
    WebDriverWait(browser, 30).until(is_so)


def test_page_opens_and_asks_for_nothing(open_page: Open, tmp_path: Path) -> None:
    """No complaint, and nothing is fetched but the file."""
    browser = open_page(example.TWO)
    shown, title = read_shown(browser), browser.title

    assert shown == "9 of 9 changes shown"
    assert title == "botocore 1.42.1 → models"
    assert read_log(browser, "browser") == []
    events = [json.loads(one["message"]) for one in read_log(browser, "performance")]
    requests = [
        event["message"]["params"]["request"]["url"]
        for event in events
        if event["message"]["method"] == "Network.requestWillBeSent"
    ]
    wanted = (tmp_path / "diff.html").as_uri()
    assert [url for url in requests if not url.startswith("data:")] == [wanted]


def test_changes_are_listed_worst_first(open_page: Open) -> None:
    """Each severity has its heading, and each change its line."""
    browser = open_page(example.ONE)

    groups = [group.text for group in find_all(browser, "#list .group")]
    assert groups == ["breaking", "compatible", "documentation"]
    assert read_places(browser)[:3] == [
        "shapes.CreateLockerInput.members.LockerName",
        "shapes.Size",
        "shapes.Parcel.members.Weight",
    ]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("members.weight", ["shapes.Parcel.members.Weight"]),
        ("locker_name", ["shapes.CreateLockerInput.members.LockerName"]),
        ("DescribeLocker", ["shapes.Size"]),
        ("  IMPORTS   removed ", ["shapes.Size"]),
        ("9223372036854775807", ["shapes.Count.max"]),
        ("ml.m5", ["shapes.Size"]),
    ],
)
def test_search_finds_any_text(open_page: Open, text: str, places: list[str]) -> None:
    """Places, Python names, operations, reasons and values, in any letters."""
    browser = open_page(example.ONE)

    search(browser, text)

    assert read_places(browser) == places
    assert read_shown(browser) == "1 of 7 changes shown"


def test_search_may_find_nothing(open_page: Open) -> None:
    """The page says so, and offers a way back."""
    browser = open_page(example.ONE)
    search(browser, "no such thing")
    assert read_shown(browser) == "0 of 7 changes shown"
    assert find(browser, "#nothing").is_displayed()

    find(browser, "#clear").click()

    assert read_shown(browser) == "7 of 7 changes shown"
    assert not find(browser, "#nothing").is_displayed()


def test_severities_can_be_left_out(open_page: Open) -> None:
    """A switch takes its changes away and brings them back; its number stays."""
    browser = open_page(example.ONE)
    switch = find(browser, "[data-severity=compatible]")

    switch.click()
    assert switch.get_attribute("aria-pressed") == "false"
    assert read_shown(browser) == "4 of 7 changes shown"
    assert read_numbers(browser) == ["3", "3", "1"]

    switch.click()
    assert switch.get_attribute("aria-pressed") == "true"
    assert read_shown(browser) == "7 of 7 changes shown"


def test_resource_shows_its_changes(open_page: Open) -> None:
    """A click on a resource shows what reaches it, another click everything."""
    browser = open_page(example.TWO)
    link = find(browser, "[data-key='parcels/Parcel']")

    link.click()
    assert read_shown(browser) == "3 of 9 changes shown"
    assert link.get_attribute("aria-current") == "true"
    assert find(browser, "#chosen").text.startswith("Parcel ")

    link.click()
    assert read_shown(browser) == "9 of 9 changes shown"
    assert not find(browser, "#chosen").is_displayed()


def test_rows_of_one_name_are_told_apart(open_page: Open) -> None:
    """The resource Service is not the service as a whole, nor another service's."""
    browser = open_page(example.TWO)

    find(browser, "[data-key='orders/Service']").click()
    assert read_places(browser) == ["operations.CreateService"]

    find(browser, "[data-key='orders/']").click()
    assert read_places(browser) == ["endpoints.aws.mx-central-1"]

    find(browser, "[data-key='orders']").click()
    assert read_shown(browser) == "2 of 9 changes shown"


def test_change_opens_to_its_details(open_page: Open) -> None:
    """Both values with what differs marked, Python names and operations."""
    browser = open_page(example.ONE, "#q=create_locker&severity=documentation")

    find(browser, "#list summary").click()
    wait(browser, lambda browser: bool(find_all(browser, "#list .body")))

    panes = [pane.text for pane in find_all(browser, ".values pre")]
    assert panes == ["<p>Makes a locker.</p>", "<p>Makes a new locker.</p>"]
    assert [mark.text.strip() for mark in find_all(browser, ".values ins")] == ["new"]
    assert find_all(browser, ".values del") == []
    terms = [term.text for term in find_all(browser, ".body > dt")]
    assert terms == ["values", "Python", "operations"]


def test_removed_shape_tells_what_went_with_it(open_page: Open) -> None:
    """There is one value, and the places that the shape took along."""
    browser = open_page(example.ONE, "#q=imports")

    find(browser, "#list summary").click()
    wait(browser, lambda browser: bool(find_all(browser, "#list .body")))

    assert [one.text for one in find_all(browser, "figcaption")] == ["before"]
    many = [one.text for one in find_all(browser, ".many li")]
    assert many[:2] == ["Size is gone", "CreateLocker"]
    assert many[-1] == "shapes.Size.enum.ml.m5.members.large"


def test_keyboard_does_everything(open_page: Open) -> None:
    """A slash leads to the search, Tab onwards, and Enter works what it reaches."""
    browser = open_page(example.ONE)
    find(browser, "body").send_keys("/")
    active = browser.switch_to.active_element
    assert active.get_attribute("id") == "query"

    active.send_keys("weight", Keys.TAB, Keys.TAB, Keys.TAB, Keys.TAB)
    browser.switch_to.active_element.send_keys(Keys.ENTER)
    wait(browser, lambda browser: bool(find_all(browser, "#list .body")))

    assert [pane.text for pane in find_all(browser, ".values pre")] == [
        "integer",
        "string",
    ]


def test_address_brings_a_view_back(open_page: Open) -> None:
    """Search, severities and resource are in the address, which another may open."""
    browser = open_page(example.TWO)
    search(browser, "shapes &=#+%")
    search(browser, "shapes")
    find(browser, "[data-severity=compatible]").click()
    find(browser, "[data-key='parcels/Parcel']").click()
    address, places = run(browser, "location.hash"), read_places(browser)
    assert places == ["shapes.Size", "shapes.Parcel.members.Weight"]

    browser = open_page(example.TWO, address)

    assert read_places(browser) == places
    assert find(browser, "#query").get_attribute("value") == "shapes"
    pressed = find(browser, "[data-severity=compatible]").get_attribute("aria-pressed")
    assert pressed == "false"


def test_back_button_goes_back(open_page: Open) -> None:
    """A click can be undone; a changed address is obeyed."""
    browser = open_page(example.ONE)
    find(browser, "[data-severity=breaking]").click()
    assert read_shown(browser) == "4 of 7 changes shown"

    browser.back()
    wait(browser, lambda browser: read_shown(browser) == "7 of 7 changes shown")
    run(browser, "location.hash = 'q=weight'")
    wait(browser, lambda browser: read_shown(browser) == "1 of 7 changes shown")


@pytest.mark.parametrize("address", ["#severity=", "#severity=x&y=z", "#%", "#q"])
def test_strange_addresses_do_no_harm(open_page: Open, address: str) -> None:
    """The page shows what it can make of them."""
    browser = open_page(example.ONE, address)

    assert read_shown(browser) in {"0 of 7 changes shown", "7 of 7 changes shown"}
    assert read_log(browser, "browser") == []


@pytest.mark.parametrize("text", example.HOSTILE)
def test_hostile_text_executes_nothing(open_page: Open, text: str) -> None:
    """It is shown, letter by letter or as codes, and the page goes on working."""
    diff = example.make_hostile(text)
    browser = open_page(diff)
    opened = (
        "document.querySelectorAll('#list details').forEach(one => one.open = true)"
    )
    run(browser, opened)
    wait(browser, lambda browser: len(find_all(browser, "#list .body")) == 2)
    find(browser, "tbody tr:last-child a").click()

    assert read_shown(browser) == "2 of 2 changes shown"
    assert run(browser, "window.broken") is None
    assert find_all(browser, "img, script:not([type]) ~ *") == []
    assert run(browser, "document.querySelector('#list .reason').textContent") == (
        make_lines_visible(f"{text} → {text}!{text}")
    )
    data = run(browser, "JSON.parse(document.getElementById('data').textContent)")
    assert data == json.loads(json.dumps(list_changes(diff)))
    assert read_log(browser, "browser") == []


def test_thousands_of_changes_are_shown_by_and_by(open_page: Open) -> None:
    """Some are made at first, more as somebody scrolls or asks for them."""
    browser = open_page(example.make_many(6000))
    rows = "document.querySelectorAll('#list details').length"
    assert read_shown(browser) == "6,000 of 6,000 changes shown"
    assert read_numbers(browser) == ["600", "5,400", "0"]
    first = run(browser, rows)
    assert 100 <= first < 1000

    run(browser, "scrollTo(0, document.body.scrollHeight)")
    wait(browser, lambda browser: run(browser, rows) > first)
    search(browser, "member599")

    assert read_shown(browser) == "11 of 6,000 changes shown"
    assert run(browser, rows) == 11
    assert not find(browser, "#more").is_displayed()


def test_page_fits_a_phone(open_page: Open) -> None:
    """Nothing is wider than the screen, opened or not."""
    browser = open_page(example.TWO)
    size = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    run(browser, "document.querySelectorAll('details').forEach(one => one.open = true)")
    wait(browser, lambda browser: len(find_all(browser, "#list .body")) == 9)

    width = run(browser, "document.documentElement.scrollWidth")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert width == 390


def test_totals_are_read_without_javascript(open_page: Open) -> None:
    """Totals and resources are there, and the page says what is missing."""
    browser = open_page(example.ONE)
    switch = "Emulation.setScriptExecutionDisabled"
    browser.execute_cdp_cmd(switch, {"value": True})
    browser.refresh()

    texts = [find(browser, name).text for name in (".figures", "nav", "noscript")]
    toolbar = find(browser, "#toolbar").is_displayed()
    browser.execute_cdp_cmd(switch, {"value": False})
    assert "breaking\n3" in texts[0]
    assert "Locker 2 0 1" in texts[1].replace("\n", " ")
    assert "needs JavaScript" in texts[2]
    assert not toolbar
