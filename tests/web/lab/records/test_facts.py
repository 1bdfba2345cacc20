"""The day, who answered and how it came, corrected on the same page as the answers."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from qol.adapters.exports.csv_out import Dialect, records_csv
from qol.usecases.lab.export_records import ExportRecords, Purpose
from tests.cast import LENA
from tests.lab_records_face import ROWS, Room
from tests.unit.usecases.lab_fakes import PlainOpener
from tests.web.lab.records.test_records import FIRST, ONE, cells, correct

LATER = {"on.day": "21", "on.month": "11", "on.year": "2026"}


def sent(room: Room, **data: str) -> TestResponse:
    """Send the page as it is filled in, with what is changed on it."""
    page = room.client(LENA).get(f"{ONE}/correct").text.split("<main")[1]
    typed = dict(re.findall(r'name="(on\.[a-z]+)"[^>]* value="(\d+)"', page))
    chosen = re.findall(r'type="radio" name="(respondent|mode)" value="([a-z_]+)" checked', page)
    return correct(room.client(LENA), **(typed | dict(chosen) | data))


def newest(room: Room) -> str:
    """The version that stands since."""
    known = "', '".join(one.id for one in ROWS)
    [row] = room.place.ask(f"SELECT id FROM administration WHERE id NOT IN ('{known}')")
    return str(row[0])


def facts(page: str) -> dict[str, str]:
    """The first list of facts of a record's page."""
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page, re.DOTALL)
    return {unescape(name): unescape(re.sub("<[^>]+>", "", said)).strip() for name, said in pairs}


def test_the_page_is_filled_in_with_what_stands_and_sent_as_it_is_changes_nothing(
    room: Room,
) -> None:
    page = room.client(LENA).get(f"{ONE}/correct").text
    for part, value in (("day", "20"), ("month", "11"), ("year", "2026")):
        assert re.search(rf'name="on\.{part}"[^>]* value="{value}"', page)
    assert 'name="mode" value="paper_hcp" checked' in page
    assert 'name="respondent" value="self" checked' in page
    assert 'value="proxy"' not in page  # the protocol lets nobody else answer
    answer = sent(room)
    assert (answer.status_code, "Rien ne change" in unescape(answer.text)) == (422, True)


def test_the_new_facts_are_on_the_page_as_in_the_export_and_the_trail_says_both(
    room: Room,
) -> None:
    assert sent(room, **LATER, mode="interview").status_code == 303
    out = io.StringIO()
    export = ExportRecords(room.place.lab().records, PlainOpener())
    export("demo", Purpose.MONITORING, "t", lambda _: records_csv(out, Dialect()))
    [row, *_] = [
        row
        for row in csv.DictReader(io.StringIO(out.getvalue()))
        if (row["subject"][-1], row["instrument"]) == ("1", "demo-qol")
    ]
    assert (row["answered_on"], row["mode"], row["respondent"]) == (
        "2026-11-21",
        "interview",
        "self",
    )
    client = room.client(LENA)
    new = client.get(f"/fr/records/{newest(room)}").text
    shown = facts(new)
    assert (shown["Répondu le"], shown["Mode"]) == ("21 novembre 2026", "Entretien")
    for page in (new, client.get(ONE).text):
        what = cells(page, "trail")[0][1]
        assert "Répondu le 20 novembre 2026 → 21 novembre 2026" in what
        assert "Mode Papier, saisi au centre → Entretien" in what
    [(_, _, _, detail)] = room.ledger("record.corrected")
    assert '"fields":"answered_on,mode"' in str(detail)
    assert "2026-11" not in str(detail)


def test_what_an_answer_was_and_is_stands_in_the_trail(room: Room) -> None:
    assert sent(room, **{"q.dq01bags": "3"}).status_code == 303
    what = cells(room.client(LENA).get(ONE).text, "trail")[0][1]
    assert re.fullmatch(r"Correction dq01bags 1 · .+ → 3 · .+", what)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"on.day": "23"}, "day.to_come"),
        ({"on.day": "19"}, "day.no_window"),
        ({"on.day": "31"}, "day.to_type"),
        ({"on.day": "", "on.month": "", "on.year": ""}, "day.to_type"),
        ({"undated": "1"}, "records.undated.wrong"),
        ({"on.day": "", "on.month": "", "on.year": "", "undated": "1"}, "day.needed"),
        ({"mode": "self_online"}, "day.as_received"),
        ({"respondent": "proxy"}, "records.correct.no_proxy"),
    ],
)
def test_what_no_deposit_takes_comes_back_with_what_was_typed(
    room: Room, change: dict[str, str], told: str
) -> None:
    answer = sent(room, **{"q.dq01bags": "3"}, **change)
    assert answer.status_code == 422
    page = unescape(answer.text)
    assert room.desk.catalogues["fr"][told] in page
    assert 'name="q.dq01bags" value="3" checked' in page
    for name, value in change.items():
        if value and name in {"on.day", "undated"}:
            assert re.search(rf'name="{name}"[^>]* value="{value}"', page)
    assert len(room.rows()) == len(ROWS)


@pytest.mark.parametrize("change", [{"mode": "carrier_pigeon"}, {"respondent": "doctor"}])
def test_a_fact_that_is_no_code_of_ours_is_not_read(room: Room, change: dict[str, str]) -> None:
    assert sent(room, **change).status_code == 422
    assert len(room.rows()) == len(ROWS)


def test_the_trail_names_who_corrected_and_the_ledger_keeps_the_reference(room: Room) -> None:
    assert sent(room, **LATER).status_code == 303
    page = room.client(LENA).get(ONE).text
    assert cells(page, "trail")[0][4] == f"{LENA.account.name} {LENA.login}"
    assert LENA.reference not in page
    assert "staff:ana" in page  # no account of the programme
    [(_, actor, _, detail)] = room.ledger("record.corrected")
    assert actor == f"staff:{LENA.reference}"
    assert LENA.account.name not in str(detail)


def test_a_second_click_on_facts_is_one_version(room: Room) -> None:
    client = room.client(LENA)
    page = client.get(f"{ONE}/correct").text
    data = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
    data |= LATER | {"reason": "entry_error", "source": "professional_confirmed"}
    codes = [client.post(f"{ONE}/correct", data=data).status_code for _ in range(2)]
    assert (codes, len(room.rows())) == ([303, 303], len(ROWS) + 1)
    assert newest(room) != FIRST
