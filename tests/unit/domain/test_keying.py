"""Two readings of one sheet: differences are symmetrical, and no value stands on one person."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.administration import Body, Respondent
from qol.domain.answers import Answer, Code, State, is_open, settled
from qol.domain.keying import (
    PREFIX,
    Choice,
    OwnKeyingError,
    UndecidedError,
    check_decider,
    decided,
    differences,
)
from tests.unit.domain.test_answers import CHAIN

TYPISTS = ("mia", "noe")


@st.composite
def bodies(draw: st.DrawFn) -> Body:
    """What the grid lets a person type of a sheet."""
    paper = st.sampled_from([State.UNANSWERED, State.TWO_BOXES, State.ILLEGIBLE])
    answers: dict[str, Answer] = {
        "first": draw(paper | st.sampled_from([Code(0), Code(1)])),
        "second": draw(paper | st.integers(1, 7).map(Code)),
        "third": draw(paper | st.integers(0, 100).map(Code)),
    }
    on = draw(st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 3)))
    who = draw(st.sampled_from(Respondent))
    return Body(settled(CHAIN, answers), "fr", who, on)


CHOICES = st.dictionaries(
    st.sampled_from(["on", "respondent", "q.first", "q.second", "q.third"]),
    st.sampled_from(Choice),
)


@given(bodies(), bodies())
def test_differences_are_symmetrical_and_none_means_equal(first: Body, second: Body) -> None:
    there, back = differences(first, second), differences(second, first)
    assert [one.part for one in there] == [one.part for one in back]
    assert [(one.first, one.second) for one in there] == [(x.second, x.first) for x in back]
    assert (not there) is (first == second)


@given(bodies(), bodies())
def test_whose_reading_is_taken_whole_stands_whole(first: Body, second: Body) -> None:
    for choice, body in ((Choice.FIRST, first), (Choice.SECOND, second)):
        choices = {one.part: choice for one in differences(first, second)}
        assert decided(CHAIN, first, second, choices) == body


@given(bodies(), bodies(), CHOICES)
def test_every_value_is_one_of_the_two_or_illegible_or_closed(
    first: Body, second: Body, choices: dict[str, Choice]
) -> None:
    try:
        body = decided(CHAIN, first, second, choices)
    except UndecidedError as error:
        told = error.part
    else:
        check_values(first, second, body)
        return
    assert told in {one.part for one in differences(first, second)}


def check_values(first: Body, second: Body, body: Body) -> None:
    assert body.answered_on in {first.answered_on, second.answered_on}
    for item in CHAIN.items:
        given_ = body.answers[item.code]
        if is_open(item, body.answers, CHAIN):
            read = (first.answers[item.code], second.answers[item.code], State.ILLEGIBLE)
            assert given_ in read
            assert given_ is not State.NOT_APPLICABLE
        else:
            assert given_ is State.NOT_APPLICABLE


@given(bodies(), bodies(), CHOICES, st.sampled_from([*TYPISTS, "ora"]))
def test_two_people_stand_for_every_value_that_differed(
    first: Body, second: Body, choices: dict[str, Choice], actor: str
) -> None:
    try:
        check_decider(actor, TYPISTS, choices)
    except OwnKeyingError:
        assert actor in TYPISTS
        return
    for one in differences(first, second):
        choice = choices.get(one.part)
        if choice in {Choice.FIRST, Choice.SECOND}:
            read_by = TYPISTS[0] if choice is Choice.FIRST else TYPISTS[1]
            assert len({read_by, actor}) == 2
        elif choice is Choice.ILLEGIBLE:
            assert actor not in TYPISTS


@pytest.mark.parametrize("choice", [None, Choice.ILLEGIBLE])
def test_a_day_is_one_of_the_two(choice: Choice | None) -> None:
    first = Body(
        {"first": Code(0), "second": State.NOT_APPLICABLE, "third": State.NOT_APPLICABLE}, "fr"
    )
    second = Body(first.answers, "fr", answered_on=date(2026, 1, 1))
    with pytest.raises(UndecidedError, match="on is not decided"):
        decided(CHAIN, first, second, {"on": choice} if choice else {})


def test_an_opened_item_needs_an_answer() -> None:
    first = Body(settled(CHAIN, {"first": Code(1), "second": Code(3)}), "fr")
    second = Body(settled(CHAIN, {"first": Code(0)}), "fr")
    mixed = {"q.first": Choice.FIRST, "q.second": Choice.SECOND}
    with pytest.raises(UndecidedError) as refused:
        decided(CHAIN, first, second, mixed)
    assert refused.value.part == PREFIX + "second"
