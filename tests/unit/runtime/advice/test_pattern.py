r"""Patterns are checked as services check them: as Java's `String.matches` does.

Every line of `JAVA` was compared with OpenJDK 17, those of `ECMASCRIPT` with Node 20.
"""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from botosmith import sagemaker
from botosmith.runtime import ValidationError, validate
from botosmith.runtime.serde.pattern import matches, translate
from botosmith.runtime.serde.pattern.automaton import build
from botosmith.runtime.serde.pattern.guard import Guard, find_guard

#: A pattern, values that Java's `matches` takes, and values that it refuses.
JAVA = [
    # The whole value, with and without anchors.
    ("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}", ["my-job", "a--b"], ["my_job", "a-", ""]),
    ("a|ab", ["a", "ab"], ["abc", "b"]),
    ("^a$|^b$", ["a", "b"], ["ab", "a\n"]),
    ("^a|b$", ["a", "b"], ["ax", "xb"]),
    ("abc$", ["abc"], ["abc\n", "xabc"]),
    # Digits, words and spaces are ASCII.
    (r"\d+", ["09"], ["٣", "0\n"]),
    (r"\w+", ["a_9"], ["é", "a-b"]),
    (r"\s+", ["\t\n\v\f\r "], ["\xa0", "\x85", "\x1c"]),
    (r"[\W]+", ["é", "-"], ["a"]),
    (r"foo\b.bar", ["foo-bar"], ["foo_bar"]),
    (r"\B", [""], ["a"]),
    # A point takes no end of a line, `$` and `\Z` stand before the last of them.
    (".", ["a", "😀", "\v"], ["\n", "\r", "\x85", "\u2028", "\u2029", ""]),
    ("(?s).", ["\n", "\u2028"], [""]),
    ("a(?s).b", ["a\nb"], ["a\n"]),
    ("(?d).", ["\r"], ["\n"]),
    (r"(?=.{1,2}$)[^$]*", ["ab", "ab\n", "ab\r\n", "ab\u2029"], ["abc", "ab\n\n"]),
    (r"a\Z\n", ["a\n"], ["a"]),
    (r"\Aa\z", ["a"], ["a\n"]),
    (r"(?m)a$.?\n?^b", ["a\nb"], ["ab"]),
    (r"a$*", ["a"], ["a\n"]),
    (r"a${1,128}", ["a"], ["aa"]),
    # Properties.
    (r"\p{L}+", ["Aé日", "\U0001d49f"], ["1", "_", "é\u0301"]),
    (r"\pL\PL", ["a1"], ["aa"]),
    (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]*", ["", "Ⅷ é=\u2028"], ["é!", "a\n"]),
    (r"[^\p{C}]+", ["é 日"], ["a\n", "\u200b", "\ue000", "\U000e0fff"]),
    (r"\P{C}*", ["é"], ["\x00"]),
    (r"[\P{M}\p{M}]{1,3}", ["a\u0301", "\n"], ["abcd"]),
    (r"\p{IsLu}\p{gc=Ll}\p{LC}", ["Éaß"], ["aaa"]),
    (r"\p{LD}+", ["é٣"], ["Ⅷ", "-"]),
    (r"\p{IsAlphabetic}+", ["éⅧ", "ⓐ", "\u0345"], ["1", "\u0301"]),
    (r"\p{IsWhitespace}", ["\x85", "\u3000"], ["\u200b"]),
    (r"\p{IsUppercase}\p{IsLowercase}", ["Aª"], ["aA"]),
    (r"\p{ASCII}*", ["a\x00\x7f"], ["é"]),
    (r"\p{Print}+", ["a ~"], ["\t", "é"]),
    (r"\p{Graph}+", ["a~"], [" "]),
    (r"\p{Alnum}+", ["aZ9"], ["_", "é"]),
    (r"\p{Alpha}\p{Digit}\p{Upper}\p{Lower}", ["a0Aa"], ["é0Aa", "a٣Aa"]),
    (r"\p{Punct}+", ["!~_^`$"], ["a", " ", "¡"]),
    (r"\p{Blank}\p{Space}\p{Cntrl}", [" \n\x7f", "\t \x00"], ["\n\n\n"]),
    (r"\p{XDigit}+", ["09afAF"], ["g"]),
    (r"\P{XDigit}+", ["g"], ["a"]),
    (r"[\p{L1}]\p{all}", ["ÿ\n"], ["Āa"]),
    # Classes within classes.
    ("[a-z&&[^aeiou]]+", ["bcd"], ["a", "be"]),
    ("[a-z&&[def]]", ["d"], ["a", "&"]),
    (r"[\w&&\D]+", ["a_"], ["1"]),
    (r"[\p{Print}&&[^|:/]]+", ["a b"], ["a|b", "a:b", "é"]),
    ("[a-z&&b-f&&c-z]+", ["cdef"], ["b", "g"]),
    ("[a&&b]", [], ["a", "&", "b"]),
    ("[a[bc]]+", ["abc"], ["[", "a]"]),
    ("[^a[bc]]+", ["dx"], ["a", "b"]),
    # Characters that need no escape, or that mean something else in Python's sets.
    ("[^a[x]]b", ["cb"], ["xb", "ab"]),
    ("[&~|]+", ["&~|"], ["a"]),
    ("[~~||]+", ["~|"], ["a"]),
    (r"[\w-.]+", ["a-.b"], [","]),
    (r"[\w--/]+", ["a-./"], [","]),
    ("[+--]+", ["+,-"], ["."]),
    ("[]a]+", ["]a"], ["["]),
    ("[^]a]+", ["b"], ["]", "a"]),
    (r"\/\-\_\:\@", ["/-_:@"], ["x"]),
    ("a]b}", ["a]b}"], ["a"]),
    # Characters by number and by name.
    (r"\x41\x{1F600}\u0041", ["A😀A"], ["A"]),
    (r"\uD83D\uDE00", ["😀"], ["😁"]),
    (r"[\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\t]*", ["é😀\t"], ["\n"]),
    (r"\cA\e\a\011\0101", ["\x01\x1b\x07\tA"], ["A"]),
    (r"\N{LATIN SMALL LETTER A}", ["a"], ["b"]),
    (r"a\\p{2}", [r"a\pp"], ["aa"]),
    # White space, quotations, line ends.
    (r"\h\H\v\V", ["\u3000a\u2028a"], ["\na\na"]),
    (r"[\h\v]+", ["\t\n\x85"], ["a"]),
    (r"a\Rb", ["a\r\nb", "a\x85b"], ["a\n\nb"]),
    (r"\Qa.[\E+\Q^", ["a.[^", "a.[[^"], ["ab[^"]),
    (r"\\Q.", [r"\Qa"], ["a"]),
    # Flags in the middle hold to the end of their group, over its alternatives.
    ("^(?i)(true|false)$", ["TRUE", "false"], ["TRU"]),
    ("a(?i)b|c", ["aB", "C"], ["AB"]),
    ("(a(?i)b|c)d", ["aBd", "Cd"], ["aBD"]),
    ("(?i:a)b", ["Ab"], ["AB"]),
    ("(?i)a(?-i)b", ["Ab"], ["AB"]),
    ("(?i)[^a]", ["b", "É"], ["A"]),
    ("(?i)[a-c&&[^b]]+", ["aC"], ["B"]),
    ("(?i)é", ["é"], ["É"]),
    ("(?i)k", ["K"], ["\u212a"]),
    (r"(?i)\p{Lu}", ["a", "É", "é"], ["1"]),
    ("(?!(?i)AWS_)[a-zA-Z_]*", ["job_"], ["aws_x"]),
    ("(?x) a b # c", ["ab"], ["a b"]),
    (r"(?x)[a b]\ c", ["a c"], [" c"]),
    # Groups and repeats.
    ("a++b", ["aab"], ["a"]),
    ("a*+a", [], ["a", "aa"]),
    ("(?>a|ab)c", ["ac"], ["abc"]),
    ("a{2}{3}", ["aa"], ["aaaaaa"]),
    (r"(?<x>a|b)\k<x>", ["aa", "bb"], ["ab"]),
    (r"(-?)\d\1\d", ["11", "-1-1"], ["-11"]),
    (r"(a)\11", ["aa1"], ["aa"]),
    ("(^a|b)+", ["abb"], ["ba"]),
    # Looking around.
    ("(?!aws:).*", ["x", "a"], ["aws:x"]),
    (".*(?<!-s3alias|--ol-s3)", ["bucket"], ["a-s3alias", "a--ol-s3"]),
    ("(?<=a)b|ab(?<=b|ab)", ["ab"], ["b"]),
]

#: The same with patterns that Java refuses, and that ECMAScript takes.
ECMASCRIPT = [
    ("[^]+", ["a\n"], [""]),
    ("[]|a", ["a"], ["", "]"]),
    ("a{,3}", ["a{,3}"], ["", "aaa"]),
    ("{a}", ["{a}"], ["a"]),
    ("x{.", ["x{a", "x{\x85"], ["x{\n", "x{\u2028"]),
    ("[[]", ["["], ["a"]),
    (r"[a[\y]+", ["a[y"], ["\\"]),
    (r"\u{41}{2}[", [], []),
    (r"\p{Letter}", ["é"], ["1"]),
    (r"[\b]\v{", ["\b\v{"], ["b\n{"]),
    (r"[a-\d{]", ["a", "-", "5", "{"], ["b"]),
]


@pytest.mark.parametrize(("pattern", "right", "wrong"), [*JAVA, *ECMASCRIPT])
def test_a_pattern_takes_what_the_service_takes(
    pattern: str, right: list[str], wrong: list[str]
) -> None:
    """The whole value has to match; Python warns of nothing."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert [text for text in right if not matches(pattern, text)] == []
        assert [text for text in wrong if matches(pattern, text)] == []


@pytest.mark.parametrize(
    "pattern",
    [
        "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
        r"^arn:aws[a-z\-]*:iam::\d{12}:role/?[a-zA-Z_0-9+=,@\-_/]+$",
        r"(?!\s*aws)[\S\s]+|^(?:a|b){1,3}?$",
        r"(?i)[\u0009\x20-\x7E]*\.\*",
    ],
)
def test_what_python_reads_alike_is_kept(pattern: str) -> None:
    """A pattern is rewritten only where Python needs it."""
    assert translate(pattern) == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        *("(", "a)", "*", "[b-a]", "[a", "\\", "(?<n>a)(?<n>b)", r"\2(a)"),
        *(r"\X", r"\G", r"\b{g}", "(?u)a", "(?U)a", "a{1,99999999999}"),
        *(r"\p{IsGreek}", r"\p{InGreek}", r"\p{script=Latin}", r"\p{Klingon}", r"\p"),
        *("(?<=ab?)c", "(?z)a", "(?i-z)a", "(?#a)", r"\k<n>", r"\N{NO NAME}"),
        "a{" + "1" * 5000 + "}",
        "(" * 5000 + ")" * 5000,
        "[" * 5000 + "a" + "]" * 5000,
    ],
)
def test_a_pattern_that_cannot_be_checked_is_passed_over(pattern: str) -> None:
    """Syntax errors too: nothing else comes out of a check."""
    assert translate(pattern) is None
    assert matches(pattern, "anything")


#: Pieces of patterns that are rarely drawn from single characters.
_SPECIAL = [
    *(
        r"\p{L}",
        r"\Q",
        r"\E",
        r"\x{",
        r"\u{1",
        r"\N{",
        r"\k<",
        "(?",
        "(?<",
        "(?<!",
        "&&",
    ),
    *(
        "[^",
        "[[",
        "(?i)",
        "(?x)",
        "{2,",
        r"\uD83D",
        r"\uDE00",
        r"\R",
        r"\c",
        r"\0",
        "é😀",
    ),
]

#: Patterns for which `re` would take hours, and what they take of a letter and a sign.
SLOW = [
    # RDS: DBProxyName. A long name with one wrong character is an ordinary mistake.
    ("[a-zA-Z](?:-?[a-zA-Z0-9]+)*", "a", "_"),
    (r"^([a-zA-Z](?:-?[a-zA-Z0-9]+)*)$", "a", "_"),
    (r"[a-z0-9]([-a-z0-9]*[a-z0-9]){0,39}?", "a", "_"),
    (r"(?i)([A-Z]+)*", "a", "1"),
    (r"(?i:([^b]+)*)", "a", "B"),
    (r"(?:a|a)*", "a", "b"),
    (r"(\d|[0-4]b?)*", "1", "a"),
    (r"((.)*)*", "a", "\n"),
    (r"(a*)*(?!b)", "a", "b"),
    (r"(?>(a|aa)+)", "a", "b"),
    (r"((a?){3,100}){5}", "a", "b"),
    (r".*a.*a.*a.*a.*a.*a", "a", "\n"),
]


@pytest.mark.parametrize(("pattern", "right", "wrong"), SLOW)
def test_no_pattern_takes_very_long(pattern: str, right: str, wrong: str) -> None:
    """All ways through an ambiguous pattern are followed at once."""
    for size in (8, 13, 40, 400):
        assert matches(pattern, right * size)
        assert not matches(pattern, right * size + wrong)


@pytest.mark.parametrize(
    "pattern",
    [
        "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}",
        r"^arn:aws[a-z\-]*:iam::\d{12}:role/?[a-zA-Z_0-9+=,.@\-_/]+$",
        r"([a-z]+\.)*[a-z]+",
        "(ab|ac)*(x|y){3,9}",
        "a.*b.*c",
    ],
)
def test_patterns_without_ambiguity_are_left_to_python(pattern: str) -> None:
    """`re` is faster there."""
    assert find_guard(re.compile(pattern, re.ASCII)) is None


@given(
    st.lists(
        st.sampled_from([*"aabb()()|*+?-", "{2}", "{0,3}", "[ab]", "[^a]", "(?i)"])
    ).map("".join),
    st.text("abA-", max_size=9),
)
def test_automata_take_what_python_takes(pattern: str, text: str) -> None:
    """For any expression of a few signs, and a few letters."""
    translated = translate(pattern)
    assume(translated is not None)
    expression = re.compile(translated or "", re.ASCII)
    guard = Guard(build(expression, counted=True))
    assume(guard.exact)
    assert guard.accepts(text) == (expression.fullmatch(text) is not None)


@given(
    st.lists(
        st.sampled_from([*r"ab19[]()^$.|*+?{}-&\,:<>=!~#i", *_SPECIAL]),
    ).map("".join),
    st.text(),
)
def test_any_text_is_a_pattern(pattern: str, text: str) -> None:
    """Neither an error nor a warning comes out of a check."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert matches(pattern, text) in (True, False)


def test_strict_validation_matches_the_whole_value() -> None:
    """aws/sagemaker-python-sdk#384: the service refuses underscores in names."""
    request: Any = sagemaker.StopTrainingJobRequest(training_job_name="my_job")
    validate(request)

    with pytest.raises(ValidationError) as caught:
        validate(request, strict=True)

    (found,) = caught.value.violations
    pattern = "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}"
    assert str(found) == (
        f"training_job_name: 'my_job' does not match {pattern!r} as a whole"
    )


def test_strict_validation_knows_letters_of_all_scripts() -> None:
    """Tags take letters, and no exclamation marks."""
    validate(sagemaker.Tag(key="équipe", value="日本 1"), strict=True)
    with pytest.raises(ValidationError, match=r"^Tag: 1 violation\n  value: 'a!'"):
        validate(sagemaker.Tag(key="a", value="a!"), strict=True)


def test_patterns_are_loaded_by_strict_checks_alone() -> None:
    """Neither an import nor a plain check loads the translation."""
    program = """
import sys
from botosmith import sagemaker
from botosmith.runtime import validate
tag = sagemaker.Tag(key="a", value="b")
validate(tag)
assert not [name for name in sys.modules if "runtime.pattern" in name]
validate(tag, strict=True)
assert "botosmith.runtime.serde.pattern" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)
