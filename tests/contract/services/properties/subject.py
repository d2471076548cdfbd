"""A service under test: its model, its generated package, and clients of it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property
from types import ModuleType
from typing import Any

from attrs import define
from botocore.exceptions import DataNotFoundError
from botocore.model import OperationModel, ServiceModel, StructureShape
from botocore.waiter import SingleWaiterConfig
from hypothesis import Phase, given, settings
from hypothesis.strategies import SearchStrategy
from tests.contract.equivalence.transport import ARGUMENTS, CONFIG, stopped_clock
from tests.contract.services.properties.network import Network, make_session
from tests.contract.services.properties.walk import Walk
from tests.support.packages import import_service
from tests.support.readers import Readers

from botosmith.runtime.transport.patches.redirects import stop_circles
from botosmith.testing import load_service
from botosmith.testing.service import find_stream
from botosmith.testing.strategies import parameters

#: The ways of our client.
SERIALIZERS = ("generated", "botocore")

#: An error after which botocore asks for endpoints, and calls again, for ever.
_ENDLESS = frozenset({"InvalidEndpointException"})


@define(slots=False)
class Subject:
    """A service, in everything that its tests need.

    Attributes:
        name: botocore's name of it.
        model: Its model as botocore reads it.
        package: What was generated from the same.
        network: Where all its clients' requests end.
    """

    name: str
    model: ServiceModel
    package: ModuleType
    network: Network

    @classmethod
    def open(cls, name: str) -> Subject:
        """Generate a service and import it."""
        return cls(name, load_service(name), import_service(name), Network())

    @property
    def source(self) -> Mapping[str, Any]:
        """The JSON of the model."""
        model: Any = self.model
        description: Mapping[str, Any] = model._service_description
        return description

    @property
    def operations(self) -> list[str]:
        """The names of the operations that can be called: botocore sends no events."""
        return [
            name for name in self.model.operation_names if not self.sends_events(name)
        ]

    def operation(self, name: str) -> OperationModel:
        """An operation as botocore reads it."""
        return self.model.operation_model(name)

    def sends_events(self, name: str) -> bool:
        """Return whether botocore has no way to call an operation."""
        return find_stream(self.operation(name).input_shape) is not None

    @cached_property
    def readers(self) -> Readers:
        """Readers of this service's replies."""
        return Readers(from_text=self.model.resolved_protocol == "rest-json")

    @cached_property
    def clients(self) -> dict[str, Any]:
        """Our clients by their serializers."""
        made = {
            serializer: self.package.Client(
                **ARGUMENTS,
                config=CONFIG,
                session=make_session(),
                serializer=serializer,
            )
            for serializer in SERIALIZERS
        }
        for client in made.values():
            client.meta.events.register("before-send", self.network)
        return made

    @cached_property
    def reference(self) -> Any:
        """botocore's own client."""
        session: Any = make_session()
        client = session.create_client(self.name, **ARGUMENTS, config=CONFIG)
        client.meta.events.register("before-send", self.network)
        _pad_years(client)
        if self.name == "s3":
            stop_circles(client)  # or a redirect that names no region ends the stack
        return client

    @cached_property
    def walk(self) -> Walk:
        """The model's JSON and the package's classes, side by side.

        Raises:
            AssertionError: They are not alike.
        """
        walk = Walk(self.name, self.package, self.source)
        walk.go()
        return walk

    @cached_property
    def shape_names(self) -> dict[type[Any], str]:
        """The shape that each class stands for, as far as the two are alike."""
        walk = Walk(self.name, self.package, self.source)
        with suppress(AssertionError):
            walk.go()
        return {kind: name for name in walk.classes for kind in walk.classes[name]}

    @cached_property
    def errors(self) -> dict[str, list[StructureShape]]:
        """Return the errors to show for each operation: each error once.

        All operations of a service read errors alike, so it does not take all of both.
        """
        shown: set[str] = set()
        errors: dict[str, list[StructureShape]] = {}
        for name in self.operations:
            listed: Any = [
                error
                for error in self.operation(name).error_shapes
                if error.name not in _ENDLESS
            ]
            new = [error for error in listed if error.name not in shown]
            errors[name] = new or listed[:1]
            shown.update(error.name for error in new)
        every: Any = self.model.error_shapes
        rest = [error for error in every if error.name not in shown | _ENDLESS]
        errors[self.operations[0]] = [*errors[self.operations[0]], *rest]
        return errors

    @cached_property
    def waiters(self) -> dict[str, dict[str, SingleWaiterConfig]]:
        """Return what botocore knows of the waiters, by operation and name."""
        session: Any = make_session()
        try:
            model = session.get_waiter_model(self.name, self.model.api_version)
        except DataNotFoundError:
            return {}
        found: dict[str, dict[str, SingleWaiterConfig]] = {}
        for name in model.waiter_names:
            config = model.get_waiter(name)
            found.setdefault(config.operation, {})[name] = config
        return found

    @cached_property
    def _parameters(self) -> dict[str, Any]:
        return {}

    def least_parameters(self, name: str) -> Any:
        """The fewest parameters of an operation that botocore takes."""
        if name not in self._parameters:
            shape = self.operation(name).input_shape
            least = {} if shape is None else draw_least(parameters(shape))
            self._parameters[name] = least
        return dict(self._parameters[name])


def draw_least(strategy: SearchStrategy[Any]) -> Any:
    """The simplest of a strategy's values."""
    drawn: list[Any] = []

    @settings(
        max_examples=1,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
    )
    @given(strategy)
    def take(value: Any) -> None:
        drawn.append(value)

    take()
    return drawn[0]


@contextmanager
def laboratory() -> Generator[None]:
    """A world in which the same call is the same request, and nothing warns of age."""
    with stopped_clock(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", ".* is deprecated: ", DeprecationWarning)
        yield


def _pad_years(client: Any) -> None:
    """Have botocore write the years before 1000 with four digits, as ISO 8601 does.

    It leaves out the leading zeros, which botosmith does not.
    """
    serializer = client._serializer._serializer
    write: Callable[[datetime], str] = serializer._timestamp_iso8601

    def write_padded(moment: datetime) -> str:
        text = write(moment)
        whole = "0001-01-01T00:00:00.000000Z" if "." in text else "0001-01-01T00:00:00Z"
        return text.rjust(len(whole), "0")

    serializer._timestamp_iso8601 = write_padded
