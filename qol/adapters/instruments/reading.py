"""JSON documents into an Instrument or a Wording, key by key.

Only the shape is judged here; ``consistency`` judges what the parts say of each other.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal, cast

from qol.adapters.instruments.node import Node
from qol.adapters.instruments.reading_scales import read_scales
from qol.domain.instrument import (
    Condition,
    Display,
    Instrument,
    Item,
    ItemWording,
    Kind,
    LayoutPolicy,
    ResponseSet,
    Section,
    SectionWording,
    Wording,
)

FORMAT = 1
Status = Literal["final", "provisional"]
IDENTIFIER = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
CODE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
WHOLE = re.compile(r"0|-?[1-9][0-9]{0,6}")

_DISPLAYS: dict[str, tuple[str, ...]] = {
    "numeric_scale": ("options", "line"),
    "integer": ("number",),
}


def read_instrument(document: Node) -> Instrument:
    """Read instrument.json; InstrumentError names the file and the key."""
    found = document.fields(
        {"format", "id", "version", "validated", "sections", "scoring"},
        {"response_sets", "layout", "status", "library", "loinc", "cdisc"},
    )
    found["format"].integer(FORMAT, FORMAT)
    sets = _response_sets(found.get("response_sets"))
    sections: list[Section] = []
    items: list[Item] = []
    for node in found["sections"].array():
        section, held = _section(node, sets)
        sections.append(section)
        items += held
    algorithm, scales = read_scales(found["scoring"], CODE, VERSION)
    return Instrument(
        id=found["id"].name(IDENTIFIER),
        version=found["version"].name(VERSION),
        sections=tuple(sections),
        items=tuple(items),
        scales=scales,
        response_sets=tuple(sets.values()),
        layout=_layout(found.get("layout")),
        validated=found["validated"].flag(),
        algorithm=algorithm,
        status=cast("Status", found["status"].one_of("final", "provisional"))
        if "status" in found
        else "final",
        library=found["library"].flag() if "library" in found else False,
        loinc=_name(found, "loinc"),
        cdisc=_name(found, "cdisc"),
    )


def read_wording(document: Node) -> Wording:
    """Read wording.<lang>.json; InstrumentError names the file and the key."""
    found = document.fields(
        {"format", "language", "title", "sections", "items", "options"},
        {"instruction", "copyright"},
    )
    found["format"].integer(FORMAT, FORMAT)
    return Wording(
        language=found["language"].name(LANGUAGE),
        title=found["title"].text(),
        sections={c: _section_wording(n) for c, n in found["sections"].mapping().items()},
        items={c: _item_wording(n) for c, n in found["items"].mapping().items()},
        options={c: _labels(n) for c, n in found["options"].mapping().items()},
        instruction=_words(found, "instruction"),
        copyright=_words(found, "copyright"),
    )


def _name(found: dict[str, Node], name: str) -> str | None:
    return found[name].name(CODE) if name in found else None


def _words(found: dict[str, Node], name: str) -> str:
    return found[name].text(empty=True) if name in found else ""


def _layout(node: Node | None) -> LayoutPolicy:
    if node is None:
        return LayoutPolicy()
    found = node.fields((), {"skip", "proxy", "vertical"})
    return LayoutPolicy(**{name: flag.flag() for name, flag in found.items()})


def _response_sets(node: Node | None) -> dict[str, ResponseSet]:
    sets: dict[str, ResponseSet] = {}
    for entry in node.array() if node else ():
        found = entry.fields({"code", "codes"}, {"loinc"})
        code = found["code"].name(CODE)
        codes = tuple(n.integer() for n in found["codes"].array())
        if code in sets:
            raise found["code"].refuse(f"response set {code} stands twice")
        if not codes or len(set(codes)) != len(codes):
            raise found["codes"].refuse("it needs codes, each of them once")
        sets[code] = ResponseSet(code, codes, _answer_codes(found.get("loinc"), codes))
    return sets


def _answer_codes(node: Node | None, codes: tuple[int, ...]) -> dict[int, str]:
    """Read LOINC answer codes by our code; each of them once."""
    made: dict[int, str] = {}
    for code, entry in (node.mapping() if node else {}).items():
        if not WHOLE.fullmatch(code) or int(code) not in codes:
            raise entry.refuse("the key must be a code of the response set")
        made[int(code)] = entry.name(CODE)
        if list(made.values()).count(made[int(code)]) > 1:
            raise entry.refuse("this answer code stands for two codes")
    return made


def _section(node: Node, sets: dict[str, ResponseSet]) -> tuple[Section, list[Item]]:
    found = node.fields({"code", "items"})
    code = found["code"].name(CODE)
    items = [_item(entry, code, sets) for entry in found["items"].array()]
    if not items:
        raise found["items"].refuse("a section needs an item")
    return Section(code, tuple(item.code for item in items)), items


def _item(node: Node, section: str, sets: dict[str, ResponseSet]) -> Item:
    coding = {"enable_when", "loinc", "cdisc"}
    kind = cast("Kind", _kind(node))
    if kind == "single_choice":
        found = node.fields({"code", "kind", "response_set"}, coding)
        name = found["response_set"].name(CODE)
        if name not in sets:
            raise found["response_set"].refuse(f"there is no response set {name}")
        item = Item(found["code"].name(CODE), kind, section, name, sets[name].codes)
    else:
        found = node.fields({"code", "kind", "minimum", "maximum", "display"}, coding | {"also"})
        low, high = found["minimum"].integer(), found["maximum"].integer()
        if low >= high:
            raise found["maximum"].refuse("must be above the minimum")
        display = cast("Display", found["display"].one_of(*_DISPLAYS[kind]))
        code = found["code"].name(CODE)
        item = Item(
            code,
            kind,
            section,
            minimum=low,
            maximum=high,
            display=display,
            also=_also(found.get("also"), low, high),
        )
    return _coded(item, found)


def _also(node: Node | None, low: int, high: int) -> tuple[int, ...]:
    codes = tuple(entry.integer() for entry in node.array()) if node else ()
    if node and (len(set(codes)) != len(codes) or any(low <= code <= high for code in codes)):
        raise node.refuse("it holds codes outside minimum..maximum, each of them once")
    return codes


def _kind(node: Node) -> str:
    entry = node.mapping().get("kind")
    if entry is None:
        raise node.refuse("missing key kind")
    return entry.one_of("single_choice", *_DISPLAYS)


def _coded(item: Item, found: dict[str, Node]) -> Item:
    return replace(
        item,
        enable_when=_condition(found["enable_when"]) if "enable_when" in found else None,
        loinc=_name(found, "loinc"),
        cdisc=_name(found, "cdisc"),
    )


def _condition(node: Node) -> Condition:
    found = node.fields({"item", "codes"})
    codes = [entry.integer() for entry in found["codes"].array()]
    if not codes or len(set(codes)) != len(codes):
        raise found["codes"].refuse("it needs codes, each of them once")
    return Condition(found["item"].name(CODE), frozenset(codes))


def _section_wording(node: Node) -> SectionWording:
    found = node.fields((), {"title", "instruction", "period"})
    return SectionWording(**{name: entry.text(empty=True) for name, entry in found.items()})


def _item_wording(node: Node) -> ItemWording:
    found = node.fields({"text"}, {"low", "high", "unit", "short"})
    rest = {name: entry.text(empty=True) for name, entry in found.items() if name != "text"}
    return ItemWording(text=found["text"].text(), **rest)


def _labels(node: Node) -> dict[int, str]:
    labels: dict[int, str] = {}
    for code, entry in node.mapping().items():
        if not WHOLE.fullmatch(code):
            raise entry.refuse("the key must be a whole number")
        labels[int(code)] = entry.text()
    return labels
