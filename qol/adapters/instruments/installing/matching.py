"""Which question of the file is which item: by codes, never by position.

A question says by its LOINC code, by its linkId and by the map which item it is. All that
say something must say the same (public files carry wrong codes: shared facts, finding 5).
"""

from __future__ import annotations

from dataclasses import dataclass

from qol.adapters.instruments.fhir_in.imported import shown
from qol.adapters.instruments.installing.choices import Matched, match_choices
from qol.adapters.instruments.installing.mapfile import Map
from qol.adapters.instruments.installing.offered import Offered, Question
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Item

LOINC, LINK, MAP = "LOINC code", "linkId", "map"


@dataclass(frozen=True, slots=True)
class Match:
    """An item, its question in the file, the rules that say so, its options by number."""

    item: Item
    question: Question
    rule: str
    choices: dict[int, Matched]


def match(instrument: Instrument, offered: Offered, given: Map) -> dict[str, Match]:
    """Match every item, in the definition's order; InstrumentError names what does not fit."""
    found: dict[str, Match] = {}
    sets = {entry.code: entry for entry in instrument.response_sets}
    for question in offered.questions:
        rules = _claims(instrument, question, given)
        item = _item(instrument, offered, question, rules)
        if item.code in found:
            other = shown(found[item.code].question.link)
            reason = f"it and {other} are both item {item.code} of the definition: keep one of them"
            raise offered.source.refusal(question.link, reason)
        _same_kind(item, question, offered)
        chosen = {}
        if item.response_set is not None:
            chosen = match_choices(item, sets[item.response_set], question, given, offered.source)
        found[item.code] = Match(item, question, " and ".join(rules), chosen)
    missing = [code for code in instrument.by_code if code not in found]
    if missing:
        raise offered.source.whole(
            f"it has no question for {', '.join(missing)} of {instrument.id} {instrument.version}:"
            " complete the file, or name the questions in a map (item,linkid)"
        )
    return {code: found[code] for code in instrument.by_code}


def _claims(instrument: Instrument, question: Question, given: Map) -> dict[str, set[str]]:
    """Return the items that each rule says; a rule that says nothing is left out."""
    by_loinc: dict[str, set[str]] = {}
    for item in instrument.items:
        if item.loinc:
            by_loinc.setdefault(item.loinc, set()).add(item.code)
    link = question.link
    # LOINC's own form builder writes the code of a question into its linkId: "/44250-9".
    named = {link} if link in instrument.by_code else by_loinc.get(link.rsplit("/", 1)[-1], set())
    claims = {
        LOINC: set().union(*(by_loinc.get(code, set()) for code in question.loinc)),
        LINK: named,
        MAP: {given.items[link]} if link in given.items else set(),
    }
    return {rule: items for rule, items in claims.items() if items}


def _item(
    instrument: Instrument, offered: Offered, question: Question, rules: dict[str, set[str]]
) -> Item:
    common = set.intersection(*rules.values()) if rules else set()
    if len(common) != 1:
        raise offered.source.refusal(question.link, _no_item(instrument, question, rules))
    item = instrument.item(common.pop())
    strange = [code for code in question.loinc if item.loinc and code != item.loinc]
    if strange:
        reason = (
            f"its LOINC code {strange[0]} is not that of item {item.code} ({item.loinc}), which"
            f" its {' and '.join(rules)} names: correct the file"
        )
        raise offered.source.refusal(question.link, reason)
    return item


def _no_item(instrument: Instrument, question: Question, rules: dict[str, set[str]]) -> str:
    if not rules:
        codes = f" or LOINC code {', '.join(question.loinc)}" if question.loinc else ""
        return (
            f"the definition {instrument.id} {instrument.version} has no item with this linkId"
            f"{codes}: take the question out of the file, or name its item in a map (item,linkid)"
        )
    said = [f"its {rule} says item {' or '.join(sorted(items))}" for rule, items in rules.items()]
    if len(said) == 1:
        return f"{said[0]}, and one question is one item: correct the file or name it in a map"
    return f"{', '.join(said)}: they disagree, so correct the file or the map"


def _same_kind(item: Item, question: Question, offered: Offered) -> None:
    def refuse(reason: str) -> InstrumentError:
        return offered.source.refusal(question.link, f"{reason}; the definition's holds")

    if question.kind is not None and question.kind != item.kind:
        raise refuse(f"the file calls item {item.code} {shown(question.kind)}, not {item.kind}")
    if item.kind == "single_choice":
        if not question.choices:
            raise refuse(f"the file has no options for item {item.code}, which is a choice")
        return
    if question.choices:
        raise refuse(f"the file has options for item {item.code}, which is a number")
    for noun, here, wanted in zip(
        ("lowest", "highest"), question.bounds, (item.minimum, item.maximum), strict=True
    ):
        if here not in {None, wanted}:
            raise refuse(f"the {noun} number of item {item.code} is {wanted}, not {here}")
