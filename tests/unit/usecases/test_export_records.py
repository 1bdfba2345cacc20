from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from qol.domain.administration import Administration, Body, Mode
from qol.domain.answers import settled
from qol.domain.audit import Act
from qol.domain.errors import NotAllowedError
from qol.domain.instrument import Release
from qol.domain.schedule import InForce
from qol.usecases.lab.export_records import ExportRecords, Purpose
from qol.usecases.lab.opened_record import OpenedRecord
from qol.usecases.lab.ports import StoredRecord
from tests import builders
from tests.unit.usecases.lab_fakes import FakeLabStore, LabState, PlainOpener

RELEASE = builders.releases()[0]


def _record(number: int, envelope: bytes | None = None) -> StoredRecord:
    body = Body(settled(RELEASE.instrument, {}), "fr").canonical()
    row = Administration(
        id=f"adm{number}",
        subject_id=1,
        programme="demo",
        programme_version=1,
        timepoint="t0",
        instrument=RELEASE.instrument.id,
        release_id=RELEASE.id,
        mode=Mode.SELF_ONLINE,
        received_at=datetime(2026, 11, 22, tzinfo=UTC),
        visit="v",
        envelope=body if envelope is None else envelope,
        key_id="k",
        escrow_key_id="e",
    )
    return StoredRecord(row, f"subject{number}", "A")


def _store(*records: StoredRecord) -> FakeLabStore:
    version = InForce(builders.programme(), datetime(2026, 1, 1, tzinfo=UTC).date())
    state = LabState(versions=[version], releases=builders.releases(), records=list(records))
    return FakeLabStore(state)


def _keeping(
    taken: list[OpenedRecord],
) -> Callable[[tuple[Release, ...]], Callable[[OpenedRecord], None]]:
    return lambda _: taken.append


def test_every_record_is_opened_scored_and_counted() -> None:
    store, opener, taken = _store(_record(1), _record(2)), PlainOpener(), list[OpenedRecord]()
    exported = ExportRecords(store, opener)("demo", Purpose.MONITORING, "lena", _keeping(taken))
    assert (exported.count, exported.unreadable) == (2, ())
    assert [record.stored.subject_reference for record in taken] == ["subject1", "subject2"]
    assert {s.scale for s in taken[0].scores} == {s.code for s in RELEASE.instrument.scales}
    assert opener.asked[0].release == RELEASE.hash
    event = store.state.events[-1]
    assert event.act is Act.RECORDS_EXPORTED
    assert event.detail == {"purpose": "monitoring", "count": 2, "complete": 1}


@pytest.mark.parametrize("envelope", [b"broken", b"not json", b"[]", b'{"v":2}'])
def test_a_record_that_does_not_open_is_said_and_stops_no_other(envelope: bytes) -> None:
    store, taken = _store(_record(1, envelope), _record(2)), list[OpenedRecord]()
    export = ExportRecords(store, PlainOpener())
    exported = export("demo", Purpose.MONITORING, "lena", _keeping(taken))
    assert exported.unreadable == ("adm1",)
    assert [record.body is None for record in taken] == [True, False]


def test_what_was_read_leaves_its_event_when_writing_fails() -> None:
    store = _store(_record(1), _record(2))

    def full(_: OpenedRecord) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        ExportRecords(store, PlainOpener())("demo", Purpose.MONITORING, "lena", lambda _: full)
    assert store.state.events[-1].detail == {"purpose": "monitoring", "count": 1, "complete": 0}


def test_an_unknown_programme_is_refused() -> None:
    with pytest.raises(NotAllowedError):
        ExportRecords(_store(), PlainOpener())("no", Purpose.MONITORING, "lena", _keeping([]))


def test_paying_sites_is_no_purpose() -> None:
    assert not {"compensation", "payment", "indemnity"} & {purpose.value for purpose in Purpose}


def test_a_record_of_a_release_that_is_gone_is_said() -> None:
    record = _record(1)
    gone = replace(record, administration=replace(record.administration, release_id=99))
    taken: list[OpenedRecord] = []
    export = ExportRecords(_store(gone), PlainOpener())
    with pytest.raises(NotAllowedError, match="release 99"):
        export("demo", Purpose.MONITORING, "lena", _keeping(taken))
