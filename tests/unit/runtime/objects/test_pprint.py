"""`pprint` breaks lines as it does for dataclasses, and shows nothing sensitive."""

from __future__ import annotations

import dataclasses
import pprint
import reprlib
import subprocess
import sys
from typing import Any

import pytest

from botosmith import sagemaker, sagemaker_runtime


@dataclasses.dataclass
class Tag:
    """The same members as sagemaker's class of the name."""

    key: str
    value: str


@dataclasses.dataclass
class AddTagsInput:
    """As above."""

    resource_arn: str
    tags: list[Tag]


def _pair(length: int) -> tuple[Any, Any]:
    """An object of ours, and a dataclass."""
    text = "v" * length
    ours = sagemaker.AddTagsInput(
        resource_arn=text,
        tags=[sagemaker.Tag(key=text, value=text), sagemaker.Tag(key="k", value="")],
    )
    theirs = AddTagsInput(text, [Tag(text, text), Tag("k", "")])
    return ours, theirs


@pytest.mark.parametrize("length", [1, 20, 100])
@pytest.mark.parametrize(
    "options",
    [{}, {"width": 40}, {"indent": 4}, {"compact": True, "width": 60}, {"depth": 1}],
)
def test_lines_break_as_those_of_dataclasses(
    length: int, options: dict[str, Any]
) -> None:
    """Alone, and within what holds them."""
    ours, theirs = _pair(length)

    assert pprint.pformat(ours, **options) == pprint.pformat(theirs, **options)
    assert pprint.pformat({"a": [ours]}, **options) == pprint.pformat(
        {"a": [theirs]}, **options
    )


def test_sensitive_members_stay_masked() -> None:
    """Masks stay in every way of printing, on lines of every length."""
    request = sagemaker_runtime.InvokeEndpointInput(
        endpoint_name="e" * 60, custom_attributes="hunter2" * 20, body=b"hunter2" * 20
    )

    for printed in (pprint.pformat(request), pprint.pformat([request], width=20)):
        assert "hunter2" not in printed
        assert printed.count("***") == 2
        assert "\n" in printed
    assert "hunter2" not in reprlib.repr(request)


def test_an_object_that_holds_itself() -> None:
    """It ends, as a dataclass's does."""
    request, _ = _pair(100)
    request.tags.append(request)

    assert "<Recursion on AddTagsInput" in pprint.pformat(request)


def test_objects_alone_do_not_load_pprint() -> None:
    """Nor do their texts; where it is loaded later, it breaks lines all the same."""
    program = (
        "import sys\n"
        "from botosmith import sagemaker as s\n"
        "tag = s.Tag(key='k' * 60, value='v' * 60)\n"
        "repr(tag)\n"
        "own = 'botosmith.runtime.objects.pretty_print'\n"
        "assert not {'pprint', own} & set(sys.modules)\n"
        "import pprint\n"
        "print(len(pprint.pformat(tag).splitlines()))\n"
    )

    printed = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=True, text=True
    )

    assert printed.stdout == "2\n"
