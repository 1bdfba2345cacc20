"""Signing in: two factors, one answer for every wrong attempt, delays that lock nobody out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qol.domain.audit import Act
from qol.domain.staff.accounts import AccountState
from qol.domain.staff.session import Factor
from qol.domain.staff.tokens import digest_of
from qol.usecases.staff.ports import Kind
from tests.cast import ANA, BEN, LENA, PASSWORD, STRANGER
from tests.staff_face import Staffed, half, post, sign_in


def _text(page: str) -> str:
    """The page without its token, which is new each time."""
    return re.sub(r'value="[^"]*"', "", page)


def test_both_factors_open_the_home_page(here: Staffed) -> None:
    client = sign_in(here, ANA)
    assert ANA.account.name in client.get("/fr/").text
    assert [e.act for e in here.store.events] == [Act.PASSWORD_ACCEPTED, Act.SIGNED_IN]
    assert {e.actor for e in here.store.events} == {ANA.account.actor}
    (session,) = here.store.rows.sessions.values()
    assert (session.factor, session.account) == (Factor.FULL, ANA.reference)


def test_every_wrong_attempt_gets_the_same_page(here: Staffed) -> None:
    ended = replace(BEN.account, state=AccountState.ENDED)
    here.store.rows.accounts[BEN.reference] = ended
    tries = [(ANA.login, "wrong"), (STRANGER, PASSWORD), (BEN.login, PASSWORD), (LENA.login, "x")]
    tries += [(LENA.login, PASSWORD)]  # hers is an account of the other face
    pages = set()
    for login, password in tries:
        answer = post(here.client(), "/fr/sign-in", login=login, password=password)
        assert answer.status_code in {422, 429}
        pages.add(_text(answer.text))
    assert len(pages) == 1
    assert set(here.outcomes()) == {"wrong_password", "unknown_login"}
    assert not [e for e in here.store.events if e.act is not Act.ACCESS_REFUSED]


def test_nothing_that_was_typed_is_in_the_ledger_or_in_the_store(here: Staffed) -> None:
    typed = ("a-login-of-nobody", "a password never used", "123456")
    post(here.client(), "/fr/sign-in", login=typed[0], password=typed[1])
    client = here.client()
    half(here, client, ANA)
    post(client, "/fr/second-factor", code=typed[2])
    kept = repr((here.store.events, here.store.rows, here.keeping))
    assert here.outcomes() == ["unknown_login", "wrong_code"]
    for word in (*typed, PASSWORD):
        assert word not in kept


def test_a_code_is_spent_once(here: Staffed) -> None:
    first, second = here.client(), here.client()
    half(here, first, ANA)
    half(here, second, ANA)
    code = here.code(ANA)
    assert post(first, "/fr/second-factor", code=code).status_code == 303
    answer = post(second, "/fr/second-factor", code=code)
    assert answer.status_code == 422
    assert "ont déjà servi" in answer.text
    assert second.get("/fr/").status_code == 403
    assert "code_reused" in here.outcomes()


def test_a_code_of_before_is_refused_once_a_later_one_is_spent(here: Staffed) -> None:
    early, late = here.code(ANA), here.code(ANA)
    for code, status in ((late, 303), (early, 422)):
        client = here.client()
        half(here, client, ANA)
        assert post(client, "/fr/second-factor", code=code).status_code == status


@pytest.mark.parametrize("seconds", [-90, 90, 500])
def test_a_code_of_another_time_is_wrong(here: Staffed, seconds: int) -> None:
    client = here.client()
    half(here, client, ANA)
    code = here.code(ANA)
    here.clock.move(seconds=seconds)
    assert post(client, "/fr/second-factor", code=code).status_code == 422


def test_the_session_begins_under_a_new_token(here: Staffed) -> None:
    client = here.client()
    client.get("/fr/sign-in")
    seen = [client.get_cookie("hcp").value]
    with client.session_transaction() as planted:
        planted["t"] = "chosen by somebody else"
    half(here, client, ANA)
    with client.session_transaction() as cookie:
        first, secret = cookie["t"], cookie["csrf_token"]
    assert first != "chosen by somebody else"
    assert post(client, "/fr/second-factor", code=here.code(ANA)).status_code == 303
    with client.session_transaction() as cookie:
        assert cookie["t"] != first
        assert cookie["csrf_token"] != secret
        assert list(here.store.rows.sessions) == [digest_of(cookie["t"])]
    assert client.get_cookie("hcp").value not in seen


def test_a_token_that_nobody_gave_is_never_adopted(here: Staffed) -> None:
    client = here.client()
    with client.session_transaction() as planted:
        planted["t"] = "A" * 26
    assert client.get("/fr/account").location == "/fr/sign-in"
    assert here.store.rows.sessions == {}


def test_a_half_session_lasts_ten_minutes(here: Staffed) -> None:
    client = here.client()
    half(here, client, ANA)
    here.clock.move(minutes=10)
    assert client.get("/fr/second-factor").location == "/fr/sign-in"


def _fail(here: Staffed, times: int, login: str = ANA.login, address: str = "203.0.113.9") -> int:
    """Fail as a stranger from an address; the last status."""
    client = here.client()
    client.environ_base["REMOTE_ADDR"] = address
    for _ in range(times):
        status = post(client, "/fr/sign-in", login=login, password="wrong").status_code
    return status


def test_after_five_failures_a_stranger_waits_more_than_a_minute_and_then_twice(
    here: Staffed,
) -> None:
    assert _fail(here, 5) == 422
    assert _fail(here, 1) == 429
    here.clock.move(seconds=60)
    assert _fail(here, 1) == 429
    here.clock.move(seconds=5)
    assert _fail(here, 1) == 422
    here.clock.move(seconds=120)
    assert _fail(here, 1) == 429


def test_while_a_stranger_waits_the_right_password_is_not_looked_at(here: Staffed) -> None:
    _fail(here, 5)
    assert half(here, here.client(), ANA).status_code == 429  # from elsewhere, and unknown


def test_a_stranger_cannot_lock_the_doctor_out_of_a_browser_that_knows_her(here: Staffed) -> None:
    client = sign_in(here, ANA)
    post(client, "/fr/sign-out", "/fr/account")
    for number in range(40):
        _fail(here, 6, address=f"203.0.113.{number}")
    assert half(here, here.client(), ANA).status_code == 429
    sign_in(here, ANA, client)


def test_a_known_browser_has_an_allowance_of_its_own_and_no_more(here: Staffed) -> None:
    client = sign_in(here, ANA)
    post(client, "/fr/sign-out", "/fr/account")
    for _ in range(5):
        assert half(here, client, ANA, "wrong").status_code == 422
    assert half(here, client, ANA).status_code == 429
    sign_in(here, BEN, client)  # who sits at the same machine, and is not counted with her


def test_a_mark_of_another_account_or_a_forged_one_is_no_known_browser(here: Staffed) -> None:
    client = sign_in(here, BEN)
    post(client, "/fr/sign-out", "/fr/account")
    forged = here.client()
    forged.set_cookie("hcp-known", f'[["{ANA.reference}","x"]].forged')
    _fail(here, 5)
    assert half(here, client, ANA).status_code == 429
    assert half(here, forged, ANA).status_code == 429


def test_at_most_25_tries_a_day(here: Staffed) -> None:
    tried = 0
    for _ in range(24 * 60):
        tried += _fail(here, 1) == 422
        here.clock.move(seconds=59)
    assert tried <= 25
    here.clock.move(hours=25)
    assert _fail(here, 1) == 422


def test_the_second_factor_is_counted_too(here: Staffed) -> None:
    client = here.client()
    half(here, client, ANA)
    statuses = [post(client, "/fr/second-factor", code="000000").status_code for _ in range(6)]
    assert statuses == [422] * 5 + [429]
    assert post(client, "/fr/second-factor", code=here.code(ANA)).status_code == 429


def test_many_failures_on_the_face_raise_one_alert_and_refuse_nobody(here: Staffed) -> None:
    for number in range(120):
        _fail(here, 1, login=f"nobody{number}", address=f"198.51.100.{number}")
    alerts = [e for e in here.store.events if e.act is Act.FAILURES_ALERT]
    assert [e.detail for e in alerts] == [{"failures": 100}]
    sign_in(here, ANA)


def test_an_older_hash_is_made_anew_at_sign_in(here: Staffed) -> None:
    from qol.adapters.crypto.credentials.passwords import Argon2Passwords

    key = next(k for k, c in here.store.rows.credentials.items() if c.account == ANA.reference)
    old = here.store.rows.credentials[key]
    assert old.kind is Kind.PASSWORD
    cheaper = Argon2Passwords(memory_kib=16, time_cost=1).hashed(PASSWORD)
    here.store.rows.credentials[key] = replace(old, secret=cheaper)
    half(here, here.client(), ANA)
    assert b"m=8," in here.store.rows.credentials[key].secret
    assert here.store.rows.credentials[key].created_at == old.created_at
