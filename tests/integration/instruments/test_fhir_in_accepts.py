"""What an import keeps, from small files written for these tests."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from qol.adapters.instruments.fhir_in import Imported, import_file
from qol.adapters.instruments.rights import stub
from qol.adapters.instruments.writing import write_folder
from qol.domain.instrument import Condition

Node = dict[str, object]
Make = Callable[..., Imported]
HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/"


def ext(name: str, value: object, kind: str = "valueInteger", base: str = HL7) -> Node:
    return {"url": base + name, kind: value}


def said(**texts: str) -> Node:
    return {
        "extension": [
            {
                "url": HL7 + "translation",
                "extension": [
                    {"url": "lang", "valueCode": language},
                    {"url": "content", "valueString": text},
                ],
            }
            for language, text in texts.items()
        ]
    }


def coding(code: str, display: str, **more: object) -> Node:
    return {"valueCoding": {"code": code, "display": display}, **more}


def choice(link: str, *options: Node, **more: object) -> Node:
    options = options or (coding("1", "Never"), coding("2", "Often"))
    return {
        "linkId": link,
        "type": "choice",
        "text": f"Question {link}",
        "answerOption": list(options),
        **more,
    }


def slider(link: str, low: int, high: int) -> Node:
    control = {"coding": [{"code": "slider"}]}
    return {
        "linkId": link,
        "type": "integer",
        "text": "How much?",
        "extension": [
            ext("minValue", low),
            ext("maxValue", high),
            ext("questionnaire-itemControl", control, "valueCodeableConcept"),
        ],
    }


@pytest.fixture
def made(tmp_path: Path) -> Make:
    def make(*items: Node, drop: Iterable[str] = (), **more: object) -> Imported:
        file = tmp_path / "file.json"
        root = {"resourceType": "Questionnaire", "id": "Test-1", "language": "en", "title": "T"}
        file.write_text(json.dumps(root | {"item": list(items)} | more), encoding="utf-8")
        found = import_file(file, id=None, drop=frozenset(drop))
        write_folder(tmp_path / "out", found.instrument, found.wordings, stub(found.instrument, ""))
        return found

    return make


@pytest.mark.parametrize("name", ["ordinalValue", "itemWeight", "valueset-ordinalValue"])
@pytest.mark.parametrize("inside", [True, False])
def test_an_options_weight_is_its_number(made: Make, name: str, inside: bool) -> None:
    options = [coding(f"LA{n}", f"Label {n}") for n in (4, 2, 0)]
    for option, number in zip(options, (4, 2, 0), strict=True):
        holder = option["valueCoding"] if inside else option
        holder["extension"] = [ext(name, float(number), "valueDecimal")]
    assert made(choice("a", *options)).instrument.item("a").codes == (4, 2, 0)


def test_integers_and_integer_codes_are_numbers_and_snomed_identifiers_are_not(made: Make) -> None:
    snomed = [
        {"valueCoding": {"system": "http://snomed.info/sct", "code": code, "display": label}}
        for code, label in (("373066001", "Yes"), ("373067005", "No"))
    ]
    found = made(
        choice("a", {"valueInteger": 5}, {"valueInteger": 7}),
        choice("b", coding("3", "x"), coding("9", "y")),
        choice("c", {"valueString": "x"}, {"valueString": "y"}),
        choice("d", *snomed),
    )
    codes = {item.code: item.codes for item in found.instrument.items}
    assert codes == {"a": (5, 7), "b": (3, 9), "c": (1, 2), "d": (1, 2)}
    assert found.wordings[0].label(found.instrument.item("a"), 5) == "5"
    assert [note for note in found.notes if "item c" in note and "position" in note]


def test_an_option_without_weight_comes_after_the_weighed_ones_and_is_noted(made: Make) -> None:
    weighed = [
        coding(f"x{n}", f"Label {n}", extension=[ext("ordinalValue", n, "valueDecimal")])
        for n in (0, 1)
    ]
    found = made(choice("a", *weighed, coding("dk", "I do not know")))
    assert found.instrument.item("a").codes == (0, 1, 2)
    assert any("item a" in note for note in found.notes)


@pytest.mark.parametrize(
    "reference", ["#often", "http://x.example/often", "http://x.example/often|1"]
)
def test_a_local_answer_list_serves_two_items_as_one_response_set(
    made: Make, reference: str
) -> None:
    often = {
        "resourceType": "ValueSet",
        "id": "often",
        "url": "http://x.example/often",
        "compose": {
            "include": [
                {
                    "concept": [
                        {
                            "code": str(n),
                            "display": label,
                            "designation": [{"language": "fr-FR", "value": french}],
                        }
                        for n, label, french in ((0, "Never", "Jamais"), (1, "Often", "Souvent"))
                    ]
                }
            ]
        },
    }
    items = [
        {"linkId": link, "type": "choice", "text": "Hm?", "answerValueSet": reference}
        | {"_text": said(fr="Hein ?")}
        for link in "ab"
    ]
    found = made(*items, contained=[often])
    assert len(found.instrument.response_sets) == 1
    assert [wording.language for wording in found.wordings] == ["en", "fr"]
    assert found.wordings[1].label(found.instrument.item("b"), 1) == "Souvent"


def test_booleans_speak_each_language(made: Make) -> None:
    item = {"linkId": "a", "type": "boolean", "text": "Pain?", "_text": said(fr="Mal ?", xx="?!a")}
    found = made(item)
    assert found.instrument.item("a").codes == (1, 0)
    labels = {w.language: w.options["yes-no"] for w in found.wordings}
    assert labels == {"en": {1: "Yes", 0: "No"}, "fr": {1: "Oui", 0: "Non"}}
    assert any("language xx" in line for line in found.dropped)


def test_a_language_with_a_gap_is_left_out_and_said(made: Make) -> None:
    found = made(choice("a", _text=said(fr="Question a")))
    assert [wording.language for wording in found.wordings] == ["en"]
    assert any("language fr" in line and "option" in line for line in found.dropped)


def test_sliders_quantities_and_the_words_at_their_ends(made: Make) -> None:
    ends = [
        {
            "linkId": f"a-{end}",
            "type": "display",
            "text": f"the {end}",
            "extension": [
                ext(
                    "questionnaire-itemControl",
                    {"coding": [{"code": end}]},
                    "valueCodeableConcept",
                )
            ],
        }
        for end in ("lower", "upper")
    ]
    quantity = {
        "linkId": "b",
        "type": "quantity",
        "text": "How long?",
        "extension": [
            ext("minValue", 0),
            ext("maxValue", 60.0, "valueDecimal"),
            ext("questionnaire-unit", {"code": "min", "display": "minutes"}, "valueCoding"),
        ],
    }
    found = made(slider("a", 0, 100) | {"item": ends}, slider("c", 0, 10), quantity)
    displays = {item.code: (item.kind, item.display) for item in found.instrument.items}
    assert displays == {
        "a": ("numeric_scale", "line"),
        "c": ("numeric_scale", "options"),
        "b": ("integer", "number"),
    }
    words = found.wordings[0].items
    assert (words["a"].low, words["a"].high, words["b"].unit) == (
        "the lower",
        "the upper",
        "minutes",
    )


def test_groups_become_sections_and_keep_their_words(made: Make) -> None:
    inner = {"linkId": "g2", "type": "group", "text": "Inner", "item": [choice("b")]}
    outer = {
        "linkId": "g1",
        "type": "group",
        "text": "Outer",
        "item": [choice("a"), inner, choice("c")],
    }
    found = made(outer, choice("d"))
    sections = {section.code: section.items for section in found.instrument.sections}
    assert sections == {"g1": ("a",), "g2": ("b",), "g1-2": ("c",), "main": ("d",)}
    words = found.wordings[0].sections
    assert (words["g2"].title, words["g2"].instruction) == ("Outer", "Inner")


def when(question: str, code: str, **more: object) -> Node:
    return {
        "enableWhen": [
            {"question": question, "operator": "=", "answerCoding": {"code": one}} for one in code
        ],
        **more,
    }


def test_conditions_on_one_item_and_through_groups(made: Make) -> None:
    nested = choice("c", **when("b", "1"))
    group = {"linkId": "g", "type": "group", "item": [choice("b"), nested]} | when("a", "2")
    found = made(choice("a"), group, choice("d", **when("a", "12", enableBehavior="any")))
    assert found.instrument.item("b").enable_when == Condition("a", frozenset({2}))
    assert found.instrument.item("c").enable_when == Condition("b", frozenset({1}))
    assert found.instrument.item("d").enable_when == Condition("a", frozenset({1, 2}))


def test_what_nobody_answers_is_left_out_and_listed(made: Make) -> None:
    hidden = ext("questionnaire-hidden", True, "valueBoolean")
    formula = ext("sdc-questionnaire-calculatedExpression", {}, "valueExpression", SDC)
    found = made(
        choice("a"),
        {"linkId": "b", "type": "display", "text": "<b>hello</b>"},
        {"linkId": "c", "type": "string", "text": "x", "extension": [hidden]},
        {"linkId": "d", "type": "decimal", "text": "Total", "extension": [formula]},
        {"linkId": "e", "type": "text", "readOnly": True},
        {"linkId": "f", "type": "group", "extension": [hidden], "item": [choice("g")]},
        {"linkId": "h", "type": "decimal", "text": "Total"},
        {"linkId": "i", "type": "integer", "text": "Total"},
        drop={"h", "i"},
    )
    assert [item.code for item in found.instrument.items] == ["a"]
    assert [line.split()[1] for line in found.dropped] == list("bcdefghi")


def test_codes_are_safe_and_readable_and_kept_where_they_are_codes_already(made: Make) -> None:
    links = ("/44250-9", "Q 1.é", "Q-1-E", "Origin", "Q1.a_B", "q1.A_b")
    found = made(*(choice(link) for link in links))
    codes = [item.code for item in found.instrument.items]
    assert codes == ["44250-9", "q-1-e", "Q-1-E-2", "Origin-2", "Q1.a_B", "q1.A_b-2"]
    assert (found.instrument.id, found.instrument.version) == ("test-1", "1")
    assert any("Q-1-E-2" in note for note in found.notes)


def test_odd_extensions_do_no_harm(made: Make) -> None:
    odd = [{}, {"url": 5}, {"url": "x", "valueString": 3}, {"url": HL7 + "translation"}, 7]
    item = choice("a", extension=odd, _text={"extension": odd}, code=[{"system": 4, "code": []}])
    assert len(made(item, extension=odd, _title=9).instrument.items) == 1


def test_an_unnamed_language_is_guessed_by_its_words_and_noted(made: Make) -> None:
    texts = {
        "fr": "Avez-vous eu mal ?",
        "de": "Haben Sie Schmerzen?",
        "en": "Did you have pain?",
        "ru": "Болит?",
    }
    for language, text in texts.items():
        boolean = {"linkId": "a", "type": "boolean", "text": text}
        found = made(boolean, language=None, id=f"in-{language}")
        assert [wording.language for wording in found.wordings] == [language]
        assert any("names no language" in note for note in found.notes)


def test_what_public_files_write_beside_the_standard(made: Make) -> None:
    both = [{"valueInteger": n, "valueString": f"Label {n}"} for n in (0, 1)]
    loinc = [
        {"valueCoding": {"system": "http://loinc.org/vs/LL358-3", "code": str(n), "display": "x"}}
        for n in (0, 3)
    ]
    found = made(choice("a", *both), choice("b", *loinc, item=None))
    assert found.instrument.item("a").codes == (0, 1)
    assert found.wordings[0].label(found.instrument.item("a"), 1) == "Label 1"
    assert found.instrument.item("b").codes == (0, 3)
