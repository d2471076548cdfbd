"""The data files that a generated package brings along for botocore.

They have botocore's own layout and are all that botocore needs to know of the service,
so that nothing depends on the data of the botocore that happens to be installed:

    data/endpoints.json                                    botocore's, cut to this one
    data/partitions.json                                   botocore's
    data/<service>/<api version>/operations.json           the model without its shapes
    data/<service>/<api version>/service-2.json            the model, undocumented
    data/<service>/<api version>/endpoint-rule-set-1.json  botocore's

Each may be compressed, with `.gz` behind its name, as botocore has its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any, Literal

from botocore.exceptions import DataNotFoundError, UnknownServiceError

Model = Literal["operations", "service-2"]

# The files that tell about all services at once.
SHARED = ("endpoints", "partitions")


class ServiceData:
    """Reads a package's data files, wherever its importer keeps them.

    Attributes:
        service: botocore's name of the service.
        api_version: The version of its API.
        package: The dotted name of the package that holds the folder `data`.
    """

    def __init__(self, service: str, api_version: str, package: str) -> None:
        """Name the service and the package."""
        self.service = service
        self.api_version = api_version
        self.package = package

    def shared(self, name: str) -> Any:
        """Read `endpoints` or `partitions`."""
        return self.read(f"{name}.json")

    def of_service(self, name: str) -> Any:
        """Read a file of the service: one of its models, or its endpoint rules."""
        return self.read(self.service, self.api_version, f"{name}.json")

    def read(self, *path: str) -> Any:
        """Decode a file under `data`.

        Raises:
            DataNotFoundError: The file does not exist.
        """
        place = "/".join(("data", *path))
        try:
            return json.loads(self._read_bytes(place))
        except FileNotFoundError:
            raise DataNotFoundError(data_path="/".join(path)) from None

    def _read_bytes(self, place: str) -> bytes:
        folder = files(self.package)
        try:
            return folder.joinpath(place).read_bytes()
        except FileNotFoundError:
            import gzip

            return gzip.decompress(folder.joinpath(f"{place}.gz").read_bytes())


class ServiceLoader:
    """Stands in for a session's data loader in the making of one client.

    It answers for the service; what concerns all services alike, such as the retry
    rules, is code of botocore's in the form of data, and comes from the session.
    """

    def __init__(self, data: ServiceData, model: Model, shared: Any) -> None:
        """Take the package's data, which model to show, and the session's loader."""
        self._data = data
        self._model = model
        self._shared = shared
        self._operations: Mapping[str, Any] = {}

    def is_head(self, operation: str) -> bool:
        """Return whether an operation of the loaded model is a HEAD request."""
        http = self._operations[operation].get("http", {})
        return bool(http.get("method") == "HEAD")

    def load_service_model(
        self,
        service_name: str,
        type_name: str,
        api_version: str | None = None,  # noqa: ARG002 - botocore's interface
    ) -> Any:
        """Load a data file of the service; `api_version` is always the package's own.

        Raises:
            UnknownServiceError: The name is another service's, or the package has no
                such file; that is how botocore's loader says so.
        """
        if service_name != self._data.service:
            raise self._unknown(service_name)
        if type_name != "service-2":
            try:
                return self._data.of_service(type_name)
            except DataNotFoundError:
                raise self._unknown(service_name) from None
        model = self._data.of_service(self._model)
        if self._model == "operations":
            model["operations"] = QuietOperations(model["operations"])
        self._operations = model["operations"]
        return model

    def _unknown(self, name: str) -> UnknownServiceError:
        known = self._data.service
        return UnknownServiceError(service_name=name, known_service_names=known)

    def load_data(self, name: str) -> Any:
        """Load a data file that is not about a single service."""
        if name in SHARED:
            return self._data.shared(name)
        return self._shared.load_data(name)

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        """Load as `load_data` does; the path says nothing, since there may be none."""
        return self.load_data(name), ""

    def is_builtin_path(self, path: str) -> bool:  # noqa: ARG002 - botocore's interface
        """Return True: botocore trusts this data above a user's own."""
        return True


class QuietOperations(dict[str, Any]):
    """The operations of a model, found by name and not listed.

    botocore makes a method with documentation for each operation that is listed, which
    takes two thirds of the time to make a client; ours has methods already. It also
    looks through the list for endpoint discovery, so what that needs is listed.
    """

    def __iter__(self) -> Iterator[str]:
        return (
            name
            for name, operation in self.items()
            if "endpointdiscovery" in operation or "endpointoperation" in operation
        )
