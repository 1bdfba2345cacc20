"""With real keys: nothing keyed is in the clear, and a keying never passes for an answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qol.adapters.crypto.keyfolder import KeyFolder
from qol.adapters.crypto.keys import generate_installation, generate_year
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.adapters.crypto.public_keys import load_public_keys
from qol.adapters.crypto.sealing import EnvelopeSealer
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_mail import SqlMailStore
from qol.bootstrap import lab_mail_room
from qol.bootstrap.drawing import drawn
from qol.domain.administration import Context
from qol.domain.errors import EnvelopeError
from qol.domain.keying import Cause, Choice
from qol.domain.mail_room import SheetState
from qol.usecases.lab.export_records import ExportRecords, Purpose
from qol.web.lab.mail_room.acts import MailRoom
from tests.integration.db.stock import Place, config_of, stock
from tests.integration.db.test_mail_room import RELEASE, FirstSubject, body, envelope
from tests.migrated import fresh_file
from tests.unit.usecases.lab_fakes import SeededDice


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[tuple[MailRoom, Place, EnvelopeOpener]]:
    """A mail room with its own keys on SQLite, and what opens."""
    keys, escrow = tmp_path / "instance" / "keys", tmp_path / "escrow"
    escrow.mkdir()
    generate_installation(keys, demonstration=False)
    year = generate_year(keys, "demo", 2026, escrow)
    folder = KeyFolder(keys / "lab", "lab")
    prints = {half.key_id: half.sha256 for half in (year.operating, year.escrow)}
    sealer = EnvelopeSealer(load_public_keys(folder, prints))
    opener = EnvelopeOpener(folder)
    url = fresh_file(tmp_path)
    place = Place(url, tmp_path)
    with place.lab().records.writing() as unit:
        stock(unit)
    database = open_database(replace(config_of(url, tmp_path), face="lab"))
    store = SqlMailStore(database, drawn, Recorder(place.clock, SeededDice()))
    parts = (store, sealer, opener, FirstSubject(), place.clock, SeededDice())
    yield lab_mail_room.assembled(lab_mail_room.Parts(*parts)), place, opener
    database.dispose()
    place.close()


def test_the_whole_way_leaves_nothing_in_the_clear_and_opens_as_a_record(
    sealed: tuple[MailRoom, Place, EnvelopeOpener], tmp_path: Path
) -> None:
    room, place, opener = sealed
    part = "q." + RELEASE.instrument.items[0].code
    for attempt in "ab":
        room.register_sheet("demo", "ora", envelope(attempt))
    room.key("demo", "mia", 1, body(), "v" * 26)
    room.key("demo", "noe", 1, body(1), "w" * 26)
    assert room.reconcile("demo", "ivo", 1, {part: Choice.SECOND}, Cause.MISREAD) is (
        SheetState.RECONCILED
    )
    room.key("demo", "mia", 2, body(), "x" * 26)
    raw = b"".join(path.read_bytes() for path in tmp_path.glob("portal.sqlite3*"))
    assert b"sheet:demo/1" in raw, "the ledger is read, so the search below can find something"
    plain = json.loads(body().canonical())
    for code, answer in plain["answers"].items():
        for pair in (f'"{code}":{answer}', f"{code}={answer}", f'"{code}":{json.dumps(answer)}'):
            assert pair.encode() not in raw
    assert b'"answered_on"' not in raw
    read = []
    done = ExportRecords(place.lab().records, opener)(
        "demo", Purpose.QUALITY_CONTROL, "lena", lambda _: read.append
    )
    assert (done.count, done.unreadable) == (1, ())
    assert read[0].body == body(1)
    assert read[0].stored.administration.mode == "paper_post"


def test_a_keying_opens_for_its_own_sheet_and_never_as_a_record(
    sealed: tuple[MailRoom, Place, EnvelopeOpener],
) -> None:
    room, place, opener = sealed
    for attempt in "ab":
        room.register_sheet("demo", "ora", envelope(attempt))
    room.key("demo", "mia", 1, body(), "v" * 26)
    [(reference, raw)] = place.ask("SELECT id, envelope FROM sheet_keying")
    assert isinstance(raw, bytes)
    own = Context(str(reference), f"S{1:025d}", "demo", "sheet:demo/1", RELEASE.hash)
    assert opener.open(raw, own) == body().canonical()
    for moved in (
        replace(own, timepoint="sheet:demo/2"),
        replace(own, timepoint="t0"),
        replace(own, administration="A" * 26),
        replace(own, subject=f"S{2:025d}"),
    ):
        with pytest.raises(EnvelopeError):
            opener.open(raw, moved)
