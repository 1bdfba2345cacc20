"""kill -9 at each named point of the acts on records: versions and events agree; once is once."""

from __future__ import annotations

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_hcp import SqlHcpStore
from qol.bootstrap.drawing import drawn
from qol.domain.audit import Act, AuditEvent
from qol.domain.follow_up import Mixup
from qol.usecases.hcp.ports import Said
from qol.usecases.lab.pseudonyms import Issued
from tests.instance import Browser
from tests.integration.lab_killed import sheets
from tests.integration.lab_killed.laboratory import Form, Lab, again, hidden, killed
from tests.integration.lab_killed.points import POINTS, after_reading, each

SEALED = {"after_sealing": 0, "after_begin": 0, "after_rows": 0, "after_event": 0}
SEALED |= {"after_commit": 1}


def _states(lab: Lab, record: str) -> list[str]:
    """The states of a record's versions, this one first."""
    newer = f"(SELECT successor_id FROM record_change WHERE record_id = '{record}')"
    asked = f"SELECT state FROM administration WHERE id = '{record}' OR id IN {newer}"
    return [str(state) for (state,) in lab.ask(f"{asked} ORDER BY received_at")]


@each(after_reading(SEALED))
def test_a_record_is_corrected_once(lab: Lab, point: str, left: int) -> None:
    record, act = sheets.record_of(lab, sheets.deposited(lab)), ["record.corrected"]
    item = sheets.release_of(lab).instrument.items[0]

    def draw(browser: Browser) -> Form:
        path = f"/fr/records/{record}/correct"
        given = {f"q.{item.code}": str(item.codes[1]), "reason": "entry_error"}
        return path, hidden(browser, path) | given | {"source": "paper_original"}

    form, kept = killed(lab, "lena", point, draw)
    assert kept == act[:left]
    assert len(_states(lab, record)) == 1 + left
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (303, act)
    assert sorted(_states(lab, record)) == ["corrected", "current"]


def _mark(browser: Browser, record: str, act: str, reason: str) -> Form:
    path = f"/fr/records/{record}"
    return f"{path}/{act}", hidden(browser, path) | {"reason": reason}


@each(POINTS)
def test_a_record_is_frozen_once(lab: Lab, point: str, left: int) -> None:
    record, act = sheets.record_of(lab, sheets.deposited(lab)), ["record.frozen"]
    form, kept = killed(lab, "lena", point, lambda one: _mark(one, record, "freeze", "objection"))
    assert kept == act[:left]
    assert _states(lab, record) == ["frozen" if left else "current"]
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (303, act)
    assert _states(lab, record) == ["frozen"]


@each(POINTS)
def test_a_record_is_lifted_once(lab: Lab, point: str, left: int) -> None:
    record, act = sheets.record_of(lab, sheets.deposited(lab)), ["record.lifted"]
    again(lab, "lena", _mark(lab.at("lena"), record, "freeze", "objection"))
    reason = "request_withdrawn"
    form, kept = killed(lab, "lena", point, lambda one: _mark(one, record, "lift", reason))
    assert kept == act[:left]
    assert _states(lab, record) == ["current" if left else "frozen"]
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (303, act)
    assert _states(lab, record) == ["current"]


def _reported(lab: Lab, whose: Issued) -> tuple[str, str]:
    """Let a professional say that a sheet's answers are another person's; record and page."""
    shop = lab.instance.shop
    record = sheets.record_of(lab, sheets.deposited(lab, whose))
    asked = "SELECT subject_id, timepoint, reference FROM administration JOIN subject"
    asked += f" ON subject.id = subject_id WHERE administration.id = '{record}'"
    [(subject, timepoint, reference)] = lab.ask(asked)
    said = Said(lab.actor("ana"), shop.clock.now())
    database = open_database(shop.config)
    with SqlHcpStore(database, drawn, Recorder(shop.clock, shop.dice)).writing() as unit:
        unit.report_mixup(int(str(subject)), str(timepoint), Mixup.SLIPS_SWAPPED, said)
        unit.commit(AuditEvent(Act.WRONG_PATIENT_REPORTED, said.actor, f"subject:{reference}"))
    database.dispose()
    return record, f"/fr/reports/{reference}/{timepoint}"


@each(POINTS)
def test_a_report_freezes_once(lab: Lab, point: str, left: int) -> None:
    (record, page), act = _reported(lab, sheets.followed(lab)), ["wrong_patient.decided"]
    chosen = {"decision": "frozen", "sheet": ""}
    form, kept = killed(lab, "lena", point, lambda one: (page, hidden(one, page) | chosen))
    assert kept == act[:left]
    assert _states(lab, record) == ["frozen" if left else "current"]
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (303, act)
    assert _states(lab, record) == ["frozen"]


@each(POINTS)
def test_a_report_is_dismissed_once(lab: Lab, point: str, left: int) -> None:
    (record, page), act = _reported(lab, sheets.followed(lab)), ["wrong_patient.decided"]
    chosen = {"decision": "dismissed", "sheet": ""}
    form, kept = killed(lab, "lena", point, lambda one: (page, hidden(one, page) | chosen))
    assert kept == act[:left]
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (303, act)
    assert _states(lab, record) == ["current"]


@each(SEALED)
def test_answers_of_two_are_exchanged_once(lab: Lab, point: str, left: int) -> None:
    other, act = sheets.followed(lab), ["wrong_patient.decided"]
    theirs = sheets.record_of(lab, sheets.deposited(lab, other))
    record, page = _reported(lab, sheets.followed(lab))
    chosen = {"decision": "exchanged", "sheet": other.sheet_number}
    form, kept = killed(lab, "lena", point, lambda one: (page, hidden(one, page) | chosen))
    assert kept == act[:left]
    assert [len(_states(lab, one)) for one in (record, theirs)] == [1 + left, 1 + left]
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (303, act)
    for one in (record, theirs):
        assert sorted(_states(lab, one)) == ["corrected", "current"]


@each(SEALED)
def test_answers_go_to_their_person_once(lab: Lab, point: str, left: int) -> None:
    right, act = sheets.followed(lab), ["wrong_patient.decided"]
    record, page = _reported(lab, sheets.followed(lab))
    chosen = {"decision": "reassigned", "sheet": right.sheet_number}
    form, kept = killed(lab, "lena", point, lambda one: (page, hidden(one, page) | chosen))
    assert kept == act[:left]
    assert len(_states(lab, record)) == 1 + left
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (303, act)
    assert sorted(_states(lab, record)) == ["corrected", "current"]
