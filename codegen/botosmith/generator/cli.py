"""The command `botosmith`: prints results, reports errors, and ends with a code.

Codes: 0 for done; 1 for problems in models, stale packages and files that cannot be
read or written; 2 for a command line, or a project's file, that cannot be followed;
130 for Ctrl-C.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from botosmith.generator.errors import GeneratorError, UsageError
from botosmith.generator.invisible import make_lines_visible, make_visible
from botosmith.generator.settings import (
    SEVERITIES,
    CheckSettings,
    DiffSettings,
    GenerateSettings,
    ListSettings,
    Settings,
    ShowSettings,
    UpdateSettings,
    parse_arguments,
)

if TYPE_CHECKING:
    from botosmith.generator.output.folder_plan import Changes

#: The packages that the extra `generate` installs; a plain install lacks them.
NEEDED = ("black", "bs4", "jinja2", "markdownify", "platformdirs", "rich")

DONE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and give its exit code.

    Args:
        arguments: The words after the command's name; None for the process's own.
    """
    try:
        code = _run(parse_arguments(arguments))
        print(end="", flush=True)
    except KeyboardInterrupt:
        return _fail("interrupted: nothing was changed", INTERRUPTED)
    except UsageError as error:
        return _fail(str(error), MISUSED)
    except GeneratorError as error:
        return _fail(str(error))
    except OSError as error:
        _drop_output()
        # The reader closed the pipe (for example `head`): stop quietly.
        closed = isinstance(error, BrokenPipeError)
        return FAILED if closed else _fail(_describe(error))
    return code


def _run(settings: Settings) -> int:
    if reconfigure := getattr(sys.stdout, "reconfigure", None):
        # A console that lacks a character shows its code instead.
        reconfigure(errors="backslashreplace")
    missing = next((name for name in NEEDED if find_spec(name) is None), None)
    if missing:
        msg = f"{missing} is missing: pip install 'botosmith[generate]'"
        raise GeneratorError(msg)
    match settings:
        case CheckSettings():
            return _check(settings)
        case GenerateSettings():
            return _generate(settings)
        case UpdateSettings():
            return _update(settings)
        case DiffSettings():
            return _diff(settings)
        case ListSettings():
            return _list(settings)
        case ShowSettings():
            return _show(settings)


def _generate(settings: GenerateSettings) -> int:
    from botosmith.generator.command import generate
    from botosmith.generator.progress import show_progress
    from botosmith.generator.update.origin import describe_versions

    with show_progress() as progress:
        results = generate(settings, progress)
    print(make_visible(describe_versions(settings.models)))
    for target, changes in results.items():
        print(f"{_name(target)}: {_count(changes)}")
    return DONE


def _check(settings: CheckSettings) -> int:
    from botosmith.generator.command import check, check_release
    from botosmith.generator.progress import show_progress

    with show_progress() as progress:
        results = check(settings, progress)
    code = DONE
    for target, diff in results.items():
        if diff is None or diff:
            print(make_lines_visible(diff or ""), end="")
            state = "is missing" if diff is None else "is stale"
            code = _fail(f"{_name(target)} {state}: run botosmith generate")
        else:
            print(f"{_name(target)} is up to date")
    if settings.latest and (news := check_release(settings.models)):
        if news.is_due:
            code = _fail(f"{news.text}: run botosmith update")
        else:
            print(news.text)
    return code


def _update(settings: UpdateSettings) -> int:
    from botosmith.generator.progress import show_progress
    from botosmith.generator.update.run import update

    with show_progress() as progress:
        done = update(settings, progress)
    if not done:
        print(f"nothing to do: botocore {done.version} has nothing new")
        return DONE
    print(done.summary, end="")
    for target, changes in done.changes.items():
        print(f"{_name(target)}: {_count(changes)}")
    if done.part:
        print(f"suggested version: {done.part}")
    return DONE


def _diff(settings: DiffSettings) -> int:
    from botosmith.generator.command import diff
    from botosmith.generator.diff.report import write_report
    from botosmith.generator.progress import show_progress

    with show_progress() as progress:
        found = diff(settings, progress)
    print(write_report(found, settings.format), end="")
    if settings.fail_on is None or found.severity is None:
        return DONE
    order = SEVERITIES.index
    return FAILED if order(found.severity) <= order(settings.fail_on) else DONE


def _list(settings: ListSettings) -> int:
    from botosmith.generator.command import summarise_services
    from botosmith.generator.update.origin import describe_versions

    services = summarise_services(settings)
    print(make_visible(describe_versions(settings.models)))
    for service in services:
        pinned = "  pinned" if service.pinned else ""
        count = f"{service.operations:>5} operations"
        line = f"{service.name:<40} {service.api_version:<10} {count}{pinned}"
        print(make_visible(line))
    return DONE


def _show(settings: ShowSettings) -> int:
    from botosmith.generator.command import show_operation

    print(make_lines_visible(show_operation(settings)).rstrip("\n"))
    return DONE


def _count(changes: Changes) -> str:
    kinds = ("created", "updated", "removed", "unchanged")
    counts = {kind: len(getattr(changes, kind)) for kind in kinds}
    told = [f"{count:,} {kind}" for kind, count in counts.items() if count]
    return ", ".join(told) or "nothing to write"


def _describe(error: OSError) -> str:
    """Return the reason of a system error, and the file that it is about.

    Errors of files name their file (`naming`); an error without one is of stdout.
    """
    reason = error.strerror or str(error)
    if error.filename is None:
        return f"stdout: {reason}"
    return f"{_name(Path(str(error.filename)))}: {reason}"


def _name(path: Path) -> str:
    """Return the shorter of the relative and the absolute path, always with `/`."""
    try:
        relative = Path(os.path.relpath(path))
    except (OSError, ValueError):
        # The current folder was replaced, or the path is on another drive.
        return make_visible(path.as_posix())
    return make_visible(min(relative.as_posix(), path.as_posix(), key=len))


def _drop_output() -> None:
    """Discard output that cannot be written: Python would write it again on exit."""
    try:
        print(end="", flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(message: str, code: int = FAILED) -> int:
    for line in message.split("\n"):
        print(make_visible(f"botosmith: {line}"), file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
