"""One run of the suite: how thorough it is, and where its files are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from attrs import frozen

from benchmarks.environment import Environment
from benchmarks.row import Row, Table

#: Packages whose versions matter to a reader: the peers, and what they work with.
TOLD = frozenset(
    {
        *("attrs", "aws_sdk_dynamodb", "black", "boto3", "botocore", "botosmith"),
        *("cattrs", "msgspec", "mypy", "pydantic", "pyright", "sagemaker-core"),
        *("types-boto3", "types-boto3-sagemaker"),
    }
)


@frozen
class Suite:
    """A run.

    Attributes:
        folder: For files that the run needs.
        quick: Whether it is only to show that everything works.
    """

    folder: Path
    quick: bool

    @property
    def replies(self) -> Path:
        """The folder of the replies that are read."""
        return self.folder / "replies"

    def rounds(self, count: int) -> int:
        """The number of repeats of a measure that is repeated."""
        return 1 if self.quick else count

    def table(
        self,
        name: str,
        title: str,
        note: str,
        rows: Sequence[Row],
        *measured: Environment,
    ) -> Table:
        """A table, with the versions of what was measured."""
        versions = {
            distribution: version
            for environment in measured
            for distribution, version in environment.versions().items()
            if distribution in TOLD
        }
        return Table(name, title, note, dict(sorted(versions.items())), tuple(rows))
