"""What holds for every order of a file, and for every single fault in its codes."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.adapters.instruments.installing import Installation
from qol.domain.errors import InstrumentError
from tests.integration.instruments.holders_file import (
    Json,
    changed,
    definition,
    planned,
    questionnaire,
    questions,
)

PHQ = definition("phq-9")
FILE = questionnaire(PHQ.instrument)
LINKS = [one["linkId"] for one in questions(FILE)]
CODES = [one["code"][0]["code"] for one in questions(FILE)]
ANSWERS = sorted({o["valueCoding"]["code"] for one in questions(FILE) for o in one["answerOption"]})


def _fit(document: Json) -> Installation:
    with tempfile.TemporaryDirectory() as folder:
        return planned(Path(folder), PHQ, document)


RIGHT = _fit(FILE).wordings


@given(st.data())
def test_no_order_of_questions_and_options_changes_the_wording(data: st.DataObject) -> None:
    def shuffle(document: Json) -> None:
        for group in document["item"]:
            lead, *asked = group["item"]
            for one in asked:
                one["answerOption"] = data.draw(st.permutations(one["answerOption"]))
            group["item"] = [lead, *data.draw(st.permutations(asked))]
        document["item"] = data.draw(st.permutations(document["item"]))

    found = _fit(changed(FILE, shuffle))
    assert found.wordings == RIGHT
    assert found.left == ()


@st.composite
def faults(draw: st.DrawFn) -> Json:
    """The file with one field of its codes lost, taken from elsewhere, invented or exchanged."""
    document = changed(FILE)
    asked = questions(document)
    if draw(st.booleans()):
        places: list[tuple[Json, str]] = [(one, "linkId") for one in asked]
        values = [*LINKS, *CODES, "/44250-9", "x"]
        if draw(st.booleans()):
            places = [(one["code"][0], "code") for one in asked]
            values = [*CODES, "99999-9", "x"]
    else:
        options = [option for one in asked for option in one["answerOption"]]
        places = [(option["valueCoding"], "code") for option in options]
        values = [*ANSWERS, "LA18938-3", "0", "3", "x"]
        if draw(st.booleans()):
            places = [(option["extension"][0], "valueDecimal") for option in options]
            values = [0, 1, 2, 3, 4, -1, 0.5]
    holder, key = draw(st.sampled_from(places))
    other, _ = draw(st.sampled_from(places))
    match draw(st.sampled_from(["lose", "take", "exchange"])):
        case "lose":
            del holder[key]
        case "take":
            holder[key] = draw(st.sampled_from(values))
        case _:
            holder[key], other[key] = other[key], holder[key]
    return document


@given(faults())
def test_one_wrong_code_is_refused_or_changes_nothing(document: Json) -> None:
    with suppress(InstrumentError):
        assert _fit(document).wordings == RIGHT


@given(st.data())
def test_what_is_lost_or_doubled_never_installs(data: st.DataObject) -> None:
    def lose_or_double(document: Json) -> None:
        group = data.draw(st.sampled_from(document["item"]))
        held = group["item"]
        first = 1
        if data.draw(st.booleans()):
            held = data.draw(st.sampled_from(held[1:]))["answerOption"]
            first = 0
        place = data.draw(st.integers(first, len(held) - 1))
        if data.draw(st.booleans()):
            del held[place]
        else:
            twin = changed(held[place])
            if "linkId" in twin:
                twin["linkId"] = data.draw(st.sampled_from([*LINKS, "x"]))
            held.append(twin)

    with pytest.raises(InstrumentError, match=r"^held\.json: "):
        _fit(changed(FILE, lose_or_double))
