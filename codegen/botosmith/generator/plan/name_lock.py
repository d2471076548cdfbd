"""The names of an existing package, which are kept when its model changes.

The names follow from the model that the package was generated from, by the rules of
`names`. If an old name is kept that the rules would not give for the new model, the
package's lock holds it. The lock is empty for nearly every service.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from botosmith.generator.model import ServiceModel
from botosmith.generator.plan.names import Places, name_places


@frozen
class Previous:
    """The input of an existing package.

    Attributes:
        model: Its model; None if the package is missing, or cannot be read.
        lock: The names that the rules alone would not give, by place.
    """

    model: ServiceModel | None = None
    lock: Mapping[str, str] = field(factory=dict[str, str])

    def names(self) -> dict[str, str]:
        """Return the names of the package, by place."""
        if self.model is None:
            return dict(self.lock)
        return name_places(self.model, self.lock).as_text()


#: The input of a missing package.
NOTHING = Previous()


def keep_names(
    model: ServiceModel, previous: Previous
) -> tuple[Places, dict[str, str]]:
    """Name everything in a service, and keep previous names.

    Returns:
        The names, and the lock from which they follow without the previous model.
    """
    places = name_places(model, previous.names())
    return places, _find_lock(model, places.as_text())


def _find_lock(model: ServiceModel, names: Mapping[str, str]) -> dict[str, str]:
    """Return the fewest names from which the rules give the others."""
    lock: dict[str, str] = {}
    # A kept name can leave the name that the rules gave it to another place, which
    # must then be in the lock as well.
    while stray := _find_strays(model, names, lock):
        lock |= stray
    return dict(sorted(lock.items()))


def _find_strays(
    model: ServiceModel, names: Mapping[str, str], lock: Mapping[str, str]
) -> dict[str, str]:
    ruled = name_places(model, lock).as_text()
    return {place: name for place, name in names.items() if ruled.get(place) != name}
