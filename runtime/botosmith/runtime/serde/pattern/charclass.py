"""Reads the classes in brackets of regular expressions, and escaped characters."""

from __future__ import annotations

import re
from unicodedata import lookup

from botosmith.runtime.serde.pattern.charset import (
    Ranges,
    ignore_case,
    intersect,
    invert,
    unite,
    write_character,
    write_class,
)
from botosmith.runtime.serde.pattern.error import RefusedError, UnsupportedError
from botosmith.runtime.serde.pattern.property import ESCAPES, find_property

#: The escapes of single characters that Python spells likewise.
_COMMON = {"t": 9, "n": 10, "f": 12, "r": 13}

#: Those of Java alone, and of ECMAScript.
_JAVA = {"a": 7, "e": 27}
_ECMASCRIPT = {"v": 11, "0": 0}

_HEX = re.compile(r"[0-9A-Fa-f]{2}")
_UNICODE = re.compile(r"[0-9A-Fa-f]{4}")
_BRACED = re.compile(r"\{([0-9A-Fa-f]+)\}")
_PROPERTY = re.compile(r"\{\^?([^}]+)\}|[A-Z]")
_OCTAL = re.compile(r"[0-3]?[0-7]{1,2}")
_CHARACTER = re.compile(r"\{([^}]+)\}")
_LOW = re.compile(r"\\u([Dd][C-Fc-f][0-9A-Fa-f]{2})")


class ClassReader:
    """Reads a pattern's characters and classes.

    Attributes:
        text: The pattern.
        java: Whether it is read as Java does, or else as ECMAScript.
        place: The index of the next character.
        flags: The flags that hold there.
        differs: Whether Python would read what was read otherwise, or with a warning.
    """

    def __init__(self, text: str, *, java: bool) -> None:
        self.text = text
        self.java = java
        self.place = 0
        self.flags: frozenset[str] = frozenset()
        self.differs = False

    def more(self) -> bool:
        """Return whether there is a next character."""
        return self.place < len(self.text)

    def peek(self, ahead: int = 0) -> str:
        """Return a character without reading it; an empty text at the end."""
        return self.text[self.place + ahead : self.place + ahead + 1]

    def next(self) -> str:
        """Read a character."""
        if not self.more():
            raise RefusedError
        self.place += 1
        return self.text[self.place - 1]

    def take(self, text: str) -> bool:
        """Read a text if it comes next."""
        found = self.text.startswith(text, self.place)
        self.place += len(text) if found else 0
        return found

    def take_match(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        """Read what an expression matches here, if anything."""
        found = expression.match(self.text, self.place)
        self.place = found.end() if found else self.place
        return found

    def skip(self) -> None:
        """Skip white space and comments, with the flag x."""
        while "x" in self.flags and (char := self.peek()) and char in " \t\n\v\f\r#":
            self.differs = True
            self.place += 1
            if char == "#":
                end = self.text.find("\n", self.place)
                self.place = end if end >= 0 else len(self.text)

    def char_class(self) -> str:
        """Read a class whose bracket is open, and return it for Python."""
        start = self.place - 1
        self.differs = False
        negated = self.take("^")
        ranges = self.members()
        # A negation stays one: with the flag i, Python refuses both cases by it.
        return (
            write_class(ranges, negated=negated)
            if self.differs
            else self.text[start : self.place]
        )

    def members(self) -> Ranges:
        """Read what a class holds, with its closing bracket."""
        operands: list[Ranges] = []
        found: list[Ranges] = []
        empty = True
        self.skip()
        while not self.take_end(empty=empty):
            char = self.next()
            if char == "[" and self.java:
                self.differs = True
                negated = self.take("^")
                nested = self.members()
                found.append(invert(nested) if negated else nested)
            elif char == "&" and self.java and self.take("&"):
                self.differs = True
                # Java counts an operand without members as absent.
                operands += [unite(*found)] if found else []
                found = []
            else:
                found.append(self.member(char))
            empty = False
            self.skip()
        ranges = unite(*found) if found or not operands else operands.pop()
        for operand in operands:
            ranges = intersect(ranges, operand)
        return ranges

    def take_end(self, *, empty: bool) -> bool:
        """Read the end of a class; in Java, a bracket that comes first is a member."""
        if empty and not self.java and self.peek() == "]":
            self.differs = True
        return not (empty and self.java) and self.take("]")

    def member(self, char: str) -> Ranges:
        """Read a character, a range, or an escape that names a set."""
        if char in "-&~|" and self.peek() == char:
            # Python warns that it may read these as set operations one day.
            self.differs = True
        elif char == "[":
            self.differs = True
        if char == "\\" and (named := self.named_set()) is not None:
            self.differs |= self.peek() == "-" and self.peek(1) != "]"
            return named
        first = last = self.code(char)
        if self.take_dash():
            last = self.range_end(first)
        ranges = ((first, last),)
        return ignore_case(ranges) if "i" in self.flags else ranges

    def take_dash(self) -> bool:
        """Read the dash of a range; elsewhere it is a character."""
        if self.peek() != "-" or self.peek(1) in ("", "]", "[" if self.java else ""):
            return False
        if self.peek(1) == "\\" and self.peek(2).lower() in ("d", "w", "s", "p"):
            if self.java:
                raise RefusedError
            self.differs = True
            return False
        return self.take("-")

    def range_end(self, first: int) -> int:
        """Read the end of a range."""
        char = self.next()
        self.differs |= char in "-["
        last = self.code(char)
        if last < first:
            raise RefusedError
        return last

    def named_set(self) -> Ranges | None:
        r"""Read an escape that names a set, after its backslash: `\d` or `\p{L}`."""
        char = self.peek()
        name = char.lower()
        if name in ("d", "w", "s"):
            self.place += 1
            ranges = ESCAPES[name]
            return ranges if char == name else invert(ranges)
        if name and (name == "p" or (self.java and name in ESCAPES)):
            self.place += 1
            self.differs = True
            return self.char_set(char)
        return None

    def char_set(self, char: str) -> Ranges:
        r"""Read what follows `\p` or `\h`, and return the set."""
        name = char.lower()
        if name == "p":
            found = self.take_match(_PROPERTY)
            if found is None:
                raise RefusedError
            ranges = find_property(found[1] or found[0], ignore_case="i" in self.flags)
        else:
            ranges = ESCAPES[name]
        if "i" in self.flags:
            ranges = ignore_case(ranges)
        return ranges if char == name else invert(ranges)

    def code(self, char: str) -> int:
        """Return the code point of a character, which may be escaped."""
        return self.escaped(self.next(), inside=True) if char == "\\" else ord(char)

    def character(self, start: int, char: str) -> str:
        """Read an escaped character outside of a class, for Python."""
        self.differs = False
        code = self.escaped(char)
        return write_character(code) if self.differs else self.text[start : self.place]

    def escaped(  # noqa: PLR0911 - a case for each kind
        self, char: str, *, inside: bool = False
    ) -> int:
        """Read the character whose escape begins with a character."""
        if char in _COMMON:
            return _COMMON[char]
        if char == "x" and (found := self.take_match(_HEX)):
            return int(found[0], 16)
        if char == "u" and (found := self.take_match(_UNICODE)):
            return self.joined(int(found[0], 16))
        if not (char.isascii() and char.isalnum()):
            return ord(char)
        self.differs = True
        if char in "xu" and (found := self.take_match(_BRACED)):
            return min(int(found[1], 16), 0x10FFFF)
        if char == "c" and self.more():
            # Java flips one bit; ECMAScript's letters come to the same.
            return ord(self.next()) ^ 0x40
        if self.java:
            return self.java_character(char)
        if char == "b" and inside:
            return 8
        return _ECMASCRIPT.get(char, ord(char))

    def java_character(self, char: str) -> int:
        """Read an escaped character that only Java has."""
        if char in _JAVA:
            return _JAVA[char]
        if char == "0" and (octal := self.take_match(_OCTAL)):
            return int(octal[0], 8)
        if char == "N" and (named := self.take_match(_CHARACTER)):
            try:
                return ord(lookup(named[1]))
            except (KeyError, TypeError):
                # Python also names some sequences of characters, Java does not.
                raise UnsupportedError from None
        raise RefusedError

    def joined(self, code: int) -> int:
        r"""Join a surrogate with the one after it: `\uD83D\uDE00` is one character."""
        if 0xD800 <= code <= 0xDBFF and (low := self.take_match(_LOW)):  # noqa: PLR2004
            self.differs = True
            return 0x10000 + ((code - 0xD800) << 10) + int(low[1], 16) - 0xDC00
        return code
