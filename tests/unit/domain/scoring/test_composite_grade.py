"""The composite grade: all 179 combinations, from rules written down apart from the tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from qol.domain.answers import State
from qol.domain.instrument import Item
from qol.domain.scoring import Score
from qol.domain.scoring.composite_grade import _grades
from tests.unit.domain.scoring.made import FIVE, choice, choices, numeric, refusal, scorer

ALONE = {"frequency": "01123", "severity": "01233", "interference": "01122"}


def two(kind: str, first: int, second: int) -> int:
    """Basch et al. 2021: the grade climbs with the second attribute, faster after a high first."""
    if kind == "severity interference":
        steps = {1: (3, 9), 2: (2, 4), 3: (1, 3), 4: (0, 3)}
    elif kind == "frequency severity":
        steps = {1: (3, 9), 2: (2, 9), 3: (2, 3), 4: (2, 3)}
    else:
        steps = {1: (3, 9), 2: (3, 9), 3: (2, 3), 4: (2, 3)}
    to_two, to_three = steps[first]
    return 1 + (second >= to_two) + (second >= to_three)


def three(frequency: int, severity: int, interference: int) -> int:
    """The same with severity first: frequency moves few of the steps."""
    to_one, to_two, to_three = {0: (0, 3, 9), 1: (0, 3, 9), 2: (0, 0, 3), 3: (0, 0, 3)}.get(
        severity, (0, 0, 2)
    )
    if severity == 0 and frequency <= 2:
        to_one = 1
    if severity == 1 and frequency == 4:
        to_two, to_three = 2, 4
    if severity == 2 and frequency == 1:
        to_two, to_three = 1, 4
    if severity == 3 and frequency >= 3:
        to_three = 2
    return sum(interference >= step for step in (to_one, to_two, to_three))


def combinations() -> Iterator[tuple[str, tuple[int, ...], int]]:
    """Each kind of event, each of its combinations, and the grade."""
    for kind, grades in ALONE.items():
        for code in FIVE:
            yield kind, (code,), int(grades[code])
    for kind in ("frequency severity", "frequency interference", "severity interference"):
        yield kind, (0,), 0
        for first, second in product(FIVE[1:], FIVE):
            yield kind, (first, second), two(kind, first, second)
    kind = "frequency severity interference"
    yield kind, (0,), 0
    for codes in product(FIVE[1:], FIVE, FIVE):
        yield kind, codes, three(*codes)


ALL = list(combinations())
KINDS = list(dict.fromkeys(kind for kind, _, _ in ALL))


def test_there_are_179_combinations() -> None:
    assert len(ALL) == 179


@pytest.mark.parametrize("kind", KINDS)
def test_each_combination_has_its_grade(kind: str) -> None:
    count = len(kind.split())
    score = scorer("composite_grade", count, {"attributes": kind.split()})
    for of, codes, grade in ALL:
        if of == kind:
            found = score(*codes)
            assert (found.value, found.items_used, found.items_total) == (grade, len(codes), count)
            assert (found.rule, found.reason, found.version) == ("none", None, "7")


@pytest.mark.parametrize("kind", KINDS)
def test_no_first_attribute_no_event_whatever_else_is_there(kind: str) -> None:
    count = len(kind.split())
    score = scorer("composite_grade", count, {"attributes": kind.split()})
    for others in product((None, *FIVE), repeat=count - 1):
        assert score(0, *others).value == 0.0
        assert score(0, *others).reason is None


@pytest.mark.parametrize("kind", KINDS)
def test_an_open_attribute_without_an_answer_leaves_no_grade(kind: str) -> None:
    count = len(kind.split())
    score = scorer("composite_grade", count, {"attributes": kind.split()})
    for codes in product((None, *FIVE), repeat=count):
        if None in codes and codes[0] != 0:
            used = count - codes.count(None)
            assert score(*codes) == Score(
                "sc", None, "composite_grade", "7", used, count, "none", "too_few_items"
            )


def test_a_closed_attribute_counts_what_the_scale_says() -> None:
    items = [choice("a"), choice("b", after="a")]
    attributes = {"attributes": ["severity", "interference"]}
    score = scorer("composite_grade", items, attributes | {"closed": 0})
    assert score(4, State.NOT_APPLICABLE).value == 2.0
    assert score(4, State.DECLINED).value is None
    assert scorer("composite_grade", items, attributes)(4, State.NOT_APPLICABLE).value is None


NO_GRADE = "parameter 'attributes' is no combination that has a grade"


@pytest.mark.parametrize(
    ("attributes", "count", "sentence"),
    [
        (None, 1, "parameter 'attributes' must be a list"),
        ("severity", 1, "parameter 'attributes' must be a list"),
        ([], 1, NO_GRADE),
        (["presence"], 1, NO_GRADE),
        ([None], 1, NO_GRADE),
        (["severity", "frequency"], 2, NO_GRADE),
        (["severity", "severity"], 2, NO_GRADE),
        (["severity"], 2, NO_GRADE),
        (["frequency", "severity"], 1, NO_GRADE),
    ],
)
def test_attributes_that_have_no_grade(attributes: object, count: int, sentence: str) -> None:
    assert refusal("composite_grade", count, {"attributes": attributes}) == sentence


def test_attributes_are_required() -> None:
    assert refusal("composite_grade", 1, {}) == NO_GRADE


@pytest.mark.parametrize(
    "item", [numeric("b", 0, 5), numeric("b", -1, 4), choice("b", (0, 1, 2, 3, 4, 9))]
)
def test_inputs_count_0_to_4(item: Item) -> None:
    items = [choice("a"), item]
    found = refusal("composite_grade", items, {"attributes": ["severity", "interference"]})
    assert found == "its inputs must be items that count 0 to 4"


def test_halves_have_no_grade() -> None:
    halves = {"0": 0, "1": 0.5, "2": 1, "3": 1.5, "4": 2}
    parameters = {"attributes": ["severity"], "values": {"five": halves}}
    found = refusal("composite_grade", 1, parameters)
    assert found == "its inputs must be items that count 0 to 4"


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_lists_what_a_scale_counts(kind: str) -> None:
    attributes = kind.split()
    parameters = {"attributes": attributes}
    found = refusal("composite_grade", len(attributes), parameters, over_scales=True)
    assert found == "its inputs must be items that count 0 to 4"


def test_no_other_parameter() -> None:
    parameters = {"attributes": ["severity"], "missing": "none"}
    found = refusal("composite_grade", choices(1), parameters)
    assert found == "method 'composite_grade' has no parameter 'missing'"


def test_how_a_table_of_grades_is_read() -> None:
    assert _grades("012", "345") == {
        (1, 0): 0, (1, 1): 1, (1, 2): 2, (2, 0): 3, (2, 1): 4, (2, 2): 5,
    }  # fmt: skip
    assert _grades("01 23", "45 67") == {
        (1, 0, 0): 0, (1, 0, 1): 1, (1, 1, 0): 2, (1, 1, 1): 3,
        (2, 0, 0): 4, (2, 0, 1): 5, (2, 1, 0): 6, (2, 1, 1): 7,
    }  # fmt: skip
