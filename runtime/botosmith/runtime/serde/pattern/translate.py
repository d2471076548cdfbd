r"""Writes regular expressions of Java and ECMAScript in Python's syntax.

The reader goes from left to right and keeps every piece that means the same in Python,
so that most patterns of models come out as they went in. It follows Java's
`java.util.regex.Pattern`; with `java=False` ECMA 262 with its Annex B, in which `[`
within a class and `{` without a number are characters.
"""

from __future__ import annotations

import re

from botosmith.runtime.serde.pattern.charclass import ClassReader
from botosmith.runtime.serde.pattern.charset import write_class
from botosmith.runtime.serde.pattern.error import RefusedError, UnsupportedError
from botosmith.runtime.serde.pattern.property import ESCAPES

_ENDS = r"\n\r\x85\u2028\u2029"

#: Before the terminator of the last line, or at the end. Never within `\r\n`.
_END = rf"(?:(?=(?:\r\n|[{_ENDS}])?\Z)(?!(?<=\r)\n))"

#: The same of any line, with the flag m.
_LINE_END = rf"(?:(?=[{_ENDS}]|\Z)(?!(?<=\r)\n))"
_LINE_START = rf"(?:^|(?<=[{_ENDS}])(?!(?<=\r)\n)(?!\Z))"

#: Python repeats these only in a group.
_ANCHORS = frozenset({"^", "$", r"\b", r"\A", r"\Z"})

#: The beginnings of groups that Python has too, and 1 for those that look ahead.
_GROUPS = {"?:": 0, "?>": 0, "?=": 1, "?!": 1}

_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d+(?:,\d*)?\})[+?]?")
_REPEATED = re.compile(r"\{\d+(?:,\d*)?\}[+?]?")
_SWITCH = re.compile(r"\?(?P<on>[a-zA-Z]*)(?:-(?P<off>[a-zA-Z]*))?(?P<end>[:)])")
_NAMED = re.compile(r"\?P?<([A-Za-z_][A-Za-z0-9_]*)>")
_REFERENCE = re.compile(r"\?P=([A-Za-z_][A-Za-z0-9_]*)\)")
_NAME = re.compile(r"<([A-Za-z_][A-Za-z0-9_]*)>")

#: Ignore case, `^` and `$` at lines, `.` takes all, comments, `\n` alone ends lines.
_FLAGS = frozenset("imsxd")


def translate_from(pattern: str, *, java: bool) -> str:
    """Return a pattern in Python's syntax, to be compiled with `re.ASCII`.

    Raises:
        RefusedError: The pattern is a syntax error in Java, or in ECMAScript.
        UnsupportedError: It holds what Python has no equivalent for.
    """
    reader = _Reader(_unquote(pattern) if java else pattern, java=java)
    alternatives = reader.alternatives()
    if reader.more():
        # A parenthesis is closed that was not opened.
        raise RefusedError
    return "|".join(alternatives)


def _unquote(pattern: str) -> str:
    r"""Return a pattern with each `\Q...\E` of Java's escaped in single characters."""
    pieces = re.split(r"((?<!\\)(?:\\\\)*)\\Q(.*?)(?:\\E|$)", pattern, flags=re.DOTALL)
    for index in range(2, len(pieces), 3):
        pieces[index] = re.sub(
            r"([\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\x7f])", r"\\\1", pieces[index]
        )
    return "".join(pieces)


class _Reader(ClassReader):
    """Reads one pattern.

    Attributes:
        depth: How many groups are open.
        looking: How many of those look ahead or behind.
        groups: How many capturing groups have begun.
    """

    def __init__(self, text: str, *, java: bool) -> None:
        super().__init__(text, java=java)
        self.depth = 0
        self.looking = 0
        self.groups = 0

    def alternatives(self) -> list[str]:
        """Read to the end of a group or of the pattern; a flag holds to there."""
        flags = self.flags
        # A flag that is set halfway is a group in Python, around the rest of each
        # alternative.
        opened: list[str] = []
        parts: list[str] = []
        found: list[str] = []
        self.skip()
        while self.more() and self.peek() != ")":
            if self.take("|"):
                found.append("".join(parts) + ")" * len(opened))
                parts = list(opened)
            elif self.peek() == "(" and (switch := self.switch(")")) is not None:
                parts.append(switch)
                opened += [switch] if switch.endswith(":") else []
            else:
                parts.append(self.repeated())
            self.skip()
        self.flags = flags
        return [*found, "".join(parts) + ")" * len(opened)]

    def repeated(self) -> str:
        """Read a piece with its quantifier."""
        text = self.piece()
        self.skip()
        quantifier = _QUANTIFIER.match(self.text, self.place)
        if quantifier is None:
            return text
        self.place = quantifier.end()
        # Java lets another quantifier in braces follow, and repeats nothing by it.
        while self.java and (more := _REPEATED.match(self.text, self.place)):
            self.place = more.end()
        if text in _ANCHORS:
            text = f"(?:{text})"
        return text + quantifier[0]

    def piece(self) -> str:  # noqa: PLR0911 - a case for each sign
        """Read one character, class, group or anchor."""
        char = self.next()
        match char:
            case "(":
                return self.group()
            case "[":
                return self.char_class()
            case "\\":
                return self.escape()
            case ".":
                return self.dot()
            case "^":
                return _LINE_START if "m" in self.flags else char
            case "$":
                return self.end(char)
            case "*" | "+" | "?":
                raise RefusedError
            case "{" if self.java:
                raise RefusedError
            case "{":
                return r"\{"
            case _:
                return char

    def dot(self) -> str:
        if "s" in self.flags:
            return r"[\s\S]"
        return r"[^\n]" if "d" in self.flags else f"[^{self.line_ends()}]"

    def line_ends(self) -> str:
        r"""The ends of lines: `\x85` is one in Java alone."""
        return _ENDS if self.java else _ENDS.replace(r"\x85", "")

    def end(self, text: str) -> str:
        r"""Return the end of the value, for `$` and Java's `\Z`."""
        if "m" in self.flags and text == "$":
            return _LINE_END
        rest = self.text[self.place :]
        last = not rest.strip("$)") or (self.depth == 0 and rest.startswith("|"))
        if last and not self.looking:
            # A full match leaves nothing behind, so that the end is the same in all.
            return text
        return _END if self.java else r"\Z"

    def group(self) -> str:
        """Read a group whose parenthesis is open."""
        if self.peek() != "?":
            self.groups += 1
            return f"({self.body()})"
        for opening, looking in _GROUPS.items():
            if self.take(opening):
                return f"({opening}{self.body(looking)})"
        for opening in ("?<=", "?<!"):
            if self.take(opening):
                return self.behind(opening)
        if named := self.take_match(_NAMED):
            self.groups += 1
            return f"(?P<{named[1]}>{self.body()})"
        if reference := self.take_match(_REFERENCE):
            return f"({reference[0]}"
        flags = self.flags
        self.place -= 1
        switch = self.switch(":")
        if switch is None:
            raise RefusedError
        body = self.body()
        self.flags = flags
        return f"{switch or '(?:'}{body})"

    def body(self, looking: int = 0) -> str:
        return "|".join(self.branches(looking))

    def branches(self, looking: int) -> list[str]:
        """Read the rest of a group with its closing parenthesis."""
        self.depth += 1
        self.looking += looking
        found = self.alternatives()
        if not self.take(")"):
            raise RefusedError
        self.depth -= 1
        self.looking -= looking
        return found

    def behind(self, opening: str) -> str:
        """Read a look-behind; Python's alternatives must have one length each."""
        found = [f"({opening}{branch})" for branch in self.branches(1)]
        if len(found) == 1:
            return found[0]
        return f"(?:{('' if opening == '?<!' else '|').join(found)})"

    def switch(self, end: str) -> str | None:
        """Read flags, `(?i)` or `(?i:`, and return what opens their group in Python.

        Returns:
            An empty text if Python needs to know nothing of them, None if there are
            none here, or if they end in another character.
        """
        found = _SWITCH.match(self.text, self.place + 1)
        if found is None or found["end"] != end:
            return None
        on, off = frozenset(found["on"]), frozenset(found["off"] or "")
        if not on | off <= _FLAGS:
            if on | off <= _FLAGS | frozenset("uU"):
                raise UnsupportedError
            raise RefusedError
        first = self.place == 0
        self.place = found.end()
        before = "i" in self.flags
        self.flags = (self.flags | on) - off
        if ("i" in self.flags) == before:
            return ""
        if end == ")" and first:
            return "(?i)"
        return "(?-i:" if before else "(?i:"

    def escape(self) -> str:  # noqa: PLR0911 - a case for each kind
        """Read what follows a backslash, outside of a class."""
        start = self.place - 1
        char = self.next()
        if char.lower() in ("d", "w", "s"):
            return f"\\{char}"
        if char.lower() == "p" or (self.java and char.lower() in ESCAPES):
            return write_class(self.char_set(char))
        if char in "123456789":
            return self.back_reference(char)
        if char == "b" and not self.text.startswith("{g}", self.place):
            return r"\b"
        if char == "B":
            # Python before 3.14 finds \B nowhere in an empty text.
            return r"(?!\b)"
        if char == "k" and (name := self.take_match(_NAME)):
            return f"(?P={name[1]})"
        return self.java_escape(char) if self.java else self.character(start, char)

    def java_escape(self, char: str) -> str:
        """Read an escape that only Java has."""
        match char:
            case "A":
                return r"\A"
            case "z":
                return r"\Z"
            case "Z":
                return self.end(r"\Z")
            case "R":
                return rf"(?:\r\n|[\x0b\x0c{_ENDS}])"
            case "b" | "G" | "X":
                raise UnsupportedError
            case _:
                return self.character(self.place - 2, char)

    def back_reference(self, char: str) -> str:
        """Read a reference; Java takes more digits while there are as many groups."""
        number = char
        while self.peek().isdecimal() and int(number + self.peek()) <= self.groups:
            number += self.next()
        # The digit that follows is a character; Python would take it as well.
        return f"(?:\\{number})" if self.peek().isdecimal() else f"\\{number}"
