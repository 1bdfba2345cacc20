"""What differs between two versions, field by field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from qol.domain.administration import Body, Mode, Respondent
from qol.domain.answers import Code, State
from qol.domain.records import ITEM, Altered, altered

ITEMS = ("a", "b", "mode")
ANSWERS = st.fixed_dictionaries(
    dict.fromkeys(ITEMS, st.integers(0, 3).map(Code) | st.sampled_from(State))
)
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 4))
BODIES = st.builds(Body, ANSWERS, st.just("fr"), st.sampled_from(Respondent), answered_on=DAYS)
VERSIONS = st.tuples(BODIES, st.sampled_from(Mode))


@given(before=VERSIONS, after=VERSIONS)
def test_what_is_listed_makes_one_version_of_the_other_and_back(
    before: tuple[Body, Mode], after: tuple[Body, Mode]
) -> None:
    listed = altered(ITEMS, before, after)
    made, mode = before
    for one in listed:
        if one.part.startswith(ITEM):
            made = replace(made, answers={**made.answers, one.part[len(ITEM) :]: one.after})  # type: ignore[dict-item]
        elif one.part == "mode":
            mode = Mode(str(one.after))
        else:
            made = replace(made, **{one.part: one.after})  # type: ignore[arg-type]
    assert (made, mode) == after
    assert altered(ITEMS, after, before) == tuple(
        Altered(one.part, one.after, one.before) for one in listed
    )
    assert altered(ITEMS, after, after) == ()
