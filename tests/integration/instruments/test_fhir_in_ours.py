"""A file that carries our mark is read to the letter, and refused by name where it is not ours."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from qol.adapters.instruments.fhir_in import import_file
from qol.adapters.instruments.fhir_out import questionnaire
from qol.adapters.instruments.fhir_terms import HL7, OURS, PLACES
from qol.domain.errors import InstrumentError
from qol.domain.instrument import (
    Condition,
    Instrument,
    Item,
    ItemWording,
    ResponseSet,
    Section,
    SectionWording,
    Wording,
)
from tests.contract.tree import ROOT
from tests.integration.instruments.test_fhir_in_fuzz import import_bytes, mutated

Node = dict[str, object]
OPENED = Condition("One", frozenset({2, 88}))
SMALL = Instrument(
    id="small--1",
    version="RC_1",
    sections=(Section("Part", ("One", "Two", "One.2")),),
    items=(
        Item("One", "integer", "Part", minimum=0, maximum=9, display="number", also=(88,)),
        Item("Two", "single_choice", "Part", "often", (0, 1), enable_when=OPENED),
        Item("One.2", "numeric_scale", "Part", minimum=0, maximum=9, display="line"),
    ),
    scales=(),
    response_sets=(ResponseSet("often", (0, 1), {0: "LA1-1"}), ResponseSet("spare", (3,))),
)
WORDS = Wording(
    language="fr",
    title="Petit",
    sections={"Part": SectionWording("Partie", "Choisissez.", "Cette semaine")},
    items={
        "One": ItemWording("Combien ?", unit="jours", short="Combien"),
        "Two": ItemWording("Souvent ?"),
        "One.2": ItemWording("Où ?", low="rien", high="tout"),
    },
    options={"often": {0: "Non", 1: "Oui"}, "spare": {3: "Jamais"}},
    instruction="Répondez.",
    copyright="Personne",
)


def place(root: Node, where: str) -> Node:
    """Find the root, the group or an item of the small questionnaire."""
    group = root["item"][0]
    items = {item["linkId"]: item for item in group["item"]}
    return {"root": root, "group": group, **items}[where]


def refused(tmp_path: Path, root: Node) -> str:
    file = tmp_path / "file.json"
    file.write_text(json.dumps(root), encoding="utf-8")
    with pytest.raises(InstrumentError) as refusal:
        import_file(file, id=None, drop=frozenset())
    sentence = str(refusal.value)
    assert sentence.startswith("file.json: ")
    return sentence


def extended(where: str, **extension: object) -> Callable[[Node], None]:
    def act(root: Node) -> None:
        entry = {"url": OURS + str(extension.pop("name")), **extension}
        place(root, where).setdefault("extension", []).append(entry)

    return act


def put(where: str, **elements: object) -> Callable[[Node], None]:
    return lambda root: place(root, where).update(elements)


def without(where: str, name: str) -> Callable[[Node], None]:
    def act(root: Node) -> None:
        holder = place(root, where)
        before = len(holder["extension"])
        holder["extension"] = [one for one in holder["extension"] if one["url"] != OURS + name]
        assert len(holder["extension"]) == before - 1

    return act


def last_option(root: Node) -> Node:
    return place(root, "Two")["answerOption"][-1]


CASES: list[tuple[Callable[[Node], object], str]] = [
    (extended("root", name="colour", valueCode="red"), f"{OURS}colour"),
    (extended("One", name="colour", valueCode="red"), f"item One: it carries {OURS}colour"),
    (extended("Two", name="also", valueInteger=3), f"item Two: it carries {OURS}also"),
    (extended("One", name="period", valueString="x"), f"item One: it carries {OURS}period"),
    (extended("One", name="also", valueInteger="3"), f"{OURS}also has no valueInteger"),
    (extended("One", name="also", valueInteger=True), f"{OURS}also has no valueInteger"),
    (extended("One", name="also", valueCode="3"), f"{OURS}also has no valueInteger"),
    (extended("One", name="also", valueInteger=5), "also: it holds codes outside"),
    (extended("One", name="short", valueString="x"), f"{OURS}short stands twice"),
    (extended("root", name="library", valueBoolean="yes"), f"{OURS}library has no valueBoolean"),
    (extended("root", name="response-set", extension=[]), f"{OURS}response-set has no extension"),
    (extended("root", name="response-set", extension=[{"url": "x"}]), "is not as we write it"),
    (without("root", "format"), f"without {OURS}format"),
    (put("root", extension=[{"url": OURS + "format", "valueInteger": 2}]), "only 1 is known"),
    (put("root", extension=[{"url": OURS + "format", "valueInteger": 1}]), "declares often"),
    (without("One", "display"), f"item One: its {OURS}display is none of"),
    (without("Two", "response-set"), f"item Two: it names no {OURS}response-set"),
    (put("Two", type="boolean"), f"item Two: it carries {OURS}response-set"),
    (put("Two", type="text"), "has no place there"),
    (put("root", status="retired"), "its status is active or draft"),
    (put("root", experimental=None), "experimental is true or false"),
    (put("root", id="Small 1"), "its id Small 1 is not of the shape"),
    (put("root", version=None), "its version None is not of the shape"),
    (put("root", language="French"), "its language French is not of the shape"),
    (put("root", language=None), "has words, and the file names no language"),
    (put("root", title=None), "the title has no text in it"),
    (put("Two", text=None), "item Two has no text in it"),
    (put("One.2", text="**x**"), "item One.2: its text holds markup"),
    (put("One.2", linkId="One/2"), "its linkId One/2 is not of the shape"),
    (put("group", linkId="Part"), "it stands in no one group section/CODE"),
    (lambda root: place(root, "One.2")["item"].pop(), "only one of its two ends has words"),
    (
        lambda root: last_option(root)["valueCoding"].pop("display"),
        "the option 1 of often has no text",
    ),
    (lambda root: last_option(root).pop("extension"), "item Two: its option 1 is not numbered"),
    (lambda root: last_option(root)["valueCoding"].update(code="7"), "its option 7 is not numb"),
]


@pytest.mark.parametrize(("act", "reason"), CASES, ids=range(len(CASES)))
def test_what_we_did_not_write_so_is_refused_by_name(
    tmp_path: Path, act: Callable[[Node], object], reason: str
) -> None:
    root = json.loads(json.dumps(questionnaire(SMALL, WORDS)))
    act(root)
    assert reason in refused(tmp_path, root)


def test_without_a_wording_no_text_is_taken(tmp_path: Path) -> None:
    texts = [
        put("root", title="x"),
        put("root", copyright="x"),
        put("group", text="x"),
        put("Two", text="x"),
        extended("One", name="short", valueString="x"),
        lambda root: place(root, "One")["extension"].append(
            {"url": HL7 + "questionnaire-unit", "valueCoding": {"display": "x"}}
        ),
        extended("root", name="instruction", valueString="x"),
        lambda root: last_option(root)["valueCoding"].update(display="x"),
    ]
    for act in texts:
        root = json.loads(json.dumps(questionnaire(SMALL, None)))
        act(root)
        assert "the file names no language" in refused(tmp_path, root)


def test_a_set_is_the_same_wherever_it_is_used(tmp_path: Path) -> None:
    root = json.loads(json.dumps(questionnaire(SMALL, None)))
    again = json.loads(json.dumps(place(root, "Two"))) | {"linkId": "Three"}
    root["item"][0]["item"].append(again)
    again["answerOption"].reverse()
    assert "item Three: its options are not those of often" in refused(tmp_path, root)


def test_a_translation_of_every_text_is_a_second_wording(tmp_path: Path) -> None:
    root = json.loads(json.dumps(questionnaire(SMALL, WORDS)))

    def translate(node: object) -> None:
        if isinstance(node, list):
            for one in node:
                translate(one)
        elif isinstance(node, dict):
            for key in [key for key in node if key in {"title", "text", "display", "valueString"}]:
                said = [{"url": "lang", "valueCode": "en"}, {"url": "content", "valueString": "E"}]
                node[f"_{key}"] = {"extension": [{"url": HL7 + "translation", "extension": said}]}
            for inner in [value for key, value in node.items() if not key.startswith("_")]:
                translate(inner)

    translate(root)
    file = tmp_path / "file.json"
    file.write_text(json.dumps(root), encoding="utf-8")
    french, english = import_file(file, id=None, drop=frozenset()).wordings
    assert french == WORDS
    assert english.language == "en"
    assert english.sections == {"Part": SectionWording("E", "E", "E")}
    assert english.items["One"] == ItemWording("E", unit="E", short="E")
    assert (english.title, english.instruction, english.copyright) == ("E", "E", "Personne")


def test_the_page_about_our_extensions_names_every_one() -> None:
    page = (ROOT / "docs" / "fhir.md").read_text(encoding="utf-8")
    for place_, names in PLACES.items():
        for name, key in names.items():
            assert f"| {place_} | `{name}` | `{key}` |" in page


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(mutated(json.loads(json.dumps(questionnaire(SMALL, WORDS)))))
def test_any_mutation_of_ours_is_imported_or_refused(document: Node) -> None:
    import_bytes(json.dumps(document).encode("utf-8", "surrogatepass"))
