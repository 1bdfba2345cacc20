"""The words that lead to the questions, the languages, and the table of four columns."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qol.domain.errors import InstrumentError
from qol.domain.instrument import SectionWording
from tests.integration.instruments.holders_file import (
    HL7,
    Json,
    changed,
    definition,
    option,
    planned,
    questionnaire,
    questions,
)

PHQ, PAIN = definition("phq-9"), definition("pain-nrs")
FILE = questionnaire(PHQ.instrument)


def _display(link: str, text: str = "", **more: object) -> Json:
    return {"linkId": link, "type": "display", "text": text, **more}


def _flat(document: Json, *first: Json, before_last: tuple[Json, ...] = ()) -> Json:
    """The same questions without groups, texts above them and before the last one."""
    asked = questions(document)
    return {**document, "item": [*first, *asked[:-1], *before_last, asked[-1]]}


def test_texts_of_a_flat_file_go_above_the_whole_and_to_the_section_that_follows(
    tmp_path: Path,
) -> None:
    document = _flat(
        FILE, _display("a", "Read this."), _display("b", "And this."),
        before_last=(_display("c", "If you had any of these:"),),
    )  # fmt: skip
    found = planned(tmp_path, PHQ, document)
    (wording,) = found.wordings
    assert wording.instruction == "Read this. And this."
    assert wording.sections == {
        "main": SectionWording(),
        "difficulty": SectionWording(instruction="If you had any of these:"),
    }
    assert found.left == ()
    assert "instruction of the whole <- b: And this." in found.mapping


def test_a_text_without_a_place_is_named(tmp_path: Path) -> None:
    asked = questions(FILE)
    middle, end = _display("middle", "Go on."), _display("end", "<b>Thank you</b>")
    beside = _display("help", "Any of them.")
    nested = {**asked[0], "item": [beside]}
    document = {**FILE, "item": [nested, middle, *asked[1:], end]}
    found = planned(tmp_path, PHQ, document)
    late = "it does not stand before the first question of a section"
    shows = "it only shows text (display)"
    assert found.left == (
        f"help: {shows}",
        f"middle: {shows}, and {late}",
        f"end: {shows}, and {late}",
    )
    assert found.wordings[0].sections["main"] == SectionWording()
    assert found.notes == tuple(
        f"section {code}: the file has no instruction and no recall period for it;"
        " compare it with the holder's form"
        for code in ("main", "difficulty")
    )


def test_groups_head_a_section_and_inner_groups_instruct(tmp_path: Path) -> None:
    inner = {"linkId": "in", "type": "group", "text": "Inner", "item": questions(FILE)}
    outer = {"linkId": "out", "type": "group", "text": "Outer", "item": [inner]}
    (wording,) = planned(tmp_path, PHQ, {**FILE, "item": [outer]}).wordings
    assert wording.sections["main"] == SectionWording("Outer", "Inner")
    assert wording.sections["difficulty"] == SectionWording()


@pytest.mark.parametrize(
    ("display", "reason"),
    [
        (_display("a", "<b>Read</b>"), "item a: its text carries HTML"),
        (
            _display(
                "a",
                _text={"extension": [{"url": HL7 + "rendering-xhtml", "valueString": "<p>R</p>"}]},
            ),
            "item a: its words are only in a rendering",
        ),
    ],
    ids=["markup", "rendering"],
)
def test_an_instruction_that_cannot_be_kept_is_not_lost_but_refused(
    tmp_path: Path, display: Json, reason: str
) -> None:
    with pytest.raises(InstrumentError, match=reason):
        planned(tmp_path, PHQ, _flat(FILE, display))


def _french(holder: Json, key: str, text: str) -> None:
    parts = [{"url": "lang", "valueCode": "fr"}, {"url": "content", "valueString": text}]
    holder["_" + key] = {"extension": [{"url": HL7 + "translation", "extension": parts}]}


def _two(document: Json) -> None:
    for group in document["item"]:
        _french(group, "text", "Titre de la partie")
        _french(group["item"][0], "text", "Comment avez-vous été ?")
    for one in questions(document):
        _french(one, "text", "Comment allez-vous, et avec qui ?")
        for choice in one["answerOption"]:
            _french(choice["valueCoding"], "display", "Un peu")


def test_every_complete_language_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    both = changed(FILE, _two)
    found = planned(tmp_path, PHQ, both)
    assert [wording.language for wording in found.wordings] == ["en", "fr"]
    assert found.wordings[1].sections["main"].title == "Titre de la partie"
    assert found.notes == ("the title has no text in fr and stands as it is",)
    gap = changed(both, lambda d: option(d, "q4", 2)["valueCoding"].pop("_display"))
    found = planned(tmp_path, PHQ, gap)
    assert [wording.language for wording in found.wordings] == ["en"]
    assert found.left == ("the language fr: option LA6570-1 of item q4 has no text in it",)


def test_a_note_says_that_the_definitions_order_holds(tmp_path: Path) -> None:
    turned = changed(FILE, lambda d: d["item"][0]["item"].reverse())
    notes = planned(tmp_path, PHQ, turned).notes
    assert "the file has its questions in another order; the definition's order holds" in notes


TABLE = """\
item,language,part,text
,fr,title,Douleur
,en,title,Pain
,fr,instruction,Lisez ceci.
,en,instruction,Read this.
,fr,copyright,Personne
,en,copyright,Nobody
CODE,fr,text,Quelle douleur ?
CODE,en,text,What pain?
CODE,fr,low,aucune
CODE,en,low,none
CODE,fr,high,la pire
CODE,en,high,the worst
CODE,fr,section,Titre
CODE,en,section,Heading
CODE,fr,section-instruction,Cochez.
CODE,en,section-instruction,Tick.
CODE,fr,period,Depuis hier
CODE,en,period,Since yesterday
""".replace("CODE", PAIN.instrument.items[0].code)
CODE = PAIN.instrument.items[0].code


def test_a_table_gives_every_text_and_needs_no_structure(tmp_path: Path) -> None:
    found = planned(tmp_path, PAIN, TABLE)
    french, english = found.wordings
    assert (french.title, french.instruction, french.copyright) == (
        "Douleur",
        "Lisez ceci.",
        "Personne",
    )
    assert english.items[CODE].high == "the worst"
    assert [one.sections[PAIN.instrument.sections[0].code] for one in found.wordings] == [
        SectionWording("Titre", "Cochez.", "Depuis hier"),
        SectionWording("Heading", "Tick.", "Since yesterday"),
    ]
    assert found.mapping[0] == f"item {CODE} <- {CODE}, by linkId: Quelle douleur ?"
    assert found.notes == ()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (",fr,title", ",,version,2\n,fr,title", "the table is for version 2, and the definition's"),
        (f"{CODE},fr,text", f"{CODE},,max,9\n{CODE},fr,text", "the highest number of item"),
        (f"{CODE},fr,text", f"{CODE},,max,x\n{CODE},fr,text", "its max is not a whole number"),
        (f"{CODE},fr,text", f"{CODE},,kind,integer\n{CODE},fr,text", "calls item .* integer, not"),
        (f"{CODE},fr,text", "q7,fr,text,Quoi ?\nq7,fr,text", "the part text stands twice"),
        (f"{CODE},fr,text", f"q7,fr,text,Quoi ?\n{CODE},fr,text", "item q7: the definition pain-n"),
    ],
    ids=["version", "max", "no number", "kind", "twice", "extra"],
)
def test_a_table_that_does_not_fit_is_refused(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    with pytest.raises(InstrumentError, match=sentence):
        planned(tmp_path, PAIN, TABLE.replace(old, new, 1))


def test_a_text_in_one_language_only_leaves_the_other_out(tmp_path: Path) -> None:
    found = planned(tmp_path, PAIN, TABLE.replace(f"{CODE},en,period,Since yesterday\n", ""))
    assert [wording.language for wording in found.wordings] == ["fr"]
    assert found.left == (f"the language en: the text of {CODE} period has no text in it",)


def test_a_tables_section_text_stands_with_the_first_item_of_its_section(tmp_path: Path) -> None:
    rows = ["item,language,part,text", ",en,title,T"]
    for item in PHQ.instrument.items:
        rows.append(f"{item.code},en,text,How are you?")
        rows += [f"{item.code},en,option:{code},L{item.response_set}{code}" for code in item.codes]
    for place in (0, 5):
        wrong = "\n".join([*rows, f"{PHQ.instrument.items[place].code},en,period,Today"])
        if place == 0:
            (wording,) = planned(tmp_path, PHQ, wrong).wordings
            assert wording.sections["main"] == replace(SectionWording(), period="Today")
        else:
            with pytest.raises(InstrumentError, match="item q6: its section starts with item q1"):
                planned(tmp_path, PHQ, wrong)
