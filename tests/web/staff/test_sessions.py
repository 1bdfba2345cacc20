"""A session ends when it must: idle, old, signed out, grant over, person gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask

from qol.domain.audit import Act
from qol.domain.staff.grants import EndReason
from qol.domain.staff.permissions import Permission
from qol.usecases.staff.end_account import EndAccount
from qol.usecases.staff.end_grant import EndGrant
from qol.usecases.staff.issue_activation import IssueActivation
from qol.web.shared.access import acting, load, requires
from qol.web.shared.access import here as place_here
from tests.cast import ADA, ANA, BEN, PASSWORD
from tests.fakes import CountingDice
from tests.staff_face import Staffed, half, make, post, sign_in


def work(here: Staffed) -> None:
    """Give the face a page that needs a grant, and one that loads by reference."""

    @requires(Permission.READ_WORK_LIST)
    def list_() -> str:
        return f"{acting().actor} at {place_here().site}"

    @requires(Permission.READ_WORK_LIST)
    def one(number: int) -> str:
        rows = {1: "A", 2: "B"}
        return load(lambda place: "found" if rows.get(number) == place.site else None)

    app: Flask = here.app
    app.add_url_rule("/fr/work", "work", _page(list_))
    app.add_url_rule("/fr/work/<int:number>", "one", _page(one))


def _page(view):  # noqa: ANN001, ANN202 - a view
    def shown(**kwargs: int):  # noqa: ANN202
        text = view(**kwargs)
        return f"<!doctype html><html lang=fr><title>t</title><h1>{text}</h1></html>"

    shown.__access_rule__ = view.__access_rule__
    return shown


@pytest.fixture
def here() -> Staffed:
    """The face with a page of work."""
    made = make("hcp")
    work(made)
    return made


def test_a_grant_opens_the_work_at_its_site_and_no_other(here: Staffed) -> None:
    ana, ben = sign_in(here, ANA), sign_in(here, BEN)
    assert f"{ANA.account.actor} at A" in ana.get("/fr/work").text
    assert f"{BEN.account.actor} at B" in ben.get("/fr/work").text
    assert [ana.get(f"/fr/work/{n}").status_code for n in (1, 2, 3)] == [200, 404, 404]
    assert [ben.get(f"/fr/work/{n}").status_code for n in (1, 2, 3)] == [404, 200, 404]
    assert here.outcomes() == ["not_here"] * 4


def test_what_is_elsewhere_and_what_is_nowhere_are_the_same_page(here: Staffed) -> None:
    client = sign_in(here, BEN)
    elsewhere, nowhere = client.get("/fr/work/1"), client.get("/fr/work/9")
    assert elsewhere.text.split("csrf")[0] == nowhere.text.split("csrf")[0]


def test_a_grant_that_expires_ends_the_work_at_the_next_click(here: Staffed) -> None:
    client = sign_in(here, ANA)
    assert client.get("/fr/work").status_code == 200
    (grant,) = (g for g in here.store.rows.grants.values() if g.account == ANA.reference)
    yesterday = here.clock.now().date() - timedelta(days=1)
    here.store.rows.grants[grant.reference] = replace(grant, end=yesterday)
    assert client.get("/fr/work").status_code == 403
    assert here.outcomes() == ["not_granted"]


def test_midnight_ends_a_grant_in_mid_session(here: Staffed) -> None:
    (grant,) = (g for g in here.store.rows.grants.values() if g.account == ANA.reference)
    here.store.rows.grants[grant.reference] = replace(grant, end=here.clock.now().date())
    here.clock.at = here.clock.at.replace(hour=23, minute=55)
    client = sign_in(here, ANA)
    assert client.get("/fr/work").status_code == 200
    here.clock.move(minutes=10)
    assert client.get("/fr/work").status_code == 403


def test_a_grant_that_is_ended_or_suspended_ends_the_work_at_once(here: Staffed) -> None:
    client = sign_in(here, ANA)
    (grant,) = (g for g in here.store.rows.grants.values() if g.account == ANA.reference)
    day = here.clock.now().date()
    unreviewed = replace(grant, start=day - timedelta(days=340), end=day + timedelta(days=20))
    here.store.rows.grants[grant.reference] = unreviewed
    assert client.get("/fr/work").status_code == 403
    here.store.rows.grants[grant.reference] = grant
    assert client.get("/fr/work").status_code == 200
    EndGrant(here.store)(grant.reference, EndReason.MISTAKE, ADA.account.actor)
    assert client.get("/fr/work").status_code == 403


def test_who_leaves_is_out_at_the_next_click(here: Staffed) -> None:
    client = sign_in(here, ANA)
    EndAccount(here.store, here.clock)(ANA.reference, ADA.account.actor)
    assert client.get("/fr/work").location == "/fr/sign-in"
    assert half(here, here.client(), ANA).status_code == 422
    assert here.store.rows.sessions == {}
    assert all(g.ended for g in here.store.rows.grants.values() if g.account == ANA.reference)
    assert not [c for c in here.store.rows.credentials.values() if c.account == ANA.reference]


def test_a_new_activation_secret_ends_every_session(here: Staffed) -> None:
    client = sign_in(here, ANA)
    IssueActivation(here.store, here.clock, CountingDice(900))(ANA.reference, ADA.account.actor)
    assert client.get("/fr/work").location == "/fr/sign-in"


def test_fifteen_idle_minutes_end_a_session(here: Staffed) -> None:
    client = sign_in(here, ANA)
    for _ in range(3):
        here.clock.move(minutes=14)
        assert client.get("/fr/work").status_code == 200
    here.clock.move(minutes=15)
    assert client.get("/fr/work").location == "/fr/sign-in"


def test_four_hours_end_a_session_however_busy(here: Staffed) -> None:
    client = sign_in(here, ANA)
    for _ in range(23):
        here.clock.move(minutes=10)
        assert client.get("/fr/work").status_code == 200
    here.clock.move(minutes=10)
    assert client.get("/fr/work").location == "/fr/sign-in"


def test_last_seen_is_written_once_a_minute_at_most(here: Staffed) -> None:
    client = sign_in(here, ANA)
    written = [here.clock.now()]
    seen = here.keeping.seen

    def counted(digest: bytes, now: datetime) -> None:
        written.append(now)
        seen(digest, now)

    here.keeping.seen = counted  # type: ignore[method-assign]
    for _ in range(30):
        here.clock.move(seconds=10)
        client.get("/fr/work")
    gaps = [later - before for before, later in pairwise(written[1:])]
    assert len(written) > 3
    assert min(gaps) >= timedelta(minutes=1)


def test_a_copied_cookie_is_worth_nothing_after_signing_out(here: Staffed) -> None:
    client, thief = sign_in(here, ANA), here.client()
    thief.set_cookie("hcp", client.get_cookie("hcp").value)
    assert thief.get("/fr/work").status_code == 200
    answer = post(client, "/fr/sign-out", "/fr/account")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert thief.get("/fr/work").location == "/fr/sign-in"
    assert here.store.events[-1].act is Act.SIGNED_OUT


def test_the_account_lists_whole_sessions_that_have_not_run_out(here: Staffed) -> None:
    sign_in(here, ANA)
    here.clock.move(minutes=16)
    half(here, here.client(), ANA)
    page = sign_in(here, ANA).get("/fr/account").text
    assert page.count("six chiffres ·") + page.count("six chiffres</li>") == 1


def test_signing_out_everywhere_ends_every_browser(here: Staffed) -> None:
    one, two, ben = sign_in(here, ANA), sign_in(here, ANA), sign_in(here, BEN)
    assert "ouvert 2 fois" in one.get("/fr/").text
    post(one, "/fr/account/sign-out-everywhere", "/fr/account")
    assert two.get("/fr/work").location == one.get("/fr/work").location == "/fr/sign-in"
    assert ben.get("/fr/work").status_code == 200


def test_a_locked_screen_shows_and_does_nothing_until_the_password(here: Staffed) -> None:
    client = sign_in(here, ANA)
    before = client.get_cookie("hcp").value
    shown = client.get("/fr/account").text
    answer = post(client, "/fr/lock", "/fr/account")
    assert client.get_cookie("hcp").value != before
    assert "Clear-Site-Data" in answer.headers
    assert client.get("/fr/work").location == "/fr/locked"
    locked = client.get("/fr/locked")
    assert ANA.account.name in shown
    assert ANA.account.name not in locked.text
    assert post(client, "/fr/place", "/fr/locked", place="demo/A").status_code == 403
    assert post(client, "/fr/locked", password="wrong").status_code == 422
    assert client.get("/fr/work").location == "/fr/locked"
    assert post(client, "/fr/locked", password=PASSWORD).location == "/fr/"
    assert client.get("/fr/work").status_code == 200


def test_a_token_of_the_other_face_is_nobodys_here(here: Staffed) -> None:
    client = sign_in(here, ANA)
    lab = make("lab")
    lab.store.rows = here.store.rows
    thief = lab.app.test_client()
    with client.session_transaction() as ours, thief.session_transaction() as theirs:
        theirs["t"] = ours["t"]
    assert thief.get("/fr/account").location == "/fr/sign-in"
