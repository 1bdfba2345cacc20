"""Corrections with the real keys: sealed anew, readable by the laboratory, nothing in the clear."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from qol.adapters.crypto.keyfolder import KeyFolder
from qol.adapters.crypto.keys import generate_installation, generate_year
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.adapters.crypto.public_keys import load_public_keys
from qol.adapters.crypto.sealing import EnvelopeSealer
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_records import SqlRecordsStore
from qol.bootstrap.drawing import drawn
from qol.bootstrap.lab_records import assembled
from qol.domain.administration import Body, Context
from qol.domain.answers import Code
from qol.domain.errors import KeyAbsentError
from qol.domain.records import CorrectionReason, Source
from qol.usecases.lab.opened_record import Unreadable
from qol.usecases.lab.records.acts import RecordActs
from qol.usecases.lab.records.correct import Correction
from qol.usecases.lab.records.resealing import Resealing
from tests.integration.db.stock import EVENT, Place
from tests.lab_records_face import DEMO, answers, record
from tests.unit.usecases.lab_fakes import SeededDice

ITEM = DEMO.instrument.items[0].code
ROW = record(1, 1, DEMO)
SUBJECT = "S" + "1".zfill(25)


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The keys of 2026, made once, and the fingerprints of their public halves."""
    place = tmp_path_factory.mktemp("sealed")
    root, escrow = place / "instance" / "keys", place / "escrow"
    escrow.mkdir()
    generate_installation(root, demonstration=False)
    year = generate_year(root, "demo", 2026, escrow)
    return root / "lab", {half.key_id: half.sha256 for half in (year.operating, year.escrow)}


@pytest.fixture
def folder(keys: tuple[Path, dict[str, str]], tmp_path: Path) -> KeyFolder:
    """A copy of the laboratory's folder, which a test may spoil."""
    root = tmp_path / "instance" / "keys" / "lab"
    shutil.copytree(keys[0], root)
    return KeyFolder(root, "lab")


@pytest.fixture
def acts(place: Place, folder: KeyFolder, keys: tuple[Path, dict[str, str]]) -> RecordActs:
    """The acts with real keys, and one sealed record."""
    sealer = EnvelopeSealer(load_public_keys(folder, keys[1]))
    body = Body(answers(DEMO), DEMO.wording.language)
    context = Context(ROW.id, SUBJECT, "demo", "t0", DEMO.hash)
    sealed = sealer.seal("demo", 2026, body.canonical(), context)
    with place.hcp().writing() as unit:
        unit.add(
            replace(
                ROW,
                envelope=sealed.envelope,
                key_id=sealed.key_id,
                escrow_key_id=sealed.escrow_key_id,
            )
        )
        unit.commit(EVENT)
    dice = SeededDice()
    store = SqlRecordsStore(place.lab().database, drawn, Recorder(place.clock, dice))
    return assembled(store, Resealing(EnvelopeOpener(folder), sealer, dice), place.clock)


def correction(attempt: str, code: int) -> Correction:
    reason, source = CorrectionReason.RECTIFICATION, Source.PATIENT_REQUEST
    return Correction(attempt, {ITEM: Code(code)}, reason, source)


def test_every_version_opens_and_none_lies_in_the_clear(acts: RecordActs, place: Place) -> None:
    current = ROW.id
    for number, code in enumerate((2, 3, 4)):
        acts.correct("demo", "staff:lena", current, correction(f"a{number}", code))
        trail = acts.read_record("demo", "staff:lena", ROW.id).trail
        current = trail[-1].successor or ""
    versions = [ROW.id, *(one.successor or "" for one in trail)]
    for version, code in zip(versions, (1, 2, 3, 4), strict=True):
        body = acts.read_record("demo", "staff:lena", version).opened.body
        assert body is not None
        assert body.answers[ITEM] == Code(code)
    states = [row[0] for row in place.ask("SELECT state FROM administration ORDER BY state")]
    assert states == ["corrected"] * 3 + ["current"]
    stored = b""
    for table in ("administration", "record_change", "ledger", "entry", "mixup_decision"):
        for row in place.ask(f"SELECT * FROM {table}"):
            cells = (bytes(one) if isinstance(one, memoryview) else one for one in row)
            stored += b"|".join(c if isinstance(c, bytes) else str(c).encode() for c in cells)
    assert SUBJECT.encode() in stored  # the search looks where something is
    for item in DEMO.instrument.items:
        assert item.code.encode() not in stored


def test_a_destroyed_year_is_told_and_cannot_be_corrected(
    acts: RecordActs, folder: KeyFolder, place: Place
) -> None:
    gone = [path for path in folder.path.iterdir() if "deposit" in path.name]
    private = [path for path in gone if "private" in path.name]
    assert private, [path.name for path in folder.path.iterdir()]
    for path in private:
        path.unlink()
    shown = acts.read_record("demo", "staff:lena", ROW.id)
    assert (shown.opened.body, shown.opened.why) == (None, Unreadable.KEY)
    with pytest.raises(KeyAbsentError):
        acts.correct("demo", "staff:lena", ROW.id, correction("a1", 2))
    assert place.ask("SELECT state FROM administration") == [("current",)]


def test_a_version_put_under_another_subject_does_not_open(acts: RecordActs, place: Place) -> None:
    place.ask("UPDATE administration SET subject_id = 2")
    assert acts.read_record("demo", "staff:lena", ROW.id).opened.why is Unreadable.BODY
