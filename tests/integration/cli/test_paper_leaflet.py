"""``paper leaflet``: a new file, an event, the same bytes again."""

from __future__ import annotations

import json
import sqlite3
import stat
from hashlib import sha256
from pathlib import Path

import pytest

from tests import pdf
from tests.integration.cli.conftest import Run

ASKED = ("paper", "leaflet", "--language", "fr", "--output")
ADDRESS = ("--address", "https://questionnaires.example.org")


def events(instance: Path) -> list[dict[str, object]]:
    with sqlite3.connect(instance / "portal.sqlite3") as connection:
        rows = connection.execute("SELECT detail FROM ledger WHERE act = 'leaflet.printed'")
        return [json.loads(row[0]) for row in rows]


def test_a_leaflet_is_a_new_file_and_an_event_and_repeats(
    demonstration: Path, run: Run, tmp_path: Path
) -> None:
    output, again = tmp_path / "leaflet.pdf", tmp_path / "again.pdf"
    assert "leaflet.pdf is written" in run(*ASKED, output, *ADDRESS).output
    printed = output.read_bytes()
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    assert pdf.problems(printed, "fr", 2) == []
    assert pdf.squares(printed) == ["https://questionnaires.example.org/fr/"]
    assert all("Démonstration : ne pas utiliser" in side for side in pdf.texts(printed))
    [event] = events(demonstration)
    assert event == {"version": 1, "language": "fr", "sha256": sha256(printed).hexdigest()}
    run(*ASKED, again, *ADDRESS, "--programme", "demonstration")
    assert again.read_bytes() == printed
    assert "is already there" in run(*ASKED, output, *ADDRESS, code=1).stderr
    assert len(events(demonstration)) == 2


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ((), "give it with --address or QOL_PATIENT_ORIGIN"),
        (("--address", "https://x.example/?c=1"), "give it with --address"),
        ((*ADDRESS, "--programme", "nothing"), "Nobody of this demonstration may do this"),
        ((*ADDRESS, "--language", "de"), "demonstration is not offered in de"),
    ],
)
def test_what_is_refused_leaves_no_file_and_no_event(
    demonstration: Path, run: Run, tmp_path: Path, more: tuple[str, ...], told: str
) -> None:
    output = tmp_path / "leaflet.pdf"
    assert told in run(*ASKED, output, *more, code=1).stderr
    assert not output.exists()
    assert events(demonstration) == []
