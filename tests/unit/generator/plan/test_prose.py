"""The rules of `prose`, each on the smallest documentation that shows it."""

from __future__ import annotations

from html import escape

import pytest

from botosmith.generator.prose import summary, to_lines

GUIDE = "https://docs.example.com/guide/latest/dg"

LAYOUTS: dict[str, tuple[str, list[str]]] = {
    "empty": ("", []),
    "white space only": (" \n\t&nbsp; ", []),
    "empty paragraphs": ("<p></p><p> </p>", []),
    "text outside of any element": ("Just text.", ["Just text."]),
    "one paragraph": ("<p>One.</p>", ["One."]),
    "paragraphs": ("<p>One.</p> <p>Two.</p>", ["One.", "", "Two."]),
    "text around a paragraph": ("a<p>b</p>c", ["a", "", "b", "", "c"]),
    "white space is normalised": ("<p> a\n\t b&nbsp;&#x2028;c\u00a0</p>", ["a b c"]),
    "line break": ("<p>a<br> b<br/>c</p>", ["a", "b", "c"]),
    "heading": ("<h2>Use</h2><p>a</p>", ["Use", "", "a"]),
    "full name": ("<fullname>SNS</fullname> <p>a</p>", ["SNS", "", "a"]),
    "emphasis is plain": ("<p><b>a</b> <i>b</i> <em>c</em>d</p>", ["a b cd"]),
    "entities": (
        "<p>1 &lt; 2 &amp;&amp; 3 &gt; &quot;2&quot;</p>",
        ['1 < 2 && 3 > "2"'],
    ),
    "escaped once, shown once": ("<p>&amp;lt;p&amp;gt;</p>", ["&lt;p&gt;"]),
    "no Markdown escapes": ("<p>a_b *c* \\d # [e](f)</p>", ["a_b *c* \\d # [e](f)"]),
    "quotes and controls stay": ('<p>"""\x00\x7f\'\\</p>', ['"""\x00\x7f\'\\']),
    "comments are no text": ("<p>a<!-- b -->c</p><?x y?><!DOCTYPE z>", ["ac"]),
    "CDATA is text": ("<p>[]+=<![CDATA[&amp;]]>;{}</p>", ["[]+=&amp;;{}"]),
    "code": ("<p>Use <code>a b</code>.</p>", ["Use `a b`."]),
    "back quote in code": ("<code>a ` b</code>, c", ["``a ` b``, c"]),
    "back quotes around code": ("<p><code>``</code> a</p>", ["``` `` ``` a"]),
    "padded code": ("<p>the <code> A </code>of</p>", ["the `A` of"]),
    "padded code before a stop": ("<code> <i>A</i> </code>.", ["`A`."]),
    "empty code": ("<p>a <code></code>b</p>", ["a b"]),
    "code in code": ("<code><code>a</code></code>", ["`a`"]),
    "emphasis in code": ("<code>s3.<i>region</i>.com</code>", ["`s3.region.com`"]),
    "code around blocks": ("<code>a<p>b</p></code>", ["a", "", "b"]),
    "note": ("<note> <p>a</p> <p>b</p> </note>", ["Note: a", "", "b"]),
    "important": ("<p>a</p><important>b</important>", ["a", "", "Important: b"]),
    "note of items": (
        "<note> <ul> <li> <p>a</p> </li> </ul> </note>",
        ["Note:", "", "- a"],
    ),
    "empty note": ("<p>a</p><note></note>", ["a"]),
    "bullets": (
        "<p>a</p> <ul><li>b</li><li>c</li></ul>d",
        ["a", "", "- b", "- c", "", "d"],
    ),
    "paragraph in item": (
        "<ul> <li> <p>a</p> </li> <li> b </li> </ul>",
        ["- a", "- b"],
    ),
    "empty item": ("<ul><li>a</li><li><p></p></li></ul>", ["- a"]),
    "numbers": ("<ol><li>a</li><li>b</li></ol>", ["1. a", "2. b"]),
    "items of paragraphs": (
        "<ul><li><p>a</p><p>b</p></li><li><p>c</p><p>d</p></li></ul>",
        ["- a", "", "  b", "", "- c", "", "  d"],
    ),
    "nested items": (
        "<ol><li><p>a</p><ul><li>b</li><li>c<ul><li>d</li></ul></ul></li><li>e</ol>",
        ["1. a", "   - b", "   - c", "     - d", "2. e"],
    ),
    "text after nested items": (
        "<ul><li>a<ul><li>b</li></ul><p>c</p></li></ul>",
        ["- a", "  - b", "", "  c"],
    ),
    "definitions": (
        "<dl> <dt>A</dt> <dd> <p>a</p> <p>b</p> </dd> <dt>B</dt> <dd>c</dd> </dl>",
        ["A", "    a", "", "    b", "", "B", "    c"],
    ),
    "items in definitions": (
        "<dl><dt>A</dt><dd><ul><li>a</li><li>b</li></ul></dd></dl>",
        ["A", "    - a", "    - b"],
    ),
    "preformatted": (
        '<p>a</p><pre>{\n  "k":  1,\n\n\t"l": 2\n}</pre>b',
        ["a", "", "    {", '      "k":  1,', "", '        "l": 2', "    }", "", "b"],
    ),
    "code in preformatted": ("<pre><code>a\nb</code></pre>", ["    a", "    b"]),
    "blank preformatted": ("<ul><li><pre> \n  </pre></li></ul>", []),
    "line break in item": ("<ul><li>a<br> b</li></ul>", ["- a", "  b"]),
    "preformatted item": (
        "<ul><li>a<pre>b\n c</pre></li></ul>",
        ["- a", "", "      b", "       c"],
    ),
    "table": (
        "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>",
        ["a | b", "c | d"],
    ),
    "unclosed paragraphs": ("<p>a<p>b", ["a", "", "b"]),
    "stray end tags": ("a</p></ul></code> b", ["a b"]),
    "unclosed emphasis": ("<p>a <i>b</p> <p>c</p>", ["a b", "", "c"]),
    "unclosed items": ("<ul><li>a<li>b</ul>", ["- a", "  - b"]),
    "note in paragraph": ("<p><note><p>a</p></note><p>b</p></p>", ["Note: a", "", "b"]),
    "unknown element": ("<text>a <link x='y'>b</text>", ["a b"]),
    "placeholder": ("arn:<region>:<account-id>", ["arn:<region>:<account-id>"]),
    "rejected by the parser": ("a <![b[ c", ["a <![b[ c"]),
    "like a file name": ("index.html", ["index.html"]),
    "like XML": ('<?xml version="1.0"?><a>b</a>', ["b"]),
    "link": ('See <a href="http://a/b">the c</a>.', ["See the c (<http://a/b>)."]),
    "link named by its URL": ('<a href="http://a">http://a</a>.', ["<http://a>."]),
    "link without text": ('a <a href="http://b"></a>', ["a <http://b>"]),
    "link without URL": ('<a>a</a> <a href="">b</a>', ["a b"]),
    "relative link": ('<a href="/x.html">a</a> <a href="#y">b</a>', ["a b"]),
    "padded link": ("<a href=' http://a '> b </a>c", ["b (<http://a>) c"]),
    "link with blanks": (
        '<a href="http://a/\nb c<d>">e</a>',
        ["e (<http://a/b%20c%3Cd%3E>)"],
    ),
    "link around code": ('<a href="http://a"><code>b</code></a>', ["`b` (<http://a>)"]),
    "link in code": (
        '<code> <a href="http://a">b</a> </code>, c',
        ["`b` (<http://a>), c"],
    ),
    "link in preformatted": (
        '<pre><code><a href="http://a">b</a></code></pre>',
        ["    b (<http://a>)"],
    ),
    "mail": ('<a href="mailto:a@b.c">d</a>', ["d (<mailto:a@b.c>)"]),
}


@pytest.mark.parametrize(("html", "expected"), LAYOUTS.values(), ids=[*LAYOUTS])
def test_layout(html: str, expected: list[str]) -> None:
    """Every kind of element has its form in a docstring."""
    assert expected == to_lines(html, width=80)


def test_lead_and_hanging() -> None:
    """The lead opens the first line; all others are indented, within the width."""
    lines = to_lines(
        "<p>The name of the job, unique in a Region.</p><ul><li>a</li></ul>",
        width=40,
        lead="name: [required]",
        hanging=4,
    )

    assert lines == [
        "name: [required] The name of the job,",
        "    unique in a Region.",
        "",
        "    - a",
    ]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("", ["name:"]),
        ("<ul><li>a</li></ul>", ["name:", "    - a"]),
        ("<pre>a</pre>", ["name:", "        a"]),
        ("<note>a</note>", ["name: Note: a"]),
    ],
)
def test_lead_stands_alone(html: str, expected: list[str]) -> None:
    """A lead is stripped without text, and stands above what is not a paragraph."""
    assert expected == to_lines(html, width=40, lead=" name: ", hanging=4)


def test_hanging_items() -> None:
    """An item's further lines stand below its text, whatever the marker's width."""
    items = "<li>one two three four five</li>" * 10

    lines = to_lines(f"<ol>{items}</ol>", width=32, hanging=8)

    assert lines[:2] == ["1. one two three four five", "        2. one two three four"]
    assert lines[-2:] == ["        10. one two three four", "            five"]


def test_no_line_starts_like_an_item() -> None:
    """A dash or number that would open a line takes the word before it along."""
    assert to_lines("aaaa bbbb cccc dddd eeee - ffff", width=24) == [
        "aaaa bbbb cccc dddd",
        "eeee - ffff",
    ]
    assert to_lines("aaaa bbbb cccc dddd in 3. ffff", width=24) == [
        "aaaa bbbb cccc dddd",
        "in 3. ffff",
    ]


def test_url_on_a_line_of_its_own() -> None:
    """A URL that fits on a line of its own keeps its brackets there."""
    html = f'<p>For more, see <a href="{GUIDE}/a.html">A</a>.</p>'

    assert [
        "For more, see A",
        f"    (<{GUIDE}/a.html>).",
    ] == to_lines(html, width=60, hanging=4)


@pytest.mark.parametrize(
    "word",
    [
        f"(<{GUIDE}/shadow-tests-view-monitor-edit-complete.html?b=c#d-e>).",
        "arn:aws:iam::123456789012:role/service-role/Name",
        "`arn:aws:iam::123456789012:role/service-role/Name`",
        "`[a-z]{1,63}( [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62})?`",
        "``a ` b and so on until the width is not enough``",
    ],
)
@pytest.mark.parametrize("frame", ["{}", "<ul><li>{}</li></ul>"])
def test_long_word(word: str, frame: str) -> None:
    """A word that is longer than a line stands whole on a line of its own."""
    lines = to_lines(frame.format(f"a b {escape(word)} c d"), width=28, hanging=4)

    assert [line.strip() for line in lines] in (
        ["a b", word, "c d"],
        ["- a b", word, "c d"],
    )


def test_code_is_whole() -> None:
    """Code with spaces goes to the next line where it does not fit."""
    html = "<p>Before the words <code>a b c</code>, and after.</p>"

    assert to_lines(html, width=24) == ["Before the words", "`a b c`, and after."]


def test_long_preformatted_line() -> None:
    """A preformatted line that is too long is broken at a space, indented alike."""
    assert to_lines("<pre>aaaa  bbbb cccc dddd eeee</pre>", width=24) == [
        "    aaaa  bbbb cccc dddd",
        "    eeee",
    ]


def test_deep_nesting_leaves_room() -> None:
    """However deep lists go, text keeps some columns and lines keep the width."""
    lines = to_lines("<ul><li>item " * 30, width=40, hanging=8)

    assert max(map(len, lines)) <= 40
    assert sum(line.endswith("- item") for line in lines) == 30


def test_absurd_nesting_is_text() -> None:
    """Nesting beyond what the interpreter's stack takes costs only the layout."""
    assert to_lines("<ul><li>" * 5000 + "a <b>b</b>", width=80) == ["a b"]


@pytest.mark.parametrize(("width", "hanging"), [(23, 0), (80, 57), (0, 0), (40, 99)])
def test_too_narrow(width: int, hanging: int) -> None:
    """A width without room for text is refused, and the message has the figures."""
    with pytest.raises(ValueError, match=rf"width {width} with hanging {hanging} .*24"):
        to_lines("<p>a</p>", width=width, hanging=hanging)


SUMMARIES = {
    "empty": ("", ""),
    "no sentence": ("<p>A name</p>", "A name"),
    "first of two": ("<p>One. Two.</p>", "One."),
    "first paragraph": ("<p>One</p><p>Two.</p>", "One"),
    "question": ("<p>Is it? It is.</p>", "Is it?"),
    "parenthesis": ("<p>One (or two.) Three.</p>", "One (or two.)"),
    "before code": ("<p>One. <code>Two</code> three.</p>", "One."),
    "abbreviations": (
        "<p>Files (e.g. CSV, i.e. text, vs. Parquet etc. JSON) and more. B.</p>",
        "Files (e.g. CSV, i.e. text, vs. Parquet etc. JSON) and more.",
    ),
    "lower case goes on": ("<p>One. two. Three.</p>", "One. two."),
    "version": ("<p>TLS 1.2 only. B.</p>", "TLS 1.2 only."),
    "code stays": ("<p>A <code>b</code>. C.</p>", "A `b`."),
    "no link": ('<p>See <a href="http://a">b</a>. C.</p>', "See b."),
    "no link in code": ('<code><a href="http://a">b</a></code>', "`b`"),
    "URL as text": ('<p><a href="http://a">http://a</a></p>', "http://a"),
    "item": ("<ul><li>One. Two.</li><li>Three.</li></ul>", "One."),
    "note": ("<note><p>One. Two.</p></note>", "Note: One."),
}


@pytest.mark.parametrize(("html", "expected"), SUMMARIES.values(), ids=[*SUMMARIES])
def test_summary(html: str, expected: str) -> None:
    """A summary is the first sentence, on one line, without links."""
    assert expected == summary(html)
