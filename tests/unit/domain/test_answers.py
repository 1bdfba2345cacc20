"""Which answers may be stored, and what becomes of those that were not given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.answers import (
    PATIENT_STATES,
    Answer,
    Code,
    Problem,
    State,
    from_plain,
    is_open,
    problems,
    settled,
    to_plain,
)
from qol.domain.instrument import Condition, Instrument, Item, Section

FIRST = Item("first", "single_choice", "s", "set", (0, 1))
SECOND = Item(
    "second",
    "integer",
    "s",
    minimum=1,
    maximum=7,
    display="number",
    enable_when=Condition("first", frozenset({1})),
)
THIRD = Item(
    "third",
    "numeric_scale",
    "s",
    minimum=0,
    maximum=100,
    display="line",
    enable_when=Condition("second", frozenset({7})),
)
CHAIN = Instrument("chain", "1", (Section("s", ("first", "second", "third")),),
                   (FIRST, SECOND, THIRD), ())  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "open_items"),
    [
        ({}, {"first"}),
        ({"first": Code(0)}, {"first"}),
        ({"first": Code(1)}, {"first", "second"}),
        ({"first": Code(1), "second": Code(7)}, {"first", "second", "third"}),
        ({"first": Code(1), "second": Code(6)}, {"first", "second"}),
        ({"first": Code(0), "second": Code(7)}, {"first"}),
        ({"first": State.DECLINED}, {"first"}),
    ],
)
def test_an_item_is_open_when_its_whole_chain_holds(
    answers: dict[str, Answer], open_items: set[str]
) -> None:
    assert {item.code for item in CHAIN.items if is_open(item, answers, CHAIN)} == open_items


@pytest.mark.parametrize(
    ("answers", "found"),
    [
        ({}, [Problem("first", "open")]),
        ({"first": Code(0)}, []),
        ({"first": State.DECLINED}, []),
        ({"first": Code(1)}, [Problem("second", "open")]),
        ({"first": Code(2)}, [Problem("first", "not_a_code")]),
        ({"first": Code(1), "second": Code(0)}, [Problem("second", "not_a_code")]),
        ({"first": Code(1), "second": Code(8)}, [Problem("second", "not_a_code")]),
        ({"first": Code(0), "other": Code(1)}, [Problem("other", "unknown_item")]),
        ({"first": State.TWO_BOXES}, [Problem("first", "not_allowed")]),
        ({"first": State.UNANSWERED}, [Problem("first", "not_allowed")]),
    ],
)
def test_what_a_patient_cannot_send(answers: dict[str, Answer], found: list[Problem]) -> None:
    assert problems(CHAIN, answers, PATIENT_STATES) == found


def test_paper_may_hold_two_boxes() -> None:
    assert problems(CHAIN, {"first": State.TWO_BOXES}) == []


def test_what_was_left_open_is_declined_and_what_is_closed_is_not_applicable() -> None:
    assert settled(CHAIN, {"first": Code(1)}) == {
        "first": Code(1),
        "second": State.DECLINED,
        "third": State.NOT_APPLICABLE,
    }


def test_an_answer_that_its_condition_closes_is_not_kept() -> None:
    given_answers = {"first": Code(0), "second": Code(7), "third": Code(50)}
    assert settled(CHAIN, given_answers)["second"] is State.NOT_APPLICABLE
    assert settled(CHAIN, given_answers)["third"] is State.NOT_APPLICABLE


def test_nobody_sets_an_open_item_to_not_applicable() -> None:
    assert settled(CHAIN, {"first": State.NOT_APPLICABLE})["first"] is State.DECLINED


any_answer: st.SearchStrategy[Answer] = st.one_of(
    st.sampled_from(State),
    st.builds(Code, st.integers(-200, 200), st.sampled_from([None, "line", "number"])),
)
any_answers = st.dictionaries(st.sampled_from(["first", "second", "third", "other"]), any_answer)


@given(any_answers)
def test_settling_twice_changes_nothing(answers: dict[str, Answer]) -> None:
    once = settled(CHAIN, answers)
    assert settled(CHAIN, once) == once
    assert set(once) == set(CHAIN.by_code)


@given(any_answers)
def test_settling_leaves_nothing_open_and_hides_no_wrong_code(answers: dict[str, Answer]) -> None:
    left = problems(CHAIN, settled(CHAIN, answers))
    assert {problem.reason for problem in left} <= {"not_a_code"}


@given(any_answer)
def test_an_answer_reads_back_from_its_plain_form(answer: Answer) -> None:
    assert from_plain(to_plain(answer)) == answer


@pytest.mark.parametrize(
    "plain",
    [
        None, True, 1.5, "3", "declined", [], {}, {"state": "happy"}, {"code": 3},
        {"code": 3, "by": "hand"}, {"code": True, "by": "line"}, {"code": "3", "by": "line"},
        {"state": "declined", "code": 3}, {"code": 3, "by": "line", "text": "hello"},
    ],
)  # fmt: skip
def test_nothing_else_reads_back(plain: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_plain(plain)
