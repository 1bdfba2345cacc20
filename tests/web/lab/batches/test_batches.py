"""Batches are issued, seen by numbers, revoked; one sheet is activated, revoked, replaced."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from flask.testing import FlaskClient

from qol.domain.opening import State
from tests import builders
from tests.cast import LENA, LEO, LIA, MAX
from tests.integration.db.stock import EVENT
from tests.lab_batches import Lab, bare, hidden, issue, post


def test_a_batch_is_issued_and_listed_by_its_site(lab: Lab) -> None:
    batch = lab.issued(4, "CHU-2")
    client = lab.client(LEO)
    page = client.get("/fr/batches").text
    assert "CHU-2" in page
    assert f"/fr/batches/{batch}" in page
    [(_, actor, reference, detail)] = lab.ledger("pseudonyms.issued")
    assert (actor, reference) == (f"staff:{LEO.reference}", f"batch:{batch}")
    assert json.loads(str(detail)) == {"count": 4, "programme": "demo", "site": "CHU-2"}
    assert lab.codes(batch) == [("issued", 1)] * 4


def test_the_same_page_posted_twice_issues_one_batch(lab: Lab) -> None:
    client = lab.client(LEO)
    data = hidden(client.get("/fr/batches/new").text) | {"site": "A", "count": "3"}
    first, second = (client.post("/fr/batches/new", data=data) for _ in range(2))
    assert first.location == second.location
    assert len(lab.ledger("pseudonyms.issued")) == 1
    assert lab.place.ask("SELECT count(*) FROM subject") == [(3,)]


@pytest.mark.parametrize(
    ("site", "count", "told"),
    [
        ("", "3", "site"),
        ("a site!", "3", "site"),
        ("Z", "3", "site"),
        ("A", "0", "count"),
        ("A", "2001", "count"),
        ("A", "many", "count"),
    ],
)
def test_a_wrong_batch_is_asked_again(lab: Lab, site: str, count: str, told: str) -> None:
    answer = post(lab.client(LEO), "/fr/batches/new", site=site, count=count)
    assert answer.status_code == 422
    assert lab.desk.catalogues["fr"][f"lab.new.wrong.{told}"].format(most=2000) in answer.text
    assert lab.ledger("pseudonyms.issued") == []


def test_no_contract_in_force_no_codes_and_no_choice_of_that_site(lab: Lab) -> None:
    client = lab.client(LEO)
    page = "/fr/batches/new"
    assert '<option value="B">' in client.get(page).text
    with lab.acts.issue.store.writing() as unit:
        unit.put_site(replace(builders.site("B"), ends=date(2026, 1, 2)), lab.clock.now())
        unit.set_opening("demo", State.CLOSED, lab.clock.now())
        unit.commit(EVENT)
    assert '<option value="B">' not in client.get(page).text
    assert post(client, page, site="B", count="3").status_code == 422
    answer = post(client, page, site="A", count="3")
    assert answer.status_code == 422
    assert lab.desk.catalogues["fr"]["lab.new.wrong.unopened"] in answer.text
    assert lab.ledger("pseudonyms.issued") == []


def test_two_thousand_codes_are_one_batch(lab: Lab) -> None:
    batch = lab.issued(2000)
    assert len(set(lab.sheets(batch))) == 2000
    assert lab.client(LEO).get(f"/fr/batches/{batch}").text.count("<tr>") == 2001


def test_reading_is_an_event(lab: Lab) -> None:
    batch = lab.issued()
    client = lab.client(MAX)
    client.get("/fr/batches")
    client.get(f"/fr/batches/{batch}")
    mine = [row for row in lab.ledger("batches.read", "batch.read") if MAX.reference in str(row[1])]
    assert [row[:3:2] for row in mine] == [
        ("batches.read", "programme:demo"),
        ("batch.read", f"batch:{batch}"),
    ]


def test_who_prints_sees_batches_and_issues_none(lab: Lab) -> None:
    batch, client = lab.issued(), lab.client(MAX)
    assert "/batches/new" not in client.get("/fr/batches").text
    for path in ("/fr/batches/new", f"/fr/batches/{batch}/revoke", "/fr/recipients"):
        assert client.get(path).status_code == 403
    assert lab.client(LENA).get("/fr/batches").status_code == 403


def test_another_programmes_batch_is_not_there(lab: Lab) -> None:
    batch = lab.issued()
    lab.place.ask(f"UPDATE subject SET programme = 'other' WHERE batch = '{batch}'")
    lab.place.ask(f"UPDATE batch SET programme = 'other' WHERE reference = '{batch}'")
    client = lab.client(LEO)
    assert batch not in client.get("/fr/batches").text
    tails = ("", "/revoke", "/slips", "/key-file", "/sheets/00000", "/sheets/00000/replace")
    for path in (*tails, "/slips/" + "x" * 26):
        assert client.get(f"/fr/batches/{batch}{path}").status_code == 404, path
    for path, data in (
        ("/revoke", {"which": "all", "reason": "lost"}),
        ("/slips", {"language": "fr", "attempt": "x" * 26}),
        ("/sheets/00000/activate", {"day_zero": "2026-11-20"}),
    ):
        answer = bare(client, f"/fr/batches/{batch}{path}", **data)
        assert answer.status_code == 404, path
    assert lab.codes(batch) == [("issued", 1)] * 4


def _sheet(lab: Lab, batch: str, at: int = 0) -> str:
    return f"/fr/batches/{batch}/sheets/{lab.sheets(batch)[at]}"


def test_a_sheet_is_activated_once(lab: Lab) -> None:
    batch = lab.issued()
    client, page = lab.client(LEO), _sheet(lab, batch)
    for _ in range(2):
        assert post(client, f"{page}/activate", day_zero="2026-11-20").location == page
    assert lab.codes(batch)[0] == ("live", 1)
    assert len(lab.ledger("pseudonym.activated")) == 1
    for wrong in ("", "2026-02-31", "2030-01-01"):
        other = _sheet(lab, batch, 1)
        assert post(client, f"{other}/activate", day_zero=wrong).status_code == 422
    assert lab.codes(batch)[1] == ("issued", 1)


def test_a_sheet_is_revoked_with_its_reason_once(lab: Lab) -> None:
    batch = lab.issued()
    client, page = lab.client(LEO), _sheet(lab, batch)
    assert post(client, f"{page}/revoke").status_code == 422
    for _ in range(2):
        assert post(client, f"{page}/revoke", reason="seen_by_others").location == page
    [(_, _, _, detail)] = lab.ledger("pseudonym.revoked")
    assert json.loads(str(detail)) == {"reason": "seen_by_others", "site": "A"}
    assert lab.codes(batch)[0] == ("revoked", 0)


def test_a_sheet_is_replaced_once_and_the_old_number_leads_to_the_new(lab: Lab) -> None:
    batch = lab.issued()
    client, old = lab.client(LEO), lab.sheets(batch)[0]
    page = f"/fr/batches/{batch}/sheets/{old}/replace"
    data = hidden(client.get(page).text)
    first, second = (client.post(page, data=data) for _ in range(2))
    assert first.location == second.location
    assert str(first.location).rsplit("/", 1)[1] not in {old, ""}
    assert len(lab.ledger("pseudonym.replaced")) == 1
    assert old in client.get(first.location).text
    assert sorted(lab.codes(batch)) == [("issued", 1)] * 4 + [("replaced", 0)]
    assert client.get(f"/fr/batches/{batch}/sheets/{old}").status_code == 404


@pytest.mark.parametrize(("which", "left"), [("unused", ["live"]), ("all", [])])
def test_a_batch_is_revoked_and_a_second_click_is_none(
    lab: Lab, which: str, left: list[str]
) -> None:
    batch = lab.issued()
    client = lab.client(LEO)
    post(client, f"{_sheet(lab, batch)}/activate", day_zero="2026-11-20")
    page = f"/fr/batches/{batch}/revoke"
    assert post(client, page, which=which).status_code == 422
    assert post(client, page, reason="unused").status_code == 422
    for _ in range(2):
        answer = post(client, page, which=which, reason="site_left")
        assert answer.location == f"/fr/batches/{batch}"
    [(_, _, reference, detail)] = lab.ledger("batch.revoked")
    killed = {"count": 4 - len(left), "reason": "site_left", "which": which}
    assert (reference, json.loads(str(detail))) == (f"batch:{batch}", killed)
    assert [state for state, _ in lab.codes(batch) if state != "revoked"] == left


def _everything(client: FlaskClient, lab: Lab, batch: str) -> list[str]:
    sheet = _sheet(lab, batch)
    paths = ["/fr/batches", "/fr/batches/new", f"/fr/batches/{batch}", sheet, "/fr/recipients"]
    paths += [f"/fr/batches/{batch}/{tail}" for tail in ("slips", "revoke")]
    paths += [f"{sheet}/{tail}" for tail in ("activate", "revoke", "replace")]
    answers = [client.get(path) for path in paths]
    assert {one.status_code for one in answers} == {200}
    return [one.text for one in answers]


def test_no_code_is_on_any_page_or_in_the_ledger(lab: Lab) -> None:
    batch = lab.issued()
    kept = lab.place.ask("SELECT digest FROM pseudonym")
    codes = [bytes(digest).decode() for (digest,) in kept]  # type: ignore[call-overload]
    assert all(len(code) == 13 for code in codes)
    seen = "".join(_everything(lab.client(LIA), lab, batch))
    seen += str(lab.place.ask("SELECT * FROM ledger"))
    for code in codes:
        for text in (code, f"{code[:4]} {code[4:8]} {code[8:]}"):
            assert text not in seen


def test_the_counts_say_what_happened(lab: Lab) -> None:
    batch = lab.issued(6)
    client = lab.client(LEO)
    post(client, f"{_sheet(lab, batch)}/activate", day_zero="2026-11-20")
    post(client, f"{_sheet(lab, batch, 1)}/revoke", reason="lost")
    post(client, f"{_sheet(lab, batch, 2)}/replace")
    [one] = lab.acts.read("demo", "test")
    assert (one.size, one.issued, one.live, one.revoked, one.replaced) == (6, 4, 1, 1, 1)
    assert (one.printed, one.to_print, one.spent) == (0, 5, 0)


def test_a_site_that_is_no_code_reaches_nothing(lab: Lab) -> None:
    answer = issue(lab.client(LEO), "<b>", 3)
    assert answer.status_code == 422
    assert "<b>" not in answer.text.split("<main")[1]
