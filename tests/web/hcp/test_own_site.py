"""Ben of site B finds nothing of site A, and leaves nothing there (EA-HAB-2, T-06)."""

from __future__ import annotations

import re

import pytest

from qol.web.shared.access import rule_of
from tests.cast import ANA, BEN
from tests.hcp_face import Ward
from tests.web.patient.journey import answers, token

GAPS = {
    "<number>": "00001",
    "<on>": "2026-11-22",
    "<instrument>": "pain-nrs",
    "<int:release_id>": "3",
    "<timepoint>": "t0",
}


def routes(ward: Ward) -> list[tuple[str, str]]:
    """Every route of a sheet, filled with what is really at site A."""
    found = []
    for rule in ward.app.url_map.iter_rules():
        if "<number>" in rule.rule and rule.rule.startswith("/fr/"):
            path = re.sub(r"<[^>]+>", lambda gap: GAPS[gap[0]], rule.rule)
            found += [(m, path) for m in ("GET", "POST") if m in (rule.methods or ())]
    return sorted(found)


def body(ward: Ward, page: str) -> dict[str, str]:
    """Everything that any form of a sheet could want, with a token that is good."""
    [release] = [one for one in _releases(ward) if one.id == 3]
    given = {"variant": "adult", "reason": "refused", "timepoint": "t0", "ticket": "t" * 26}
    written = {"release": release.hash, "visit": "v" * 26, "asked": "1"}
    day = {"on.day": "22", "on.month": "11", "on.year": "2026", "masked": "1"}
    return given | written | day | answers(release.instrument) | {"csrf_token": token(page)}


def _releases(ward: Ward):  # noqa: ANN202 - releases
    with ward.face.work_list.store.reading() as unit:
        return unit.releases("demo")


def state(ward: Ward) -> list[object]:
    """Everything of site A that a request could change."""
    tables = ("administration", "entry", "attestation", "not_done", "follow_up_end")
    asked = [*tables, "mixup_report", "device_ticket", "pseudonym", "subject"]
    return [ward.place.ask(f"SELECT * FROM {table}") for table in asked]


def test_every_address_of_the_other_site_is_404(ward: Ward) -> None:
    before, sealed, client = state(ward), list(ward.sealer.bodies), ward.client(BEN)
    tried = routes(ward)
    assert len(tried) > 18
    for method, path in tried:
        data = body(ward, client.get("/fr/").text) if method == "POST" else None
        if path.endswith("/send"):
            data = {k: v for k, v in (data or {}).items() if _asked_by(path, k)}
        answer = client.open(path, method=method, data=data)
        assert (path, answer.status_code) == (path, 404)
        assert "00001" not in re.sub(r'(href|action)="[^"]*"', "", answer.text)
    assert state(ward) == before
    assert ward.sealer.bodies == sealed


def _asked_by(path: str, name: str) -> bool:
    """Leave out what the form at that address has not."""
    own = {"csrf_token", "release", "visit"}
    own |= {"on.day", "on.month", "on.year", "masked"} if "/paper/" in path else {"asked"}
    return name in own or name.startswith("q.")


def test_the_same_addresses_are_there_for_ana(ward: Ward) -> None:
    """Without this, a wrong address would make the test above pass."""
    client = ward.client(ANA)
    for method, path in routes(ward):
        if method == "GET" and not path.endswith("/replace"):
            assert (path, client.get(path).status_code) == (path, 200)
    data = {k: v for k, v in body(ward, client.get("/fr/").text).items() if _asked_by("/paper/", k)}
    assert client.post("/fr/sheets/00001/paper/3/send", data=data).status_code == 303


def test_lists_and_search_show_ones_own_site_only(ward: Ward) -> None:
    ana, ben = ward.client(ANA), ward.client(BEN)
    for path in ("/fr/", "/fr/follow-up"):
        assert "00001" in ana.get(path).text
        assert "00001" not in ben.get(path).text
        assert "00009" in ben.get(path).text
    assert ben.get("/fr/sheets?number=00009").location == "/fr/sheets/00009"
    assert ben.get(ben.get("/fr/sheets?number=00001").location or "").status_code == 404


def test_a_refused_look_is_in_the_ledger(ward: Ward) -> None:
    ward.client(BEN).get("/fr/sheets/00001")
    [(_, actor, _, detail)] = ward.ledger("access.refused")
    assert actor == f"staff:{BEN.reference}"
    assert "not_here" in str(detail)


def test_a_sheet_that_nobody_handed_over_is_no_sheet(ward: Ward) -> None:
    assert ward.client(ANA).get("/fr/sheets/00002").status_code == 404


@pytest.mark.parametrize("number", ["0", "OOOO1", "ooool"])
def test_a_number_is_read_as_people_type_it(ward: Ward, number: str) -> None:
    found = ward.client(ANA).get(f"/fr/sheets?number={number}")
    assert found.status_code == (404 if number == "0" else 303)


def test_every_address_of_a_sheet_names_its_permission(ward: Ward) -> None:
    for rule in ward.app.url_map.iter_rules():
        if "<number>" in rule.rule and not (
            rule.rule.endswith("/device") and "POST" in (rule.methods or ())
        ):
            known = rule_of(ward.app.view_functions[rule.endpoint])
            assert known is not None
            assert known.permissions, rule.rule
