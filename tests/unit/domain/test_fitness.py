"""What a person would check, as findings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from qol.domain.fitness import Candidate, State, fitness
from qol.domain.instrument import (
    Instrument,
    Item,
    Release,
    Scale,
    Section,
    SectionWording,
    Wording,
)
from qol.domain.rights import Ask, Rights, Source

INSTRUMENT = Instrument(
    "q",
    "1",
    (Section("s", ("i1",)),),
    (Item("i1", "integer", "s", maximum=9, display="number"),),
    (Scale("total", ("i1",), "sum"),),
)
WORDING = Wording("fr", "Q", {"s": SectionWording(period="7 jours")}, {}, {}, "", "© somebody")
RIGHTS = Rights("h", "t", "n", frozenset(), (Source("sum", "two", "A"),))
WHOLE = Candidate(INSTRUMENT, RIGHTS, "fr", WORDING, 3, 2)


def RELEASE(ends: date | None, *, approved: bool) -> Release:  # noqa: N802 - made as a constant is
    """A release of the questionnaire with that last day of its licence."""
    return Release(1, INSTRUMENT, WORDING, "a", "b", "c", approved, ends)


def states(candidate: Candidate, *, demonstration: bool = False) -> dict[str, State]:
    """Each rule and how it stands."""
    found = fitness(candidate, demonstration=demonstration)
    assert len({one.rule for one in found}) == len(found)
    return {one.rule: one.state for one in found}


def test_a_definition_that_is_whole_has_nothing_to_say() -> None:
    assert set(states(WHOLE).values()) == {State.OK}


@pytest.mark.parametrize(
    ("changed", "rule", "state"),
    [
        (replace(WHOLE, instrument=replace(INSTRUMENT, library=True)), "definition", "missing"),
        (replace(WHOLE, independent=0), "vectors", "for a person to look at"),
        (
            replace(WHOLE, instrument=replace(INSTRUMENT, status="provisional")),
            "status",
            "missing",
        ),
        (replace(WHOLE, instrument=replace(INSTRUMENT, validated=False)), "validated", "missing"),
        (replace(WHOLE, rights=replace(RIGHTS, unwritten=("Terms",))), "rights", "missing"),
        (replace(WHOLE, wording=None), "wording fr", "missing"),
        (
            replace(WHOLE, wording=replace(WORDING, sections={"s": SectionWording()})),
            "instruction or recall period",
            "for a person to look at",
        ),
        (replace(WHOLE, rights=replace(RIGHTS, safety="q9")), "safety", "for a person to look at"),
    ],
)
def test_each_rule_is_seen_alone(changed: Candidate, rule: str, state: str) -> None:
    before, after = states(WHOLE), states(changed)
    assert after[rule] == state
    assert {name for name in after if after[name] != before[name]} == {rule}


@pytest.mark.parametrize("ask", sorted(set(Ask) - {Ask.CREDIT}))
def test_what_publishing_asks_for_is_told(ask: Ask) -> None:
    asking = replace(WHOLE, rights=replace(RIGHTS, asks=frozenset({ask})))
    assert states(asking)[ask] is State.LOOK
    assert set(states(asking)) - set(states(WHOLE)) == {ask}


def test_a_credit_line_is_in_the_wording() -> None:
    asking = replace(WHOLE, rights=replace(RIGHTS, asks=frozenset({Ask.CREDIT})))
    assert states(asking)["credit line fr"] is State.OK
    bare = replace(asking, wording=replace(WORDING, copyright=""))
    assert states(bare)["credit line fr"] is State.MISSING


def test_an_instrument_without_scales_needs_no_independent_vectors() -> None:
    bare = replace(WHOLE, instrument=replace(INSTRUMENT, scales=()), rows=0, independent=0)
    assert states(bare)["vectors"] is State.OK


def test_a_demonstration_may_show_what_is_provisional_or_not_validated() -> None:
    instrument = replace(INSTRUMENT, status="provisional", validated=False)
    shown = states(replace(WHOLE, instrument=instrument), demonstration=True)
    assert {shown["status"], shown["validated"]} == {State.LOOK}
