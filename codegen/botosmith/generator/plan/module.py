"""Modules: the classes of each, their order, and the imports."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from attrs import field, frozen

from botosmith.generator import ir
from botosmith.generator.model import ServiceModel, ShapeModel
from botosmith.generator.plan.docstrings.operation import (
    Documenter,
    document_class,
    document_module,
)
from botosmith.generator.plan.expression import Scope
from botosmith.generator.plan.imports import Vocabulary
from botosmith.generator.plan.names import Exchange, Names, Wait
from botosmith.generator.plan.reachability import Reach
from botosmith.generator.plan.structure import StructurePlanner
from botosmith.generator.plan.waiter import plan_waiter


@frozen
class ModulePlanner:
    """A planner of the modules of one service.

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
    _placed: dict[str, list[str]] = field(init=False, factory=dict[str, list[str]])

    def __attrs_post_init__(self) -> None:
        """Invert the table of modules once, instead of once for each module."""
        for name, module in self.names.modules.items():
            self._placed.setdefault(module, []).append(name)

    def shapes(self, module: str, exchange: Exchange | None) -> ir.ShapeModule:
        """Return a module of shapes, and of the operation that owns it, if any."""
        placed = self._in_order(module)
        vocabulary = Vocabulary(module, self._taken(placed, exchange))
        planner = self._planner(module, vocabulary)
        enums = tuple(planner.enum(shape) for shape in placed if shape.enum is not None)
        structures = [planner.shape(shape) for shape in placed if shape.enum is None]
        function = None
        if exchange is not None:
            structures += [planner.response(exchange), planner.request(exchange)]
            function = self._function(planner, exchange)
        subject = (
            f"the {exchange.operation.name} operation"
            if exchange
            else ", ".join(shape.name for shape in placed)
        )
        return ir.ShapeModule(
            path=_path(module),
            origin=self.origin,
            docstring=document_module(f"{self.model.service_id}: {subject}."),
            imports=vocabulary.imports,
            enums=enums,
            structures=tuple(structures),
            function=function,
        )

    def waiter(self, wait: Wait) -> ir.WaiterModule:
        """Return the module of a waiter."""
        module = f"waiters.{wait.module}"
        taken = {*self._taken((), wait.exchange), wait.function}
        vocabulary = Vocabulary(module, frozenset(taken))
        planned = plan_waiter(self._planner(module, vocabulary), wait)
        title = f"{self.model.service_id}: the waiter {wait.waiter.name}."
        return ir.WaiterModule(
            path=_path(module),
            origin=self.origin,
            docstring=document_module(title),
            imports=vocabulary.imports,
            waiter=planned,
        )

    def errors(self) -> ir.ErrorsModule:
        """Return the module of errors."""
        shapes = [shape for shape in self.model.shapes.values() if shape.exception]
        vocabulary = Vocabulary("errors", self._taken(shapes, None))
        planner = self._planner("errors", vocabulary)
        title = self.model.title
        return ir.ErrorsModule(
            path=PurePosixPath("errors.py"),
            origin=self.origin,
            docstring=document_module(f"{self.model.service_id}: its errors."),
            base=vocabulary.use("ServiceError"),
            root=ir.Error(
                name=self.names.error_root,
                code=None,
                docstring=document_class(
                    f"Any error of {title}, also one that its model omits."
                ),
                annotated=(),
                members=(),
                words=vocabulary.words,
            ),
            errors=tuple(planner.error(shape) for shape in shapes),
            imports=vocabulary.imports,
        )

    def _function(self, planner: StructurePlanner, exchange: Exchange) -> ir.Function:
        client = planner.scope.vocabulary.use_client()
        return ir.Function(
            name=exchange.function,
            docstring=self.documenter.operation(exchange),
            client=client,
            parameters=planner.parameters(exchange),
            request=exchange.request,
            response=exchange.response,
        )

    def _planner(self, module: str, vocabulary: Vocabulary) -> StructurePlanner:
        scope = Scope(self.model, self.names, self.reach, module, vocabulary)
        return StructurePlanner(scope, self.documenter)

    def _in_order(self, module: str) -> list[ShapeModel]:
        """Return the module's shapes in alphabetical order, not that of references."""
        placed = self._placed.get(module, [])
        by_class = sorted(placed, key=self.names.classes.__getitem__)
        return [self.model.shapes[name] for name in by_class]

    def _taken(
        self, placed: Iterable[ShapeModel], exchange: Exchange | None
    ) -> frozenset[str]:
        """Return the names of the module's own classes and function."""
        shapes = list(placed)
        taken: set[str] = set()
        if exchange is not None:
            operation = exchange.operation
            taken |= {exchange.function, exchange.request, exchange.response}
            ends = [
                name for name in (operation.input, operation.output) if name is not None
            ]
            shapes += [self.model.shapes[name] for name in ends]
        for shape in shapes:
            taken.add(self.names.classes.get(shape.name, ""))
            taken.add(self.names.errors.get(shape.name, ""))
            taken.update(self._classes_below(shape))
        return frozenset(taken)

    def _classes_below(self, shape: ShapeModel) -> Iterable[str]:
        """Yield the classes that a structure's module may name."""
        waiting = list(shape.used_shapes)
        seen: set[str] = set()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            if name in self.names.classes:
                yield self.names.classes[name]
            else:
                waiting.extend(self.model.shapes[name].used_shapes)


def _path(module: str) -> PurePosixPath:
    return PurePosixPath(f"{module.replace('.', '/')}.py")
