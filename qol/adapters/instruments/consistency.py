"""What the parts of a definition and of its wordings say of each other."""

from __future__ import annotations

from collections.abc import Iterable

from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Item, Wording
from qol.domain.scoring import Scoring

RESERVED = frozenset({"origin"})


def check_instrument(instrument: Instrument, file: str) -> None:
    """Refuse what stands twice, dangles or leans forward; InstrumentError names file and key."""
    if not instrument.items:
        raise InstrumentError(f"{file}: sections: an instrument needs an item")
    _once((section.code for section in instrument.sections), f"{file}: sections")
    _once((item.code for item in instrument.items), f"{file}: items")
    # One row of vectors.csv names items and scales, so their codes may not meet.
    names = [item.code for item in instrument.items] + [s.code for s in instrument.scales]
    _once([*RESERVED, *names], f"{file}: scoring.scales")
    seen: dict[str, Item] = {}
    for item in instrument.items:
        _check_condition(instrument, item, seen, f"{file}: {item.code}.enable_when")
        seen[item.code] = item
    for scale in instrument.scales:
        for code in scale.items:
            if code not in instrument.by_code:
                raise InstrumentError(
                    f"{file}: scoring.scales.{scale.code}.items: there is no item {code}"
                )
    try:
        Scoring(instrument)
    except InstrumentError as error:
        raise InstrumentError(f"{file}: scoring: {error}") from None


def check_wording(instrument: Instrument, wording: Wording, file: str) -> None:
    """Refuse a text too few or too many; InstrumentError names file and key."""
    sections = {section.code for section in instrument.sections}
    _same(sections, wording.sections, f"{file}: sections", "section")
    _same(instrument.by_code, wording.items, f"{file}: items", "item")
    sets = {entry.code: entry.codes for entry in instrument.response_sets}
    _same(sets, wording.options, f"{file}: options", "response set")
    for name, codes in sets.items():
        labels = [str(code) for code in wording.options[name]]
        _same([str(code) for code in codes], labels, f"{file}: options.{name}", "option")
    for item in instrument.items:
        words = wording.items[item.code]
        if bool(words.low) != bool(words.high):
            raise InstrumentError(f"{file}: items.{item.code}: only one of its two ends has words")
        if item.kind == "single_choice" and (words.low or words.unit):
            raise InstrumentError(f"{file}: items.{item.code}: a choice has no ends and no unit")


def _once(codes: Iterable[str], place: str) -> None:
    seen: set[str] = set()
    for code in codes:
        # Codes become columns and file parts, where case may be lost.
        if code.lower() in seen:
            raise InstrumentError(f"{place}: {code} stands twice or is reserved")
        seen.add(code.lower())


def _same(wanted: Iterable[str], given: Iterable[str], place: str, noun: str) -> None:
    expected, found = set(wanted), set(given)
    for code in sorted(expected - found):
        raise InstrumentError(f"{place}.{code}: this {noun} has no wording")
    for code in sorted(found - expected):
        raise InstrumentError(f"{place}.{code}: the instrument has no such {noun}")


def _check_condition(instrument: Instrument, item: Item, seen: dict[str, Item], place: str) -> None:
    condition = item.enable_when
    if condition is None:
        return
    if condition.item not in instrument.by_code:
        raise InstrumentError(f"{place}: there is no item {condition.item}")
    if condition.item not in seen:
        circular = _leads_back(instrument, item)
        fault = "it leans on itself in a circle" if circular else "it leans on a later item"
        raise InstrumentError(f"{place}: {fault}; a condition may only lean on an earlier one")
    for code in sorted(condition.codes):
        if not seen[condition.item].accepts(code):
            raise InstrumentError(f"{place}.codes: {code} is no code of {condition.item}")


def _leads_back(instrument: Instrument, item: Item) -> bool:
    visited: set[str] = set()
    code = item.enable_when.item if item.enable_when else ""
    while code in instrument.by_code and code not in visited:
        if code == item.code:
            return True
        visited.add(code)
        condition = instrument.by_code[code].enable_when
        code = condition.item if condition else ""
    return False
