"""Sessions that Pro Santé Connect opened: how long they last, what ends them, what is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.cast import ANA, BEN
from tests.fakes import FixedClock
from tests.oidc.faulty import FaultyProvider
from tests.oidc.staffed import HELD, by_password, come, face_with, facts, told
from tests.staff_face import Staffed, make, post


@pytest.fixture
def provider() -> Iterator[FaultyProvider]:
    """The provider of the tests; it knows one person."""
    with FaultyProvider(FixedClock()) as provider:
        yield provider


@pytest.fixture
def here(provider: FaultyProvider) -> Staffed:
    """The face, where Ana's account has the person's number and Ben's has none."""
    return face_with(provider, HELD, BEN)


@pytest.mark.parametrize(("proved", "minutes"), [(-30, 240), (-3 * 3600, 60), (30, 240)])
def test_four_hours_count_from_when_the_person_proved_who_they_are(
    here: Staffed, provider: FaultyProvider, proved: int, minutes: int
) -> None:
    provider.changed = {"auth_time": proved}
    client = here.client()
    come(here, client)
    statuses = []
    for _ in range(minutes // 10):
        here.clock.move(minutes=10)
        statuses.append(client.get("/fr/account").status_code)
    assert statuses == [200] * (minutes // 10 - 1) + [303]


def test_fifteen_idle_minutes_count_from_now(here: Staffed, provider: FaultyProvider) -> None:
    provider.changed = {"auth_time": -3600}
    client = here.client()
    come(here, client)
    here.clock.move(minutes=14)
    assert client.get("/fr/account").status_code == 200
    here.clock.move(minutes=15)
    assert client.get("/fr/account").status_code == 303


def test_a_notice_ends_the_session_that_it_names_and_no_other(
    here: Staffed, provider: FaultyProvider
) -> None:
    client, other = here.client(), by_password(here, HELD)
    come(here, client)
    here.store.events.clear()
    assert told(here, provider, "a", sid="another") == 200
    assert client.get("/fr/account").status_code == 200
    assert here.store.events == []
    assert told(here, provider, "b") == 200
    assert client.get("/fr/account").location == "/fr/sign-in"
    assert other.get("/fr/account").status_code == 200
    assert facts(here) == [
        ("session.signed_out", "provider", {"sessions": 1, "method": "provider"})
    ]
    assert here.store.events[0].reference == f"account:{ANA.reference}"


def test_a_notice_without_a_session_ends_all_that_the_person_opened_so(
    here: Staffed, provider: FaultyProvider
) -> None:
    first, second, other = here.client(), here.client(), by_password(here, HELD)
    come(here, first)
    come(here, second)
    assert told(here, provider, sid=None) == 200
    assert [one.get("/fr/account").status_code for one in (first, second, other)] == [303, 303, 200]
    assert here.store.events[-1].detail == {"sessions": 2, "method": "provider"}


@pytest.mark.parametrize(
    ("fault", "reason"), [("stale", "issued_at"), ("with_nonce", "nonce"), ("audience", "audience")]
)
def test_a_false_notice_ends_nothing_and_is_in_the_ledger(
    here: Staffed, provider: FaultyProvider, fault: str, reason: str
) -> None:
    client = here.client()
    come(here, client)
    provider.fault = fault
    assert told(here, provider) == 400
    assert here.outcomes() == [reason]
    assert client.get("/fr/account").status_code == 200


def test_a_replayed_notice_ends_no_later_session(here: Staffed, provider: FaultyProvider) -> None:
    come(here)
    assert told(here, provider, "same") == 200
    client = here.client()
    come(here, client)
    assert told(here, provider, "same") == 400
    assert here.outcomes() == ["replayed"]
    assert client.get("/fr/account").status_code == 200


def test_the_button_is_there_only_where_there_is_a_provider(here: Staffed) -> None:
    button = 'href="/psc/start?language=fr"'
    assert button in here.client().get("/fr/sign-in").text
    assert button not in make("hcp").client().get("/fr/sign-in").text
    assert make("hcp").client().get("/psc/start").status_code == 404
    assert make("lab").client().get("/psc/start").status_code == 404


def test_signing_out_says_how_to_close_the_provider_too(
    here: Staffed, provider: FaultyProvider
) -> None:
    client = here.client()
    come(here, client)
    answer = post(client, "/fr/sign-out", "/fr/account")
    assert answer.status_code == 200
    assert f'href="{provider.base}/logout?client_id=' in answer.text
    assert here.store.rows.sessions == {}
    assert client.get("/fr/account").location == "/fr/sign-in"


def test_a_locked_screen_of_somebody_without_a_password_leads_to_signing_in_again(
    here: Staffed,
) -> None:
    client = here.client()
    come(here, client)
    post(client, "/fr/lock", "/fr/account")
    shown = client.get("/fr/locked").text
    assert 'type="password"' not in shown
    assert "Pro Santé Connect" in shown
    assert client.get("/fr/account").location == "/fr/locked"
    assert post(client, "/fr/sign-out", "/fr/locked").status_code == 200


def test_who_has_no_password_is_offered_no_change_of_it(
    here: Staffed, provider: FaultyProvider
) -> None:
    for reference, one in list(here.store.rows.credentials.items()):
        if one.account == ANA.reference:
            del here.store.rows.credentials[reference]
    client = here.client()
    come(here, client)
    page = client.get("/fr/account").text
    assert 'type="password"' not in page
    assert "Pro Santé Connect" in page
