"""Paginators: a function for the pages of each operation that has pages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath

from attrs import frozen

from botosmith.generator import ir
from botosmith.generator.literal import quote
from botosmith.generator.model import PaginatorModel, ServiceModel, find_target
from botosmith.generator.naming import FieldName, assign
from botosmith.generator.plan.docstrings.operation import Documenter, document_module
from botosmith.generator.plan.docstrings.pages import document_pages
from botosmith.generator.plan.expression import Scope, annotate
from botosmith.generator.plan.imports import Vocabulary
from botosmith.generator.plan.names import Exchange, Names
from botosmith.generator.plan.reachability import Reach, reach
from botosmith.generator.plan.structure import StructurePlanner

#: The parameters of every such function beside the operation's own.
_LIMITS = {
    "page_size": "int | None",
    "max_items": "int | None",
    "resume_token": "str | None",
}


@frozen
class PaginatorPlanner:
    """A planner of the paginators of one service.

    Attributes:
        model: The service.
        names: Its names.
        reach: The shapes that each of its shapes and operations reaches.
        documenter: Its docstrings.
        origin: The origin of the model, for the first line of each module.
    """

    model: ServiceModel
    names: Names
    reach: Reach
    documenter: Documenter
    origin: str

    def modules(self) -> Iterator[ir.PaginatorModule]:
        """Yield a module for each paginator."""
        for name, paginator in self.model.paginators.items():
            yield self._module(self.names.exchanges[name], paginator)

    def _module(
        self, exchange: Exchange, paginator: PaginatorModel
    ) -> ir.PaginatorModule:
        operation = exchange.operation
        module = f"paginators.{exchange.module}"
        function = self.names.paginators[operation.name]
        vocabulary = Vocabulary(module, self._taken(exchange) | {function})
        scope = Scope(self.model, self.names, self.reach, module, vocabulary)
        turning = self._find_turning(exchange, paginator)
        planner = StructurePlanner(scope, self.documenter)
        parameters = self._parameters(planner, exchange, turning)
        limits = tuple(self._name_limits(exchange, paginator, parameters))
        home = f"operations.{exchange.module}"
        response = vocabulary.use_class(home, exchange.response)
        items = self._annotate_items(scope, exchange, paginator)
        return ir.PaginatorModule(
            path=PurePosixPath("paginators", f"{exchange.module}.py"),
            origin=self.origin,
            docstring=document_module(
                f"{self.model.service_id}: the pages of {operation.name}."
            ),
            definition=ir.PaginatorDefinition(
                vocabulary.use("Paginator"), tuple(_define(paginator))
            ),
            function=ir.PaginatorFunction(
                name=function,
                docstring=document_pages(
                    self.documenter, exchange, paginator, turning=turning, limits=limits
                ),
                client=vocabulary.use_client(),
                parameters=parameters,
                limits=limits,
                request=vocabulary.use_class(home, exchange.request),
                pages=f"{vocabulary.use('Pages')}[{response}, {items}]",
            ),
            imports=vocabulary.imports,
        )

    def _find_turning(
        self, exchange: Exchange, paginator: PaginatorModel
    ) -> frozenset[str]:
        """Return the members of an input that the walk through pages sets."""
        takes_size = self._takes_page_size(exchange, paginator)
        limit = {paginator.limit_key or ""} if takes_size else set[str]()
        return frozenset({*paginator.input_token, *limit})

    def _takes_page_size(self, exchange: Exchange, paginator: PaginatorModel) -> bool:
        """Return whether pages take a size, which the operation does not require."""
        required = self.model.shapes[exchange.operation.input or ""].required
        return paginator.limit_key not in {None, *required}

    def _parameters(
        self, planner: StructurePlanner, exchange: Exchange, turning: Collection[str]
    ) -> tuple[ir.Parameter, ...]:
        """Return the operation's parameters, except those that the walk sets."""
        fields = self.names.fields[exchange.operation.input or ""]
        ours = {fields[name] for name in turning}
        return tuple(
            one for one in planner.parameters(exchange) if one.name not in ours
        )

    def _name_limits(
        self,
        exchange: Exchange,
        paginator: PaginatorModel,
        parameters: Sequence[ir.Parameter],
    ) -> Iterator[ir.Limit]:
        """Yield the walk's own parameters, renamed if the operation has these names."""
        taken = frozenset(str(parameter.name) for parameter in parameters)
        names = assign(FieldName, {name: name for name in _LIMITS}, reserved=taken)
        for name, annotation in _LIMITS.items():
            if name != "page_size" or self._takes_page_size(exchange, paginator):
                yield ir.Limit(name, names[name], annotation)

    def _annotate_items(
        self, scope: Scope, exchange: Exchange, paginator: PaginatorModel
    ) -> str:
        use = scope.vocabulary.use
        expression = paginator.result_key[0]
        target = find_target(self.model, exchange.operation, expression)
        assert target is not None  # noqa: S101 - the model was checked
        parts = [
            annotate(scope, self.model.shapes[part.shape], only_sent=False)
            for part in target.parts
        ]
        match parts:
            case [item]:
                return f"{item} | None" if target.sparse else item
            case [key, value]:
                return f"{use('tuple')}[{key}, {value}]"
            case _:
                return annotate(scope, target, only_sent=False)

    def _taken(self, exchange: Exchange) -> frozenset[str]:
        """Return the names that the module imports from the service itself."""
        ends = (exchange.operation.input, exchange.operation.output)
        reached = reach(self.model.shapes, [end for end in ends if end is not None])
        classes = {self.names.classes.get(name, "") for name in reached}
        return frozenset({exchange.request, exchange.response, *classes})


def _define(paginator: PaginatorModel) -> Iterator[ir.Argument]:
    """Yield the arguments of a paginator's definition, in the terms of the model."""
    for name in ("input_token", "output_token", "result_key"):
        yield ir.Argument(name, _tuple(getattr(paginator, name)))
    for name in ("limit_key", "more_results"):
        if (value := getattr(paginator, name)) is not None:
            yield ir.Argument(name, quote(value))
    if paginator.non_aggregate_keys:
        yield ir.Argument("non_aggregate_keys", _tuple(paginator.non_aggregate_keys))


def _tuple(values: Sequence[str]) -> str:
    listed = ", ".join(map(quote, values))
    return f"({listed},)" if len(values) == 1 else f"({listed})"
