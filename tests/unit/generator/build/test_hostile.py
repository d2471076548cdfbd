"""Models that mean harm, or merely look like it, in every protocol.

What is generated of them stays inert, and does what botocore does with the model.
"""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import sys
import tempfile
from collections.abc import Generator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from attrs import fields_dict
from botocore.model import OperationModel, ServiceModel
from botocore.validate import ParamValidator
from hypothesis import HealthCheck, event, given, reject, settings
from hypothesis import strategies as st
from tests.support.hostile import (
    ENDPOINT_RULES,
    Spoilt,
    bent_models,
    hostile_models,
    spell_bounds,
    spoilt_models,
)
from tests.unit.generator.answer import garbled, has_namesakes, makes_sense, replies
from tests.unit.generator.conftest import write_model
from tests.unit.generator.drawn import check_types, forget, import_model
from tests.unit.generator.outcome import (
    THEIRS,
    check_errors,
    compare_replies,
    compare_sent,
)
from tests.unit.generator.rivals import NoRivalError, Rivals

from botosmith.generator.build.formatting import format_modules
from botosmith.generator.build.pipeline import build_service, open_models
from botosmith.generator.errors import ModelError, Problem
from botosmith.generator.output.atomic_write import write_package
from botosmith.runtime import OpenEnum, ValidationError, from_boto3, schema, to_wire
from botosmith.testing.strategies import parameters

Model = dict[str, Any]

_numbers = count(1)

PATIENT = settings(
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def examples(quick: int) -> settings:
    """Examples of a quick run; a thorough run has as many times more as usual."""
    return settings(PATIENT, max_examples=quick * settings().max_examples // 50)


def generate_and_import(folder: Path, model: Model) -> ModuleType:
    """The package of a model, laid out, written and imported."""
    package = f"hostile{next(_numbers)}"
    write_model(folder / "models", model)
    sources = build_service(open_models(folder / "models"), "parcels", package=package)
    modules = format_modules(sources)
    assert format_modules(modules) == modules
    write_package(folder / package / "parcels", modules)
    sys.path.insert(0, str(folder))
    try:
        imported = importlib.import_module(f"{package}.parcels")
        for name in imported.__all__:
            getattr(imported, name)
    finally:
        sys.path.remove(str(folder))
    return imported


def check_names(imported: ModuleType, model: Model) -> None:
    """Everything in the model is there, once."""
    exported = [getattr(imported, name) for name in imported.__all__]
    enums = [
        one for one in exported if isinstance(one, type) and issubclass(one, OpenEnum)
    ]
    expected = [
        sorted(set(shape["enum"]))
        for shape in model["shapes"].values()
        if "enum" in shape
    ]

    assert sorted(sorted(map(str, enum)) for enum in enums) == sorted(expected)
    assert list(imported.OPERATIONS) == list(model["operations"])
    for operation in imported.OPERATIONS.values():
        source = model["operations"][operation.name]
        for end, cls in (("input", operation.request), ("output", operation.response)):
            shape = model["shapes"][source[end]["shape"]] if end in source else {}
            described = [field.member.name for field in schema.fields(cls)]
            assert described == list(shape.get("members", {}))
        attributes = [field.attribute for field in schema.fields(operation.request)]
        signature = list(inspect.signature(operation.function).parameters)
        assert signature == ["client", *attributes]
        assert set(attributes) == set(fields_dict(operation.request))
        assert len(operation.errors) == len(source.get("errors", ()))


def check_inert(imported: ModuleType) -> None:
    """Modules hold imports, classes, functions and tables: no text was code."""
    (home,) = imported.__path__
    for path in Path(home).rglob("*.py"):
        for statement in ast.parse(path.read_text()).body:
            match statement:
                case ast.Expr(value=ast.Constant(value=str())):
                    pass
                case ast.ClassDef() | ast.FunctionDef() | ast.If():
                    pass
                case ast.ImportFrom() | ast.Assign():
                    pass
                case _:
                    raise AssertionError(ast.dump(statement))


@examples(20)
@given(hostile_models())
def test_hostile_models_stay_inert(model: Model) -> None:
    """Generated, compiled and imported; no text of the model is executed."""
    with tempfile.TemporaryDirectory() as folder:
        imported = generate_and_import(Path(folder), model)
        check_names(imported, model)
        check_inert(imported)
    forget(imported.__name__)

    assert not hasattr(builtins, "BOTOSMITH_EXECUTED")


def test_hostile_models_have_types(tmp_path: Path) -> None:
    """A type checker finds nothing wrong with what is generated of them."""

    @examples(10)
    @given(hostile_models())
    def generate(model: Model) -> None:
        forget(import_model(model, tmp_path).__name__)

    generate()

    assert check_types(tmp_path) == ""


@contextmanager
def connected(model: Model, data: st.DataObject) -> Generator[Rivals]:
    """The clients of a model of which botocore can make a client."""
    rules = data.draw(st.sampled_from((None, ENDPOINT_RULES)))
    try:
        rivals = Rivals.make(model, rules)
    except NoRivalError:
        reject()
    event(f"protocol {rivals.model.resolved_protocol}")
    with closing(rivals):
        yield rivals


def draw_parameters(data: st.DataObject, operation: OperationModel) -> dict[str, Any]:
    """Parameters of an operation."""
    shape = operation.input_shape
    drawn: dict[str, Any] = data.draw(parameters(shape)) if shape is not None else {}
    return drawn


@examples(40)
@given(hostile_models(), st.data())
def test_hostile_requests(model: Model, data: st.DataObject) -> None:
    """Both serializers send what botocore sends, and refuse what it refuses."""
    with connected(model, data) as rivals:
        for operation in rivals.operations:
            given_ = draw_parameters(data, operation)
            outcomes = rivals.call(operation.name, given_)
            shape = operation.input_shape
            is_cbor = rivals.model.resolved_protocol == "smithy-rpc-v2-cbor"
            if is_cbor and shape is not None and has_namesakes(shape):
                continue  # botocore sends the same key twice
            compare_sent(outcomes, rivals.package.OPERATIONS[operation.name].request)
            event("sent" if outcomes[THEIRS].sent else "not sent")


@examples(40)
@given(hostile_models(), st.data())
def test_hostile_replies(model: Model, data: st.DataObject) -> None:
    """Both serializers read what botocore reads, and report what it cannot read."""
    with connected(model, data) as rivals:
        for operation in rivals.operations:
            given_ = draw_parameters(data, operation)
            reply = data.draw(replies(operation))
            rivals.network.answer(reply.status, reply.headers, reply.body)
            outcomes = rivals.call(operation.name, given_)
            if not all(outcome.sent for outcome in outcomes.values()):
                continue
            if makes_sense(operation, reply.status):
                shape = operation.output_shape
                compare_replies(outcomes, shape.members if shape else {})
                event("read" if outcomes[THEIRS].error is None else "not read")
            else:
                check_errors(outcomes)


@examples(30)
@given(hostile_models(), st.data())
def test_replies_that_make_no_sense(model: Model, data: st.DataObject) -> None:
    """A reply that is none ends in an error of ours, or as it does in botocore."""
    with connected(model, data) as rivals:
        for operation in rivals.operations:
            given_ = draw_parameters(data, operation)
            reply = data.draw(replies(operation))
            status = data.draw(st.sampled_from((reply.status, 200, 299, 304, 404, 599)))
            body = data.draw(garbled(reply.body))
            rivals.network.answer(status, reply.headers, body)
            outcomes = rivals.call(operation.name, given_)
            if not all(outcome.sent for outcome in outcomes.values()):
                continue
            if makes_sense(operation, status):
                shape = operation.output_shape
                members = shape.members if shape else {}
                compare_replies(outcomes, members, is_sound=False)
            else:
                check_errors(outcomes)


@examples(40)
@given(hostile_models(), st.data())
def test_hostile_parameters(model: Model, data: st.DataObject) -> None:
    """A value that botocore refuses for its type or a bound is refused here, too."""
    with tempfile.TemporaryDirectory() as folder:
        package = import_model(model, Path(folder))
    service = ServiceModel(spell_bounds(model), "parcels")
    for name in service.operation_names:
        operation = service.operation_model(name)
        shape = ServiceModel(model, "parcels").operation_model(name).input_shape
        if shape is None:
            continue
        wrong = data.draw(wrong_parameters(draw_parameters(data, operation)))
        if isinstance(wrong, dict):
            # Clients do that before they look.
            wrong = dict.fromkeys(operation.idempotent_members, "token") | wrong
        if ParamValidator().validate(wrong, shape).has_errors():
            event("refused")
            with pytest.raises(ValidationError):
                to_wire(from_boto3(package.OPERATIONS[name].request, wrong))
    forget(package.__name__)


@st.composite
def wrong_parameters(draw: st.DrawFn, value: Any) -> Any:
    """Parameters of which one value is another or gone."""
    other = st.sampled_from(("", "x", 0, -1, 1.5, True, b"", [], {}, [{}], {"a": 1}))
    if isinstance(value, dict) and value:
        key = draw(st.sampled_from([*value]))
        if len(value) > 1 and not draw(st.integers(0, 3)):
            return {name: item for name, item in value.items() if name != key}
        return {**value, key: draw(wrong_parameters(value[key]))}
    if isinstance(value, list) and value and draw(st.booleans()):
        index = draw(st.integers(0, len(value) - 1))
        item = draw(wrong_parameters(value[index]))
        return [*value[:index], item, *value[index + 1 :]]
    return draw(other)


@examples(100)
@given(spoilt_models())
def test_a_wrong_type_is_told(spoilt: Spoilt) -> None:
    """Whatever key has a value of another JSON type, the problem says which."""
    with tempfile.TemporaryDirectory() as folder:
        write_model(Path(folder), spoilt.model)
        with pytest.raises(ModelError) as caught:
            build_service(open_models(Path(folder)), "parcels", package="p")

    files = {problem.file for problem in caught.value.problems}
    paths = {problem.path for problem in caught.value.problems}
    assert files == {"parcels/2024-03-01/service-2.json"}
    # The place itself, or what holds it.
    assert paths & {dotted(spoilt.path), dotted(spoilt.path[:-1])}


def dotted(path: tuple[str | int, ...]) -> str:
    """A place in a model as problems name it."""
    steps = [f"[{step}]" if isinstance(step, int) else f".{step}" for step in path]
    return "".join(steps).removeprefix(".")


@examples(40)
@given(bent_models())
def test_what_is_wrong_otherwise_is_told_or_survived(model: Model) -> None:
    """There is a package, or a reason why there is none; and no other error."""
    found: tuple[Problem, ...] = ()
    with tempfile.TemporaryDirectory() as folder:
        try:
            forget(import_model(model, Path(folder)).__name__)
        except ModelError as error:
            found = error.problems
    event("refused" if found else "generated")

    assert all(problem.path for problem in found)
