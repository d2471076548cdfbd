"""The third stage: the templates, which render the plan without further decisions."""

from __future__ import annotations

from functools import cache
from pathlib import PurePosixPath

from jinja2 import Environment, PackageLoader, StrictUndefined

from botosmith.generator import ir

_TEMPLATES = {
    ir.ShapeModule: "shape_module.py.jinja",
    ir.PaginatorModule: "paginator_module.py.jinja",
    ir.WaiterModule: "waiter_module.py.jinja",
    ir.ErrorsModule: "errors_module.py.jinja",
    ir.ClientModule: "client_module.py.jinja",
    ir.PackageModule: "package_module.py.jinja",
    ir.Marker: "marker.py.jinja",
}


def render_service(service: ir.Service) -> dict[PurePosixPath, str]:
    """Render every module of a service; the result is not formatted yet."""
    environment = _open_templates()
    rendered = dict(service.files)
    for module in service.modules:
        template = environment.get_template(_TEMPLATES[type(module)])
        rendered[module.path] = template.render(module=module)
        if isinstance(module, ir.PackageModule):
            stub = environment.get_template("package_module.pyi.jinja")
            rendered[module.path.with_suffix(".pyi")] = stub.render(module=module)
    return rendered


@cache
def _open_templates() -> Environment:
    # Autoescape is for HTML; here every string is Python source already.
    return Environment(
        loader=PackageLoader(__name__, "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
