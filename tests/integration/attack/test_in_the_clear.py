"""Nothing in the clear: no code in any encoding, no item=code pair, in any trace of a run."""

from __future__ import annotations

import base64
import json
import sqlite3
from pathlib import Path

import pytest

from tests.integration.attack.conftest import Run
from tests.integration.attack.forms import (
    encodings,
    files_below,
    holds_answers,
    holds_code,
    opened_cookie,
)

STORES = ("portal.sqlite3", "portal.sqlite3-wal", "volatile.sqlite3", "volatile.sqlite3-wal")


def _cookies(run: Run) -> bytes:
    values = [line.split(";")[0].partition("=")[2] for line in run.seen.cookies]
    return b"\n".join(opened_cookie(value) for value in values if value)


@pytest.fixture(scope="session")
def heaps(run: Run) -> dict[str, bytes]:
    """Every place, by name; the patient's key folder and the rest of the instance too."""
    found = files_below(run.copy)
    found["log"] = run.log.read_bytes()
    found["addresses"] = "\n".join(run.seen.addresses).encode()
    found["cookies"] = _cookies(run)
    return found


def test_the_run_left_traces_everywhere(run: Run, heaps: dict[str, bytes]) -> None:
    names = {Path(name).name for name in heaps}
    assert set(STORES) <= names
    assert heaps[str(run.copy / "portal.sqlite3-wal")]
    log = heaps["log"].decode()
    assert "POST /fr/send/1" in log
    assert "an error nobody foresaw" in log
    assert "cannot be reached (a test)" in log
    assert len(run.seen.addresses) > 50
    assert len(run.seen.cookies) > 10
    assert b"csrf_token" in heaps["cookies"]
    assert min(len(given) for given in run.answers) >= 20


def test_no_code_stands_anywhere(run: Run, heaps: dict[str, bytes]) -> None:
    found = {
        (name, form)
        for name, heap in heaps.items()
        for code in run.codes
        for form in holds_code(heap, code)
    }
    assert found == set()


def test_no_answer_stands_anywhere(run: Run, heaps: dict[str, bytes]) -> None:
    found = {
        (name, pair)
        for name, heap in heaps.items()
        for given in run.answers
        for pair in holds_answers(heap, given)
    }
    assert found == set()


def test_no_column_holds_a_code_or_an_answer(run: Run) -> None:
    with sqlite3.connect(run.copy / "portal.sqlite3") as connection:
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        tables = [row[0] for row in listed]
        rows = [row for name in tables for row in connection.execute(f'SELECT * FROM "{name}"')]
    connection.close()
    cells = [cell for row in rows for cell in row if isinstance(cell, str | bytes)]
    heap = b"\n".join(cell.encode() if isinstance(cell, str) else cell for cell in cells)
    assert b"self_online" in heap
    assert [code for code in run.codes if holds_code(heap, code)] == []
    assert [given for given in run.answers if holds_answers(heap, given)] == []


# --- positive control: what would be found --------------------------------------------------------


def test_a_planted_code_is_found_in_every_encoding(run: Run) -> None:
    code = run.codes[0]
    for form in encodings(code):
        assert holds_code(b"before " + form + b" after", code)
    for before in ("", "x", "xy", "xyz", "wxyz"):
        within = f"{before}{code}zz".encode()
        assert holds_code(base64.b64encode(within), code)
        assert holds_code(base64.b32encode(within), code)
    assert not holds_code(b"K7F3 9QXM 2D4TB", code)


def test_planted_answers_are_found_however_they_are_written(run: Run) -> None:
    given = run.answers[0]
    typed = {name: code for name, code in given.items() if code.isdigit()}
    sealed = {name: int(code) for name, code in typed.items()}
    for text in (
        json.dumps(sealed),
        json.dumps({name: {"code": code} for name, code in sealed.items()}, indent=1),
        "&".join(f"q.{name}={code}" for name, code in typed.items()),
        "&".join(f"q.{name}%3D{code}" for name, code in typed.items()),
        repr(sealed),
        repr([("q." + name, code) for name, code in typed.items()]),
    ):
        assert len(holds_answers(text.encode(), typed)) == len(typed), text
        assert len(holds_answers(text.encode("utf-16"), typed)) == len(typed)


def test_a_planted_row_is_found_in_a_copy_of_the_database(run: Run, tmp_path: Path) -> None:
    planted = tmp_path / "planted.sqlite3"
    with sqlite3.connect(run.copy / "portal.sqlite3") as source, sqlite3.connect(planted) as target:
        source.backup(target)
        name, code = next((n, c) for n, c in run.answers[0].items() if c.isdigit())
        columns = "(segment, number, at, act, actor, reference, detail, hash)"
        target.execute(
            f"INSERT INTO ledger {columns} VALUES ('s', 1, '', 'a', ?, '', ?, x'00')",
            (run.codes[0].lower(), json.dumps({name: int(code)})),
        )
    source.close()
    target.close()
    heap = planted.read_bytes()
    assert holds_code(heap, run.codes[0])
    assert holds_answers(heap, {name: code})
