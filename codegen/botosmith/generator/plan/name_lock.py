"""Names that a package has already, and keeps whatever its model comes to hold.

The model that a package was generated from tells its names, by the rules of `names`.
Where keeping an old name breaks these rules from then on, the package's lock says so:
it holds those names alone, and is empty for nearly every service.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen

from botosmith.generator.model import ServiceModel
from botosmith.generator.plan.names import Places, name_places


@frozen
class Previous:
    """What a package was generated from.

    Attributes:
        model: Its model; None where there is no package, or it cannot be read.
        lock: The names that the rules alone would not give, by place.
    """

    model: ServiceModel | None = None
    lock: Mapping[str, str] = field(factory=dict[str, str])

    def names(self) -> dict[str, str]:
        """The names that the package has, by place."""
        if self.model is None:
            return dict(self.lock)
        return name_places(self.model, self.lock).as_text()


#: What a package that is not there was generated from.
NOTHING = Previous()


def keep_names(
    model: ServiceModel, previous: Previous
) -> tuple[Places, dict[str, str]]:
    """Name everything in a service, and what was named before as it was.

    Returns:
        The names, and the lock that gives them again without the previous model.
    """
    places = name_places(model, previous.names())
    return places, _find_lock(model, places.as_text())


def _find_lock(model: ServiceModel, names: Mapping[str, str]) -> dict[str, str]:
    """The fewest names that must be said for the rules to give the others."""
    lock: dict[str, str] = {}
    # Keeping a name can free the one that the rules gave it for another place, which
    # then has to be said as well.
    while stray := _find_strays(model, names, lock):
        lock |= stray
    return dict(sorted(lock.items()))


def _find_strays(
    model: ServiceModel, names: Mapping[str, str], lock: Mapping[str, str]
) -> dict[str, str]:
    ruled = name_places(model, lock).as_text()
    return {place: name for place, name in names.items() if ruled.get(place) != name}
