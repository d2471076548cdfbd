"""The effort of the properties."""

from __future__ import annotations

from attrs import frozen
from hypothesis import HealthCheck, Phase, settings

#: Wide structures take their time, and that is not a fault.
_UNCHECKED = [
    HealthCheck.too_slow,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
    HealthCheck.nested_given,
]


@frozen
class Effort:
    """The number of examples drawn for each operation.

    Attributes:
        examples: How many examples of some members; the first has the fewest.
        full: How many examples with every member; the first has the simplest.
        shrinks: Whether a failing example is made as small as may be.
    """

    examples: int = 3
    full: int = 2
    shrinks: bool = False

    def settings(self, *, full: bool = False) -> settings:
        """Hypothesis' settings."""
        phases = [Phase.explicit, Phase.generate]
        return settings(
            max_examples=self.full if full else self.examples,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=_UNCHECKED,
            phases=[*phases, Phase.shrink] if self.shrinks else phases,
            report_multiple_bugs=False,
        )
