"""A diff as a page of HTML: one file that works wherever a browser can open it."""

from __future__ import annotations

import base64
import hashlib

from attrs import frozen
from jinja2 import Environment, PackageLoader, StrictUndefined

from botosmith.generator.diff.change import Diff, ServiceDiff
from botosmith.generator.diff.report.pagedata import Json, list_changes
from botosmith.generator.diff.report.resource import (
    Resource,
    list_resources,
    write_address,
)
from botosmith.generator.diff.report.wording import (
    describe_scope,
    describe_version,
    show_controls,
)
from botosmith.generator.diff.totals import Totals, count

#: The parts of the page's script, in the order in which they stand in it.
SCRIPTS = ("words.js", "row.js", "state.js", "page.js")


@frozen
class _Service:
    """A service of the page.

    Attributes:
        name: botocore's name of it.
        version: The API versions that were compared.
        totals: What its changes come to.
        resources: Its resources that changed.
    """

    name: str
    version: str
    totals: Totals
    resources: list[Resource]

    @property
    def address(self) -> str:
        """Where the page shows it alone."""
        return write_address(self.name)


@frozen
class _Page:
    """All that the page tells.

    Attributes:
        old: What the old models are.
        new: What the new ones are.
        scope: How many services differ, as a sentence.
        totals: What the changes of all services come to.
        services: The services that differ.
        most: How many changes the resource has that most changes reach.
        script: The page's own JavaScript.
        script_hash: What the browser knows it by.
        data: The changes.
    """

    old: str
    new: str
    scope: str
    totals: Totals
    services: list[_Service]
    most: int
    script: str
    script_hash: str
    data: Json


def write_page(diff: Diff) -> str:
    """A diff for a browser: a page that asks for nothing but itself."""
    loader = PackageLoader(__name__.rpartition(".")[0], "templates")
    environment = Environment(
        loader=loader,
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["thousands"] = "{:,}".format
    # Keys keep the order that they were given, and nothing is spent on spaces.
    options = {"sort_keys": False, "separators": (",", ":")}
    environment.policies["json.dumps_kwargs"] = options
    sources = (loader.get_source(environment, name)[0] for name in SCRIPTS)
    page = _make_page(diff, script="\n".join(sources))
    return environment.get_template("page.html.jinja").render(page=page)


def _make_page(diff: Diff, *, script: str) -> _Page:
    services = [_make_service(service) for service in diff.services]
    resources = [one for service in services for one in service.resources]
    digest = hashlib.sha256(script.encode()).digest()
    return _Page(
        old=show_controls(diff.old),
        new=show_controls(diff.new),
        scope=describe_scope(diff),
        totals=count(diff.changes),
        services=sorted(services, key=_rank),
        most=max((resource.changes for resource in resources), default=0),
        script=script,
        script_hash=f"sha256-{base64.b64encode(digest).decode()}",
        data=list_changes(diff),
    )


def _make_service(service: ServiceDiff) -> _Service:
    return _Service(
        name=show_controls(service.service),
        version=show_controls(describe_version(service)),
        totals=count(service.changes),
        resources=list_resources(service),
    )


def _rank(service: _Service) -> tuple[int, int, str]:
    return (-service.totals.breaking, -service.totals.compatible, service.name)
