"""Back-channel logout: only a fresh, signed notice for us ends a session, once."""

from __future__ import annotations

import logging
import re

import pytest

from qol.usecases.staff.identity import LogoutNotice, Refusal
from tests.fakes import FixedClock
from tests.oidc.face import Face, settings_for, sign_in
from tests.oidc.faulty import NOTICE_FAULTS, PERSON, SESSION, FaultyProvider
from tests.oidc.test_refused import leaks

FAULTS = {
    "issuer": Refusal.ISSUER,
    "audience": Refusal.AUDIENCE,
    "expired": Refusal.EXPIRED,
    "stale": Refusal.ISSUED_AT,
    "future": Refusal.ISSUED_AT,
    "no_iat": Refusal.ISSUED_AT,
    "no_jti": Refusal.CLAIMS,
    "with_nonce": Refusal.NONCE,
    "no_events": Refusal.EVENTS,
    "other_event": Refusal.EVENTS,
    "event_as_text": Refusal.EVENTS,
    "nobody": Refusal.CLAIMS,
    "no_algorithm": Refusal.ALGORITHM,
    "swapped_algorithm": Refusal.ALGORITHM,
    "other_algorithm": Refusal.ALGORITHM,
    "foreign_key": Refusal.SIGNATURE,
    "key_brought_along": Refusal.SIGNATURE,
}


def told(face: Face, token: str) -> int:
    """What the provider is answered; it sends no cookie, no origin and no form token."""
    response = face.app.test_client(use_cookies=False).post(
        "/psc/logout-notice", data={"logout_token": token}
    )
    assert response.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in response.headers
    return response.status_code


def reasons(caplog: pytest.LogCaptureFixture) -> list[str]:
    ours = [record.getMessage() for record in caplog.records if record.name == "qol.psc"]
    return [message.removeprefix("logout notice refused: ") for message in ours]


@pytest.mark.parametrize("provider", ["RS256", "HS256"], indirect=True)
def test_a_good_notice_names_who_left(face: Face, provider: FaultyProvider) -> None:
    assert told(face, provider.notice()) == 200
    assert face.ended == [LogoutNotice(provider.issuer, str(PERSON["sub"]), SESSION)]


@pytest.mark.parametrize(("gone", "expected"), [("sid", ("sub", "")), ("sub", ("", "sid"))])
def test_one_of_subject_and_session_is_enough(
    face: Face, provider: FaultyProvider, gone: str, expected: tuple[str, str]
) -> None:
    assert told(face, provider.notice(**{gone: None})) == 200
    (notice,) = face.ended
    assert (bool(notice.subject), bool(notice.session)) == tuple(bool(one) for one in expected)


def test_an_older_provider_gives_a_notice_no_end(face: Face, provider: FaultyProvider) -> None:
    assert told(face, provider.notice(exp=None)) == 200


def test_every_switch_of_a_notice_is_tried() -> None:
    assert set(NOTICE_FAULTS) <= set(FAULTS)


@pytest.mark.parametrize(("fault", "reason"), FAULTS.items())
def test_a_faulty_notice_ends_nothing(
    face: Face,
    provider: FaultyProvider,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    reason: Refusal,
) -> None:
    caplog.set_level(logging.DEBUG)
    provider.fault = fault
    assert told(face, provider.notice()) == 400
    assert face.ended == []
    assert reasons(caplog) == [reason]
    assert leaks(caplog.text, provider.said) == []


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.", "é.è.ê", "x" * 200_000])
def test_what_is_no_token_ends_nothing(
    face: Face, caplog: pytest.LogCaptureFixture, token: str
) -> None:
    assert told(face, token) == 400
    assert (face.ended, reasons(caplog)) == ([], [Refusal.MALFORMED])


def test_a_notice_counts_once(
    face: Face, provider: FaultyProvider, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    token = provider.notice("once")
    assert [told(face, token), told(face, token)] == [200, 400]
    clock.move(minutes=3)
    assert told(face, provider.notice("once")) == 400
    assert told(face, provider.notice("twice")) == 200
    assert reasons(caplog) == [Refusal.REPLAYED] * 2
    assert len(face.ended) == 2


def test_a_notice_is_remembered_for_as_long_as_it_is_fresh(
    face: Face, provider: FaultyProvider, clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    token = provider.notice(exp=86_400, iat=60)  # the provider's clock goes before
    assert told(face, token) == 200
    for _ in range(50):
        clock.move(seconds=10)
        assert told(face, token) == 400
    assert set(reasons(caplog)) == {Refusal.REPLAYED, Refusal.ISSUED_AT}
    assert len(face.ended) == 1


def test_an_id_token_ends_nothing(
    face: Face, provider: FaultyProvider, caplog: pytest.LogCaptureFixture
) -> None:
    sign_in(face)
    token = next(one for one in provider.said if re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", one))
    assert told(face, token) == 400
    assert (face.ended, reasons(caplog)) == ([], [Refusal.EVENTS])


def test_a_notice_signs_nobody_in(face: Face, provider: FaultyProvider) -> None:
    provider.id_token = lambda _: provider.notice()  # type: ignore[method-assign]
    sign_in(face)
    assert (face.came, face.refused) == ([], [Refusal.NONCE])


def test_a_notice_that_cannot_be_checked_now_may_come_again(clock: FixedClock) -> None:
    with FaultyProvider(clock) as provider:
        face = Face(settings_for(provider.endpoints), clock)
        token = provider.notice()
    assert told(face, token) == 503
    assert face.ended == []


def test_a_notice_of_another_site_is_refused(face: Face, provider: FaultyProvider) -> None:
    response = face.browser().post(
        "/psc/logout-notice",
        data={"logout_token": provider.notice()},
        headers={"Origin": "https://evil.example"},
    )
    assert response.status_code == 403
    assert face.ended == []
