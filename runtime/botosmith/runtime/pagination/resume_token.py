"""Tokens by which to go on later where pages were cut off, in botocore's own form.

So boto3 takes ours, and we take those of boto3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botocore.paginate import TokenDecoder, TokenEncoder

#: botocore's key for the number of items of the page that were given already.
_SKIP = "boto_truncate_amount"


def encode_tokens(tokens: Mapping[str, Any], skip: int | None = None) -> str:
    """Write the tokens of a page down.

    Args:
        tokens: The tokens, by the members of the request that take them.
        skip: How many of the page's items to pass over.
    """
    place = dict(tokens) if skip is None else {**tokens, _SKIP: skip}
    encoded: str = TokenEncoder().encode(place)
    return encoded


def decode_tokens(text: str, names: tuple[str, ...]) -> tuple[dict[str, Any], int]:
    """Read what `encode_tokens` wrote, or a token of the service itself.

    As botocore has it (`PageIterator._parse_starting_token`), which takes tokens of
    earlier releases, too: the service's tokens and a number, with `___` between.

    Args:
        text: The text.
        names: The members of the request that take tokens.

    Returns:
        The tokens by these names, and how many items to pass over.

    Raises:
        ValueError: There are more tokens in it than the request takes.
    """
    try:
        tokens: dict[str, Any] = TokenDecoder().decode(text)
        skip = tokens.pop(_SKIP, 0)
    except (AttributeError, LookupError, TypeError, ValueError):
        return _decode_plain(text, names)
    # A service's own tokens may be JSON, too.
    if not tokens.keys() <= {*names} or not isinstance(skip, int):
        return _decode_plain(text, names)
    return tokens, skip


def _decode_plain(text: str, names: tuple[str, ...]) -> tuple[dict[str, Any], int]:
    parts, skip = text.split("___"), 0
    if len(parts) == len(names) + 1:
        try:
            skip = int(parts[-1])
            del parts[-1]
        except ValueError:
            parts = [text]
    if len(parts) > len(names):
        # The text is left out: it may be a token that the model calls sensitive.
        msg = f"resume_token: is not a token for {', '.join(names)}"
        raise ValueError(msg)
    tokens: dict[str, Any] = dict.fromkeys(names)
    for name, part in zip(names, parts, strict=False):
        tokens[name] = None if part == "None" else part
    return tokens, skip
