"""Says how strict validation checks the patterns of all services.

python -m tests.contract.patterns             every service of the installed botocore
python -m tests.contract.patterns s3 ssm      some of them
python -m tests.contract.patterns --list      translated patterns as well
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from tests.contract.patterns.census import Census, Means, Use, take_census

from botosmith.runtime.serde.pattern import translate


def summarize(census: Census) -> Iterator[str]:
    """Yield the lines that a person reads."""
    services = {use.service for use in census.uses}
    members = sum(use.members for use in census.uses)
    yield f"{len(services)} services have {len(census.uses)} shapes with a pattern,"
    yield f"which {members} members have; {len(census.patterns)} patterns differ."
    yield f"{len(census.enums)} more are of enums, whose values are checked instead."
    found = census.by_means()
    for means, patterns in found.items():
        yield f"{len(patterns):6} {means}"
    yield from _list("Not checked", census.uses, found[Means.UNCHECKED])
    contradictory = list(census.contradictions())
    patterns = frozenset(use.pattern for use in contradictory)
    yield from _list("No value has the length", contradictory, patterns)


def _list(title: str, uses: Iterable[Use], patterns: frozenset[str]) -> Iterator[str]:
    yield f"{title}:{'' if patterns else ' none'}"
    for use in uses:
        if use.pattern in patterns:
            yield f"  {use.service} {use.shape}: {use.pattern}"


def list_translations(census: Census) -> Iterator[str]:
    """Yield each translated pattern and its translation."""
    for pattern in sorted(census.patterns):
        translated = translate(pattern)
        if translated != pattern:
            yield f"\n{pattern}\n{translated}"


def main(arguments: list[str]) -> None:
    """Print the census."""
    names = [name for name in arguments if name != "--list"]
    census = take_census(names)
    lines = [*summarize(census)]
    if "--list" in arguments:
        lines += list_translations(census)
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main(sys.argv[1:])
