"""Records on the laboratory's face: the list, one whole, its correction, its freeze."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.adapters.exports.csv_out import Dialect, records_csv
from qol.domain.answers import Code
from qol.domain.errors import KeyAbsentError
from qol.usecases.lab.export_records import ExportRecords, Purpose
from tests.cast import ADA, LENA, Member
from tests.html import CheckingClient
from tests.lab_records_face import DEMO, IVO, NOA, ROWS, Room, answers
from tests.unit.usecases.lab_fakes import PlainOpener

FIRST = ROWS[0].id
ONE = f"/fr/records/{FIRST}"
WHO = {"reason": "transcription_error", "source": "paper_original"}


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's last form: token, release, visit."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page)
    return dict(found)


def correct(client: FlaskClient, page: str = f"{ONE}/correct", **data: str) -> TestResponse:
    """Send the correction page with what is changed on it."""
    shown = client.get(page)
    assert shown.status_code == 200
    return client.post(page, data=hidden(shown.text) | WHO | data)


def cells(page: str, region: str) -> list[list[str]]:
    """The texts of a table's rows."""
    table = page.split(f'aria-labelledby="{region}"')[1].split("</table>", maxsplit=1)[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.DOTALL)[1:]
    return [
        [
            " ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def test_the_list_shows_what_is_in_the_clear_and_nothing_else(room: Room) -> None:
    page = room.client(LENA).get("/fr/records").text
    assert page.count("<tr>") == 4
    assert "3 dossiers" in page
    label = DEMO.wording.label(DEMO.instrument.items[0], 1)
    assert label not in page
    [(_, actor, reference, detail)] = room.ledger("records.listed")
    assert (actor, reference) == (f"staff:{LENA.reference}", "programme:demo")
    assert detail == '{"count":3,"page":1}'


def test_the_list_is_filtered_by_its_links(room: Room) -> None:
    client = room.client(LENA)
    page = client.get("/fr/records").text
    [link] = set(re.findall(r'href="([^"]+instrument=pain-nrs[^"]*)"', page))
    assert client.get(unescape(link)).text.count("<tr>") == 2
    assert client.get("/fr/records?state=frozen").text.count("<tr>") == 0
    for nonsense in ("?state=x&page=0&timepoint=%3Cb%3E", "?page=999999"):
        assert client.get(f"/en/records{nonsense}").status_code == 200


def test_a_record_shows_what_its_export_says(room: Room) -> None:
    """Each answer and each score of the page is the export's, in the instrument's order."""
    out = io.StringIO()
    export = ExportRecords(room.place.lab().records, PlainOpener())
    export("demo", Purpose.MONITORING, "t", lambda _: records_csv(out, Dialect()))
    rows = [
        row
        for row in csv.DictReader(io.StringIO(out.getvalue()))
        if (row["subject"][-1], row["instrument"]) == ("1", "demo-qol")
    ]
    page = room.client(LENA).get(ONE).text
    items = [row for row in rows if row["row"] == "item"]
    shown = cells(page, "answers")
    assert [cell[0] for cell in shown] == [row["code"] for row in items]
    assert [cell[2] for cell in shown] == [row["value"] for row in items]
    for cell, row in zip(shown, items, strict=True):
        assert not row["label"] or cell[3] == row["label"]
    scores = [row for row in rows if row["row"] == "score"]
    for cell, row in zip(cells(page, "scores"), scores, strict=True):
        value = f"{float(row['value']):.3f}".replace(".", ",") if row["value"] else None
        assert cell[0] == row["code"]
        assert cell[1] == (value or "– aucune valeur")
        assert cell[2] == f"{row['items_used']}/{row['items_total']}"
        assert cell[3:5] == [row["rule"], f"{row['algorithm']} {row['algorithm_version']}"]
        assert bool(cell[5]) == bool(row["reason"])


def test_a_record_says_where_it_comes_from(room: Room) -> None:
    page = room.client(LENA).get(f"/en/records/{FIRST}").text
    for fact in (
        DEMO.hash,
        DEMO.definition_sha256,
        DEMO.wording_sha256,
        "demo-2026-escrow",
        "staff:ana",
        "Paper, typed at the site",
        "09:00 UTC",
        "S" + "1".zfill(25),
    ):
        assert fact in page
    [(_, _, reference, detail)] = room.ledger("record.read")
    assert reference == "subject:S" + "1".zfill(25)
    assert FIRST in str(detail)


def test_destroyed_keys_are_a_clear_page(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object) -> bytes:
        raise KeyAbsentError("the private half is gone from /some/folder")

    monkeypatch.setattr(PlainOpener, "open", gone)
    client = room.client(LENA)
    page = client.get(ONE)
    assert (page.status_code, "Les clés de 2026" in page.text) == (200, True)
    assert "/some/folder" not in page.text
    assert 'href="' + f"{ONE}/correct" not in page.text
    assert client.get(f"{ONE}/correct").status_code == 409
    assert '"opened":0' in str(room.ledger("record.read")[0][3])


@pytest.mark.parametrize("member", [NOA, ADA], ids=lambda m: m.login)
def test_another_programmes_records_are_nowhere(room: Room, member: Member) -> None:
    client, before = room.client(member), room.rows()
    token = hidden(client.get("/fr/account").text)["csrf_token"]
    expected = 404 if member is NOA else 403
    report = "/fr/reports/S" + "1".zfill(25) + "/t0"
    for path in (ONE, f"{ONE}/correct", report):
        assert (path, client.get(path).status_code) == (path, expected)
    sent = {"csrf_token": token, "visit": "a" * 26, "release": DEMO.hash}
    sent |= {"decision": "dismissed", "report": "1"}
    for path in (f"{ONE}/correct", f"{ONE}/freeze", f"{ONE}/lift", report):
        data = sent | {"reason": "objection" if path.endswith("freeze") else "to_correct"}
        assert (path, client.post(path, data=data).status_code) == (path, expected)
    assert room.rows() == before
    if member is NOA:
        assert "S000" not in client.get("/fr/records").text + client.get("/fr/reports").text


def test_a_correction_keeps_what_is_not_changed(room: Room) -> None:
    client, item = room.client(LENA), DEMO.instrument.items[0]
    page = client.get(f"{ONE}/correct").text
    kept = re.findall(r'name="q\.[^"]+" value="" checked', page)
    assert len(kept) == len(DEMO.instrument.items)  # each line keeps what it has
    label = DEMO.wording.label(item, 1)
    assert f"garder : 1 · {label}" in unescape(page)
    assert correct(client, **{f"q.{item.code}": "3"}).status_code == 303
    [new] = room.place.ask(
        "SELECT id FROM administration WHERE id NOT IN ('{}')".format(
            "', '".join(one.id for one in ROWS)
        )
    )
    shown = cells(client.get(f"/fr/records/{new[0]}").text, "answers")
    before = answers(DEMO)
    assert shown[0][2] == "3"
    assert [cell[2] for cell in shown[1:]] == [
        str(one.value) if isinstance(one, Code) else "" for one in list(before.values())[1:]
    ]
    trail = cells(client.get(ONE).text, "trail")
    assert trail[0][1].startswith(f"Correction {item.code} 1 · ")
    assert trail[0][2:4] == ["Le papier a été mal recopié", "Le papier d’origine"]
    assert ">Remplacé<" in client.get(ONE).text
    assert f"{ONE}/correct" not in client.get(ONE).text


def test_a_second_click_is_one_version_and_a_second_person_is_told(room: Room) -> None:
    lena, ivo, item = room.client(LENA), room.client(IVO), DEMO.instrument.items[0].code
    mine, his = (hidden(one.get(f"{ONE}/correct").text) for one in (lena, ivo))
    change = {f"q.{item}": "3"} | WHO
    for _ in range(2):
        assert lena.post(f"{ONE}/correct", data=mine | change).status_code == 303
    late = ivo.post(f"{ONE}/correct", data=his | change)
    assert (late.status_code, "plus rapide" in late.text) == (409, True)
    assert len(room.rows()) == len(ROWS) + 1
    assert len(room.ledger("record.corrected")) == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "Rien ne change"),
        ({"q.dq01bags": "1"}, "Rien ne change"),
        ({"q.dq01bags": "3", "reason": ""}, "Choisissez"),
        ({"q.dq01bags": "3", "source": "gossip"}, "sur quelle base"),
        ({"q.dq22day": "101"}, 'class="error"'),
        ({"q.dq22day": "5", "q.dq22day.state": "illegible"}, 'class="error"'),
    ],
)
def test_a_form_comes_back_with_what_was_typed(
    room: Room, change: dict[str, str], said: str
) -> None:
    answer = correct(room.client(LENA), **change)
    assert answer.status_code == 422
    assert said in unescape(answer.text)
    assert len(room.rows()) == len(ROWS)
    if change.get("q.dq01bags") == "3":
        assert re.search(r'name="q.dq01bags" value="3" checked', answer.text)


@pytest.mark.parametrize(
    "change",
    [{"q.zz": "1"}, {"q.dq01bags": "9"}, {"visit": "x"}, {"release": "0" * 64}, {"note": "free"}],
)
def test_a_body_that_is_no_form_of_ours_changes_nothing(room: Room, change: dict[str, str]) -> None:
    assert correct(room.client(LENA), **change).status_code == 422
    assert len(room.rows()) == len(ROWS)


def test_a_frozen_record_leaves_the_export_and_comes_back(room: Room) -> None:
    client = room.client(LENA)

    def count() -> int:
        export = ExportRecords(room.place.lab().records, PlainOpener())
        return export("demo", Purpose.MONITORING, "t", lambda _: lambda _: None).count

    def act(name: str, reason: str) -> int:
        data = hidden(client.get(ONE).text) | {"reason": reason}
        codes = [client.post(f"{ONE}/{name}", data=data).status_code for _ in range(2)]
        assert codes[0] == codes[1]
        return codes[0]

    assert act("freeze", "") == 422
    assert act("freeze", "to_correct") == 422  # a reason of the other list
    assert (act("freeze", "accuracy_contested"), count()) == (303, len(ROWS) - 1)
    assert client.get(f"{ONE}/correct").status_code == 409
    assert act("freeze", "objection") == 409
    assert (act("lift", "accuracy_confirmed"), count()) == (303, len(ROWS))
    assert [row[1] for row in cells(client.get(ONE).text, "trail")] == ["Gel", "Gel levé"]
    assert len(room.ledger("record.frozen", "record.lifted")) == 2


@pytest.mark.parametrize("point", ["after_sealing", "after_rows"])
def test_a_death_between_seal_and_commit_leaves_the_old_version(room: Room, point: str) -> None:
    def dies(reached: str) -> None:
        if reached == point:
            raise KeyboardInterrupt

    room.faults.append(dies)
    before = room.rows()
    with pytest.raises(KeyboardInterrupt):
        correct(room.client(LENA), **{"q.dq01bags": "3"})
    room.faults.clear()
    assert room.rows() == before
    assert room.ledger("record.corrected") == []
    assert correct(room.client(LENA), **{"q.dq01bags": "3"}).status_code == 303


def test_no_page_takes_free_text(room: Room) -> None:
    client = room.client(LENA)
    assert isinstance(client, CheckingClient)
    for path in ("/fr/records", ONE, f"{ONE}/correct", "/fr/reports"):
        page = client.get(path).text
        assert "<textarea" not in page
        for tag in re.findall(r'<input[^>]*type="text"[^>]*>', page):
            assert 'inputmode="numeric"' in tag
