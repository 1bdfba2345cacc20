"""``instruments export``: a new file, whole or not at all, and what it says when it will not."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from qol.adapters.instruments.fhir_out import questionnaire_bytes
from qol.adapters.instruments.loading import load
from qol.bootstrap.cli import SHIPPED
from qol.cli import instrument_files
from tests.integration.cli.conftest import Run

EXPORT = ("instruments", "export", "demo-qol", "--format", "fhir")


def test_on_screen_stands_the_file_and_nothing_else(run: Run) -> None:
    demo = load(SHIPPED, "demo-qol")
    shown = run(*EXPORT, "--language", "fr").stdout_bytes
    assert shown == questionnaire_bytes(demo.instrument, demo.wordings["fr"])
    assert "title" not in json.loads(run(*EXPORT, "--version", "1").output)


def test_a_file_is_new_and_its_owners_alone_and_imports_again(
    run: Run, instance: Path, tmp_path: Path
) -> None:
    file = tmp_path / "demo.json"
    assert str(file) in run(*EXPORT, "--language", "fr", "--output", file).output
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    told = run("instruments", "import", file, code=1).stderr
    assert "demo-qol is a definition that ships" in told
    run("instruments", "import", file, "--id", "again")
    again = load(instance / "questionnaires", "again")
    assert again.wordings["fr"] == load(SHIPPED, "demo-qol").wordings["fr"]
    before = file.read_bytes()
    assert "not overwritten" in run(*EXPORT, "--output", file, code=1).stderr
    assert file.read_bytes() == before
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".new-")] == []


def test_without_a_wording_the_import_says_so(run: Run, instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "demo.json"
    run(*EXPORT, "--output", file)
    assert "23 items in no language" in run("instruments", "import", file, "--id", "again").output
    assert load(instance / "questionnaires", "again").wordings == {}


def test_a_file_that_cannot_be_finished_is_not_there(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(instrument_files.os, "fsync", full)
    out = tmp_path / "out"
    out.mkdir()
    assert "No space left" in run(*EXPORT, "--output", out / "demo.json", code=1).stderr
    assert list(out.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("demo-qol", "--format", "fhir", "--language", "de"), 1, "no wording in de; there is en"),
        (("demo-qol", "--format", "fhir", "--version", "9"), 1, "no instrument demo-qol 9"),
        (("nothing", "--format", "fhir"), 1, "no questionnaire nothing"),
        (("demo-qol", "--format", "xml"), 2, "'xml' is not 'fhir'"),
        (("demo-qol",), 2, "--format"),
        (("demo-qol", "--format", "fhir", "--output", "no/such/folder.json"), 1, "no/such"),
    ],
)
def test_what_cannot_be_exported_is_told(
    run: Run, words: tuple[str, ...], code: int, sentence: str
) -> None:
    assert sentence in run("instruments", "export", *words, code=code).stderr
