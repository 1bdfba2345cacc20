"""A holder's file for a definition, with words made for the tests, whole or corrupted."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qol.adapters.instruments.installing import Installation, plan_installation
from qol.adapters.instruments.loading import Definition, load
from qol.domain.instrument import Instrument, Item

SHIPPED = Path(__file__).parents[3] / "questionnaires"
REAL = Path(__file__).parents[4] / "shared" / "instruments" / "fhir"
HL7 = "http://hl7.org/fhir/StructureDefinition/"
LOINC = "http://loinc.org"

Json = dict[str, Any]
Change = Callable[[Json], object]


def definition(name: str) -> Definition:
    """A definition as it ships."""
    return load(SHIPPED, name)


def questionnaire(instrument: Instrument) -> Json:
    """A FHIR R4 Questionnaire that says every code of the definition, in English."""
    return {
        "resourceType": "Questionnaire",
        "status": "active",
        "language": "en",
        "title": "A title",
        "item": [
            {
                "linkId": section.code,
                "type": "group",
                "text": f"Heading of {section.code}",
                "item": [
                    {
                        "linkId": f"lead-{section.code}",
                        "type": "display",
                        "text": f"In the past week, how have you been with {section.code}?",
                    },
                    *(_question(instrument, instrument.item(code)) for code in section.items),
                ],
            }
            for section in instrument.sections
        ],
    }


def _question(instrument: Instrument, item: Item) -> Json:
    made: Json = {"linkId": item.code, "text": f"Question {item.code}: how are you?"}
    if item.loinc:
        made["code"] = [{"system": LOINC, "code": item.loinc}]
    if item.kind != "single_choice":
        bounds = (("minValue", item.minimum), ("maxValue", item.maximum))
        extensions = [{"url": HL7 + name, "valueInteger": number} for name, number in bounds]
        return made | {"type": "integer", "extension": extensions}
    entry = next(one for one in instrument.response_sets if one.code == item.response_set)
    return made | {
        "type": "choice",
        "answerOption": [
            {
                "extension": [{"url": HL7 + "ordinalValue", "valueDecimal": code}],
                "valueCoding": {"code": entry.loinc[code], "system": LOINC, "display": label}
                if code in entry.loinc
                else {"code": f"c{code}", "display": label},
            }
            for code in entry.codes
            for label in [f"Label {code} of {entry.code}"]
        ],
    }


def question(document: Json, link: str) -> Json:
    """The question of that linkId, wherever it stands."""
    return next(one for one in questions(document) if one["linkId"] == link)


def questions(document: Json) -> list[Json]:
    """Every question, in the order of the file."""
    found: list[Json] = []
    for item in document.get("item", []):
        found += questions(item) if item["type"] == "group" else []
        found += [item] if item["type"] not in {"group", "display"} else []
    return found


def option(document: Json, link: str, place: int) -> Json:
    """An option of a question by its place."""
    found: Json = question(document, link)["answerOption"][place]
    return found


def changed(document: Json, *changes: Change) -> Json:
    """A copy of the document after the changes."""
    made = copy.deepcopy(document)
    for change in changes:
        change(made)
    return made


def planned(
    folder: Path, given: Definition, document: Json | str, rows: str | None = None
) -> Installation:
    """Write the holder's file (a document, or a table's text) and fit it, with a map's rows."""
    if isinstance(document, str):
        file = folder / "held.csv"
        file.write_text(document, "utf-8")
    else:
        file = folder / "held.json"
        file.write_text(json.dumps(document), "utf-8")
    table = folder / "map.csv"
    if rows is not None:
        table.write_text(rows, "utf-8")
    return plan_installation(given, file, table if rows is not None else None)
