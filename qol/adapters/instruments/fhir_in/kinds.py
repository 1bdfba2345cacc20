"""The kinds of item: which can be kept and as what, and why the others cannot."""

from __future__ import annotations

import re
from dataclasses import replace

from qol.adapters.instruments.fhir_in import ours
from qol.adapters.instruments.fhir_in.drafts import Draft
from qol.adapters.instruments.fhir_in.extensions import controls, named, value
from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.numbers import bounds, fixed_unit
from qol.adapters.instruments.fhir_in.options import Option, options_of
from qol.adapters.instruments.fhir_in.reading import Node, nodes
from qol.adapters.instruments.fhir_in.words import Words
from qol.domain.instrument import Display, Kind

_FREE_TEXT = ("string", "text", "open-choice", "url", "attachment", "reference")
_TIMES = ("date", "dateTime", "time", "instant")
LOINC = re.compile(r"\d{1,7}-\d")
_MOST_BUTTONS = 20
_YES_NO = (
    Option(number=1, words={}, key=True, system=None, numbers=(1,)),
    Option(number=0, words={}, key=False, system=None, numbers=(0,)),
)


def refuse_kind(item: Node, link: str, source: Source) -> None:
    """Raise InstrumentError on free text, dates, repeats and types that R4 does not have."""
    type_ = str(item.get("type", ""))
    if type_ in _FREE_TEXT:
        raise source.refusal(
            link, f"it asks for free text or a link ({type_}), which is never kept"
        )
    if type_ in _TIMES:
        raise source.refusal(link, f"it asks for a date or time ({type_}), which is not kept")
    if type_ not in {"choice", "boolean", "integer", "decimal", "quantity"}:
        what = f"its type {shown(type_)} is none of FHIR R4" if type_ else "it has no type"
        raise source.refusal(link, what)
    refuse_repeats(item, link, source)
    for name in "answerExpression", "candidateExpression":
        if any(named(item, f"sdc-questionnaire-{name}")):
            raise source.refusal(link, f"its answer list is not in the file ({name})")


def refuse_repeats(item: Node, link: str, source: Source) -> None:
    """Raise InstrumentError on an item or group that may be answered more than once."""
    if item.get("repeats") not in (None, False, "false"):
        raise source.refusal(link, "it may be answered more than once (repeats)")


def draft_of(item: Node, root: Node, link: str, source: Source) -> tuple[Draft, list[str]]:
    """Return the item as it will be kept, still without its words, and notes on its numbers."""
    type_, loinc = str(item.get("type")), ours.loinc(item) if source.ours else _loinc(item)
    if type_ == "boolean":
        return Draft(link, "boolean", "single_choice", "options", loinc, _YES_NO), []
    if type_ == "choice" or (type_ == "integer" and item.get("answerOption")):
        options, notes = options_of(item, root, link, source)
        draft = Draft(link, "choice", "single_choice", "options", loinc, options)
        return replace(draft, response_set=ours.code(item, "response-set")), notes
    if type_ == "decimal":
        reason = "it is a decimal number, which is not kept, and nothing marks it as computed"
        raise source.refusal(link, reason)
    found = bounds(item, link, source)
    if found is None:
        reason = f"this {type_} has no lowest and highest value, and nothing marks it as computed"
        raise source.refusal(link, reason)
    has_unit = source.ours and any(named(item, "questionnaire-unit"))
    unit = fixed_unit(item, link, source) if has_unit or type_ == "quantity" else {}
    if source.ours:
        return _own_number(item, link, loinc, found, unit, source), []
    return _number(item, link, loinc, found, unit), _step_notes(item, link)


def _own_number(
    item: Node, link: str, loinc: str | None, found: tuple[int, int], unit: Words, source: Source
) -> Draft:
    display = ours.display(item, link, source)
    kind: Kind = "integer" if display == "number" else "numeric_scale"
    draft = Draft(link, "number", kind, display, loinc, (), *found, unit)
    return replace(draft, also=ours.also(item))


def _number(item: Node, link: str, loinc: str | None, found: tuple[int, int], unit: Words) -> Draft:
    low, high = found
    if "slider" not in controls(item):
        return Draft(link, "number", "integer", "number", loinc, (), low, high, unit)
    display: Display = "options" if high - low <= _MOST_BUTTONS else "line"
    return Draft(link, "number", "numeric_scale", display, loinc, (), low, high, unit)


def _step_notes(item: Node, link: str) -> list[str]:
    steps = [value(one) for one in named(item, "questionnaire-sliderStepValue")]
    if not steps or steps[0] == 1:
        return []
    return [
        f"item {shown(link)}: its steps of {shown(steps[0])} are not kept; every whole number is"
    ]


def _loinc(item: Node) -> str | None:
    for coding in nodes(item, "code") or []:
        code, system = coding.get("code"), coding.get("system")
        if not isinstance(system, str) or not isinstance(code, str):
            continue
        if "loinc.org" in system and LOINC.fullmatch(code.strip()):
            return code.strip()
    return None
