"""``paper slips``: a batch's slips in one file for one reader, once."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest

from qol.bootstrap.cli import workshop
from tests.integration.cli.conftest import Run
from tests.pdf import problems

ADDRESS = ("--address", "https://questionnaires.example.org")


def waiting(instance: Path) -> dict[str, int]:
    """Each batch with the slip copies that wait, those of professionals left out."""
    with sqlite3.connect(instance / "portal.sqlite3") as connection:
        rows = connection.execute(
            "SELECT batch, count(*) FROM subject JOIN pseudonym ON subject_id = subject.id"
            " WHERE slip IS NOT NULL AND pseudonym.state IN ('issued', 'live')"
            " AND subject.id NOT IN (SELECT subject_id FROM attestation) GROUP BY batch"
        )
        return dict(rows.fetchall())


def events(instance: Path) -> list[str]:
    with sqlite3.connect(instance / "portal.sqlite3") as connection:
        rows = connection.execute("SELECT act FROM ledger WHERE act LIKE 'slips.%' ORDER BY at")
        return [str(act) for (act,) in rows]


@pytest.fixture
def batch(demonstration: Path) -> str:
    """A batch whose slips wait, as on a real installation."""
    shop = workshop({"QOL_INSTANCE": str(demonstration)})
    made = shop.issue(for_site=True)("demonstration", "S1", 5, "test")
    shop.close()
    return made.reference


def test_the_slips_are_in_one_file_that_only_its_owner_reads(
    demonstration: Path, batch: str, run: Run, tmp_path: Path
) -> None:
    count, file = waiting(demonstration)[batch], tmp_path / "slips.pdf"
    told = run("paper", "slips", "--batch", batch, "--output", file, *ADDRESS).output
    assert f"{count} slips in" in told
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert problems(file.read_bytes(), "fr", 1 + -(-count // 3)) == []
    assert batch not in waiting(demonstration)
    assert events(demonstration) == ["slips.drawn", "slips.printed"]
    again = run("paper", "slips", "--batch", batch, "--output", tmp_path / "2", *ADDRESS, code=1)
    assert "No slip of this batch" in again.stderr
    assert not (tmp_path / "2").exists()


@pytest.mark.parametrize("wrong", ["address", "batch", "language", "taken"])
def test_what_is_refused_uses_nothing_up(
    demonstration: Path, batch: str, run: Run, tmp_path: Path, wrong: str
) -> None:
    before, file = waiting(demonstration), tmp_path / "slips.pdf"
    address = ("--address", "questionnaires") if wrong == "address" else ADDRESS
    if wrong == "taken":
        file.write_text("another file")
    words = ["--batch", "none" if wrong == "batch" else batch, "--output", file, *address]
    words += ["--language", "de"] if wrong == "language" else []
    run("paper", "slips", *words, code=1)
    assert waiting(demonstration) == before
    assert file.exists() is (wrong == "taken")
    assert "slips.printed" not in events(demonstration)
