"""What is not approved, or whose licence has ended, begins no visit; one under way goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from qol.domain.programme import Programme
from tests import builders
from tests.patient_face import Here
from tests.web.patient.journey import enter, fill

LAST = date(2026, 11, 22)
BEFORE_MIDNIGHT = datetime(2026, 11, 22, 22, 59, tzinfo=UTC)  # 23:59 in Paris


def licensed(here: Here, *names: str) -> None:
    """Let the licence of these questionnaires end on the last day."""
    here.store.releases = tuple(
        replace(one, licence_ends=LAST) if one.instrument.id in names else one
        for one in here.store.releases
    )


def real(here: Here) -> Programme:
    """Make the programme a real one, whose releases need approval."""
    made = replace(builders.programme(("pain-nrs",)), demonstration=False)
    here.store.versions = builders.in_force(made)
    return made


def test_a_licence_ends_with_its_last_day_in_the_programmes_time_zone(here: Here) -> None:
    licensed(here, *builders.BATTERY)
    here.clock.at = BEFORE_MIDNIGHT
    assert enter(here.client(), here.code.reveal()).location == "/fr/start"
    here.clock.move(minutes=2)
    answer = enter(here.client(), here.code.reveal())
    assert answer.status_code == 200
    assert "ne peut pas être rempli en ce moment" in answer.text
    assert "Ce n’est pas votre faute" in answer.text
    assert 'value=""' in answer.text
    english = enter(here.client(), here.code.reveal(), "en").text
    assert "cannot be filled in at the moment. It is not your fault" in english
    assert here.store.rows == []
    assert here.store.events == []


def test_what_else_is_due_is_offered(here: Here) -> None:
    licensed(here, "demo-qol")
    here.clock.at = BEFORE_MIDNIGHT
    here.clock.move(minutes=2)
    client = here.client()
    assert enter(client, here.code.reveal()).location == "/fr/start"
    assert client.get("/fr/questions/1").status_code == 200
    assert client.get("/fr/questions/2").status_code == 404
    assert fill(client, here.store.releases[2].instrument).status_code == 303
    assert [row.instrument for row in here.store.rows] == ["pain-nrs"]


def test_a_visit_that_began_before_the_end_keeps_its_forms(here: Here) -> None:
    licensed(here, *builders.BATTERY)
    here.clock.at = BEFORE_MIDNIGHT
    client = here.client()
    enter(client, here.code.reveal())
    here.clock.move(minutes=30)
    assert fill(client, here.store.releases[0].instrument).status_code == 303
    assert fill(client, here.store.releases[2].instrument, 2).status_code == 303
    assert [row.instrument for row in here.store.rows] == list(builders.BATTERY)


def test_nothing_due_is_said_as_before(here: Here) -> None:
    licensed(here, *builders.BATTERY)
    here.clock.at = datetime(2026, 12, 8, 9, tzinfo=UTC)
    assert "17 décembre 2026" in enter(here.client(), here.code.reveal()).text


def test_what_is_not_approved_reaches_no_patient(here: Here) -> None:
    real(here)
    answer = enter(here.client(), here.code.reveal())
    assert "ne peut pas être rempli en ce moment" in answer.text
    here.store.releases = tuple(replace(one, approved=True) for one in here.store.releases)
    assert enter(here.client(), here.code.reveal()).location == "/fr/start"


def test_what_is_not_validated_reaches_no_patient_even_approved(here: Here) -> None:
    here.store.versions = builders.in_force(
        replace(builders.programme(("demo-qol",)), demonstration=False)
    )
    here.store.releases = tuple(replace(one, approved=True) for one in here.store.releases)
    answer = enter(here.client(), here.code.reveal())
    assert "ne peut pas être rempli en ce moment" in answer.text


@pytest.mark.parametrize("approved", ["fr", "en"])
def test_only_the_approved_language_is_shown(here: Here, approved: str) -> None:
    real(here)
    here.store.releases = tuple(
        replace(one, approved=one.wording.language == approved) for one in here.store.releases
    )
    client = here.client()
    enter(client, here.code.reveal())
    for language in ("fr", "en"):
        page = client.get(f"/{language}/questions/1").text
        assert f'<h1 class="title" lang="{approved}"' in page
