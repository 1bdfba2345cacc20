"""Public files for the definitions that ship: taken, or refused for what is wrong in them.

These files carry wording that belongs to others, so they are not shipped with the project.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qol.adapters.instruments.installing import plan_installation
from qol.domain.errors import InstrumentError
from tests.integration.instruments.holders_file import (
    LOINC,
    REAL,
    Change,
    Json,
    changed,
    definition,
    option,
    planned,
    question,
    questions,
)

pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="these files carry wording of third parties and are not shipped"
)

FILES = [
    ("phq-9", "phq9_asbi_en.json"),
    ("phq-9", "phq9_lforms_en.json"),
    ("gad-7", "gad7_asbi_en.json"),
]
REPAIRED = {"code": "LA6570-1", "display": "More than half the days"}


def _document(name: str) -> Json:
    """The file, its one known error repaired (shared facts, finding 5)."""
    found: Json = json.loads((REAL / name).read_text("utf-8"))
    if name.startswith("gad7"):
        option(found, "/68509-9", 2)["valueCoding"].update(REPAIRED)
        found["item"] = [one for one in found["item"] if one["linkId"] != "introduction"]
    return found


@pytest.mark.parametrize(("name", "file"), FILES[:2])
def test_a_public_file_is_taken_with_every_word(name: str, file: str) -> None:
    given, document = definition(name), _document(file)
    found = plan_installation(given, REAL / file)
    (wording,) = found.wordings
    by_code = {item.loinc: item.code for item in given.instrument.items}
    for one in questions(document):
        if one["type"] == "choice":
            code = by_code[one["code"][0]["code"]]
            assert wording.items[code].text == one["text"]
            assert list(
                wording.options[given.instrument.item(code).response_set or ""].values()
            ) == [choice["valueCoding"]["display"] for choice in one["answerOption"]]
    assert "/44261-6: it is computed" in found.left
    assert "the file names no language; by its words it was taken for en" in found.notes


def test_options_without_a_number_are_taken_by_their_answer_codes() -> None:
    found = plan_installation(definition("phq-9"), REAL / "phq9_lforms_en.json")
    assert found.mapping[-4:] == (
        "  option 0 <- Not difficult at all, by LOINC answer code",
        "  option 1 <- Somewhat difficult, by LOINC answer code",
        "  option 2 <- Very difficult, by LOINC answer code",
        "  option 3 <- Extremely difficult, by LOINC answer code",
    )
    assert not [note for note in found.notes if "position" in note]


def test_the_wrong_answer_code_of_a_public_file_is_found(tmp_path: Path) -> None:
    given = definition("gad-7")
    with pytest.raises(InstrumentError) as refusal:
        plan_installation(given, REAL / "gad7_asbi_en.json")
    assert str(refusal.value) == (
        "gad7_asbi_en.json: item /68509-9: its option LA18938-3: its LOINC answer code LA18938-3"
        " is not that of option 2 of item q2 (LA6570-1): correct the file."
    )
    assert len(planned(tmp_path, given, _document("gad7_asbi_en.json")).mapping) == 7 * 5


def test_an_introduction_that_is_only_drawn_is_not_lost(tmp_path: Path) -> None:
    document: Json = json.loads((REAL / "gad7_asbi_en.json").read_text("utf-8"))
    option(document, "/68509-9", 2)["valueCoding"].update(REPAIRED)
    with pytest.raises(InstrumentError, match="item introduction: its words are only in a rend"):
        planned(tmp_path, definition("gad-7"), document)


@pytest.mark.parametrize(
    ("name", "file"),
    [("gad-7", "phq9_asbi_en.json"), ("phq-9", "gad7_asbi_en.json"), ("phq-8", FILES[0][1])],
)
def test_the_file_of_another_instrument_is_refused(name: str, file: str) -> None:
    with pytest.raises(InstrumentError, match="has no item with this linkId"):
        plan_installation(definition(name), REAL / file)


def _first(document: Json) -> str:
    return str(questions(document)[0]["linkId"])


def _swap(document: Json) -> None:
    one, other = questions(document)[:2]
    one["code"], other["code"] = other["code"], one["code"]


CORRUPTED: dict[str, tuple[Change, str]] = {
    "swapped codes": (_swap, "they disagree"),
    "swapped answers": (
        lambda d: option(d, _first(d), 2)["valueCoding"].update(code="LA6571-9"),
        "its number says 2, its LOINC answer code says 3: they disagree",
    ),
    "the public error": (
        lambda d: option(d, _first(d), 2)["valueCoding"].update(code="LA18938-3"),
        "its LOINC answer code LA18938-3 is not that of option 2",
    ),
    "a missing option": (
        lambda d: question(d, _first(d))["answerOption"].pop(),
        "it has no option 3",
    ),
    "an extra item": (
        lambda d: d["item"].append({**questions(d)[0], "linkId": "/1-8", "code": []}),
        "item /1-8: the definition .* has no item",
    ),
    "a linkId twice": (
        lambda d: questions(d)[1].update(linkId=_first(d)),
        "its linkId stands twice",
    ),
    "an unknown code": (
        lambda d: questions(d)[0].update(code=[{"system": LOINC, "code": "1-8"}]),
        "its LOINC code 1-8 is not that of item q1",
    ),
    "only its position": (
        lambda d: questions(d)[0].update(code=[], linkId="first"),
        "item first: the definition .* has no item",
    ),
    "another language": (lambda d: d.update(language="fr"), "by their words in en"),
}


@pytest.mark.parametrize(("name", "file"), FILES)
@pytest.mark.parametrize("case", CORRUPTED)
def test_a_corrupted_public_file_is_refused(
    tmp_path: Path, name: str, file: str, case: str
) -> None:
    change, sentence = CORRUPTED[case]
    with pytest.raises(InstrumentError, match=sentence):
        planned(tmp_path, definition(name), changed(_document(file), change))
