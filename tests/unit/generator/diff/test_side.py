"""A side is found by a word, read whole, and compared service by service."""

from __future__ import annotations

import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.unit.generator.diff.folder import (
    MODEL,
    PAGINATORS,
    REGIONS,
    RULES,
    WAITERS,
    write_json,
    write_service,
)

from botosmith.generator.diff import diff_sides
from botosmith.generator.diff.change import Action, Diff, Kind
from botosmith.generator.diff.run import find_services
from botosmith.generator.diff.source import Side, open_side
from botosmith.generator.errors import ModelError, UnknownName, UsageError

NONSENSE = (
    "no-such-folder",
    "latest",
    "1.42",
    "v1.42.1",
    "1.42.1 ",
    "==1.42.1",
    "",
    "\0",
)


def make_side(*services: str, is_whole: bool = False) -> Side:
    """A side of which nothing is read."""
    return Side("label", None, services, is_whole)


def tell(diff: Diff) -> list[tuple[str, Kind, Action, str]]:
    """The changes of all services."""
    return [
        (one.service, change.kind, change.action, change.path)
        for one in diff.services
        for change in one.changes
    ]


def test_folder_is_what_it_holds(tmp_path: Path) -> None:
    """Its label is the word itself, and it is a selection."""
    write_service(write_service(tmp_path, "parcels"), "lockers")

    side = open_side(str(tmp_path))

    assert side == Side(str(tmp_path), tmp_path, ("lockers", "parcels"), is_whole=False)


def test_installed_botocore_is_whole() -> None:
    """It has every service, and the version of the installed package."""
    side = open_side("installed")

    assert side.label == f"botocore {version('botocore')}"
    assert (side.folder, side.is_whole) == (None, True)
    assert {"sagemaker", "sqs", "s3"} <= set(side.services)


def test_installed_botocore_is_read_whole() -> None:
    """All that the data files of a service say is there."""
    service = open_side("installed").read("sagemaker")

    assert service.model.name == "sagemaker"
    assert "ListEndpoints" in service.paginators
    assert service.waiters["EndpointDeleted"]["operation"] == "DescribeEndpoint"
    assert {"aws.us-east-1", "rules.rules", "rules.parameters.Region"} <= set(
        service.endpoints
    )


@pytest.mark.parametrize("text", NONSENSE)
def test_word_that_names_nothing(text: str) -> None:
    """It is told what could have been said; nobody asks pip for it."""
    with pytest.raises(UsageError) as caught:
        open_side(text)

    assert str(caught.value) == (
        f"{text!r} is not a folder of models, a botocore version such as 1.42.1, "
        "or 'installed'"
    )


def test_file_is_no_folder(tmp_path: Path) -> None:
    """A model alone is not a side."""
    write_json(tmp_path / "service-2.json", MODEL)

    with pytest.raises(UsageError, match="is not a folder of models"):
        open_side(str(tmp_path / "service-2.json"))


def test_folder_without_models(tmp_path: Path) -> None:
    """It was meant to hold some."""
    write_json(tmp_path / "parcels" / "service-2.json", MODEL)

    with pytest.raises(UsageError) as caught:
        open_side(str(tmp_path))

    assert str(caught.value) == f"{tmp_path} is a folder that holds no models"


def test_folder_goes_before_a_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A word that names a folder means the folder."""
    monkeypatch.chdir(tmp_path)
    write_service(Path("1.42.1"), "parcels")

    assert open_side("1.42.1").folder == Path("1.42.1")


def test_every_file_of_a_service_is_compared(tmp_path: Path) -> None:
    """The model, its paginators, waiters, endpoint rules and regions."""
    old, new = tmp_path / "old", tmp_path / "new"
    write_service(old, "parcels", paginators_1=PAGINATORS, waiters_2=WAITERS)
    write_service(new, "parcels", endpoint_rule_set_1=RULES)
    write_json(new / "endpoints.json", REGIONS)

    diff = diff_sides(open_side(str(old)), open_side(str(new)))

    assert (diff.old, diff.new, diff.compared) == (str(old), str(new), 1)
    assert tell(diff) == [
        ("parcels", Kind.PAGINATOR, Action.REMOVED, "paginators.Ping"),
        ("parcels", Kind.WAITER, Action.REMOVED, "waiters.Pinged"),
        ("parcels", Kind.ENDPOINT, Action.ADDED, "endpoints.rules.parameters.Region"),
        ("parcels", Kind.ENDPOINT, Action.ADDED, "endpoints.rules.rules"),
        ("parcels", Kind.ENDPOINT, Action.ADDED, "endpoints.rules.version"),
        ("parcels", Kind.ENDPOINT, Action.ADDED, "endpoints.aws.eu-west-1"),
        ("parcels", Kind.ENDPOINT, Action.ADDED, "endpoints.aws.isRegionalized"),
    ]


def test_services_that_came_and_went(tmp_path: Path) -> None:
    """Each is one change; what did not change is compared, and not told."""
    old = write_service(write_service(tmp_path / "old", "gone"), "same")
    new = write_service(write_service(tmp_path / "new", "new"), "same")

    diff = diff_sides(open_side(str(old)), open_side(str(new)))

    assert tell(diff) == [
        ("gone", Kind.SERVICE, Action.REMOVED, "metadata.serviceId"),
        ("new", Kind.SERVICE, Action.ADDED, "metadata.serviceId"),
    ]
    assert [(one.old, one.new) for one in diff.services] == [
        ("2024-03-01", None),
        (None, "2024-03-01"),
    ]
    assert diff.compared == 3


def test_names_of_a_package_are_those_of_its_lock(tmp_path: Path) -> None:
    """A side that a package was generated from has its names."""
    folder = write_service(tmp_path, "parcels")
    old = open_side(str(folder))
    locked = evolve(old, locks={"parcels": {"operations.Ping": "ping_2"}})
    new = evolve(
        old,
        folder=write_service(
            tmp_path / "new", "parcels", service_2={**MODEL, "operations": {}}
        ),
    )

    (change,) = [
        one for one in diff_sides(locked, new).changes if one.kind is Kind.OPERATION
    ]

    assert change.old_names[0] == "ping_2"


@pytest.mark.parametrize(
    ("old", "new", "named", "expected"),
    [
        # Two of a kind: whatever either has.
        (make_side("a", "b"), make_side("b", "c"), (), ["a", "b", "c"]),
        (
            make_side("a", "b", is_whole=True),
            make_side("b", "c", is_whole=True),
            (),
            ["a", "b", "c"],
        ),
        # A folder beside a whole botocore: what it holds, on whichever side.
        (make_side("b", "x"), make_side("a", "b", is_whole=True), (), ["b", "x"]),
        (make_side("a", "b", is_whole=True), make_side("b", "x"), (), ["b", "x"]),
        # Services by name, as people type them, in the order given, once.
        (make_side("a", "b-c"), make_side("D"), ("d", "B_C", "d"), ["D", "b-c"]),
        # One that was left out of the folder may be asked for all the same.
        (make_side("b"), make_side("a", "b", is_whole=True), ("a",), ["a"]),
    ],
)
def test_services_that_are_meant(
    old: Side, new: Side, named: tuple[str, ...], expected: list[str]
) -> None:
    """Those named, else those that both sides can be expected to have."""
    assert find_services(old, new, named) == expected


def test_service_that_nobody_knows(tmp_path: Path) -> None:
    """The nearest names of both sides are offered."""
    side = open_side(str(write_service(tmp_path, "parcels")))

    with pytest.raises(UnknownName) as caught:
        diff_sides(side, side, services=["parcel"])

    assert str(caught.value) == "no service is named 'parcel'; the nearest: parcels"


def test_problems_of_all_services_are_told_together(tmp_path: Path) -> None:
    """Each is told with its file and place, on whichever side it is."""
    old, new = tmp_path / "old", tmp_path / "new"
    broken: dict[str, Any] = {**MODEL, "shapes": {"A": {"type": "x"}, "B": 3}}
    for folder in (old, new):
        for service in ("fine", "format", "syntax"):
            write_service(folder, service)
    write_service(old, "format", service_2=broken)
    write_service(new, "syntax", service_2="{")

    with pytest.raises(ModelError) as caught:
        diff_sides(open_side(str(old)), open_side(str(new)))

    found = {(one.file.partition("/")[0], one.path) for one in caught.value.problems}
    assert {
        ("format", "shapes.A.type"),
        ("format", "shapes.B"),
        ("syntax", ""),
    } <= found
    assert {service for service, _ in found} == {"format", "syntax"}


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"paginators_1": "{"}, "p/2024-03-01/paginators-1.json: is not JSON: "),
        (
            {"paginators_1": []},
            "p/2024-03-01/paginators-1.json: is an array, not an object",
        ),
        (
            {"paginators_1": {"pagination": 3}},
            "p/2024-03-01/paginators-1.json: pagination: is 3, not an object",
        ),
        (
            {"waiters_2": {"waiters": {"A": [], "B": {}}}},
            "p/2024-03-01/waiters-2.json: waiters.A: is an array, not an object",
        ),
        ({"endpoint_rule_set_1": "["}, "p/2024-03-01/endpoint-rule-set-1.json: is not"),
    ],
)
def test_file_beside_a_model_that_cannot_be_read(
    tmp_path: Path, files: dict[str, Any], told: str
) -> None:
    """It is a problem like that of a model, with its file and place."""
    side = open_side(str(write_service(tmp_path, "p", **files)))

    with pytest.raises(ModelError, match=f"^{re.escape(told)}"):
        side.read("p")


def test_regions_that_cannot_be_read(tmp_path: Path) -> None:
    """The file that all services share is named as well."""
    write_json(write_service(tmp_path, "parcels") / "endpoints.json", "{")

    with pytest.raises(ModelError, match=r"^endpoints\.json: is not JSON"):
        open_side(str(tmp_path)).read("parcels")
