"""Slips are drawn in the background, collected by one person, and their copies die once."""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path

import pytest

from tests.cast import LEO, LIA, MAX
from tests.lab_batches import Lab, bare, hidden, post

LANGUAGE = {"language": "fr"}


def drawn(lab: Lab, batch: str, count: int = 1) -> str:
    """Have Max draw the batch's slips; where they wait."""
    page = f"/fr/batches/{batch}/slips"
    client = lab.client(MAX)
    answer = post(client, page, **LANGUAGE)
    assert answer.status_code == 303
    lab.later.pass_by()
    assert len(lab.printer.sheets) == count
    return str(answer.location)


def test_the_page_says_how_far_it_is_and_asks_again_by_itself(lab: Lab) -> None:
    batch, client = lab.issued(), lab.client(MAX)
    waits = post(client, f"/fr/batches/{batch}/slips", **LANGUAGE).location
    page = client.get(waits).text
    assert '<meta http-equiv="refresh"' in page
    assert "0 fiches sur 4" in page
    lab.later.pass_by()
    page = client.get(waits).text
    assert "http-equiv" not in page
    assert lab.desk.catalogues["fr"]["lab.slips.stage.ready"] in page


def test_drawing_uses_nothing_up_and_collecting_does(lab: Lab) -> None:
    batch, client = lab.issued(), lab.client(MAX)
    waits = post(client, f"/fr/batches/{batch}/slips", **LANGUAGE).location
    lab.later.pass_by()
    assert lab.codes(batch) == [("issued", 1)] * 4
    assert lab.ledger("slips.printed") == []
    answer = post(client, waits)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    assert lab.codes(batch) == [("issued", 0)] * 4
    [(_, actor, reference, detail)] = lab.ledger("slips.printed")
    assert (actor, reference) == (f"staff:{MAX.reference}", f"batch:{batch}")
    assert json.loads(str(detail)) == {"count": 4}
    assert [row[0] for row in lab.ledger("slips.drawn")] == ["slips.drawn"]


def test_the_sheet_has_every_slip_in_the_order_of_its_number_and_says_no_place(lab: Lab) -> None:
    batch = lab.issued(9, "CHU-2")
    drawn(lab, batch)
    [sheet] = lab.printer.sheets
    assert [slip.sheet_number for slip in sheet.slips] == lab.sheets(batch)
    assert len({slip.pseudonym for slip in sheet.slips}) == 9
    assert sheet.address == "http://patient.localhost:8000/fr/"
    made = [row[0] for row in lab.place.ask("SELECT sheet_number FROM subject ORDER BY id")]
    assert made != lab.sheets(batch)  # printed in another order than made (T-04)


def test_two_clicks_are_one_print_and_two_collections_one_use(lab: Lab) -> None:
    batch, client = lab.issued(), lab.client(MAX)
    page = f"/fr/batches/{batch}/slips"
    data = hidden(client.get(page).text) | LANGUAGE
    first, second = (client.post(page, data=data) for _ in range(2))
    assert first.location == second.location
    lab.later.pass_by()
    assert len(lab.printer.sheets) == 1
    answers = [post(client, first.location) for _ in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].data == answers[1].data
    details = [json.loads(str(row[3])) for row in lab.ledger("slips.printed")]
    assert details == [{"count": 4}, {"again": 1, "count": 4}]


def test_what_is_drawn_is_for_one_person_for_ten_minutes_and_one_session(lab: Lab) -> None:
    batch, client = lab.issued(), lab.client(MAX)
    waits = post(client, f"/fr/batches/{batch}/slips", **LANGUAGE).location
    lab.later.pass_by()
    assert lab.client(LEO).get(waits).status_code == 404
    assert bare(lab.client(LEO), waits).status_code == 404
    assert bare(lab.client(MAX), waits).status_code == 404  # the same person, another session
    lab.clock.move(minutes=11)
    assert client.get(waits).status_code == 404
    assert bare(client, waits).status_code == 404
    assert lab.codes(batch) == [("issued", 1)] * 4


def test_a_print_that_fails_says_so_and_loses_nothing(lab: Lab) -> None:
    batch, client = lab.issued(), lab.client(MAX)
    lab.printer.jammed = True
    waits = post(client, f"/fr/batches/{batch}/slips", **LANGUAGE).location
    lab.later.pass_by()
    page = client.get(waits).text
    assert lab.desk.catalogues["fr"]["lab.slips.stage.failed"] in page
    assert lab.desk.catalogues["fr"]["lab.slips.failed"] in page
    assert bare(client, waits).status_code == 303
    assert lab.codes(batch) == [("issued", 1)] * 4
    lab.printer.jammed = False
    again = post(client, f"/fr/batches/{batch}/slips", **LANGUAGE).location
    lab.later.pass_by()
    assert post(client, again).status_code == 200


def test_a_drawing_that_died_with_its_process_says_so(lab: Lab) -> None:
    batch, client = lab.issued(), lab.client(MAX)
    waits = post(client, f"/fr/batches/{batch}/slips", **LANGUAGE).location
    lab.later.acts.clear()
    assert post(client, f"/fr/batches/{batch}/slips", **LANGUAGE).status_code == 409
    lab.clock.move(minutes=3)
    assert lab.desk.catalogues["fr"]["lab.slips.stage.failed"] in client.get(waits).text
    assert post(client, f"/fr/batches/{batch}/slips", **LANGUAGE).status_code == 303


@pytest.mark.parametrize("act", ["revoke", "replace", "activate"])
def test_a_batch_that_changed_meanwhile_is_drawn_again(lab: Lab, act: str) -> None:
    batch, client = lab.issued(), lab.client(MAX)
    waits = post(client, f"/fr/batches/{batch}/slips", **LANGUAGE).location
    lab.later.pass_by()
    sheet = f"/fr/batches/{batch}/sheets/{lab.sheets(batch)[0]}/{act}"
    post(lab.client(LEO), sheet, reason="lost", day_zero="2026-11-20")
    answer = post(client, waits)
    assert answer.status_code == 409
    assert lab.ledger("slips.printed") == []
    assert ("issued", 0) not in lab.codes(batch)


def test_the_second_of_two_who_drew_gets_nothing(lab: Lab) -> None:
    batch = lab.issued()
    first, second = lab.client(MAX), lab.client(LIA)
    page = f"/fr/batches/{batch}/slips"
    one = post(first, page, **LANGUAGE).location
    lab.later.pass_by()
    two = post(second, page, **LANGUAGE).location
    lab.later.pass_by()
    assert post(first, one).status_code == 200
    assert post(second, two).status_code == 409
    assert bare(first, page, **LANGUAGE, attempt="x" * 26).status_code == 409  # nothing left


def test_what_the_site_attested_is_the_sites_to_print(lab: Lab) -> None:
    batch = lab.issued()
    lab.place.ask(
        "INSERT INTO attestation (subject_id, note_version, note_language, variant, given_on,"
        " attempt, actor, attested_at) SELECT min(id), '1', 'fr', 'adult', '2026-11-22', 'a', 's',"
        " '2026-11-22' FROM subject"
    )
    drawn(lab, batch)
    assert len(lab.printer.sheets[0].slips) == 3
    assert "à imprimer au centre" in lab.client(MAX).get(f"/fr/batches/{batch}").text


def test_nothing_drawn_is_on_disk_in_the_clear(lab: Lab, tmp_path: Path) -> None:
    batch = lab.issued()
    drawn(lab, batch)
    with sqlite3.connect(tmp_path / "volatile.sqlite3") as volatile:
        [(sealed,)] = volatile.execute("SELECT sealed FROM slip_print").fetchall()
    assert len(sealed) > 32 + len(b"%PDF-1.7 slips")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any("volatile" in path.name for path in files)
    assert not [path for path in files if b"%PDF-1.7 slips" in path.read_bytes()]


def test_a_language_that_the_portal_does_not_speak_draws_nothing(lab: Lab) -> None:
    batch = lab.issued()
    answer = post(lab.client(MAX), f"/fr/batches/{batch}/slips", language="de")
    assert answer.status_code == 404
    assert lab.later.acts == []
    assert re.search("fiches", lab.client(MAX).get(f"/fr/batches/{batch}/slips").text)
