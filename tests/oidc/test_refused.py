"""Each check broken in turn: refused with its one reason, and nothing of it in the log."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

import pytest

from qol.adapters.crypto.visit import VisitCipher
from qol.usecases.staff.identity import LIFE, Refusal
from tests.fakes import FixedClock
from tests.oidc.face import Face, answer_to, asked_of, departure, settings_for, sign_in
from tests.oidc.faulty import ID_FAULTS, PERSON, FaultyProvider

FAULTS = {
    "issuer": Refusal.ISSUER,
    "issuer_list": Refusal.ISSUER,
    "audience": Refusal.AUDIENCE,
    "two_audiences": Refusal.AUDIENCE,
    "party": Refusal.AUDIENCE,
    "expired": Refusal.EXPIRED,
    "no_end": Refusal.EXPIRED,
    "end_as_text": Refusal.EXPIRED,
    "future": Refusal.ISSUED_AT,
    "old": Refusal.ISSUED_AT,
    "nonce": Refusal.NONCE,
    "no_nonce": Refusal.NONCE,
    "acr": Refusal.ACR,
    "no_acr": Refusal.ACR,
    "acr_list": Refusal.ACR,
    "proven_long_ago": Refusal.STALE,
    "proven_tomorrow": Refusal.STALE,
    "no_sub": Refusal.CLAIMS,
    "no_algorithm": Refusal.ALGORITHM,
    "swapped_algorithm": Refusal.ALGORITHM,
    "other_algorithm": Refusal.ALGORITHM,
    "foreign_key": Refusal.SIGNATURE,
    "key_brought_along": Refusal.SIGNATURE,
    "no_response_issuer": Refusal.MIX_UP,
    "response_issuer": Refusal.MIX_UP,
    "twice": Refusal.MALFORMED,
    "state": Refusal.STATE,
    "no_state": Refusal.STATE,
    "no_code": Refusal.MALFORMED,
    "denied": Refusal.DENIED,
    "other_person": Refusal.SUBJECT,
    "no_national_id": Refusal.CLAIMS,
    "name_as_list": Refusal.CLAIMS,
    "name_with_controls": Refusal.CLAIMS,
    "userinfo_no_json": Refusal.MALFORMED,
    "no_id_token": Refusal.MALFORMED,
    "keys_no_json": Refusal.MALFORMED,
    "elsewhere": Refusal.MALFORMED,
    "broken": Refusal.UNREACHABLE,
}
BEFORE_ANY_QUESTION = {Refusal.MIX_UP, Refusal.STATE, Refusal.DENIED}


def leaks(log: str, said: list[str]) -> list[str]:
    """What of a sign-in stands in a log: tokens, codes, secrets, claims of the person."""
    person = [value for value in PERSON.values() if isinstance(value, str)]
    hidden = {*said, *person, "Rue des Essais"}
    return sorted(one for one in hidden if one in log)


def refused_once(face: Face, caplog: pytest.LogCaptureFixture, reason: Refusal) -> None:
    """One reason, told to the face and to the log; nobody came."""
    assert face.refused == [reason]
    assert face.came == []
    ours = [record.getMessage() for record in caplog.records if record.name == "qol.psc"]
    assert ours == [f"sign-in refused: {reason}"]


def test_every_switch_of_the_id_token_is_tried() -> None:
    assert set(ID_FAULTS) <= set(FAULTS)


@pytest.mark.parametrize(("fault", "reason"), FAULTS.items())
def test_a_fault_is_refused_with_its_reason(
    face: Face,
    provider: FaultyProvider,
    caplog: pytest.LogCaptureFixture,
    fault: str,
    reason: Refusal,
) -> None:
    caplog.set_level(logging.DEBUG)
    provider.fault = fault
    response = sign_in(face)
    assert response.status_code == 403
    refused_once(face, caplog, reason)
    assert leaks(caplog.text, provider.said) == []
    if reason in BEFORE_ANY_QUESTION:
        assert provider.asked == []


def test_a_leak_would_be_seen(
    face: Face, provider: FaultyProvider, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sign_in(face)
    assert face.came
    assert leaks(caplog.text, provider.said) == []
    assert "POST /token" in caplog.text  # the libraries' own lines are read too
    for planted in (*provider.said, PERSON["family_name"]):
        assert leaks(f"… {planted} …", provider.said)


@pytest.mark.parametrize("provider", ["HS256"], indirect=True)
@pytest.mark.parametrize("fault", ["no_algorithm", "other_algorithm"])
def test_the_secret_too_signs_by_one_algorithm(
    face: Face, provider: FaultyProvider, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    provider.fault = fault
    sign_in(face)
    refused_once(face, caplog, Refusal.ALGORITHM)


@pytest.mark.parametrize(("pinned", "signed"), [("HS256", "RS256"), ("RS256", "HS256")])
def test_an_algorithm_that_is_good_but_not_the_pinned_one_is_refused(
    clock: FixedClock, caplog: pytest.LogCaptureFixture, pinned: str, signed: str
) -> None:
    with FaultyProvider(clock, signed) as provider:
        face = Face(settings_for(provider.endpoints, pinned), clock)
        sign_in(face)
    refused_once(face, caplog, Refusal.ALGORITHM)


def test_a_request_without_its_challenge_is_denied_by_the_provider(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    browser = face.browser()
    address = departure(browser)
    asked = asked_of(address)
    assert asked.pop("code_challenge")
    browser.get(answer_to(f"{address.split('?')[0]}?{urlencode(asked)}"))
    refused_once(face, caplog, Refusal.DENIED)


def test_a_code_of_another_transaction_is_not_exchanged(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    """Injection: a stolen code in the thief's own transaction fails for its verifier (PKCE)."""
    stolen = asked_of(answer_to(departure(face.browser())))["code"]
    browser = face.browser()
    answer = asked_of(answer_to(departure(browser)))
    browser.get(f"/psc/return?{urlencode(answer | {'code': stolen})}")
    refused_once(face, caplog, Refusal.CODE)


def test_a_code_is_not_exchanged_twice(face: Face) -> None:
    browser = face.browser()
    first = asked_of(answer_to(departure(browser)))
    browser.get(f"/psc/return?{urlencode(first)}")
    second = asked_of(answer_to(departure(browser)))
    browser.get(f"/psc/return?{urlencode(second | {'code': first['code']})}")
    assert (len(face.came), face.refused) == (1, [Refusal.CODE])


def test_a_transaction_is_used_once(face: Face, provider: FaultyProvider) -> None:
    browser = face.browser()
    address = departure(browser)
    cookie = browser.get_cookie("face-psc")
    assert cookie
    back = answer_to(address)
    browser.get(back)
    browser.set_cookie("face-psc", cookie.value)
    asked = len(provider.asked)
    browser.get(back)
    assert (len(face.came), face.refused) == (1, [Refusal.REPLAYED])
    assert len(provider.asked) == asked


def test_another_persons_answer_is_refused(face: Face, caplog: pytest.LogCaptureFixture) -> None:
    """Sign-in forged: a stranger's answer in the browser of somebody who began their own."""
    strangers = answer_to(departure(face.browser()))
    browser = face.browser()
    departure(browser)
    browser.get(strangers)
    refused_once(face, caplog, Refusal.STATE)


def test_an_answer_without_our_cookie_is_refused(
    face: Face, caplog: pytest.LogCaptureFixture
) -> None:
    face.browser().get(answer_to(departure(face.browser())))
    refused_once(face, caplog, Refusal.TRANSACTION)


@pytest.mark.parametrize("use", ["visit", "psc"])
def test_a_cookie_that_this_face_did_not_write_is_refused(
    face: Face, caplog: pytest.LogCaptureFixture, use: str
) -> None:
    browser = face.browser()
    back = answer_to(departure(browser))
    key = b"s" * 32 if use == "visit" else b"o" * 32  # our key for another use; another's key
    browser.set_cookie("face-psc", VisitCipher(key, use).encrypt(b'["s","n","v",0,"fr"]'))
    browser.get(back)
    refused_once(face, caplog, Refusal.TRANSACTION)


@pytest.mark.parametrize(("seconds", "accepted"), [(LIFE - 1, True), (LIFE, False), (-1, False)])
def test_a_transaction_lasts_ten_minutes(
    face: Face, clock: FixedClock, seconds: int, accepted: bool
) -> None:
    browser = face.browser()
    back = answer_to(departure(browser))
    clock.move(seconds=seconds)
    browser.get(back)
    assert bool(face.came) is accepted
    assert face.refused == ([] if accepted else [Refusal.TRANSACTION])


def test_a_provider_that_is_not_there_is_told(
    clock: FixedClock, caplog: pytest.LogCaptureFixture
) -> None:
    with FaultyProvider(clock) as provider:
        face = Face(settings_for(provider.endpoints), clock)
        browser = face.browser()
        back = answer_to(departure(browser))
    browser.get(back)
    refused_once(face, caplog, Refusal.UNREACHABLE)


@pytest.mark.parametrize("clocks_apart", [-60, 59])
def test_clocks_may_differ_by_a_minute(
    face: Face, provider: FaultyProvider, clocks_apart: int
) -> None:
    provider.clock = FixedClock()
    provider.clock.move(seconds=clocks_apart)
    sign_in(face)
    assert face.refused == []
