"""The professionals' process, its traces and its rights: nothing in them reads an answer."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from qol.adapters.crypto.keyfolder import KeyFolder, read_key_file
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.cli.demonstration.making import SITE
from qol.cli.demonstration.ward import fill_ward
from qol.domain.administration import Context
from qol.domain.errors import EnvelopeError, KeyFolderError
from tests.instance import TOP, Instance, make
from tests.integration.attack import professional
from tests.integration.attack.forms import files_below, holds_answers, holds_code, opened_cookie
from tests.integration.attack.professional import Professional

NEVER = (
    "qol.adapters.crypto.opening",
    "qol.adapters.crypto.keys",
    "qol.adapters.crypto.checkpoints",
    "qol.adapters.crypto.copies",
    "qol.adapters.db.store_lab",
    "qol.adapters.db.lab_records",
    "qol.adapters.db.lab_subjects",
    "qol.adapters.db.checkpoints",
    "qol.adapters.exports",
    "qol.usecases.lab",
    "qol.usecases.upkeep",
    "qol.web.lab",
    "qol.web.patient",
    "qol.bootstrap.cli",
    "qol.bootstrap.lab",
    "qol.bootstrap.patient",
    "qol.cli",
    "weasyprint",
    "pyrage",
    "pytest",
)
ACTS = {
    "pseudonym.handed_over",
    "slips.printed",
    "pseudonym.replaced",
    "administration.deposited",
    "work_list.read",
    "subject.read",
    "consultation.opened",
    "transcription.opened",
    "timepoint.not_done",
    "follow_up.ended",
    "wrong_patient.reported",
    "device.handed_over",
}


@dataclass
class Day:
    """A day's work, and all that anybody could have taken from it."""

    instance: Instance
    here: Professional
    modules: list[str]
    copy: Path
    log: Path


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Day]:
    """Every act of a professional, then a thief's copy of everything."""
    folder = tmp_path_factory.mktemp("professional")
    instance, log, copy = make(folder / "instance"), folder / "log", folder / "copy"
    with instance.shop.store().reading() as unit:
        programme = unit.versions("demonstration")[-1].programme
    fill_ward(instance.shop, programme, SITE)
    child = professional.running(instance, log)
    try:
        assert child.stdout
        port = child.stdout.readline().strip()
        assert port, log.read_text("utf-8")
        here = professional.every_act(instance, f"http://127.0.0.1:{port}")
        loaded = professional.modules(child)
        # While the face runs, so that the write-ahead log is there to be stolen.
        shutil.copytree(instance.folder, copy)
    finally:
        child.terminate()
        child.communicate(timeout=20)
    yield Day(instance, here, loaded, copy, log)
    instance.close()


def asked(day: Day, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(day.copy / "portal.sqlite3")) as connection:
        return list(connection.execute(sql))


def test_nothing_that_opens_is_in_the_process(day: Day) -> None:
    assert {"qol.web.hcp.paper", "qol.adapters.crypto.sealing", "app"} <= set(day.modules)
    found = [m for m in day.modules if any(m == n or m.startswith(f"{n}.") for n in NEVER)]
    assert found == []


def test_a_planted_module_is_seen(day: Day, tmp_path: Path) -> None:
    child = professional.running(day.instance, tmp_path / "log", "qol.adapters.crypto.opening")
    try:
        assert child.stdout
        assert child.stdout.readline().strip()
        assert "qol.adapters.crypto.opening" in professional.modules(child)
    finally:
        child.terminate()
        child.communicate(timeout=20)


def test_every_name_of_the_list_that_is_ours_exists() -> None:
    for name in NEVER:
        path = Path(TOP, *name.split("."))
        assert not name.startswith("qol.") or path.is_dir() or path.with_suffix(".py").is_file()


def envelopes(day: Day) -> list[tuple[bytes, Context]]:
    rows = asked(
        day,
        "SELECT envelope, a.id, s.reference, a.programme, a.timepoint, r.hash"
        " FROM administration a JOIN subject s ON s.id = a.subject_id"
        " JOIN release r ON r.id = a.release_id JOIN entry e ON e.administration_id = a.id",
    )
    return [(row[0], Context(*row[1:])) for row in rows]


def opens(folder: Path, day: Day) -> int:
    """How many of the entered envelopes the keys of a folder open."""
    opener, opened = EnvelopeOpener(KeyFolder(folder, folder.name, demonstration=True)), 0
    for envelope, context in envelopes(day):
        try:
            opener.open(envelope, context)
        except (EnvelopeError, KeyFolderError):
            continue
        opened += 1
    return opened


def test_no_key_of_the_face_opens_what_it_entered(day: Day) -> None:
    assert len(envelopes(day)) >= 2
    assert opens(day.copy / "keys" / "hcp", day) == 0
    assert opens(day.copy / "keys" / "lab", day) == len(envelopes(day))
    purposes = {read_key_file(path).purpose for path in (day.copy / "keys" / "hcp").glob("*.key")}
    assert not any("private" in str(purpose) for purpose in purposes)


def test_each_act_is_in_the_ledger_and_none_names_a_code(day: Day) -> None:
    rows = asked(day, "SELECT act, actor, reference, detail FROM ledger")
    by_ana = [row for row in rows if str(row[1]).startswith("staff:")]
    assert {row[0] for row in by_ana} >= ACTS
    text = json.dumps(rows, default=str).encode()
    assert [code for code in day.here.codes if holds_code(text, code)] == []


def heaps(day: Day) -> dict[str, bytes]:
    found = files_below(day.copy)
    found["log"] = day.log.read_bytes()
    found["addresses"] = "\n".join(day.here.addresses).encode()
    found["pages"] = "\n".join(day.here.pages).encode()
    cookies = [cookie.value or "" for cookie in day.here.browser.jar]
    found["cookies"] = b"\n".join(opened_cookie(value) for value in cookies if value)
    return found


def test_no_code_stands_anywhere_once_it_is_printed(day: Day) -> None:
    assert len(set(day.here.codes)) == 5
    found = [
        (name, form)
        for name, heap in heaps(day).items()
        for code in day.here.codes
        for form in holds_code(heap, code)
    ]
    assert found == []
    assert holds_code(day.here.codes[0].lower().encode(), day.here.codes[0])


def test_no_answer_stands_anywhere(day: Day) -> None:
    stored = {name: heap for name, heap in heaps(day).items() if name != "pages"}
    found = [
        (name, pair)
        for name, heap in stored.items()
        for given in day.here.answers
        for pair in holds_answers(heap, given)
    ]
    assert found == []
    planted = json.dumps({name: int(code) for name, code in day.here.answers[0].items()})
    assert len(holds_answers(planted.encode(), day.here.answers[0])) == len(day.here.answers[0])
