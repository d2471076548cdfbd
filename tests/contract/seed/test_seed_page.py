"""The page that started it all, held against ours line by line.

`seed-page.txt` is the reference page of `sagemaker_create_inference_experiment` from
the R package paws, generated from an older model of the service.
"""

from __future__ import annotations

import inspect
import pydoc
import re
from pathlib import Path

import pytest
from botocore import xform_name

from botosmith import sagemaker
from botosmith.generator.cli import main
from botosmith.runtime import to_wire

SEED = Path(__file__).with_name("seed-page.txt").read_text()

#: The page's headings, in its order, and what we call them.
HEADINGS = ["Description", "Usage", "Arguments", "Value", "Request syntax"]

#: Those of code end with two colons and an empty line, which editors show as code.
OUR_HEADINGS = [
    "Description:",
    "Usage::\n",
    "Arguments:",
    "Value::\n",
    "Request syntax::\n",
]

#: The page's text names operations as R calls them.
RENAMED = {"create_endpoint": "CreateEndpoint", "update_endpoint": "UpdateEndpoint"}

#: Types that the page lists and that the service has since moved: in the pinned model
#: the member has the enum ProductionVariantInstanceType, which does not list them; they
#: are values of InstanceType, the enum that the page's model had there.
MOVED_FAMILIES = ("t3", "m5d", "p3dn", "r5", "m6id", "c6id", "r6id")


@pytest.fixture(scope="module")
def seed() -> dict[str, str]:
    """The page's sections by heading."""
    return split_sections(SEED, [f"{heading}\n" for heading in HEADINGS])


@pytest.fixture(scope="module")
def ours() -> dict[str, str]:
    """The sections of the function's docstring by heading."""
    docstring = inspect.getdoc(sagemaker.create_inference_experiment)
    assert docstring is not None
    return split_sections(docstring, [f"{heading}\n" for heading in OUR_HEADINGS])


def split_sections(page: str, headings: list[str]) -> dict[str, str]:
    """Cut a page at its headings, each of which stands alone on its line, in order."""
    sections: dict[str, str] = {}
    rest = page
    for name, heading in zip(HEADINGS, headings, strict=True):
        before, found, rest = rest.partition(f"\n{heading}")
        assert found, heading
        if sections:
            sections[list(sections)[-1]] = before
        sections[name] = ""
    sections[HEADINGS[-1]] = rest
    return sections


def read_arguments(section: str) -> dict[str, str]:
    """The page's arguments: a name alone on its line, then its text."""
    names = re.search(r"\((.*?)\)", SEED.partition("Usage\n")[2], re.DOTALL)
    assert names is not None
    texts: dict[str, str] = {}
    current = ""
    for line in section.strip().splitlines():
        if line in names[1].replace("\n", " ").replace(",", " ").split():
            current = line
            texts[current] = ""
        else:
            texts[current] += f"{line}\n"
    return texts


def read_our_arguments(section: str) -> dict[str, str]:
    """Our arguments: `name: text`, continued at a deeper indent."""
    parts = re.split(r"^    (\w+):", section, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def plain(text: str) -> str:
    """The words of a text, without our marks, links and line breaks."""
    without_links = re.sub(r"\s*\(<[^>]*>\)", "", text)
    bare = re.sub(r"[`•]|^\s*- ", " ", without_links, flags=re.MULTILINE)
    for theirs, name in RENAMED.items():
        bare = bare.replace(theirs, name)
    return "".join(bare.split())


def test_arguments_are_the_same_in_order(
    seed: dict[str, str], ours: dict[str, str]
) -> None:
    """Every argument of the page is ours, in its order; we add only the client."""
    theirs = list(read_arguments(seed["Arguments"]))

    assert len(theirs) == 11
    assert ["client", *map(xform_name, theirs)] == list(
        read_our_arguments(ours["Arguments"])
    )
    signature = inspect.signature(sagemaker.create_inference_experiment)
    assert list(signature.parameters) == ["client", *map(xform_name, theirs)]


def test_the_same_arguments_are_required(
    seed: dict[str, str], ours: dict[str, str]
) -> None:
    """[required] stands where the page has it, and the signature agrees."""
    our_arguments = read_our_arguments(ours["Arguments"])
    parameters = inspect.signature(sagemaker.create_inference_experiment).parameters
    for name, text in read_arguments(seed["Arguments"]).items():
        required = text.strip().startswith("[required]")
        ours_required = our_arguments[xform_name(name)].strip().startswith("[required]")

        assert required == ours_required, name
        has_default = (
            parameters[xform_name(name)].default is not inspect.Parameter.empty
        )
        assert required != has_default, name


def test_each_line_of_each_argument_is_ours(
    seed: dict[str, str], ours: dict[str, str]
) -> None:
    """No line of the page's text on an argument is missing from ours."""
    our_arguments = read_our_arguments(ours["Arguments"])
    lines = [
        (name, line)
        for name, text in read_arguments(seed["Arguments"]).items()
        for line in text.splitlines()
        if line.strip()
    ]

    assert len(lines) == 23
    for name, line in lines:
        assert plain(line) in plain(our_arguments[xform_name(name)]), (name, line)


def test_description_is_ours(seed: dict[str, str], ours: dict[str, str]) -> None:
    """The page's description is ours, line by line, and its title is our first line."""
    for line in seed["Description"].splitlines():
        assert plain(line) in plain(ours["Description"]), line
    docstring = inspect.getdoc(sagemaker.create_inference_experiment) or ""
    title = "Creates an inference experiment using the configurations specified in the"
    assert docstring.startswith(title)
    assert f"{title} request" in SEED


def test_value_is_ours(seed: dict[str, str], ours: dict[str, str]) -> None:
    """The reply has the page's members."""
    assert member_names(seed["Value"]) == member_names(ours["Value"])


def test_request_syntax_has_the_same_members_in_order(
    seed: dict[str, str], ours: dict[str, str]
) -> None:
    """The request nests the page's members in the page's order."""
    theirs = member_names(seed["Request syntax"])

    assert len(theirs) == 31
    assert theirs == member_names(ours["Request syntax"])


def member_names(syntax: str) -> list[str]:
    """The names before `=`, in our spelling; R has a space before the sign."""
    theirs = re.findall(r"(\w+) = ", syntax)
    return [xform_name(name) for name in theirs or re.findall(r"(\w+)=", syntax)]


def seed_instance_types() -> list[str]:
    """The instance types that the page lists."""
    line = re.search(r"InstanceType = (.*)", SEED)
    assert line is not None
    return re.findall(r'"([^"]+)"', line[1])


def test_instance_types_of_the_page_are_ours(ours: dict[str, str]) -> None:
    """Each type on the page is in our syntax, or in the enum that now lists it."""
    listed = seed_instance_types()
    shown = set(re.findall(r'"(ml\.[^"]+)"', ours["Request syntax"]))
    moved = [value for value in listed if value not in shown]

    assert len(listed) == 165
    assert len(moved) == 36
    assert shown == set(sagemaker.ProductionVariantInstanceType)
    for value in moved:
        assert sagemaker.InstanceType(value).is_known, value
        assert value.split(".")[1] in MOVED_FAMILIES, value


def test_every_instance_type_of_the_page_can_be_sent() -> None:
    """Also one that the pinned model no longer lists there."""
    for value in seed_instance_types():
        config = sagemaker.RealTimeInferenceConfig(
            instance_type=value, instance_count=1
        )

        assert to_wire(config) == {"InstanceType": value, "InstanceCount": 1}


def test_help_shows_the_page(ours: dict[str, str]) -> None:
    """`help(sagemaker.create_inference_experiment)` shows every section whole."""
    shown = pydoc.plain(pydoc.render_doc(sagemaker.create_inference_experiment))
    for heading, section in ours.items():
        assert f"{heading}:" in shown
        for line in section.splitlines():
            assert line.strip() in shown


@pytest.mark.parametrize(
    "name",
    ["create-inference-experiment", "create_inference_experiment"],
)
def test_show_shows_the_page(
    name: str, ours: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """`botosmith show sagemaker create-inference-experiment` shows the same."""
    assert main(["show", "sagemaker", name]) == 0

    shown = capsys.readouterr().out
    for heading, section in zip(OUR_HEADINGS, ours.values(), strict=True):
        assert f"{heading}\n{section.rstrip()}" in shown
