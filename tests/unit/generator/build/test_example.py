"""Layout of examples: the same Python, on as few lines as fit."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from botosmith.generator.plan.docstrings.example import (
    Choice,
    Expression,
    Group,
    Pair,
    Word,
    lay_out,
)

NAMES = st.sampled_from(["name", "instance_type", "production_variants"])
WORDS = st.sampled_from(
    ['"string"', "123", "True | False", "datetime(2015, 1, 1)", "sagemaker.Tag(...)"]
).map(Word)
CHOICES = st.lists(
    st.sampled_from(['"ml.m5.large"', '"a b"', '"Yes"']), min_size=1, max_size=40
).map(lambda values: Choice(tuple(values)))


def nest(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    """Calls, lists and dictionaries of expressions."""
    arguments = st.lists(st.builds(Pair, NAMES.map(Word), st.just("="), inner))
    entries = st.builds(Pair, WORDS | CHOICES, st.just(": "), inner)
    return st.one_of(
        st.builds(
            Group, st.just("sagemaker.Shape("), arguments.map(tuple), st.just(")")
        ),
        st.builds(Group, st.just("["), st.tuples(inner), st.just("]")),
        st.builds(Group, st.just("{"), st.tuples(entries), st.just("}")),
    )


EXPRESSIONS = st.recursive(WORDS | CHOICES, nest, max_leaves=30)


def read(lines: list[str]) -> str:
    """Return what lines say as Python, however they are broken."""
    # Within brackets, as a choice needs none of its own where it is an argument. Names
    # may come twice in a call here, which the parser passes and the compiler refuses.
    return ast.dump(ast.parse("\n".join(["(", *lines, ")"]), mode="eval"))


@given(EXPRESSIONS)
def test_lines_mean_what_one_line_means(expression: Expression) -> None:
    """Line breaks change nothing, and a line is too long only if it must be."""
    [flat] = lay_out(expression, 100_000)
    lines = lay_out(expression, 60)

    assert read(lines) == read([flat])
    assert (len(lines) == 1) == (len(flat) <= 60)
    assert all(line == line.rstrip() for line in lines)
    # A piece alone on its line cannot be shorter.
    assert all(len(line) <= 60 or ", " not in line.strip() for line in lines)


def test_brackets_take_a_line_one_line_or_one_for_each_item() -> None:
    """As black has it, commas behind the last item included."""
    tag = Group(
        "Tag(",
        (Pair(Word("key"), "=", Word('"a"')), Pair(Word("value"), "=", Word('"b"'))),
        ")",
    )
    tags = Pair(Word("tags"), "=", Group("[", (tag,), "]"))

    assert lay_out(tags, 30) == ['tags=[Tag(key="a", value="b")]']
    assert lay_out(tags, 29) == ["tags=[", '  Tag(key="a", value="b")', "]"]
    assert lay_out(tags, 24) == [
        "tags=[",
        "  Tag(",
        '    key="a", value="b"',
        "  ),",
        "]",
    ]
    assert lay_out(tags, 20) == [
        "tags=[",
        "  Tag(",
        '    key="a",',
        '    value="b",',
        "  ),",
        "]",
    ]


def test_a_choice_takes_as_many_values_to_a_line_as_fit() -> None:
    """And a value with spaces stays whole."""
    choice = Pair(Word("size"), "=", Choice(('"small"', '"very large"', '"huge"')))

    assert lay_out(choice, 20) == [
        'size="small" |',
        '  "very large" |',
        '  "huge"',
    ]


def test_what_is_too_long_beside_its_name_goes_below() -> None:
    """Python allows that within brackets."""
    word = Pair(Word("experiment"), "=", Word("sagemaker.Experiment(...)"))
    tag = Pair(Word("tag"), "=", Word("sagemaker.Tag(...)"))
    call = Pair(Word("experiment"), "=", Group("sagemaker.Experiment(", (tag,), ")"))

    assert lay_out(Group("f(", (word, call), ")"), 30) == [
        "f(",
        "  experiment=",
        "    sagemaker.Experiment(...),",
        "  experiment=",
        "    sagemaker.Experiment(",
        "      tag=sagemaker.Tag(...)",
        "    ),",
        ")",
    ]


def test_a_level_is_saved_where_it_makes_lines_too_long() -> None:
    """As some replies nest a dozen levels of long names."""
    tag = Pair(Word("t"), "=", Word("sagemaker.Label(...)"))
    call = Pair(Word("experiment"), "=", Group("sagemaker.Experiment(", (tag,), ")"))

    assert lay_out(Group("f(", (call,), ")"), 27) == [
        "f(",
        "  experiment=",
        "    sagemaker.Experiment(",
        "    t=sagemaker.Label(...)",
        "  ),",
        ")",
    ]


def test_what_is_empty_stays_together() -> None:
    """Empty brackets are not broken over lines."""
    call = Pair(Word("experiment"), "=", Group("sagemaker.Experiment(", (), ")"))

    assert lay_out(Group("f(", (call,), ")"), 30) == [
        "f(",
        "  experiment=",
        "    sagemaker.Experiment(),",
        ")",
    ]


def test_a_key_that_takes_lines_keeps_its_distance() -> None:
    """The space behind its colon, which is at the end of what was broken."""
    entry = Pair(Choice(('"small"', '"very large"')), ": ", Word("1"))

    assert lay_out(entry, 18) == ['"small" |', '  "very large": 1']


def test_deep_expressions_take_no_longer_than_they_have_to() -> None:
    """With twice the work for each level, this would never end."""
    expression: Expression = Word('"string"')
    for depth in range(60):
        call = Group(f"{'long_' * 12}{depth}(", (Word("1"), expression), ")")
        expression = Pair(Word("name_" * 12), "=", call)
    whole = Group("f(", (expression,), ")")

    assert read(lay_out(whole, 80)) == read(lay_out(whole, 1_000_000))
