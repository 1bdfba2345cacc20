"""What an import refuses, each in one sentence that names file, item and reason."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from qol.adapters.instruments.fhir_in import import_file
from qol.domain.errors import InstrumentError

Node = dict[str, object]
Refuse = Callable[..., str]
HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"


def ext(url: str, kind: str, value: object) -> Node:
    return {"url": url, kind: value}


def number(type_: str, *bounds: float, **more: object) -> Node:
    extensions = [
        ext(HL7 + name, "valueDecimal", bound)
        for name, bound in zip(("minValue", "maxValue"), bounds, strict=False)
    ]
    return {"linkId": "q2", "type": type_, "text": "n", "extension": extensions} | more


def choice(link: str = "q2", **more: object) -> Node:
    options = [
        {"valueCoding": {"code": code, "display": label}}
        for code, label in (("1", "Never"), ("2", "Often"))
    ]
    base = {"linkId": link, "type": "choice", "text": "Question", "answerOption": options}
    return {key: value for key, value in (base | more).items() if value is not None}


def rule(question: str = "q1", operator: str = "=", **more: object) -> Node:
    return {"question": question, "operator": operator} | (more or {"answerCoding": {"code": "1"}})


def options(*codings: Node) -> list[Node]:
    return [{"valueCoding": coding} for coding in codings]


@pytest.fixture
def refused(tmp_path: Path) -> Refuse:
    def refuse(content: bytes | Node, drop: Iterable[str] = (), given_id: str | None = None) -> str:
        file = tmp_path / "file.json"
        file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        with pytest.raises(InstrumentError) as refusal:
            import_file(file, id=given_id, drop=frozenset(drop))
        sentence = str(refusal.value)
        assert sentence.startswith("file.json: ")
        assert sentence.endswith(".")
        assert "\n" not in sentence
        assert list(tmp_path.iterdir()) == [file]
        return sentence

    return refuse


def form(*items: Node, **more: object) -> Node:
    return {"resourceType": "Questionnaire", "id": "t", "language": "en", "title": "T"} | {
        "item": list(items),
        **more,
    }


FREE = ["string", "text", "open-choice", "url", "attachment", "reference"]
TIMES = ["date", "dateTime", "time"]
BAD_ITEMS = [
    *[({"linkId": "q2", "type": type_, "text": "x"}, "free text") for type_ in FREE],
    *[({"linkId": "q2", "type": type_, "text": "x"}, "date or time") for type_ in TIMES],
    (choice(type="question"), "none of FHIR R4"),
    (choice(type=None), "no type"),
    (choice(type=["choice"]), "none of FHIR R4"),
    (choice(repeats=True), "repeats"),
    (choice(repeats="true"), "repeats"),
    ({"linkId": "q2", "type": "group", "repeats": True, "item": [choice("x")]}, "repeats"),
    (number("decimal", 0, 9), "decimal"),
    (number("integer"), "no lowest and highest"),
    (number("integer", 3), "no lowest and highest"),
    (number("integer", 3, 3), "nothing to choose"),
    (number("integer", 0, 1.5), "whole number"),
    (number("integer", 0, 1e300), "whole number"),
    (number("quantity", 0, 9), "no unit"),
    (
        number("quantity", 0, 9)
        | {
            "extension": [
                *number("quantity", 0, 9)["extension"],
                *[ext(HL7 + "questionnaire-unit", "valueCoding", {"code": u}) for u in "ab"],
            ]
        },
        "several units",
    ),
    (choice(answerOption=None, answerValueSet="http://x.example/vs"), "not in the file"),
    (choice(answerOption=None, answerValueSet="#nowhere"), "not in the file"),
    (choice(answerOption=None), "not in the file"),
    (choice(answerOption=[]), "not in the file"),
    (choice(answerOption={}), "not a list"),
    (choice(answerOption=[{"valueDate": "2020-01-01"}]), "valueDate"),
    (choice(answerOption=options({"code": "a"})), "no text"),
    (choice(answerOption=options({"code": "1", "display": "a"}) * 2), "same number 1"),
    (choice(text=None), "no text"),
    (choice(text=" \u200b "), "no text"),
    (choice(text=5), "not text"),
    (choice(option=[]), "before FHIR R4"),
    (choice(options={}), "before FHIR R4"),
    (choice(initialCoding={}), "before FHIR R4"),
    (choice(enableWhen=[{"question": "q1", "hasAnswer": True}]), "before FHIR R4"),
    (choice(enableWhen=[{"question": "q1", "answerCoding": {"code": "1"}}]), "before FHIR R4"),
    (choice(type="coding"), "none of FHIR R4"),
    (choice(answerConstraint="optionsOnly"), "R5"),
    (choice(modifierExtension=[{"url": "x"}]), "modifierExtension"),
    (choice("q1"), "stands twice"),
    (choice(enableWhen=[rule(operator="exists", answerBoolean=True)]), "uses exists"),
    (choice(enableWhen=[rule(operator="!=")]), "uses !="),
    (choice(enableWhen=[rule("q9")]), "no question"),
    (choice(enableWhen=[rule("shown")]), "left out"),
    (choice(enableWhen=[rule("q2")]), "circular"),
    (choice(enableWhen=[rule("q3")]), "comes later"),
    (choice(enableWhen=[rule(answerCoding={"code": "7"})]), "names no answer"),
    (choice(enableWhen=[rule(), rule(answerCoding={"code": "2"})]), "several answers at once"),
    (choice(enableWhen=[rule(), rule("q0")], enableBehavior="any"), "several items"),
    (choice(enableWhen={}), "not a list"),
    (choice(extension=[ext(SDC + "enableWhenExpression", "valueExpression", {})]), "expression"),
    (choice(_text={"extension": [ext(HL7 + "cqf-expression", "valueX", {})]}), "computed"),
    (
        choice(
            _text={"extension": [ext(HL7 + "rendering-xhtml", "valueString", "<img src='x'/>")]}
        ),
        "<img>",
    ),
]


@pytest.mark.parametrize(("item", "reason"), BAD_ITEMS, ids=range(len(BAD_ITEMS)))
def test_an_item_that_cannot_be_kept_is_named_with_its_reason(
    refused: Refuse, item: Node, reason: str
) -> None:
    shown = {"linkId": "shown", "type": "display", "text": "x"}
    sentence = refused(form(choice("q0"), choice("q1"), shown, item, choice("q3")))
    assert f"item {item['linkId']}: " in sentence
    assert reason in sentence


MARKUP = [
    "<b>bold</b>", "a<br/>b", "&nbsp;x", "R&amp;D", "**bold**", "__bold__", "_slanted_", "# Head",
    "[a](http://x.example)", "![a](b.png)", "`code`", "- a\n- b", "1\x00", "\ud800", "\u202eabc",
]  # fmt: skip


@pytest.mark.parametrize("text", MARKUP)
def test_markup_and_unseen_characters_are_refused_wherever_a_person_reads(
    refused: Refuse, text: str
) -> None:
    option = options({"code": "1", "display": text}, {"code": "2", "display": "b"})
    group = {"linkId": "q2", "type": "group", "text": text, "item": [choice("x")]}
    for item in (choice(text=text), choice(answerOption=option), group):
        assert "item q2: its text" in refused(form(item))


def test_the_shape_of_the_file_is_judged_first(refused: Refuse) -> None:
    deep = b'{"a":' * 201 + b"1" + b"}" * 201
    cases = {
        b"": "not JSON",
        b"<Questionnaire/>": "not JSON",
        b"[]": "not a FHIR Questionnaire",
        b'{"resourceType": "Bundle"}': "not a FHIR Questionnaire",
        b'{"a": NaN}': "NaN",
        b'{"a": 1e999}': "too large",
        b'{"a": 1' + b"0" * 5000 + b"}": "too large",
        b'{"a": 1, "a": 2}': "stands twice",
        b"\xff\xfe{}": "UTF-8",
        "é".encode("latin-1"): "UTF-8",
        deep: "deeper than 200",
        b"[" * 1_000_000: "deeper than 200",
        b'"' + b'\\"' * 1_000_000: "not JSON",
        b" " * 3_000_001: "larger than 3 MB",
    }
    for content, reason in cases.items():
        assert reason in refused(content)


def test_a_file_as_a_whole_may_be_refused(refused: Refuse) -> None:
    assert "DSTU2" in refused(form(group={}))
    assert "implicitRules" in refused(form(choice(), implicitRules="http://x.example"))
    assert "modifierExtension" in refused(form(choice(), modifierExtension=[{}]))
    assert "no item is left" in refused(form())
    assert "not a list" in refused(form(item={}))
    assert "no linkId" in refused(form({"type": "choice"}))
    assert "--id" in refused(form(choice()), given_id="Not/So")


def test_drop_leaves_out_loose_numbers_and_nothing_else(refused: Refuse) -> None:
    assert "no item of it" in refused(form(choice()), drop={"q9"})
    assert "--drop leaves out only" in refused(form(choice("q1"), choice()), drop={"q2"})
    text = {"linkId": "q2", "type": "string", "text": "x"}
    assert "free text" in refused(form(choice("q1"), text), drop={"q2"})


def test_conditions_in_a_circle_are_refused(refused: Refuse) -> None:
    one, two = choice("a", enableWhen=[rule("b")]), choice("b", enableWhen=[rule("a")])
    assert "item a: its condition is circular" in refused(form(one, two))


def test_conditions_of_groups_count_for_their_items(refused: Refuse) -> None:
    inner = choice("x", enableWhen=[rule("q1")])
    group = {"linkId": "g", "type": "group", "enableWhen": [rule("q0")], "item": [inner]}
    assert "item x: " in refused(form(choice("q0"), choice("q1"), group))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.json", tmp_path / "a\x00b"):
        with pytest.raises(InstrumentError, match=r"cannot be read|not a file"):
            import_file(path, id=None, drop=frozenset())
