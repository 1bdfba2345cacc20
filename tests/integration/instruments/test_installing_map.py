"""A map where the file's codes say nothing: strict, every row used, faults by row and column."""

from __future__ import annotations

from pathlib import Path

import pytest

from qol.domain.errors import InstrumentError
from tests.integration.instruments.holders_file import (
    Json,
    changed,
    definition,
    planned,
    questionnaire,
    questions,
)

WHO = definition("who-5")
SOUND = questionnaire(WHO.instrument)
CODES = [item.code for item in WHO.instrument.items]
NUMBERS = WHO.instrument.items[0].codes


def _own_codes(document: Json) -> None:
    """A file in its holder's own codes: items i1..., options named by words."""
    for number, one in enumerate(questions(document), 1):
        one["linkId"] = f"i{number}"
        for code, choice in zip(NUMBERS, one["answerOption"], strict=True):
            choice.pop("extension")
            choice["valueCoding"]["code"] = f"word{code}"


OWN = changed(SOUND, _own_codes)
ITEMS = "item,linkid\n" + "".join(f"{code},i{n}\n" for n, code in enumerate(CODES, 1))
FULL = "item,linkid,option,code\n" + "".join(f"{c},i{n},,\n" for n, c in enumerate(CODES, 1))
EVERY = FULL + "".join(f",,{code},word{code}\n" for code in NUMBERS)


def test_a_map_names_items_and_options(tmp_path: Path) -> None:
    found = planned(tmp_path, WHO, OWN, EVERY)
    assert found.mapping[0].startswith(f"item {CODES[0]} <- i1, by map: ")
    assert found.mapping[1].endswith(", by map")
    (wording,) = found.wordings
    assert wording.label(WHO.instrument.items[0], 3) == "Label 3 of time6"
    assert wording.items == planned(tmp_path, WHO, SOUND).wordings[0].items


def test_an_option_may_be_named_for_one_question(tmp_path: Path) -> None:
    own = "".join(
        f"{item},i{n},{code},word{code}\n" for n, item in enumerate(CODES, 1) for code in NUMBERS
    )
    found = planned(tmp_path, WHO, OWN, "item,linkid,option,code\n" + own)
    assert found.wordings == planned(tmp_path, WHO, OWN, EVERY).wordings


def test_a_map_says_which_of_two_numbers_counts(tmp_path: Path) -> None:
    def weigh(document: Json) -> None:
        for one in questions(document):
            for code, choice in zip(NUMBERS, one["answerOption"], strict=True):
                choice["valueCoding"]["code"] = str(code + 10)

    weighed = changed(SOUND, weigh)
    with pytest.raises(InstrumentError, match=r"its number says \d+ and 1\d: they disagree"):
        planned(tmp_path, WHO, weighed)
    rows = "".join(f",,{code},{code + 10}\n" for code in NUMBERS)
    found = planned(tmp_path, WHO, weighed, "item,linkid,option,code\n" + rows)
    assert found.wordings == planned(tmp_path, WHO, SOUND).wordings


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("linkid,item\n", "the first line of the table must be item,linkid or item,linkid,opt"),
        (ITEMS + "q9\n", "line 7 has 1 columns instead of 2"),
        (ITEMS + ",i1\n", "row 7, column item: it is empty"),
        (ITEMS + f"{CODES[0]},\n", "row 7, column linkid: it is empty"),
        (ITEMS + "nine,i1\n", "row 7, column item: the definition has no item nine"),
        (ITEMS + f"{CODES[0]},i9\n", "row 7, column linkid: it names i9, and the file has no"),
        (
            ITEMS + f"{CODES[0]},lead-{WHO.instrument.sections[0].code}\n",
            "row 7, column linkid: it names lead-.* which is left out: it only shows text",
        ),
        (ITEMS + f"{CODES[0]},i1\n", "row 7, column linkid: i1 stands in an earlier row"),
        (ITEMS.replace(CODES[1], CODES[0]), f"row 3, column item: {CODES[0]} stands in an earlier"),
        (FULL + ",,1,\n", "row 7, column code: it is empty"),
        (FULL + ",,,word1\n", "row 7, column option: it is empty"),
        (FULL + ",,one,word1\n", "row 7, column option: one is no whole number"),
        (FULL + f"{CODES[0]},i1,9,word1\n", "row 7, column option: 9 is no option of"),
        (FULL + ",,1,never\n", "row 7, column code: the file has no option never"),
        (FULL + f"{CODES[0]},i1,1,never\n", "row 7, column code: question i1 has no option never"),
        (FULL + ",,1,word1\n,,2,word1\n", "row 8, column code: word1 stands in an earlier row"),
        (EVERY.replace(",,3,word3\n", ""), "item i1: its option word3: it has no number and no"),
        (EVERY.replace(",,3,", ",,4,"), "item i1: its options word.* are both option 4"),
        (EVERY.replace(",,3,", ",,8,"), "item i1: its option word3: 8 is no option of item"),
    ],
)
def test_a_fault_in_the_map_is_named(tmp_path: Path, rows: str, sentence: str) -> None:
    with pytest.raises(InstrumentError, match=sentence):
        planned(tmp_path, WHO, OWN, rows)


def test_a_map_may_confirm_a_code_and_never_overrules_it(tmp_path: Path) -> None:
    same = "item,linkid\n" + f"{CODES[0]},{CODES[0]}\n"
    assert "by linkId and map" in planned(tmp_path, WHO, SOUND, same).mapping[0]
    other = f"item,linkid\n{CODES[1]},{CODES[0]}\n"
    with pytest.raises(InstrumentError, match=r"its linkId says item .*, its map says item"):
        planned(tmp_path, WHO, SOUND, other)
    third = f"item,linkid,option,code\n,,{NUMBERS[0]},c{NUMBERS[1]}\n"
    with pytest.raises(InstrumentError, match=r"its number says .*, its map says"):
        planned(tmp_path, WHO, SOUND, third)
