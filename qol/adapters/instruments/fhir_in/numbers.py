"""Whole numbers of a file: bounds, units, and the number behind an option."""

from __future__ import annotations

from qol.adapters.instruments.fhir_in.extensions import named, value
from qol.adapters.instruments.fhir_in.imported import Source
from qol.adapters.instruments.fhir_in.reading import Node
from qol.adapters.instruments.fhir_in.words import OWN, Words, words_of

LARGEST = 1_000_000


def whole(found: object) -> int | None:
    """Return a whole number of at most a million either way (``2.0`` is one), None otherwise."""
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    if abs(found) > LARGEST or found != int(found):
        return None
    return int(found)


def bounds(item: Node, link: str, source: Source) -> tuple[int, int] | None:
    """Return the two bounds of a number, None when one is missing.

    Bounds come from ``minValue`` and ``maxValue``, or SDC's ``minQuantity`` and
    ``maxQuantity``; InstrumentError when they are not whole or leave no choice.
    """
    low = _bound(item, ("minValue", "sdc-questionnaire-minQuantity"), link, source)
    high = _bound(item, ("maxValue", "sdc-questionnaire-maxQuantity"), link, source)
    if low is None or high is None:
        return None
    if low >= high:
        raise source.refusal(link, f"its bounds {low} and {high} leave nothing to choose")
    return low, high


def _bound(item: Node, names: tuple[str, ...], link: str, source: Source) -> int | None:
    found: set[int] = set()
    for extension in named(item, *names):
        raw = value(extension)
        number = whole(raw.get("value") if isinstance(raw, dict) else raw)
        if number is None:
            raise source.refusal(link, "a bound is not a whole number of at most a million")
        found.add(number)
    if len(found) > 1:
        raise source.refusal(link, "it has two different bounds on one side")
    return next(iter(found), None)


def fixed_unit(item: Node, link: str, source: Source) -> Words:
    """Return the words of a quantity's one unit; InstrumentError when it has none or several."""
    units: list[Node] = []
    for extension in named(item, "questionnaire-unit", "questionnaire-unitOption"):
        raw = value(extension)
        codings = raw.get("coding") if isinstance(raw, dict) and "coding" in raw else [raw]
        for coding in codings if isinstance(codings, list) else ():
            if isinstance(coding, dict) and coding not in units:
                units.append(coding)
    if len({str(unit.get("code", unit.get("display"))) for unit in units}) != 1:
        count = "several units" if units else "no unit"
        raise source.refusal(
            link, f"this quantity has {count}, and only one fixed unit can be kept"
        )
    found = words_of(units[0], "display", link, source)
    if OWN not in found:
        code = words_of(units[0], "code", link, source)
        if OWN not in code:
            raise source.refusal(link, "the unit of this quantity has no text")
        found[OWN] = code[OWN]
    return found
