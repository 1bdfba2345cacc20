"""A body survives its canonical form, and two contexts never look alike."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.administration import Body, Context, Respondent
from qol.domain.answers import Answer, Code, State

CODES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
ANSWERS = st.one_of(
    st.sampled_from(State),
    st.builds(Code, st.integers(0, 1000), st.sampled_from([None, "line", "number"])),
)
BODIES = st.builds(
    Body,
    answers=st.dictionaries(CODES, ANSWERS, max_size=30),
    language=st.sampled_from(["fr", "en", "pt-BR"]),
    respondent=st.sampled_from(Respondent),
    answered_on=st.none() | st.dates(),
)
CONTEXTS = st.builds(Context, *[st.text("ab\x00\x01é", max_size=4)] * 5)


@given(BODIES)
def test_a_body_comes_back(body: Body) -> None:
    assert Body.from_canonical(body.canonical()) == body


@given(BODIES)
def test_one_body_has_one_form(body: Body) -> None:
    again = Body(
        dict(reversed(body.answers.items())), body.language, body.respondent, body.answered_on
    )
    raw = body.canonical()
    assert again.canonical() == raw
    assert raw.isascii()
    plain = json.loads(raw)
    assert json.dumps(plain, sort_keys=True, separators=(",", ":")).encode() == raw


def test_the_form_of_version_1_stands() -> None:
    answers: dict[str, Answer] = {"q20": Code(72, "line"), "q1": Code(3), "q2": State.DECLINED}
    assert Body(answers, "fr").canonical() == (
        b'{"answered_on":null,"answers":{"q1":3,"q2":{"state":"declined"},'
        b'"q20":{"by":"line","code":72}},"language":"fr","respondent":"self","v":1}'
    )
    proxy = Body({}, "en", Respondent.PROXY, date(2026, 11, 22))
    assert proxy.canonical() == (
        b'{"answered_on":"2026-11-22","answers":{},"language":"en","respondent":"proxy","v":1}'
    )


@pytest.mark.parametrize("version", [0, 2, "1", None])
def test_another_version_is_refused(version: object) -> None:
    plain = json.loads(Body({}, "fr").canonical())
    plain["v"] = version
    with pytest.raises(ValueError, match="not version 1"):
        Body.from_canonical(json.dumps(plain).encode())


@given(CONTEXTS, CONTEXTS)
def test_two_contexts_never_give_the_same_bytes(one: Context, two: Context) -> None:
    assert (one.encoded() == two.encoded()) == (one == two)


def test_a_shifted_border_gives_other_bytes() -> None:
    assert Context("a", "bc", "", "", "").encoded() != Context("ab", "c", "", "", "").encoded()
