"""Damage to documents, which stay JSON, XML or CBOR most of the time."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from xml.etree import ElementTree as ET

from botosmith.runtime.protocol import cbor

#: The placeholder for a value that is put in as it is, once the rest has been written.
_RAW = "@raw@"

#: The depths to which documents are nested.
_DEPTHS = (100, 150, 200, 240, 330, 500, 1_000, 20_000)

_TEXTS = (
    *("", "x", "12", "1.5", "true", "NaN", "-Infinity", "1e999", "9" * 400, "%%%", "a"),
    *("2020-01-01T00:00:00+99:99", "0001-01-01T00:00:00+10:00", "99999-01-01", "12:00"),
    *(
        "Mon, 05 Apr 2023 14:30:00 EDT",
        "9" * 4_400,
        "-1e18",
        "1" * 30,
        "\x00",
        "\u202e",
    ),
    *(
        "2020-02-30T00:00:00Z",
        "9999-12-31T23:59:59-10:00",
        "next tuesday",
        "\U0001f600",
    ),
)

_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 1.5, 12, 10**18, -(10**18), 10**30, 2.5e300),
    *(253_402_300_799, 253_402_300_800, -62_135_596_800, -62_135_596_801),
    *([], {}, [None], [[]], [{}], {"a": 1}, [1, "x"], {"": None}, {"__type": "x"}),
)

#: Members that hold themselves, with what is around the next one.
_NESTS = (
    ("[", "]"),
    ('{"a":', "}"),
    ('{"Child":', "}"),
    ('{"Children":[', "]}"),
    ('{"M":{"a":', "}}"),
    ('{"L":[', "]}"),
)

_JSON_RAWS = (
    *("NaN", "Infinity", "-Infinity", "1e999", "-0", "0.1e-400", "9" * 5_000, "00"),
    *('"\\ud800"', '"\\u0000"', "tru", "'x'", '{"a":1,"a":2}', "[1,]", "/* */1", "+1"),
    *("1.", ".5", "0x10", "undefined", '"\t"'),
)


def damage_tree(random: Random, body: bytes) -> tuple[str, bytes] | None:
    """Damage a document, and say how; None for what is none."""
    for name, damage in _FORMATS.items():
        try:
            return f"values of {name}", damage(random, body)
        except (ValueError, ET.ParseError, TypeError, RecursionError, struct.error):
            continue
    return None


def _damage_json(random: Random, body: bytes) -> bytes:
    document = json.loads(body)
    raws = [*_JSON_RAWS, *_nest(random)]
    made, raw = _damage_values(random, document, raws)
    return json.dumps(made).replace(f'"{_RAW}"', raw).encode("utf-8", "surrogatepass")


def _nest(random: Random) -> Iterator[str]:
    depth = random.choice(_DEPTHS)
    start, end = random.choice(_NESTS)
    yield start * depth + "{}" + end * depth
    yield start * depth  # and no end


def _damage_cbor(random: Random, body: bytes) -> bytes:
    document = cbor.decode(body)
    if not isinstance(document, dict):
        raise TypeError
    made, raw = _damage_values(random, document, ["", *_CBOR_RAWS, _nest_cbor(random)])
    stand_in = cbor.encode(_RAW)
    return cbor.encode(made).replace(stand_in, raw.encode("latin-1"))


#: Bytes, one for each character: numbers of all sizes, what has no length, and tags.
_CBOR_RAWS = (
    *(
        "\x1b" + "\xff" * 8,
        "\x3b" + "\xff" * 8,
        "\xfb\x7f\xf8" + "\0" * 6,
        "\xf9\x7c\0",
    ),
    *(
        "\xbf\x61a\x01\xff",
        "\x9f\x01\xff",
        "\x7f\x61a\xff",
        "\x5f\x41a\xff",
        "\xbf",
        "\x9f",
    ),
    *("\xc1\x1b" + "\xff" * 8, "\xc1\xfb\x7f\xf0" + "\0" * 6, "\xc0\x61a", "\xc2\x41a"),
    *("\xf7", "\xf8\x20", "\x1c", "\xff", "\x61\xff", "\xa1\x01\x02", "\xa1\x80\x01"),
    *("\xc1\x61a", "\xc1\xf6", "\x9b" + "\xff" * 8, "\x7b" + "\x7f" * 8),
)


def _nest_cbor(random: Random) -> str:
    depth = random.choice(_DEPTHS)
    return random.choice(("\x81", "\xa1\x61a", "\xa1\x65Child")) * depth + "\xa0"


def _damage_values(random: Random, document: Any, raws: list[str]) -> tuple[Any, str]:
    """A document in which one to three places are others, and what is put in raw."""
    holder = [document]
    raw = random.choice(raws)
    for _ in range(random.choice((1, 1, 2, 3))):
        places = list(_list_places(holder))
        at, key = random.choice(places)
        _DAMAGES[random.randrange(len(_DAMAGES))](random, at, key, places)
    return holder[0], raw


def _list_places(holder: Any) -> Iterator[tuple[Any, Any]]:
    """All places in a document: what holds each, and under which key."""
    keys = list(holder) if isinstance(holder, dict) else range(len(holder))
    for key in keys:
        yield holder, key
        if isinstance(holder[key], (dict, list)):
            yield from _list_places(holder[key])


Places = list[tuple[Any, Any]]


def _put_value(random: Random, at: Any, key: Any, _: Places) -> None:
    at[key] = random.choice(_VALUES)


def _put_text(random: Random, at: Any, key: Any, _: Places) -> None:
    at[key] = random.choice(_TEXTS)


def _put_raw(_: Random, at: Any, key: Any, places: Places) -> None:
    del places
    at[key] = _RAW


def _put_null(_: Random, at: Any, key: Any, places: Places) -> None:
    del places
    at[key] = None


def _wrap(random: Random, at: Any, key: Any, _: Places) -> None:
    value = at[key]
    at[key] = random.choice(([value], {"a": value}, [value] * 3, {str(key): value}))


def _spell(_: Random, at: Any, key: Any, places: Places) -> None:
    del places
    at[key] = str(at[key])


def _move(random: Random, at: Any, key: Any, places: Places) -> None:
    other, place = random.choice(places)
    at[key] = _copy(other[place])


def _remove(_: Random, at: Any, key: Any, places: Places) -> None:
    del places
    if isinstance(at, dict):
        del at[key]
    else:
        at[key] = None


def _rename(random: Random, at: Any, key: Any, _: Places) -> None:
    if isinstance(at, dict):
        name = random.choice((str(key).lower(), str(key).upper(), "", "__type", "x"))
        at[name] = at.pop(key)


def _add(random: Random, at: Any, key: Any, _: Places) -> None:
    if isinstance(at[key], dict):
        at[key][random.choice(("Future", "", "__type", "\0"))] = {"a": [1]}
    elif isinstance(at[key], list):
        at[key].append(random.choice(_VALUES))


def _copy(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


_DAMAGES: tuple[Callable[[Random, Any, Any, Places], None], ...] = (
    *(_put_value, _put_text, _put_raw, _put_null, _wrap, _spell, _move, _remove),
    *(_rename, _add),
)

_XML_RAWS = (
    *("<![CDATA[x]]>", "<!-- x -->", "<?x y?>", "&lt;", "&nbsp;", "&#0;", "&#x202e;"),
    *("<a>", "</a>", "<a/>x<a/>", "\x01", "\ufffe"),
)


def _damage_xml(random: Random, body: bytes) -> bytes:
    root = ET.fromstring(body)  # noqa: S314 - our own
    for _ in range(random.choice((1, 1, 2, 3))):
        elements = list(root.iter())
        one = random.choice(elements)
        _XML_DAMAGES[random.randrange(len(_XML_DAMAGES))](random, one, elements)
    depth = random.choice(_DEPTHS)
    deep = "<Child>" * depth + "</Child>" * depth
    raw = random.choice((*_XML_RAWS, deep))
    return ET.tostring(root).replace(_RAW.encode(), raw.encode())


def _xml_text(random: Random, one: ET.Element, elements: list[ET.Element]) -> None:
    del elements
    one.text = random.choice([text for text in _TEXTS if text.isprintable()])


def _xml_raw(_: Random, one: ET.Element, elements: list[ET.Element]) -> None:
    del elements
    one.text = _RAW


def _xml_empty(_: Random, one: ET.Element, elements: list[ET.Element]) -> None:
    del elements
    one.clear()


def _xml_wrap(_: Random, one: ET.Element, elements: list[ET.Element]) -> None:
    del elements
    inner = ET.Element(one.tag)
    inner.text, one.text = one.text, None
    inner.extend(list(one))
    one[:] = [inner]


def _xml_double(_: Random, one: ET.Element, elements: list[ET.Element]) -> None:
    del elements
    one.extend(list(one))


def _xml_move(random: Random, one: ET.Element, elements: list[ET.Element]) -> None:
    # A copy, since an element within itself has no end.
    one.append(ET.fromstring(ET.tostring(random.choice(elements))))  # noqa: S314


def _xml_rename(random: Random, one: ET.Element, elements: list[ET.Element]) -> None:
    one.tag = random.choice([*(other.tag for other in elements), "x", "member", "key"])


def _xml_remove(random: Random, one: ET.Element, elements: list[ET.Element]) -> None:
    del elements
    if len(one):
        one.remove(one[random.randrange(len(one))])


def _xml_attribute(random: Random, one: ET.Element, elements: list[ET.Element]) -> None:
    del elements
    one.set(random.choice(("x", "type", "nil")), random.choice(("", "true", "x")))


_XML_DAMAGES: tuple[Callable[[Random, ET.Element, list[ET.Element]], None], ...] = (
    *(_xml_text, _xml_raw, _xml_empty, _xml_wrap, _xml_double, _xml_move),
    *(_xml_rename, _xml_remove, _xml_attribute),
)

_FORMATS: dict[str, Callable[[Random, bytes], bytes]] = {
    "JSON": _damage_json,
    "XML": _damage_xml,
    "CBOR": _damage_cbor,
}
