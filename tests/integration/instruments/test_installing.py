"""A holder's file for a definition: every corruption is refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qol.domain.errors import InstrumentError
from tests.integration.instruments.holders_file import (
    HL7,
    LOINC,
    Change,
    Json,
    changed,
    definition,
    option,
    planned,
    question,
    questionnaire,
    questions,
)

PHQ = definition("phq-9")
FILE = questionnaire(PHQ.instrument)


@pytest.mark.parametrize("name", ["phq-9", "gad-7", "promis-global-10", "fact-g", "wpai-gh"])
def test_a_file_that_says_the_definitions_codes_is_taken_whole(tmp_path: Path, name: str) -> None:
    given = definition(name)
    found = planned(tmp_path, given, questionnaire(given.instrument))
    (wording,) = found.wordings
    for item in given.instrument.items:
        assert wording.items[item.code].text == f"Question {item.code}: how are you?"
        for code in item.codes:
            assert wording.label(item, code) == f"Label {code} of {item.response_set}"
    for section in given.instrument.sections:
        heading = wording.sections[section.code]
        assert heading.title == f"Heading of {section.code}"
        assert heading.instruction.endswith(f"with {section.code}?")
    gated = [item.code for item in given.instrument.items if item.enable_when]
    assert found.left == ()
    assert [note.split(":")[0] for note in found.notes] == [f"item {code}" for code in gated]


def test_the_whole_mapping_is_told(tmp_path: Path) -> None:
    found = planned(tmp_path, PHQ, FILE)
    lead = "In the past week, how have you been with difficulty?"
    assert found.mapping[:2] == (
        "item q1 <- q1, by LOINC code and linkId: Question q1: how are you?",
        "  option 0 <- Label 0 of days4, by number and LOINC answer code",
    )
    assert found.mapping[-4:] == (
        "section main: title <- group main: Heading of main",
        "section main: instruction <- lead-main: In the past week, how have you been with main?",
        "section difficulty: title <- group difficulty: Heading of difficulty",
        f"section difficulty: instruction <- lead-difficulty: {lead}",
    )
    assert len(found.mapping) == 10 + 40 + 4


def _code(link: str, code: str | None, system: str | None = LOINC) -> Change:
    coding = {"code": code} if system is None else {"code": code, "system": system}
    return lambda d: question(d, link).update(code=[coding] if code else [])


def _link(old: str, new: str) -> Change:
    return lambda d: question(d, old).update(linkId=new)


def _answer(link: str, place: int, **coding: object) -> Change:
    return lambda d: option(d, link, place)["valueCoding"].update(coding)


def _weight(link: str, place: int, number: float) -> Change:
    return lambda d: option(d, link, place)["extension"][0].update(valueDecimal=number)


def _swapped(d: Json) -> None:
    one, other = question(d, "q1"), question(d, "q2")
    one["code"], other["code"] = other["code"], one["code"]


def _swapped_answers(d: Json) -> None:
    for place, code in (2, "LA6571-9"), (3, "LA6570-1"):
        _answer("q4", place, code=code)(d)


def _bare(d: Json) -> None:
    """Nothing is left that could say which question is which, but the order."""
    for number, one in enumerate(questions(d), 1):
        one.update(code=[], linkId=f"i{number}")


def _bare_options(d: Json) -> None:
    for number, one in enumerate(question(d, "q1")["answerOption"]):
        one.update(extension=[], valueCoding={"code": f"a{number}", "display": f"L{number}"})


def _number(d: Json) -> None:
    bounds: list[dict[str, Any]] = [
        {"url": HL7 + "minValue", "valueInteger": 0},
        {"url": HL7 + "maxValue", "valueInteger": 3},
    ]
    question(d, "q1").pop("answerOption")
    question(d, "q1").update(type="integer", extension=bounds)


REFUSED: dict[str, tuple[Change, str]] = {
    "swapped LOINC codes": (
        _swapped,
        "item q1: its LOINC code says item q2, its linkId says item q1: they disagree",
    ),
    "swapped LOINC codes without a code system": (
        lambda d: (_code("q1", "44255-8", None)(d), _code("q2", "44250-9", None)(d)),
        "item q1: its LOINC code says item q2, its linkId says item q1: they disagree",
    ),
    "swapped linkIds of the form builder": (
        lambda d: (_link("q1", "/44255-8")(d), _link("q2", "/44250-9")(d)),
        "item /44255-8: its LOINC code says item q1, its linkId says item q2: they disagree",
    ),
    "an unknown LOINC code": (
        _code("q3", "99999-9"),
        "item q3: its LOINC code 99999-9 is not that of item q3 (44259-0)",
    ),
    "a second LOINC code": (
        lambda d: question(d, "q3")["code"].append({"system": LOINC, "code": "44254-1"}),
        "item q3: its LOINC code 44254-1 is not that of item q3 (44259-0)",
    ),
    "a question that only its position could match": (
        lambda d: (_code("q3", None)(d), _link("q3", "third")(d)),
        "item third: the definition phq-9 1 has no item with this linkId:",
    ),
    "a file that only positions could match": (_bare, "item i1: the definition phq-9 1 has no"),
    "an extra item": (
        lambda d: d["item"][0]["item"].append({**question(d, "q1"), "linkId": "q0", "code": []}),
        "item q0: the definition phq-9 1 has no item with this linkId: take the question out",
    ),
    "the same item twice": (
        lambda d: d["item"][0]["item"].append({**question(d, "q1"), "linkId": "again"}),
        "item again: it and q1 are both item q1 of the definition",
    ),
    "a linkId twice": (_link("q2", "q1"), "item q1: its linkId stands twice"),
    "a missing item": (
        lambda d: d["item"][0]["item"].pop(),
        "it has no question for q9 of phq-9 1: complete the file",
    ),
    "free text beside": (
        lambda d: d["item"].append({"linkId": "z", "type": "text", "text": "Anything else?"}),
        "item z: it asks for free text",
    ),
    "a hidden question": (
        lambda d: question(d, "q2").update(
            extension=[{"url": HL7 + "questionnaire-hidden", "valueBoolean": True}]
        ),
        "it has no question for q2",
    ),
    "the answer code of the public file": (
        _answer("q2", 2, code="LA18938-3"),
        "item q2: its option LA18938-3: its LOINC answer code LA18938-3 is not that of option 2",
    ),
    "swapped answer codes": (
        _swapped_answers,
        "item q4: its option LA6571-9: its number says 2, its LOINC answer code says 3: they",
    ),
    "an answer code without a code system": (
        _answer("q4", 1, code="LA6568-5", system=None),
        "item q4: its option LA6568-5: its number says 1, its LOINC answer code says 0: they",
    ),
    "a number of another option": (
        _weight("q5", 3, 4),
        "item q5: its option LA6571-9: its number says 4, its LOINC answer code says 3: they",
    ),
    "a number that no option has": (
        lambda d: (_weight("q5", 3, 4)(d), _answer("q5", 3, code="x")(d)),
        "item q5: its option x: 4 is no option of item q5 (0, 1, 2, 3)",
    ),
    "a weight beside another number": (
        _answer("q5", 3, code="2", system=None),
        "item q5: its option 2: its number says 2 and 3: they disagree",
    ),
    "a missing option": (
        lambda d: question(d, "q6")["answerOption"].pop(1),
        "item q6: it has no option 1 of item q6: complete the file",
    ),
    "options that only their position could match": (
        _bare_options,
        "item q1: its option a0: it has no number and no LOINC answer code",
    ),
    "two options of one number": (
        lambda d: (
            question(d, "q7").update(answerOption=[*question(d, "q7")["answerOption"]]),
            option(d, "q7", 1).update(extension=[]),
            _answer("q7", 1, code="LA6568-5")(d),
        ),
        "item q7: its options LA6568-5 and LA6568-5 are both option 0: keep one of them",
    ),
    "other words for an option of a shared list": (
        _answer("q8", 0, display="Never"),
        "item q8: option 0 has other words than in item q1",
    ),
    "a number instead of a choice": (
        _number,
        "item q1: the file has no options for item q1, which is a choice",
    ),
    "another language than it says": (
        lambda d: d.update(language="fr"),
        "its texts in the language fr are by their words in en: correct the language",
    ),
    "no language": (lambda d: d.update(language="?"), "its language ? is none"),
    "no title": (lambda d: d.pop("title"), "it has no title"),
    "a question without words": (lambda d: question(d, "q1").pop("text"), "item q1: it has no te"),
    "words with markup": (
        lambda d: question(d, "q1").update(text="<b>How</b>"),
        "item q1: its text carries HTML",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_corruption_is_refused_by_name(tmp_path: Path, name: str) -> None:
    change, sentence = REFUSED[name]
    with pytest.raises(InstrumentError) as refusal:
        planned(tmp_path, PHQ, changed(FILE, change))
    assert str(refusal.value).startswith(f"held.json: {sentence}")


WPAI = definition("wpai-gh")
NUMBERS = questionnaire(WPAI.instrument)


def _bound(place: int, number: int) -> Change:
    link = next(item.code for item in WPAI.instrument.items if item.kind == "integer")
    return lambda d: question(d, link)["extension"][place].update(valueInteger=number)


@pytest.mark.parametrize(
    ("change", "word"), [(_bound(0, 1), "lowest"), (_bound(1, 12), "highest")], ids=["min", "max"]
)
def test_other_bounds_are_refused(tmp_path: Path, change: Change, word: str) -> None:
    with pytest.raises(InstrumentError, match=f"the {word} number of item .* is [0-9]+, not 1"):
        planned(tmp_path, WPAI, changed(NUMBERS, change))


def test_a_choice_instead_of_a_number_is_refused(tmp_path: Path) -> None:
    link = next(item.code for item in WPAI.instrument.items if item.kind == "integer")
    choice = {"type": "choice", "answerOption": [{"valueCoding": {"code": "1", "display": "One"}}]}
    document = changed(NUMBERS, lambda d: question(d, link).update(choice))
    with pytest.raises(InstrumentError, match=f"options for item {link}, which is a number"):
        planned(tmp_path, WPAI, document)
