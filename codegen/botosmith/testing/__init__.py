"""Parts for tests of generated bindings, independent of the code they test.

`StandIn` is a server that answers any operation of a service, and
`botosmith.testing.strategies` draws values of its shapes with Hypothesis. Both work
from a service model alone, through botocore, and import nothing that is generated.
"""

from botosmith.testing.service import load_service
from botosmith.testing.standin import Call, Fault, StandIn

__all__ = ["Call", "Fault", "StandIn", "load_service"]
