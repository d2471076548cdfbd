"""A diff as a page of HTML: a single file that needs only a browser."""

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

#: The parts of the page's script, in their order.
SCRIPTS = ("words.js", "row.js", "state.js", "page.js")


@frozen
class _Service:
    """A service of the page.

    Attributes:
        name: botocore's name of it.
        version: The API versions that were compared.
        totals: The totals of its changes.
        resources: Its resources that changed.
    """

    name: str
    version: str
    totals: Totals
    resources: list[Resource]

    @property
    def address(self) -> str:
        """Return the address at which the page shows only this service."""
        return write_address(self.name)


@frozen
class _Page:
    """The content of the page.

    Attributes:
        old: The name of the old models.
        new: The name of the new models.
        scope: The number of services that differ, as a sentence.
        totals: The totals of all services' changes.
        services: The services that differ.
        most: The largest number of changes that reach one resource.
        script: The page's own JavaScript.
        script_hash: The hash by which the page's policy admits the script.
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
    """Return a diff for a browser: a page that loads no other file."""
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
    # Keys keep their order; spaces are left out to save bytes.
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
