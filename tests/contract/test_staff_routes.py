"""Every route of the faces of staff: who may use it, and who may keep what it answers.

A new route turns this red until its line is written here. Access: ``open`` needs nothing,
``half`` a right password, ``activation`` a spent secret, ``any session`` both factors,
``session`` both factors with the notice read and the screen not locked; else the permissions.
"""

from __future__ import annotations

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from qol.domain.staff.permissions import DataLevel
from qol.web.shared.access import Door, open_to_all, rule_of
from tests.cast import ADA, ANA, BEN, LENA, Member
from tests.contract.staff_table import HCP, LAB, SPOKEN
from tests.contract.test_routes import routes
from tests.html import CheckingClient
from tests.staff_face import Staffed, half, make, post, sign_in
from tests.staff_fakes import NobodysProvider
from tests.web.patient.journey import token

UNSPOKEN = {"GET /": "open", "GET /static/<path:name>": "open"}
PSC = {
    "GET /psc/start": "open",
    "GET /psc/return": "open",
    "POST /psc/logout-notice": "open",
}
KEPT = {"GET /static/<path:name>"}


def _spoken(lines: dict[str, str]) -> dict[str, str]:
    return {
        f"{line.split(' ')[0]} /{language}{line.split(' ')[1]}": rule
        for line, rule in lines.items()
        for language in ("fr", "en")
    }


TABLE = {face: UNSPOKEN | _spoken(SPOKEN | own) for face, own in (("hcp", HCP), ("lab", LAB))}


def rules(app: Flask) -> dict[str, str]:
    """Method and path of every route, with the rule of its view."""
    return {
        f"{method} {rule.rule}": str(rule_of(app.view_functions[rule.endpoint]))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


@pytest.mark.parametrize("face", TABLE)
def test_the_table_names_every_route_with_its_rule(face: str) -> None:
    assert rules(make(face).app) == TABLE[face]


def test_pro_sante_connect_adds_three_routes_and_only_where_it_is_configured() -> None:
    assert rules(make("hcp", provider=NobodysProvider()).app) == TABLE["hcp"] | PSC
    assert not any("psc" in rule for face in TABLE for rule in rules(make(face).app))


def test_of_its_routes_the_notice_alone_takes_a_post_without_a_forms_token() -> None:
    here = make("hcp", provider=NobodysProvider())
    assert here.client().post("/psc/logout-notice", data={"logout_token": "x"}).status_code == 400
    assert here.outcomes() == ["malformed"]  # its own check, not the form's
    assert here.client().post("/fr/sign-in", data={"login": "x"}).status_code == 400
    assert here.outcomes() == ["malformed", "csrf"]


def test_a_view_without_a_rule_refuses_everybody() -> None:
    here = make()
    here.app.add_url_rule("/fr/more", "more", lambda: "never", methods=["GET", "POST"])
    assert routes(here.app) - set(TABLE["hcp"]) == {"GET /fr/more", "POST /fr/more"}
    client = sign_in(here, ANA)
    for answer in (client.get("/fr/more"), here.client().get("/fr/more")):
        assert answer.status_code == 403
        assert "never" not in answer.text
    assert here.outcomes() == ["no_rule", "no_rule"]


def gapless(rule: str) -> str:
    """Put something into the gaps of an address."""
    return re.sub(r"<[^>]+>", "x", re.sub(r"<int:[^>]+>", "1", rule))


def _addresses(here: Staffed, *methods: str) -> list[tuple[str, str]]:
    """Every route that is not open, with something in its gaps."""
    return [
        (method, gapless(rule.rule))
        for rule in here.app.url_map.iter_rules()
        for method in (rule.methods or set()).intersection(methods)
        if (known := rule_of(here.app.view_functions[rule.endpoint]))
        and known.door is not Door.OPEN
    ]


def _asked(client: CheckingClient, method: str, path: str, page: str) -> TestResponse:
    """Ask with a valid token where a form would have one."""
    if method == "GET":
        return client.get(path)
    return client.post(path, data={"csrf_token": token(client.get(page).text)})


@pytest.mark.parametrize("member", [ANA, BEN, LENA, ADA], ids=lambda m: m.login)
def test_a_password_alone_opens_no_route(member: Member) -> None:
    here = make(member.account.face)
    client = here.client()
    half(here, client, member)
    tried = _addresses(here, "GET", "POST")
    assert len(tried) > 30
    for method, path in tried:
        if "/second-factor" not in path:
            answer = _asked(client, method, path, "/fr/second-factor")
            assert (answer.status_code, path) == (403, path)
            assert member.account.name not in answer.text
    assert set(here.outcomes()) == {"half_session"}


@pytest.mark.parametrize("face", TABLE)
def test_without_a_session_a_page_leads_to_sign_in_and_an_act_is_refused(face: str) -> None:
    here = make(face)
    for method, path in _addresses(here, "GET", "POST"):
        client = here.client()
        answer = _asked(client, method, path, "/fr/sign-in")
        expected = (303, f"/{path.split('/')[1]}/sign-in") if method == "GET" else (403, None)
        assert (answer.status_code, answer.location) == expected, path
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("member", [ANA, LENA], ids=lambda m: m.login)
def test_every_form_needs_its_sessions_token(member: Member) -> None:
    here = make(member.account.face)
    foreign = token(here.client().get("/fr/sign-in").text)
    for path in [rule.rule for rule in here.app.url_map.iter_rules() if "POST" in rule.methods]:
        client = sign_in(here, member)
        if "second-factor" in path or "choose" in path:
            client = here.client()
            half(here, client, member)
        here.store.events.clear()
        before = repr(here.store.rows)
        for data in ({}, {"csrf_token": "wrong"}, {"csrf_token": foreign}):
            answer = client.post(gapless(path), data=data)
            assert answer.status_code in {400, 403}, path
        assert repr(here.store.rows) == before
        assert set(here.outcomes()) <= {"csrf", "half_session", "not_granted"}
        assert len(here.outcomes()) == 3


def test_a_form_from_another_site_is_refused_and_told_to_the_ledger() -> None:
    here = make()
    client = sign_in(here, ANA)
    data = {"csrf_token": token(client.get("/fr/account").text)}
    for stranger in ("https://evil.example", "null"):
        answer = client.post("/fr/sign-out", data=data, headers={"Origin": stranger})
        assert answer.status_code == 403
    assert here.outcomes() == ["foreign_origin", "foreign_origin"]
    assert client.get("/fr/account").status_code == 200


@pytest.mark.parametrize(("face", "member"), [("hcp", ANA), ("lab", ADA)])
def test_pages_are_kept_by_nobody_and_assets_by_all(face: str, member: Member) -> None:
    here = make(face)
    client = sign_in(here, member)
    for path in ("/fr/", "/fr/account", "/fr/notice", "/fr/place", "/fr/nowhere", "/fr/sign-in"):
        assert client.get(path).headers["Cache-Control"] == "no-store"
    style = re.search(r'href="(/static/[^"]+staff.css)"', client.get("/fr/").text)
    assert style
    assert "immutable" in client.get(style[1]).headers["Cache-Control"]
    assert set(TABLE[face]) >= KEPT


def test_an_administrator_reaches_no_route_that_shows_patients_data() -> None:
    for face in TABLE:
        app = make(face).app
        for rule in app.url_map.iter_rules():
            known = rule_of(app.view_functions[rule.endpoint])
            assert known is not None
            health = known.levels & {DataLevel.AGGREGATED, DataLevel.PSEUDONYMISED}
            assert not (health and known.permissions <= ADA.role.permissions)


def test_the_rule_of_a_view_stands_on_the_view() -> None:
    assert rule_of(lambda: "") is None
    assert str(rule_of(open_to_all(lambda: ""))) == "open"


def test_over_tls_the_cookie_is_the_hosts_own() -> None:
    here = make("hcp", "https://hcp.example")
    client = here.client()
    shown = client.get("/fr/sign-in", base_url="https://hcp.example")
    cookie = shown.headers["Set-Cookie"]
    assert cookie.startswith("__Host-hcp=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Strict"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_the_form_goes_through_with_its_token() -> None:
    here = make()
    client = sign_in(here, ANA)
    assert post(client, "/fr/sign-out", "/fr/account").location == "/fr/sign-in"
