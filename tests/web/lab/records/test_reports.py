"""The reports to decide, on the laboratory's face."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.domain.follow_up import Mixup
from qol.usecases.hcp.ports import Said
from tests.cast import LENA
from tests.integration.db.stock import EVENT, NOW
from tests.lab_records_face import IVO, Room

ONE = "/fr/reports/S" + "1".zfill(25) + "/t0"


def decide(client: FlaskClient, **data: str) -> TestResponse:
    """Choose on the report's page and send it."""
    page = client.get(ONE).text
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    return client.post(ONE, data=found | data)


def slots(room: Room) -> list[tuple[object, ...]]:
    """Who holds which instrument."""
    asked = "SELECT subject_id, instrument FROM administration WHERE state = 'current'"
    return sorted(room.place.ask(asked), key=str)


BEFORE: list[tuple[object, ...]] = [(1, "demo-qol"), (1, "pain-nrs"), (2, "demo-qol")]


def test_what_waits_is_listed_and_shown_without_an_answer(room: Room) -> None:
    client = room.client(LENA)
    assert "00001" in client.get("/fr/reports").text
    page = unescape(client.get(ONE).text)
    for fact in ("Deux fiches ont été échangées", "staff:ana", "pain-nrs", "Papier, saisi"):
        assert fact in page
    assert len(room.ledger("wrong_patient.listed", "wrong_patient.read")) == 2


def test_answers_are_exchanged_when_both_sheets_have_some(room: Room) -> None:
    client = room.client(LENA)
    taken = decide(client, decision="reassigned", sheet="2")
    assert (taken.status_code, slots(room)) == (422, BEFORE)
    taken = decide(client, decision="reassigned", sheet="oooo2")  # read as people type it
    assert "déjà des réponses" in unescape(taken.text)
    assert 'value="00002"' in taken.text
    assert decide(client, decision="exchanged", sheet="00002").status_code == 303
    assert slots(room) == [(1, "demo-qol"), (2, "demo-qol"), (2, "pain-nrs")]
    page = unescape(client.get(ONE).text)
    assert "Échangées avec une autre fiche" in page
    assert "<form" not in page.split("<main")[1]
    [(_, _, reference, detail)] = room.ledger("wrong_patient.decided")
    assert reference == "subject:S" + "1".zfill(25)
    assert '"records":3' in str(detail)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Choisissez une décision"),
        ({"decision": "burn"}, "Choisissez une décision"),
        ({"decision": "reassigned", "sheet": "00001"}, "personne d’autre"),
        ({"decision": "reassigned", "sheet": "00003"}, "personne d’autre"),  # nobody's yet
        ({"decision": "exchanged", "sheet": "<b>"}, "personne d’autre"),
        ({"decision": "dismissed", "visit": "x"}, "n’a pas pu être lu"),
    ],
)
def test_a_form_comes_back_and_nothing_moves(room: Room, data: dict[str, str], told: str) -> None:
    answer = decide(room.client(LENA), **data)
    assert (answer.status_code, slots(room)) == (422, BEFORE)
    assert told in unescape(answer.text)


def test_freeze_then_dismiss_and_the_second_person_is_told(room: Room) -> None:
    lena, ivo = room.client(LENA), room.client(IVO)
    assert decide(lena, decision="frozen").status_code == 303
    assert slots(room) == BEFORE[2:]
    page = ivo.get(ONE).text
    assert 'value="frozen"' not in page  # all of it is frozen already
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    assert decide(lena, decision="dismissed").status_code == 303
    assert slots(room) == BEFORE
    late = ivo.post(ONE, data=kept | {"decision": "dismissed"})
    assert (late.status_code, len(room.ledger("wrong_patient.decided"))) == (409, 2)


def test_the_professional_sees_the_place_free_again(room: Room) -> None:
    asked = "UPDATE administration SET state = 'corrected' WHERE subject_id = 2"
    room.place.ask(asked)
    assert decide(room.client(LENA), decision="reassigned", sheet="00002").status_code == 303
    with room.place.patient().records.reading() as unit:
        assert unit.deposited(1) == frozenset()
        assert len(unit.deposited(2)) == 2


def test_a_dismissed_report_is_said_again_and_its_page_tells_of_both(room: Room) -> None:
    lena, ivo = room.client(LENA), room.client(IVO)
    old = dict(
        re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', ivo.get(ONE).text)
    )
    assert decide(lena, decision="dismissed").status_code == 303
    with room.place.hcp().writing() as hcp:
        hcp.report_mixup(1, "t0", Mixup.OTHER_PERSON_ANSWERED, Said("staff:ben", NOW))
        hcp.commit(EVENT)
    listed = lena.get("/fr/reports").text
    assert listed.count(f'href="{ONE}"') == 2
    page = unescape(lena.get(ONE).text)
    for told in (
        "Signalements précédents",
        "Deux fiches ont été échangées",
        "staff:ben",
        "staff:ana",
    ):
        assert told in page
    late = ivo.post(ONE, data=old | {"decision": "frozen"})
    assert (late.status_code, slots(room)) == (409, BEFORE)  # he looked at the one before
    assert decide(ivo, decision="frozen").status_code == 303
    assert slots(room) == BEFORE[2:]
    [first, second] = room.ledger("wrong_patient.decided")
    assert '"report"' not in str(first)
    assert '"report":2' in str(second)
