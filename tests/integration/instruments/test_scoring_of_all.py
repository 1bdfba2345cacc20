"""What holds of every scale that ships, whatever is answered."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest

from qol.adapters.instruments.loading import find_instruments, load
from qol.domain.answers import Answer, Code, State, problems, settled
from qol.domain.instrument import Instrument, Item, Scale
from qol.domain.scoring import Score, Scoring

SHIPPED = Path(__file__).parents[3] / "questionnaires"
STATES = [state for state in State if state is not State.NOT_APPLICABLE]
CASES = 60
# One answer more may change what these say: a share of no hours, hours that nobody was to ask for.
UNDEFINED = {"bands", "joint_loss", "ratio", "skipped"}


@dataclass(frozen=True)
class Shipped:
    """A definition with scales, and answers drawn for it: the same in every run."""

    instrument: Instrument
    cases: tuple[dict[str, Answer], ...]

    def __str__(self) -> str:
        return self.instrument.id


def some_answer(item: Item, dice: Random, gaps: float) -> Answer:
    if dice.random() < gaps:
        return dice.choice(STATES)
    if item.kind == "single_choice":
        return Code(dice.choice(item.codes))
    ends = (item.minimum, item.maximum, *item.also)
    return Code(dice.choice((*ends, dice.randint(item.minimum, item.maximum))))


def shipped() -> list[Shipped]:
    found = []
    for entry in find_instruments([SHIPPED]):
        instrument = load(SHIPPED, entry.id, entry.version).instrument
        dice = Random(f"{entry.id} {entry.version}")  # noqa: S311  nothing secret
        cases = []
        for case in range(CASES):
            gaps = (0.0, 0.1, 0.5, 0.9)[case % 4]
            drawn = {item.code: some_answer(item, dice, gaps) for item in instrument.items}
            cases.append(settled(instrument, drawn))
        if instrument.scales:
            found.append(Shipped(instrument, tuple(cases)))
    return found


ALL = shipped()
every = pytest.mark.parametrize("one", ALL, ids=str)


def test_nearly_all_that_ships_has_scales() -> None:
    assert len(ALL) >= 20


@every
def test_the_answers_drawn_are_answers(one: Shipped) -> None:
    assert [problems(one.instrument, case) for case in one.cases] == [[]] * CASES


@every
def test_each_score_says_how_it_came_to_be(one: Shipped) -> None:
    scoring = Scoring(one.instrument)
    beneath = scoring.items_beneath
    for case in one.cases:
        for scale, score in zip(one.instrument.scales, scoring(case), strict=True):
            assert (score.scale, score.algorithm) == (scale.code, scale.method)
            assert score.version == one.instrument.algorithm
            assert score.items_total == len(beneath[scale.code])
            given = sum(isinstance(case[item], Code) for item in beneath[scale.code])
            closed = sum(case[item] is State.NOT_APPLICABLE for item in beneath[scale.code])
            assert score.items_used <= given + closed
            assert (score.reason is None) == (score.value is not None)
            assert score.band is None or score.value is not None


def ends(scale: Scale) -> tuple[float, float]:
    """Between what a value of the scale lies, where its method alone says so."""
    worth = scale.parameters.get("worth", 1.0)
    assert isinstance(worth, int | float)
    return {
        "mean_linear": (0.0, 100.0),
        "cross_table": (0.0, 100.0),
        "composite_grade": (0.0, 3.0),
        "joint_loss": (0.0, 100.0),
        "ratio": (0.0, 100.0),
        "criteria": (0.0, float(worth)),
        "decrements": (-1.0, 1.0),
        "crosswalk": (-1.0, 1.0),
    }.get(scale.method, (float("-inf"), float("inf")))


@every
def test_values_stay_in_range(one: Shipped) -> None:
    scoring = Scoring(one.instrument)
    for case in one.cases:
        for scale, score in zip(one.instrument.scales, scoring(case), strict=True):
            low, high = ends(scale)
            assert score.value is None or low <= score.value <= high


def counted(instrument: Instrument, item: Item) -> Item:
    """The item with only those codes that count in each of its scales."""
    nothing = set()
    for scale in instrument.scales:
        tables = scale.parameters.get("values", {})
        assert isinstance(tables, dict)
        if item.code in scale.items:
            table = tables.get(item.code) or tables.get(item.response_set, {})
            nothing |= {int(code) for code, number in table.items() if number is None}
    return replace(item, codes=tuple(n for n in item.codes if n not in nothing), also=())


@every
def test_who_answers_everything_has_every_score_that_is_defined(one: Shipped) -> None:
    scoring, dice = Scoring(one.instrument), Random(7)  # noqa: S311  nothing secret
    items = [counted(one.instrument, item) for item in one.instrument.items]
    for _ in range(CASES):
        for score in scoring({item.code: some_answer(item, dice, 0.0) for item in items}):
            assert score.value is not None or score.reason in {"not_defined", "scale_missing"}
            assert score.reason != "scale_missing" or score.algorithm in UNDEFINED


@every
def test_the_order_of_items_and_answers_never_shows(one: Shipped) -> None:
    dice = Random(7)  # noqa: S311  nothing secret
    scales = []
    for scale in one.instrument.scales:
        items = list(scale.items)
        if scale.method in {"mean_linear", "sum", "decrements", "crosswalk", "criteria", "ratio"}:
            dice.shuffle(items)
        scales.append(replace(scale, items=tuple(items)))
    straight, turned = (
        Scoring(one.instrument),
        Scoring(replace(one.instrument, scales=tuple(scales))),
    )
    for case in one.cases:
        mixed = list(case.items())
        dice.shuffle(mixed)
        assert straight(dict(mixed)) == straight(case)
        for first, second in zip(straight(case), turned(case), strict=True):
            assert replace(second, value=first.value) == first
            assert second.value == pytest.approx(first.value, abs=1e-12)


def monotone(instrument: Instrument) -> set[str]:
    """Scales whose missing rule alone decides, down to the items."""
    found: set[str] = set()
    for scale in instrument.scales:
        if scale.method not in UNDEFINED and set(scale.scales) <= found:
            found.add(scale.code)
    return found


@every
def test_one_more_answer_never_takes_a_value_away(one: Shipped) -> None:
    scoring, dice = Scoring(one.instrument), Random(7)  # noqa: S311  nothing secret
    plain, items = monotone(one.instrument), one.instrument.by_code
    for case in one.cases:
        gaps = [item for item, given in case.items() if given in STATES]
        if not gaps:
            continue
        place = dice.choice(gaps)
        more = case | {place: some_answer(items[place], dice, 0.0)}
        before, after = by_scale(scoring(case)), by_scale(scoring(more))
        for code in plain:
            assert before[code].value is None or after[code].value is not None
            assert before[code].items_used <= after[code].items_used


def by_scale(scores: list[Score]) -> dict[str, Score]:
    return {score.scale: score for score in scores}


@every
def test_scoring_keeps_nothing_and_changes_nothing(one: Shipped) -> None:
    scoring, kept = Scoring(one.instrument), deepcopy(one.cases)
    scales = deepcopy(one.instrument.scales)
    first = [scoring(case) for case in one.cases]
    assert [scoring(case) for case in reversed(one.cases)] == first[::-1]
    assert [Scoring(one.instrument)(case) for case in one.cases[:4]] == first[:4]
    assert (one.cases, one.instrument.scales) == (kept, scales)
