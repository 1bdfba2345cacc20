"""LOINC answer codes of a holder's file: kept where they are sure."""

import json
from pathlib import Path

from qol.adapters.instruments.fhir_in import Imported, import_file
from tests.integration.instruments.test_fhir_in_accepts import HL7, Node, choice, coding


def imported(folder: Path, *items: Node) -> Imported:
    root = {"resourceType": "Questionnaire", "id": "t", "language": "en", "title": "T"}
    file = folder / "file.json"
    file.write_text(json.dumps(root | {"item": list(items)}), encoding="utf-8")
    return import_file(file, id=None, drop=frozenset())


def answers(*codes: str, system: str = "http://loinc.org") -> list[Node]:
    options = [coding(code, f"Label {n}") for n, code in enumerate(codes)]
    for number, option in enumerate(options):
        option["valueCoding"]["system"] = system
        option["extension"] = [{"url": HL7 + "ordinalValue", "valueDecimal": number}]
    return options


def test_loinc_answer_codes_of_a_holders_file_are_kept(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        choice("a", *answers("LA6568-5", "LA6569-3")),
        choice("b", *answers("LA6568-5", "x")),
        choice("c", coding("0", "No"), coding("1", "Yes")),
        choice("d", *answers("0", "1", system="http://loinc.org/vs/LL1-1")),
    )
    sets = {held.code: held.loinc for held in found.instrument.response_sets}
    assert sets["a-options"] == {0: "LA6568-5", 1: "LA6569-3"}
    assert sets["c-options"] == {}
    assert found.notes == ()


def test_loinc_answer_codes_that_contradict_are_left_out_and_noted(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        choice("a", *answers("LA6568-5", "LA6569-3")),
        choice("b", *answers("LA6568-5", "LA18938-3")),
    )
    (held,) = found.instrument.response_sets
    assert held.loinc == {0: "LA6568-5"}
    assert any("answer 1 of a-options" in note for note in found.notes)
