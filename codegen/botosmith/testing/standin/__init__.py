"""A small server that stands in for a service, for tests and demonstrations."""

from botosmith.testing.standin.call import Call
from botosmith.testing.standin.fault import Fault
from botosmith.testing.standin.server import StandIn

__all__ = ["Call", "Fault", "StandIn"]
