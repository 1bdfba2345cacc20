"""What the codes of a release mean, row by row."""

from __future__ import annotations

from collections.abc import Iterator

from qol.domain.answers import State
from qol.domain.instrument import Item, Release, Scale

COLUMNS = (
    "instrument",
    "instrument_version",
    "language",
    "release",
    "row",
    "code",
    "kind",
    "section",
    "text",
    "value",
    "label",
    "minimum",
    "maximum",
    "open_when_item",
    "open_when_codes",
    "items",
    "method",
    "direction",
    "loinc",
    "cdisc",
)
Row = dict[str, object]


def rows(release: Release) -> Iterator[Row]:
    """Give one row an item, one an option, one a scale and one a state, in that order."""
    head: Row = {
        "instrument": release.instrument.id,
        "instrument_version": release.instrument.version,
        "language": release.wording.language,
        "release": release.hash,
    }
    for item in release.instrument.items:
        yield {**head, **_item(release, item)}
        for code in item.codes:
            label = release.wording.label(item, code)
            yield {**head, "row": "option", "code": item.code, "value": code, "label": label}
        for code, label in _ends(release, item):
            yield {**head, "row": "end", "code": item.code, "value": code, "label": label}
    for scale in release.instrument.scales:
        yield {**head, **_scale(scale)}
    for state in State:
        yield {**head, "row": "state", "code": state.value}


def _item(release: Release, item: Item) -> Row:
    condition = item.enable_when
    bounded = item.kind != "single_choice"
    return {
        "row": "item",
        "code": item.code,
        "kind": item.kind,
        "section": item.section,
        "text": release.wording.items[item.code].text,
        "minimum": item.minimum if bounded else None,
        "maximum": item.maximum if bounded else None,
        "open_when_item": condition.item if condition else None,
        "open_when_codes": " ".join(map(str, sorted(condition.codes))) if condition else None,
        "loinc": item.loinc,
        "cdisc": item.cdisc,
    }


def _ends(release: Release, item: Item) -> Iterator[tuple[int, str]]:
    wording = release.wording.items[item.code]
    if item.kind == "single_choice":
        return
    if wording.low:
        yield item.minimum, wording.low
    if wording.high:
        yield item.maximum, wording.high


def _scale(scale: Scale) -> Row:
    return {
        "row": "scale",
        "code": scale.code,
        "items": " ".join(scale.items),
        "method": scale.method,
        "direction": scale.direction,
    }
