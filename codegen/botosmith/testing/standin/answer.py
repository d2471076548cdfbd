"""The proper answer to a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from attrs import Factory, frozen
from botocore.model import OperationModel, ServiceModel

from botosmith.testing.message import Reply
from botosmith.testing.standin.call import Refusal, Request
from botosmith.testing.standin.example import make_output
from botosmith.testing.standin.protocol import ServerProtocol
from botosmith.testing.standin.signature import Verifier


@frozen
class Answer:
    """A reply, and what it answers.

    Attributes:
        reply: What to send.
        operation: The operation's name; None where there is none.
        parameters: The parameters as botocore knows them; None where refused.
    """

    reply: Reply
    operation: str | None = None
    parameters: Mapping[str, Any] | None = None


@frozen
class Answerer:
    """Answers as the service would: whatever is wrong with a request is refused.

    Attributes:
        fixed: Reply documents by the operations that always get them.
    """

    service: ServiceModel
    protocol: ServerProtocol
    verifier: Verifier
    fixed: dict[str, Mapping[str, Any]] = Factory(dict[str, Mapping[str, Any]])

    def answer(self, request: Request) -> Answer:
        """Check a request and make its reply."""
        name: str | None = None
        try:
            operation = self.protocol.find_operation(request)
            name = operation.name
            self.verifier.verify(request)
            parameters = self.protocol.read_parameters(request, operation)
        except Refusal as refusal:
            return Answer(self.protocol.write_error(refusal), name)
        output = self._make_output(request, operation)
        return Answer(self.protocol.write_output(output), name, parameters)

    def _make_output(
        self, request: Request, operation: OperationModel
    ) -> Mapping[str, Any]:
        if operation.name in self.fixed:
            return self.fixed[operation.name]
        document = json.loads(request.body or b"{}")
        return make_output(operation, document, self.verifier.region)
