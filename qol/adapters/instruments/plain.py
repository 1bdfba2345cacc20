"""An Instrument or a Wording as the JSON shape of its file.

What has its default value is left out, so that a field added later to the model does
not change the hash of what was published before it.
"""

from __future__ import annotations

from qol.adapters.instruments.reading import FORMAT
from qol.domain.instrument import (
    Instrument,
    Item,
    ItemWording,
    LayoutPolicy,
    ResponseSet,
    Scale,
    Section,
    SectionWording,
    Wording,
)

Plain = dict[str, object]


def definition_plain(instrument: Instrument) -> Plain:
    """Give everything but the scoring."""
    plain: Plain = {
        "format": FORMAT,
        "id": instrument.id,
        "version": instrument.version,
        "validated": instrument.validated,
        "sections": [_section(instrument, section) for section in instrument.sections],
    }
    if instrument.status != "final":
        plain["status"] = instrument.status
    if instrument.library:
        plain["library"] = True
    plain |= _codings(instrument.loinc, instrument.cdisc)
    if instrument.response_sets:
        plain["response_sets"] = [_response_set(entry) for entry in instrument.response_sets]
    if instrument.layout != LayoutPolicy():
        layout = {"skip": instrument.layout.skip, "proxy": instrument.layout.proxy}
        plain["layout"] = layout | ({"vertical": True} if instrument.layout.vertical else {})
    return plain


def scoring_plain(instrument: Instrument) -> Plain:
    """Give the scoring: its version and its scales."""
    return {
        "algorithm": instrument.algorithm,
        "scales": [_scale(scale) for scale in instrument.scales],
    }


def instrument_plain(instrument: Instrument) -> Plain:
    """Give the whole of instrument.json."""
    return {**definition_plain(instrument), "scoring": scoring_plain(instrument)}


def wording_plain(wording: Wording) -> Plain:
    """Give wording.<lang>.json."""
    plain: Plain = {
        "format": FORMAT,
        "language": wording.language,
        "title": wording.title,
        "sections": {code: _section_wording(entry) for code, entry in wording.sections.items()},
        "items": {code: _item_wording(entry) for code, entry in wording.items.items()},
        "options": {
            name: {str(code): label for code, label in labels.items()}
            for name, labels in wording.options.items()
        },
    }
    return plain | _filled({"instruction": wording.instruction, "copyright": wording.copyright})


def _filled(words: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in words.items() if text}


def _codings(loinc: str | None, cdisc: str | None) -> Plain:
    codes = {"loinc": loinc, "cdisc": cdisc}
    return {name: code for name, code in codes.items() if code is not None}


def _response_set(entry: ResponseSet) -> Plain:
    plain: Plain = {"code": entry.code, "codes": list(entry.codes)}
    if entry.loinc:
        plain["loinc"] = {str(code): answer for code, answer in entry.loinc.items()}
    return plain


def _section(instrument: Instrument, section: Section) -> Plain:
    return {
        "code": section.code,
        "items": [_item(instrument.by_code[code]) for code in section.items],
    }


def _item(item: Item) -> Plain:
    plain: Plain = {"code": item.code, "kind": item.kind}
    if item.kind == "single_choice":
        plain["response_set"] = item.response_set
    else:
        plain |= {"minimum": item.minimum, "maximum": item.maximum, "display": item.display}
        if item.also:
            plain["also"] = list(item.also)
    if item.enable_when:
        condition = item.enable_when
        plain["enable_when"] = {"item": condition.item, "codes": sorted(condition.codes)}
    return plain | _codings(item.loinc, item.cdisc)


def _scale(scale: Scale) -> Plain:
    plain: Plain = {"code": scale.code, "method": scale.method}
    named = {"items": list(scale.items), "scales": list(scale.scales)}
    plain |= {name: codes for name, codes in named.items() if codes}
    if scale.parameters:
        plain["parameters"] = scale.parameters
    if scale.direction != "none":
        plain["direction"] = scale.direction
    return plain | _codings(scale.loinc, scale.cdisc)


def _section_wording(entry: SectionWording) -> dict[str, str]:
    return _filled({"title": entry.title, "instruction": entry.instruction, "period": entry.period})


def _item_wording(entry: ItemWording) -> dict[str, str]:
    rest = {"low": entry.low, "high": entry.high, "unit": entry.unit, "short": entry.short}
    return {"text": entry.text, **_filled(rest)}
