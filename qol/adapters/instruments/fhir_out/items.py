"""Sections and items as FHIR R4 items, and response sets as their answer options."""

from __future__ import annotations

from qol.adapters.instruments.fhir_out.elements import Plain, control, filled, hl7, loinc, ours
from qol.adapters.instruments.fhir_terms import CDISC, HIGH, LOINC, LOW, SECTION
from qol.domain.instrument import (
    Instrument,
    Item,
    ItemWording,
    ResponseSet,
    Section,
    SectionWording,
    Wording,
)


def group(section: Section, instrument: Instrument, wording: Wording | None) -> Plain:
    """Give a section with its items."""
    words = wording.sections[section.code] if wording else SectionWording()
    return filled(
        extension=ours("instruction", "valueString", words.instruction)
        + ours("period", "valueString", words.period),
        linkId=SECTION + section.code,
        text=words.title,
        type="group",
        item=[_item(instrument.item(code), instrument, wording) for code in section.items],
    )


def ordinal(code: int) -> list[Plain]:
    """Give our integer as the ordinal value of an answer."""
    return [hl7("ordinalValue", "valueDecimal", code)]


def coding(held: ResponseSet, code: int, wording: Wording | None) -> Plain:
    """Give an answer: its LOINC code where one is confirmed, else our integer."""
    answer = held.loinc.get(code)
    return filled(
        system=LOINC if answer else None,
        code=answer or str(code),
        display=wording.options[held.code][code] if wording else None,
    )


def _item(item: Item, instrument: Instrument, wording: Wording | None) -> Plain:
    words = wording.items[item.code] if wording else ItemWording("")
    held = next((s for s in instrument.response_sets if s.code == item.response_set), None)
    of_its_kind = ours("response-set", "valueCode", held.code) if held else _number(item, words)
    return filled(
        extension=of_its_kind + ours("short", "valueString", words.short),
        linkId=item.code,
        code=loinc(item.loinc) + ([{"system": CDISC, "code": item.cdisc}] if item.cdisc else []),
        text=words.text,
        type="choice" if held else "integer",
        **_enabled(item, instrument),
        answerOption=_options(held, wording) if held else [],
        item=_ends(item, words),
    )


def _options(held: ResponseSet, wording: Wording | None) -> list[Plain]:
    return [
        {"extension": ordinal(code), "valueCoding": coding(held, code, wording)}
        for code in held.codes
    ]


def _number(item: Item, words: ItemWording) -> list[Plain]:
    found = [
        hl7("minValue", "valueInteger", item.minimum),
        hl7("maxValue", "valueInteger", item.maximum),
    ]
    if words.unit:
        found.append(hl7("questionnaire-unit", "valueCoding", {"display": words.unit}))
    if item.display == "line":
        found.append(control("slider"))
    found += ours("display", "valueCode", item.display)
    return found + [one for code in item.also for one in ours("also", "valueInteger", code)]


def _enabled(item: Item, instrument: Instrument) -> Plain:
    condition = item.enable_when
    if condition is None:
        return {}
    asked = instrument.item(condition.item)
    held = next((s for s in instrument.response_sets if s.code == asked.response_set), None)
    rules: list[Plain] = []
    for code in sorted(condition.codes):
        rule: Plain = {"question": asked.code, "operator": "="}
        if held is None:
            rule["answerInteger"] = code
        else:
            rule["answerCoding"] = coding(held, code, None)
        rules.append(rule)
    return {"enableWhen": rules, "enableBehavior": "any"}


def _ends(item: Item, words: ItemWording) -> list[Plain]:
    ends = (("lower", LOW, words.low), ("upper", HIGH, words.high))
    return [
        {"extension": [control(name)], "linkId": link + item.code, "text": text, "type": "display"}
        for name, link, text in ends
        if text
    ]
