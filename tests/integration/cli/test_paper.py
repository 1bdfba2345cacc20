"""Printing, as somebody at the laboratory types it."""

from __future__ import annotations

import json
import stat
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests import forms, pdf
from tests.integration.cli.conftest import Run

FORM = ("paper", "form", "lasa", "--language", "fr", "--output")


def _events(instance: Path, act: str) -> list[dict[str, object]]:
    engine = create_engine(f"sqlite:///{instance / 'portal.sqlite3'}")
    with engine.connect() as connection:
        asked = text("SELECT detail FROM ledger WHERE act = :act ORDER BY at")
        found = [json.loads(row[0]) for row in connection.execute(asked, {"act": act})]
    engine.dispose()
    return found


def test_a_form_and_its_map_are_new_files_and_an_event(
    demonstration: Path, run: Run, tmp_path: Path
) -> None:
    output, boxes = tmp_path / "lasa.pdf", tmp_path / "lasa.json"
    told = run(*FORM, output, "--map", boxes).output
    mapped = json.loads(boxes.read_text("utf-8"))
    assert f"code {mapped['form']}" in told
    assert stat.S_IMODE(output.stat().st_mode) == stat.S_IMODE(boxes.stat().st_mode) == 0o600
    [event] = _events(demonstration, "form.printed")
    assert event["sha256"] == sha256(output.read_bytes()).hexdigest()
    assert event["form"] == mapped["form"]
    assert all("Démonstration" in page for page in pdf.texts(output.read_bytes()))
    again = tmp_path / "again.pdf"
    run(*FORM, again)
    assert again.read_bytes() == output.read_bytes()


def test_nothing_is_overwritten(demonstration: Path, run: Run, tmp_path: Path) -> None:
    output, boxes = tmp_path / "lasa.pdf", tmp_path / "lasa.json"
    boxes.write_text("kept", "utf-8")
    told = run(*FORM, output, "--map", boxes, code=1).stderr
    assert "lasa.json is already there and is not overwritten" in told
    assert boxes.read_text("utf-8") == "kept"
    assert not output.exists()
    assert _events(demonstration, "form.printed") == []


def test_a_code_is_asked_for_and_stands_in_no_event(
    demonstration: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "coded.pdf"
    monkeypatch.setattr("click.prompt", lambda *_, **__: forms.CODE.printed().lower())
    told = run(*FORM, output, "--code").output
    assert forms.CODE.printed() in " ".join(pdf.texts(output.read_bytes())[0].split())
    [event] = _events(demonstration, "form.printed")
    assert event["coded"] == 1
    assert "sha256" not in event
    assert forms.CODE.reveal() not in told.replace(" ", "").upper()
    monkeypatch.setattr("click.prompt", lambda *_, **__: "wrong")
    assert "This is no code" in run(*FORM, tmp_path / "x.pdf", "--code", code=1).stderr
    run(*FORM, tmp_path / "x.pdf", "--code", "--proof", code=2)


def test_what_is_not_published_is_printed_as_a_proof_only(
    demonstration: Path, run: Run, tmp_path: Path
) -> None:
    asked = ("paper", "form", "who-5", "--language", "fr", "--output", tmp_path / "x.pdf")
    assert "who-5 has no release in fr (EA-7.3-b)" in run(*asked, code=1).stderr
    assert "who-5 has no wording in fr; it has none" in run(*asked, "--proof", code=1).stderr
    proof = tmp_path / "proof.pdf"
    run(*FORM, proof, "--proof")
    assert all("Épreuve" in page for page in pdf.texts(proof.read_bytes()))


def test_a_kit_is_printed_for_a_programme_with_post(
    demonstration: Path, run: Run, tmp_path: Path
) -> None:
    output = tmp_path / "kit.pdf"
    run("paper", "kit", "demonstration", "--language", "en", "--output", output)
    printed = output.read_bytes()
    assert pdf.problems(printed, "en", pdf.page_count(printed)) == []
    assert "Ne pas poster" in " ".join(pdf.texts(printed))
    [event] = _events(demonstration, "kit.printed")
    assert event["sha256"] == sha256(printed).hexdigest()
    asked = ("paper", "kit", "nothing", "--language", "en", "--output", tmp_path / "no.pdf")
    assert "Nobody of this demonstration may do this (forms.print)" in run(*asked, code=1).stderr


def test_a_review_needs_no_release(demonstration: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "review.pdf"
    asked = ("instruments", "review", "pain-nrs", "--output")
    run(*asked, output, "--date", "2026-03-01")
    printed = output.read_bytes()
    assert pdf.problems(printed, "fr", pdf.page_count(printed)) == []
    assert "1er mars 2026" in " ".join(pdf.texts(printed)[0].split())
    [event] = _events(demonstration, "review.printed")
    assert event["languages"] == "fr en"
    without = ("instruments", "review", "who-5", "--output", tmp_path / "no.pdf")
    assert "who-5 has no wording yet" in run(*without, code=1).stderr


def test_without_a_database_nothing_is_printed(run: Run, tmp_path: Path) -> None:
    asked = ("paper", "form", "lasa", "--language", "fr", "--proof", "--output", tmp_path / "x.pdf")
    told = run(*asked, code=1).stderr
    assert "portal.toml" in told or "no database yet" in told
    assert not (tmp_path / "x.pdf").exists()
