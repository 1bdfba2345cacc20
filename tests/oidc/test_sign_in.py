"""A whole sign-in at a provider that does everything right."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from tests.fakes import FixedClock
from tests.oidc.face import Face, answer_to, asked_of, departure, settings_for, sign_in
from tests.oidc.faulty import CLIENT, PERSON, SESSION, FaultyProvider


@pytest.mark.parametrize("provider", ["RS256", "HS256"], indirect=True)
def test_a_person_comes_back_with_six_claims_and_no_other(
    face: Face, provider: FaultyProvider
) -> None:
    response = sign_in(face)
    assert (response.status_code, face.refused) == (200, [])
    (identity,) = face.came
    assert identity.issuer == provider.issuer
    assert (identity.subject, identity.national_id) == (PERSON["sub"], PERSON["SubjectNameID"])
    assert (identity.given_name, identity.family_name) == ("Josephine", "Essai-Martin")
    assert (identity.role, identity.organisation) == (
        PERSON["SubjectRole"],
        PERSON["SubjectOrganizationID"],
    )
    assert identity.session == SESSION
    assert identity.authenticated_at == provider.clock.now() - timedelta(seconds=30)
    assert "Rue des Essais" not in str([getattr(identity, n) for n in identity.__slots__])


def test_nothing_of_a_person_or_of_a_transaction_is_shown_by_repr(face: Face) -> None:
    sign_in(face)
    kept = face.provider.begin()
    shown = repr((face.came, kept, face.settings, face.provider))
    hidden = [*PERSON.values(), kept.transaction.state, kept.transaction.verifier, "s3cret"]
    assert [one for one in hidden if isinstance(one, str) and one in shown] == []
    assert face.settings.client_id in shown  # the control: repr shows what it may


def test_the_request_is_the_agencys(face: Face, provider: FaultyProvider) -> None:
    address = departure(face.browser())
    asked = asked_of(address)
    assert address.startswith(f"{provider.base}/auth?")
    fresh = {name: asked.pop(name) for name in ("state", "nonce", "code_challenge")}
    assert asked == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": "http://localhost/psc/return",
        "scope": "openid scope_all",
        "acr_values": "eidas1",
        "code_challenge_method": "S256",
    }
    assert all(len(one) >= 26 for one in fresh.values())
    assert set(fresh.values()).isdisjoint(asked_of(departure(face.browser())).values())


def test_to_begin_asks_nobody(face: Face, provider: FaultyProvider) -> None:
    departure(face.browser())
    assert provider.asked == []


def test_the_cookie_of_a_transaction_is_its_own(
    provider: FaultyProvider, clock: FixedClock
) -> None:
    face = Face(settings_for(provider.endpoints, origin="https://portal.example"), clock)
    browser = face.browser()
    response = browser.get("/psc/start", base_url="https://portal.example")
    (cookie,) = response.headers.getlist("Set-Cookie")
    name, _, rest = cookie.partition("=")
    value, *attributes = rest.split("; ")
    assert name == "__Host-face-psc"
    kept = [one for one in attributes if not one.startswith("Expires")]
    assert sorted(kept) == ["HttpOnly", "Max-Age=600", "Path=/", "SameSite=Lax", "Secure"]
    assert response.headers["Cache-Control"] == "no-store"
    asked = asked_of(response.headers["Location"])
    assert re.fullmatch(r"[\w-]+", value)
    assert not any(one in value for one in (asked["state"], asked["nonce"]))


def test_the_cookie_is_gone_once_the_person_is_back(face: Face) -> None:
    browser = face.browser()
    address = departure(browser)
    assert browser.get_cookie("face-psc")
    browser.get(answer_to(address))
    assert browser.get_cookie("face-psc") is None


def test_the_language_comes_back_with_the_person(face: Face) -> None:
    browser = face.browser()
    page = browser.get(answer_to(departure(browser, "?language=en"))).text
    assert 'lang="en"' in page
    assert "You are identified" in page
    assert 'lang="fr"' in sign_in(face).text
    browser = face.browser()
    assert 'lang="fr"' in browser.get(answer_to(departure(browser, "?language=xx"))).text


def test_a_redirect_after_the_sign_in_becomes_a_page_that_goes_on(face: Face) -> None:
    browser = face.browser()
    response = sign_in(face, browser)
    assert response.status_code == 200
    assert "Location" not in response.headers
    assert '<meta http-equiv="refresh" content="0;url=/">' in response.text
    assert '<a class="btn" href="/">' in response.text
    assert "mine" in browser.get("/").text


def test_an_unknown_path_of_the_port_is_no_route(face: Face) -> None:
    browser = face.browser()
    assert browser.post("/psc/start").status_code in {400, 405}
    assert browser.get("/psc/logout-notice").status_code == 405


def test_keys_are_asked_for_once_an_hour_and_sparingly(
    face: Face, provider: FaultyProvider, clock: FixedClock
) -> None:
    for _ in range(3):
        sign_in(face)
    assert provider.asked.count("certs") == 1
    clock.move(minutes=59)
    sign_in(face)
    assert provider.asked.count("certs") == 1
    clock.move(minutes=1)
    sign_in(face)
    assert provider.asked.count("certs") == 2
    provider.fault = "key_brought_along"  # a name that nobody knows
    for _ in range(3):
        sign_in(face)
    assert provider.asked.count("certs") == 2
    clock.move(minutes=1)
    sign_in(face)
    sign_in(face)
    assert provider.asked.count("certs") == 3


def test_leaving_names_the_client_and_carries_no_token(
    face: Face, provider: FaultyProvider
) -> None:
    address = face.provider.leaving()
    assert address.startswith(f"{provider.base}/logout?")
    assert asked_of(address) == {
        "client_id": CLIENT,
        "post_logout_redirect_uri": "http://localhost/",
    }
