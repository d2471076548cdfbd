"""The verdict on a case: who passed it, and where the others went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from attrs import asdict, field, frozen

#: The two ways through a generated client.
SERIALIZERS = ("generated", "botocore")

BOTOCORE = "botocore's client"


@frozen
class Verdict:
    """The result of one client on one case.

    Attributes:
        mismatch: What it got wrong, if anything, with the allowances that botocore's
            own tests make.
        strict_mismatch: What it got wrong without them.
    """

    mismatch: str | None
    strict_mismatch: str | None


@frozen
class Trial:
    """The results of all clients on one case.

    Attributes:
        case: Its name.
        group: The file that it is from.
        is_excused: Whether botocore's developers have it on their list of cases that
            botocore need not pass.
        is_own: Whether the generated serializer ran wire code, and did not leave the
            case to botocore.
        verdicts: By who drew them: botocore, or one of our serializers.
    """

    case: str
    group: str
    is_excused: bool
    is_own: bool
    verdicts: Mapping[str, Verdict] = field(factory=dict)

    def failures(self) -> Iterator[str]:
        """Return our faults, without those for which botocore is excused, too."""
        theirs = self.verdicts[BOTOCORE]
        for serializer in SERIALIZERS:
            ours = self.verdicts[serializer]
            where = f"{self.case}, {serializer} serializer"
            if ours.mismatch and not theirs.mismatch:
                yield f"{where}: {ours.mismatch}"
            elif ours.mismatch and not self.is_excused:
                yield f"{where}: {ours.mismatch} ({BOTOCORE}: {theirs.mismatch})"
            elif ours.strict_mismatch and not theirs.strict_mismatch:
                yield f"{where}, strictly: {ours.strict_mismatch}"

    def as_property(self) -> dict[str, Any]:
        """Plain data, which a test worker can send."""
        return asdict(self)

    @classmethod
    def from_property(cls, data: Mapping[str, Any]) -> Trial:
        """Return what `as_property` gave."""
        verdicts = {
            name: Verdict(**verdict) for name, verdict in data["verdicts"].items()
        }
        rest: dict[str, Any] = {**data, "verdicts": verdicts}
        return cls(**rest)
