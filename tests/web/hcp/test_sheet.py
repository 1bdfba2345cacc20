"""What may be said of a sheet: not done, ended, another person's; and that all of it is traced."""

from __future__ import annotations

import json

import pytest

from qol.domain.follow_up import Reason
from tests.cast import ANA
from tests.hcp_face import Ward, post
from tests.integration.db.stock import EVENT, SLOT, administration
from tests.web.patient.journey import token

SHEET = "/fr/sheets/00001"


def deposit(ward: Ward) -> None:
    with ward.place.patient().records.writing() as unit:
        unit.add(administration(1, 1, SLOT))
        unit.commit(EVENT)


def twice(ward: Ward, path: str, **data: str) -> list[int]:
    client = ward.client(ANA)
    sent = {"csrf_token": token(client.get(path).text)} | data
    return [client.post(path, data=sent).status_code for _ in range(2)]


def test_the_list_shows_what_is_due_late_and_done(ward: Ward) -> None:
    client = ward.client(ANA)
    assert 'class="tag due"' in client.get("/fr/").text
    deposit(ward)
    assert "1 sur 2 reçus" in client.get("/fr/follow-up").text
    ward.clock.move(days=20)
    late = ward.client(ANA)
    assert 'class="tag late"' in late.get("/fr/").text
    assert "4 décembre" in late.get("/fr/").text


@pytest.mark.parametrize("reason", Reason)
def test_a_visit_that_was_not_done_leaves_the_list_with_its_reason(
    ward: Ward, reason: Reason
) -> None:
    path = f"{SHEET}/not-done/t0"
    assert twice(ward, path, reason=reason.value) == [303, 409]
    client = ward.client(ANA)
    assert 'class="tag due"' not in client.get("/fr/").text
    assert ward.desk.catalogues["fr"][f"hcp.reason.{reason}"] in client.get(SHEET).text
    [(_, actor, _, detail)] = ward.ledger("timepoint.not_done")
    assert (actor, json.loads(str(detail))) == (
        f"staff:{ANA.reference}",
        {"timepoint": "t0", "reason": reason.value},
    )


def test_an_answer_that_follows_counts(ward: Ward) -> None:
    post(ward.client(ANA), f"{SHEET}/not-done/t0", reason="logistics")
    deposit(ward)
    assert "Reçu le" not in ward.client(ANA).get(SHEET).text  # one of two
    with ward.place.patient().records.writing() as unit:
        unit.add(administration(2, 1, type(SLOT)("t0", "pain-nrs")))
        unit.commit(EVENT)
    assert "Reçu le" in ward.client(ANA).get(SHEET).text


@pytest.mark.parametrize("path", ["not-done/t0", "end", "wrong-patient"])
@pytest.mark.parametrize("reason", ["", "because he told me so"])
def test_a_reason_is_one_of_the_list(ward: Ward, path: str, reason: str) -> None:
    deposit(ward)
    client = ward.client(ANA)
    answer = post(client, f"{SHEET}/{path}", reason=reason, timepoint="t0")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert reason not in answer.text or not reason
    for table in ("not_done", "follow_up_end", "mixup_report"):
        assert ward.place.ask(f"SELECT count(*) FROM {table}") == [(0,)]


def test_what_is_not_waited_for_cannot_be_not_done(ward: Ward) -> None:
    client = ward.client(ANA)
    assert client.get(f"{SHEET}/not-done/nowhere").status_code == 404
    for timepoint in ("m1", "nowhere"):
        sent = {"csrf_token": token(client.get("/fr/").text), "reason": "refused"}
        assert client.post(f"{SHEET}/not-done/{timepoint}", data=sent).status_code == 409
    assert ward.ledger("timepoint.not_done") == []


def test_an_ended_follow_up_waits_for_nothing_and_its_code_is_dead(ward: Ward) -> None:
    assert twice(ward, f"{SHEET}/end", reason="died") == [303, 409]
    client = ward.client(ANA)
    assert "00001" not in client.get("/fr/").text
    page = client.get(SHEET).text
    assert "Suivi terminé le 22 novembre 2026" in page
    for gone in ("/device", "/replace", "/end", "/consultation"):
        assert f'href="{SHEET}{gone}"' not in page
    with ward.place.patient().records.reading() as unit:
        assert unit.subject_by_digest(ward.codes["00001"].reveal().encode()) is None
    assert len(ward.ledger("follow_up.ended")) == 1


def test_a_wrong_patient_is_reported_and_nothing_is_changed(ward: Ward) -> None:
    deposit(ward)
    before = ward.place.ask("SELECT * FROM administration")
    path = f"{SHEET}/wrong-patient"
    assert twice(ward, path, timepoint="t0", reason="slips_swapped") == [200, 409]
    assert ward.place.ask("SELECT * FROM administration") == before
    [row] = ward.place.ask("SELECT timepoint, reason, actor FROM mixup_report")
    assert row == ("t0", "slips_swapped", f"staff:{ANA.reference}")
    assert len(ward.ledger("wrong_patient.reported")) == 1


def test_what_nobody_deposited_is_nobodys(ward: Ward) -> None:
    client = ward.client(ANA)
    assert "Rien n’a été reçu" in client.get(f"{SHEET}/wrong-patient").text
    sent = {"csrf_token": token(client.get("/fr/").text), "reason": "slips_swapped"}
    answer = client.post(f"{SHEET}/wrong-patient", data=sent | {"timepoint": "t0"})
    assert answer.status_code == 409


READ = {
    "/fr/": "work_list.read",
    "/fr/follow-up": "work_list.read",
    "/fr/hand-over": "work_list.read",
    SHEET: "subject.read",
    f"{SHEET}/slip": "subject.read",
    f"{SHEET}/device": "subject.read",
    f"{SHEET}/end": "subject.read",
    f"{SHEET}/not-done/t0": "subject.read",
    f"{SHEET}/wrong-patient": "subject.read",
    f"{SHEET}/consultation": "consultation.opened",
    f"{SHEET}/consultation/2026-11-22/demo-qol": "consultation.opened",
    f"{SHEET}/paper": "transcription.opened",
    f"{SHEET}/paper/1": "transcription.opened",
}


@pytest.mark.parametrize("path", READ)
def test_reading_is_an_act_too(ward: Ward, path: str) -> None:
    client = ward.client(ANA)
    assert client.get(path).status_code == 200
    [(_, actor, reference, _)] = ward.ledger(READ[path])
    assert actor == f"staff:{ANA.reference}"
    assert reference in {"programme:demo", f"subject:S{'00001':0>25}"}


def test_every_page_of_a_place_is_in_the_list_above(ward: Ward) -> None:
    from tests.contract.staff_table import HCP

    pages = {one.split(" ")[1] for one in HCP if one.startswith("GET ")}
    gaps = ("<number>", "00001"), ("<on>", "2026-11-22"), ("<instrument>", "demo-qol")
    for gap, value in (*gaps, ("<int:release_id>", "1"), ("<timepoint>", "t0")):
        pages = {page.replace(gap, value) for page in pages}
    # "sheets" leads on, "replace" leads on where nothing is to replace.
    silent = {"/sheets", "/sheets/00001/replace"}
    assert {f"/fr{page}" for page in pages - silent} | {"/fr/"} == set(READ)
