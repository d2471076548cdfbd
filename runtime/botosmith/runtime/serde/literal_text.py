"""Values of a reply as they are written there.

Python reads `1.50` as 1.5 and `1e3` as 1000.0. Where a model describes text and a
service sends a number, the text is what was written. Replies are decoded so only after
a first reading found a value of another type than the model's.
"""

from __future__ import annotations

import json
from typing import Any, Self

from botosmith.runtime.serde.depth import TooDeep, go_deeper
from botosmith.runtime.serde.writers import is_list, is_map


class Literal:
    """A number as it is written.

    Attributes:
        text: Its characters, such as `1.50`.
    """

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    @property
    def number(self) -> int | float | None:
        """The number as `json` reads it; None for a whole one that is too long."""
        try:
            number: int | float = json.loads(self.text)
        except ValueError:  # Python limits the digits of what becomes an int
            return None
        return number


class Unread(str):
    """A text of a reply that botocore's parser could not convert.

    Attributes:
        header: The name of the header that it stood in; None for the body.
    """

    __slots__ = ("header",)

    header: str | None

    def __new__(cls, text: str, header: str | None = None) -> Self:
        """Take the text, and the header that it stood in."""
        made = super().__new__(cls, text)
        made.header = header
        return made


def decode_literally(text: str) -> Any:
    """Decode JSON, with a `Literal` for each number.

    Raises:
        ValueError: It is not JSON.
        RecursionError: It is nested too deeply.
    """
    return json.loads(
        text, parse_int=Literal, parse_float=Literal, parse_constant=Literal
    )


def without_literals(value: Any) -> Any:
    """Return the same document with numbers as `json` reads them.

    A whole number that is too long for that stays text.
    """
    if isinstance(value, Literal):
        number = value.number
        return value.text if number is None else number
    try:
        if is_list(value):
            return [without_literals(item) for item in value]
        if is_map(value):
            return {key: without_literals(item) for key, item in value.items()}
    except TooDeep:
        raise
    except RecursionError:
        return go_deeper(without_literals, value)
    return value
