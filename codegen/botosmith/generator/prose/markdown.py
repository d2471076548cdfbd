"""HTML documentation to light Markdown, one line per paragraph.

markdownify walks the tree that BeautifulSoup parses, decides which white space
counts and how many line ends stand between two blocks; the converter below only says
what each element looks like in a docstring. html2text, tried beside it, takes the
second paragraph of an item out of its list and is under the GPL; inscriptis drops the
quotes of code and brings lxml and requests. Neither lets an element be redefined.

In the result a line end is always meant, a space never is, and a no-break space is
always a column of indentation, of a list marker or of preformatted text: the white
space of the documentation itself has been normalised by then, so nothing in it can be
mistaken for structure.
"""

from __future__ import annotations

import re
from textwrap import indent

from bs4 import BeautifulSoup, CData, Tag
from bs4.builder import HTMLTreeBuilder
from bs4.element import NavigableString
from bs4.exceptions import ParserRejectedMarkup
from markdownify import MarkdownConverter

from botosmith.generator.prose.memory import MEMORY

NBSP = "\N{NO-BREAK SPACE}"

_BARE_TAG = re.compile(r"<([A-Za-z][\w-]*)>")
_INLINE = re.compile(
    "a|abbr|b|br|cite|code|em|fullname|i|img|important|kbd|link|note|q|replaceable|s"
    "|samp|small|span|strong|sub|sup|tt|u|wbr"
)
_CLOSING = tuple(".,;:)")


def to_markdown(html: str, *, links: bool = True) -> str:
    """Convert one documentation string; without `links`, only the links' texts."""
    return MEMORY.find(html, links, _convert)


def _convert(html: str, links: bool) -> str:  # noqa: FBT001
    try:
        # The explicit root keeps BeautifulSoup from warning about documentation that
        # is nothing but a URL or a file name, or that starts like XML.
        soup = BeautifulSoup(f"<html>{html}", "html.parser")
    except ParserRejectedMarkup:
        return " ".join(html.split())
    _write_placeholders(soup, html)
    try:
        return _Converter(links=links).convert_soup(soup)
    except RecursionError:
        # Hundreds of nested elements are a mistake, but not worth a failure.
        return " ".join(soup.get_text(" ").split())


def _write_placeholders(soup: BeautifulSoup, html: str) -> None:
    """Add the text `<region>` and its like, which the parser took for elements.

    Authors forget to escape them (`arn:aws:inspector2:<region>:...`). A placeholder
    has no attribute, no end tag and no name that means anything in HTML or to AWS.
    """
    for name in {match[1] for match in _BARE_TAG.finditer(html)}:
        lower = name.lower()
        if _INLINE.fullmatch(lower) or lower in HTMLTreeBuilder.DEFAULT_BLOCK_ELEMENTS:
            continue
        for element in soup.find_all(lower):
            if f"</{name}>" not in html and not element.attrs:
                element.insert_before(f"<{name}>")


def _find_url(link: Tag) -> str:
    """Return what an <a> points at, "" where a docstring's reader cannot go.

    A relative address has no base here. As browsers do (WHATWG URL), line ends and
    tabs are removed, spaces and angle brackets are percent-encoded.
    """
    url = re.sub(r"[\t\r\n]", "", str(link.get("href") or "")).strip()
    if not re.match(r"(?:https?|mailto):", url, re.IGNORECASE):
        return ""
    return re.sub(r"\s", "%20", url).replace("<", "%3C").replace(">", "%3E")


class _Converter(MarkdownConverter):
    """Converts elements; those without a method are just their content.

    Methods get the element, its converted content and the names of the elements
    around it, to which markdownify adds `_noformat` inside of code.
    """

    def __init__(self, *, links: bool) -> None:
        methods = [name for name in vars(_Converter) if name.startswith("convert_")]
        super().__init__(convert=[name.removeprefix("convert_") for name in methods])
        self.links = links

    def process_text(self, el: NavigableString, parent_tags: set[str]) -> str:
        if type(el) not in (NavigableString, CData):
            return ""  # comments, declarations, scripts: no text, as in get_text()
        if "pre" not in parent_tags:
            return re.sub(r"\s+", " ", el)
        text = re.sub(r"[^\S\n]", " ", el.expandtabs(4))
        # Single spaces stay breakable, for lines that do not fit.
        return re.sub("(?m)^ +| {2,}", lambda spaces: NBSP * len(spaces[0]), text)

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        follower = el.find_next_sibling()
        is_list = isinstance(follower, Tag) and follower.name in ("ul", "ol")
        end = "\n" if is_list and "li" in parent_tags else "\n\n"
        return "\n\n" + text.strip(" \n") + end

    convert_div = convert_blockquote = convert_fullname = convert_dl = convert_p
    convert_h1 = convert_h2 = convert_h3 = convert_h4 = convert_h5 = convert_p
    convert_h6 = convert_table = convert_p

    def convert_br(self, _el: Tag, text: str, **_: object) -> str:
        return f"\n{text}"

    def convert_pre(self, _el: Tag, text: str, **_: object) -> str:
        body = text.strip("\n") if text.strip() else ""
        return "\n\n" + indent(body, NBSP * 4) + "\n\n"

    def convert_note(self, el: Tag, text: str, **_: object) -> str:
        label, body = f"{el.name.capitalize()}:", text.strip(" \n")
        if not body:
            return "\n\n"
        is_block = re.match(rf"(?:-|\d+\.)?{NBSP}", body)
        return f"\n\n{label}" + ("\n\n" if is_block else " ") + f"{body}\n\n"

    convert_important = convert_note

    def convert_ul(self, _el: Tag, text: str, parent_tags: set[str]) -> str:
        edge = "\n" if "li" in parent_tags else "\n\n"
        return edge + text.strip(" \n") + edge

    convert_ol = convert_ul

    def convert_li(self, el: Tag, text: str, **_: object) -> str:
        body = text.strip(" \n")
        if not body:
            return "\n"
        is_numbered = el.parent is not None and el.parent.name == "ol"
        number = len(el.find_previous_siblings("li")) + 1
        # An item of several paragraphs stands apart from its neighbours.
        edge = "\n\n" if "\n\n" in body else "\n"
        return edge + _hang(body, f"{number}." if is_numbered else "-") + edge

    def convert_dt(self, _el: Tag, text: str, **_: object) -> str:
        return "\n\n" + text.strip(" \n") + "\n"

    def convert_dd(self, _el: Tag, text: str, **_: object) -> str:
        return "\n" + indent(text.strip(" \n"), NBSP * 4) + "\n"

    def convert_td(self, el: Tag, text: str, **_: object) -> str:
        is_last = el.find_next_sibling(["td", "th"]) is None
        return text.strip(" \n") + ("" if is_last else " | ")

    convert_th = convert_td

    def convert_tr(self, _el: Tag, text: str, **_: object) -> str:
        return "\n" + text.strip(" \n") + "\n"

    def convert_code(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        if "_noformat" in parent_tags:
            return text  # the outer element quotes
        before, core, after = _around(text)
        follower = el.next_sibling
        if isinstance(follower, NavigableString) and follower[:1] in _CLOSING:
            after = ""  # `<code> <i>x</i> </code>.` is how AWS's formatter leaves it
        if core and "\n" not in text:
            core = _quote_code(core)
        urls = [_find_url(link) for link in el.find_all("a") if self.links]
        parts = [core, *(f"(<{url}>)" for url in urls if url)]
        return before + " ".join(part for part in parts if part) + after

    convert_kbd = convert_samp = convert_code

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        in_span = "_noformat" in parent_tags and "pre" not in parent_tags
        url = _find_url(el) if self.links and not in_span else ""
        if not url:
            return text
        before, core, after = _around(text)
        target = f"<{url}>" if core in ("", url) else f"{core} (<{url}>)"
        return before + target + after


def _quote_code(text: str) -> str:
    """Return a code span, whose back quotes are more than any in the text itself."""
    runs = re.findall("`+", text)
    quotes = "`" * (1 + max(map(len, runs), default=0))
    pad = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{quotes}{pad}{text}{pad}{quotes}"


def _around(text: str) -> tuple[str, str, str]:
    """Split off the insignificant white space before and after the content."""
    core = text.strip(" \n")
    before, _, after = text.partition(core) if core else (text, "", "")
    return before, core, after


def _hang(body: str, marker: str) -> str:
    """Put a marker before the first line and indent the others below it."""
    pad = NBSP * (len(marker) + 1)
    return marker + NBSP + indent(body, pad)[len(pad) :]
