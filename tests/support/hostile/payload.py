"""Texts that would do harm where they are not escaped.

What Python would execute sets `builtins.BOTOSMITH_EXECUTED`, so that a test can tell.
"""

from __future__ import annotations

from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

#: The attribute of `builtins` that executed text sets to True.
MARKER = "BOTOSMITH_EXECUTED"

_STATEMENT = f"import builtins; builtins.{MARKER} = True"
_CODE = repr(_STATEMENT)
_EXPRESSION = f"setattr(__import__('builtins'), '{MARKER}', True)"

#: Ways out of comments, strings and docstrings, and texts that only look like it.
_PYTHON = (
    _STATEMENT,
    _EXPRESSION,
    f"\n{_STATEMENT}\n",
    f"\r{_STATEMENT}\r",
    f"\\\n{_STATEMENT}",
    f'"""\n{_STATEMENT}\n"""',
    f"'''\n{_STATEMENT}\n'''",
    f'\\"""\n{_STATEMENT}\n\\"""',
    f'"); {_STATEMENT} #',
    f"'); {_STATEMENT} #",
    f'" + str({_EXPRESSION}) + "',
    f"' + str({_EXPRESSION}) + '",
    f"{{{_EXPRESSION}}}",
    f"{{{{{_EXPRESSION}}}}}",
    f"x: int = {_EXPRESSION}",
    f"*, x={_EXPRESSION}",
    "# type: ignore",
    "# fmt: off",
    "# -*- coding: utf-7 -*-",
    ">>> 1 + 1\n3",
)

_TEMPLATES = (
    "{{ 6 * 7 }}",
    "{% raise %}",
    "{% endblock %}{% endif %}{% endfor %}",
    "{# no comment",
    f"{{{{ cycler.__init__.__globals__.os.sys.modules.builtins.exec({_CODE}) }}}}",
    "{{ undefined.attribute }}",
    "{0} {name!r:>{width}}",
    "{",
    "}}",
    "%s %(name)s %",
    "$name ${name}",
)

_QUOTES = ('"', "'", '"""', "'''", "\\", "\\\\", '\\"', "\\'", "`", "``", '"\\')

_ESCAPES = ("\\n", "\\x", "\\u12", "\\N{BULLET}", "\\N{", "\\8", "\\ud800", "\\0")

_CHARACTERS = (
    "\x00",
    "\x1b[31m",
    "\x7f",
    "\r\n",
    "\t",
    "\x0b\x0c",
    "\x85",
    "\u2028\u2029",
    "\u200b",
    "\u202e",
    "\ufeff",
    "\ud800",
    "\udfff\ud800",
    "😀",
    "é",
    "e\u0301",
)

_MARKUP = (
    "<p>",
    "</p></p>",
    "<p><ul><li>",
    "<script>",
    "<![CDATA[",
    "<!--",
    "-->",
    "&lt;&amp;lt;&#0;&#xD800;&bogus;",
    '<a href="">',
    '<a href="javascript:x">y</a>',
    "<code>`</code>",
    "<pre>  a\n b</pre>",
)

#: All of them; empty and blank texts are hostile too. Hypothesis shrinks to the first.
PAYLOADS = (
    "plain",
    *_PYTHON,
    *_TEMPLATES,
    *_QUOTES,
    *_ESCAPES,
    *_CHARACTERS,
    *_MARKUP,
    "",
    " ",
    "\n",
)


@cache
def texts() -> SearchStrategy[str]:
    """Payloads, a few of them joined, and any text with lone surrogates."""
    payload = st.sampled_from(PAYLOADS)
    joined = st.lists(payload, min_size=2, max_size=4).map("".join)
    return st.one_of(payload, joined, st.text(st.characters(), max_size=8))


@cache
def documentation() -> SearchStrategy[str]:
    """Texts as they are, and within the HTML of AWS's documentation."""
    frames = ("{}", "<p>{}</p>", "<p>a <code>{}</code> b</p>", '<a href="{}">c</a>')
    return st.tuples(st.sampled_from(frames), texts()).map(
        lambda pair: pair[0].replace("{}", pair[1]),
    )
