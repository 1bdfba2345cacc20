"""The end of the first road: a holder's own file, imported, answered by a patient, read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qol.adapters.instruments.loading import load
from tests.contract.tree import ROOT
from tests.integration.cli.conftest import Run
from tests.integration.cli.test_whole_loop import AT, _export, _face, _sheets, _today
from tests.web.patient.journey import enter, fill

REAL = ROOT.parent / "shared" / "instruments" / "fhir"
FILES = ["gad7_asbi_en.json", "phq9_lforms_en.json", "effort_de_en_fr_quantity.json"]


def _own_file(folder: Path) -> Path:
    """A small FHIR R4 Questionnaire, written for this test, in French."""
    options = [
        {
            "valueCoding": {"code": code, "display": label},
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/ordinalValue",
                    "valueDecimal": number,
                }
            ],
        }
        for number, (code, label) in enumerate([("a", "Jamais"), ("b", "Souvent"), ("c", "Oui")])
    ]
    items = [
        {"linkId": f"/{number}", "type": "choice", "text": text, "answerOption": options}
        for number, text in enumerate(["Sortez-vous ?", "Lisez-vous > 10 pages ?"], 1)
    ]
    plain = {
        "resourceType": "Questionnaire",
        "id": "own",
        "status": "active",
        "language": "fr",
        "title": "Essai",
        "item": items,
    }
    file = folder / "own.json"
    file.write_text(json.dumps(plain), "utf-8")
    return file


def _given(run: Run, tmp_path: Path, version: str, language: str) -> None:
    """Publish the imported definition and let the demonstration's protocol name it."""
    name = "imported"
    run("instruments", "publish", name, "--language", language, "--unapproved")
    toml = run("programme", "show", "demonstration").output
    toml = toml.replace("version = 1\n", "version = 2\n", 1)
    toml = toml.replace("[releases]\n", f'[releases]\n{name} = "{version}"\n')
    toml = toml.replace('battery = ["demo-qol", "pain-nrs", "lasa"]', f'battery = ["{name}"]')
    file = tmp_path / "programme.toml"
    file.write_text(toml, "utf-8")
    run("programme", "load", file, "--based-on", "1")


@pytest.mark.parametrize("source", ["own", *FILES])
def test_a_holders_file_is_imported_answered_and_exported(
    demonstration: Path, run: Run, tmp_path: Path, source: str
) -> None:
    file = _own_file(tmp_path) if source == "own" else REAL / source
    if source != "own" and not REAL.is_dir():
        pytest.skip("third-party wording is not shipped: the files are beside the project only")
    run("instruments", "import", file, "--id", "imported")
    instrument = load(demonstration / "questionnaires", "imported")
    language = "fr" if "fr" in instrument.wordings else next(iter(instrument.wordings))
    _given(run, tmp_path, instrument.instrument.version, language)
    ((sheet, code),) = _sheets(run("pseudonyms", "issue", *AT, "--count", "1"))
    run("pseudonyms", "activate", *AT, "--sheet", sheet, "--day-zero", _today())
    client = _face(demonstration).test_client()
    assert enter(client, code).location == "/fr/start"
    page = client.get("/fr/questions/1").text
    text = instrument.wordings[language].items[instrument.instrument.items[0].code].text
    assert text.split("*")[0][:20].replace("'", "&#39;") in page
    assert fill(client, instrument.instrument).location == "/fr/received"
    rows = [r for r in _export(run, tmp_path / "out") if r["row"] == "item"]
    assert {row["code"] for row in rows} == set(instrument.instrument.by_code)
    assert any(row["state"] == "answered" and row["label"] for row in rows)
