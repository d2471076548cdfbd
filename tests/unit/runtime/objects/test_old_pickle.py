"""Pickles that were made while modules of the runtime had other places still load."""

from __future__ import annotations

import pickle

import pytest

from botosmith.runtime import ReplyWarning, ResponseMetadata, UnknownMember
from botosmith.runtime.objects.pickling import restore_enum, restore_structure
from botosmith.sagemaker import OrderKey, Tag


@pytest.mark.parametrize(
    "known",
    [
        ("metadata", ResponseMetadata),
        ("mismatch", ReplyWarning),
        ("pickling", restore_enum),
        ("pickling", restore_structure),
        ("structure", UnknownMember),
    ],
)
def test_a_name_in_a_pickle_is_found(known: tuple[str, object]) -> None:
    """The module that a pickle of release 0.1.0 names has the class or function."""
    module, expected = known
    name = getattr(expected, "__name__", "")

    written = f"cbotosmith.runtime.{module}\n{name}\n.".encode()
    assert pickle.loads(written) is expected  # noqa: S301 - written here


def test_objects_in_a_pickle_are_read() -> None:
    """A structure and an enum as release 0.1.0 pickled them, in protocol 0."""
    tag = (
        b"cbotosmith.runtime.pickling\nrestore_structure\n"
        b"(Vbotosmith.sagemaker\nVTag\n(dVkey\nVk\nsVvalue\nVv\nstR."
    )
    order = (
        b"cbotosmith.runtime.pickling\nrestore_enum\n"
        b"(Vbotosmith.sagemaker\nVOrderKey\nVAscending\ntR."
    )

    assert pickle.loads(tag) == Tag(key="k", value="v")  # noqa: S301 - written here
    assert pickle.loads(order) is OrderKey.ASCENDING  # noqa: S301 - written here
