import csv
import re
import sqlite3
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from click.testing import Result
from flask import Flask

from qol.adapters.instruments.loading import load
from qol.bootstrap.cli import SHIPPED
from qol.bootstrap.patient import build
from tests.integration.cli.conftest import Run
from tests.web.patient.journey import answers, enter, fill

AT = ("--programme", "demonstration", "--site", "S1")


def _face(instance: Path) -> Flask:
    return build(
        {
            "QOL_FACE": "patient",
            "QOL_ORIGIN": "http://localhost",
            "QOL_INSTANCE": str(instance),
            "QOL_DEMONSTRATION": "1",
        }
    )


def _sheets(result: Result) -> list[tuple[str, str]]:
    return re.findall(r"^sheet (\w{5})  (.+)$", result.output, re.MULTILINE)


def _today() -> str:
    # The demonstration's day: around midnight it is not that of UTC.
    return datetime.now(ZoneInfo("Europe/Paris")).date().isoformat()


def _usable(instance: Path, code: str) -> bool:
    return bool(enter(_face(instance).test_client(), code).status_code in {302, 303})


def _export(run: Run, out: Path, *more: str) -> list[dict[str, str]]:
    words = ("records", "export", "--format", "csv", "--purpose", "monitoring", "--output", out)
    run(*words, *more)
    (file,) = out.glob("*-records.csv")
    with file.open(encoding="utf-8", newline="") as read:
        return list(csv.DictReader(read, strict=True))


def test_issue_activate_deposit_export(demonstration: Path, run: Run, tmp_path: Path) -> None:
    ((sheet, code),) = _sheets(run("pseudonyms", "issue", *AT, "--count", "1"))
    assert not _usable(demonstration, code)
    run("pseudonyms", "activate", *AT, "--sheet", sheet, "--day-zero", _today())
    client = _face(demonstration).test_client()
    assert enter(client, code).status_code in {302, 303}
    instrument = load(SHIPPED, "demo-qol").instrument
    assert fill(client, instrument).status_code in {302, 303}
    rows = _export(run, tmp_path / "out")
    items = {row["code"]: row for row in rows if row["row"] == "item"}
    posted = {name.removeprefix("q."): value for name, value in answers(instrument).items()}
    answered = {code: row["value"] for code, row in items.items() if row["state"] == "answered"}
    assert answered == {name: posted[name] for name in answered}
    assert len(answered) >= len(posted) - 1
    assert {row["site"] for row in rows} == {"S1"}
    assert code.replace(" ", "") not in repr(rows).replace(" ", "")
    assert next((tmp_path / "out").glob("*-codebook.csv")).stat().st_size > 1000
    assert "events" in run("audit", "verify").output


def test_revoke_and_replace_kill_the_old_code(demonstration: Path, run: Run) -> None:
    (one, other) = _sheets(run("pseudonyms", "issue", *AT, "--count", "2"))
    for sheet, _ in (one, other):
        run("pseudonyms", "activate", *AT, "--sheet", sheet, "--day-zero", _today())
    assert _usable(demonstration, one[1])
    run("pseudonyms", "revoke", *AT, "--sheet", one[0])
    assert not _usable(demonstration, one[1])
    ((_, new),) = _sheets(run("pseudonyms", "replace", *AT, "--sheet", other[0]))
    assert not _usable(demonstration, other[1])
    assert _usable(demonstration, new)


def test_codes_stand_nowhere_in_the_instance(demonstration: Path, run: Run) -> None:
    sheets = _sheets(run("pseudonyms", "issue", *AT, "--count", "3"))
    for path in demonstration.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            for _, code in sheets:
                assert code.encode() not in raw
                assert code.replace(" ", "").encode() not in raw


def test_the_ledger_is_checkpointed_and_a_change_is_found(demonstration: Path, run: Run) -> None:
    assert "segments are signed" in run("audit", "checkpoint").output
    assert "checkpoints are in order" in run("audit", "verify").output
    with sqlite3.connect(demonstration / "portal.sqlite3") as thief:
        triggers = thief.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in triggers:
            thief.execute(f'DROP TRIGGER "{name}"')
        thief.execute("UPDATE ledger SET actor = 'nobody' WHERE number = 1")
    thief.close()
    told = run("audit", "verify", code=1).stderr
    assert "is not what was written" in told
    assert told.endswith("Error: The ledger is not as it was written.\n")
