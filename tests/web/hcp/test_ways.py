"""A way of collecting that the programme does not open is not offered, and not taken (EA-ÉCH-5-a).

The day on which somebody answered decides: paper filled in while its way was open is typed later.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests import builders
from tests.cast import ANA
from tests.hcp_face import Ward, make
from tests.integration.db.stock import EVENT
from tests.web.hcp.test_entering import DATED, FORM, SHEET, WAYS, at, body, send

CLOSED = "le programme ne recueillait pas les réponses de cette façon"


def reload(ward: Ward, since: date, modes: dict[str, str], version: int = 2) -> None:
    """Load another version of the programme, current since a day."""
    changed = replace(builders.programme(), version=version, modes=modes)
    with ward.place.lab().records.writing() as unit:
        unit.load_programme(changed, since, "toml")
        unit.commit(EVENT)


@pytest.fixture
def online_only(tmp_path: Path) -> Iterator[Ward]:
    """A ward whose programme collects online and nowhere else."""
    made = make(tmp_path, replace(builders.programme(), modes={}))
    yield made
    made.close()


def modes_of(ward: Ward) -> list[object]:
    return [mode for (mode,) in ward.place.ask("SELECT mode FROM administration")]


def test_ways_that_are_closed_are_not_offered(online_only: Ward) -> None:
    client = online_only.client(ANA)
    for path in ("/fr/", SHEET):
        page = client.get(path).text
        assert "/consultation" not in page, path
        assert "/paper" not in page, path
    assert f"{SHEET}/device" in client.get(SHEET).text


def test_whoever_goes_there_anyway_is_told(online_only: Ward) -> None:
    client = online_only.client(ANA)
    told = client.get(f"{SHEET}/consultation")
    assert CLOSED in told.text
    assert "/consultation/20" not in told.text
    form = client.get(FORM)
    assert form.status_code == 422
    assert CLOSED in form.text
    listed = client.get(f"{SHEET}/paper")
    assert listed.status_code == 200
    assert "btn small" not in listed.text
    assert "Le programme ne recueille pas de réponses sur papier" in listed.text


@WAYS
def test_a_way_closed_while_the_form_was_open_takes_nothing(ward: Ward, way: str) -> None:
    client = ward.client(ANA)
    sent = body(ward, client.get(at(ward, way)).text, way)
    reload(ward, date(2026, 11, 20), {})
    answer = client.post(f"{at(ward, way)}/send", data=sent)
    assert answer.status_code == 422
    assert CLOSED in answer.text
    assert answer.text.count(" checked") > 5  # what was typed is still there
    assert modes_of(ward) == []


def test_paper_of_the_time_when_it_was_open_is_typed_after_that(ward: Ward) -> None:
    reload(ward, date(2026, 11, 21), {})
    client = ward.client(ANA)
    assert f"{SHEET}/paper" in client.get(SHEET).text
    today = send(ward, client, "paper_hcp", **DATED | {"on.day": "22"})
    assert today.status_code == 422
    assert 'value="22"' in today.text
    assert send(ward, client, "paper_hcp").status_code == 303  # on the 21st, before it was closed
    assert modes_of(ward) == ["paper_hcp"]


@WAYS
def test_the_day_on_which_a_way_closes_still_takes_its_morning(ward: Ward, way: str) -> None:
    reload(ward, date(2026, 11, 22), {})
    client = ward.client(ANA)
    more = {"on.day": "22"} if way == "paper_hcp" else {}
    assert send(ward, client, way, **more).status_code == 303
    assert modes_of(ward) == [way]


def test_yesterdays_consultation_is_entered_after_its_way_closed(ward: Ward) -> None:
    reload(ward, date(2026, 11, 21), {})
    page = ward.client(ANA).get(SHEET).text
    assert page.count("/consultation") == 1  # of another day; none for what is due today
    asked = ward.client(ANA).get(f"{SHEET}/consultation?on.day=21&on.month=11&on.year=2026")
    assert asked.status_code == 200
    assert "/consultation/2026-11-21/demo-qol" in asked.text


def test_a_day_to_come_is_told_as_such(online_only: Ward) -> None:
    told = online_only.client(ANA).get(f"{SHEET}/consultation/9999-12-31/demo-qol")
    assert told.status_code == 422
    assert CLOSED not in told.text


def test_paper_of_before_it_was_open_is_not_typed(online_only: Ward) -> None:
    reload(online_only, date(2026, 11, 22), {"paper": "no-internet"})
    client = online_only.client(ANA)
    assert send(online_only, client, "paper_hcp").status_code == 422
    assert send(online_only, client, "paper_hcp", **{"on.day": "22"}).status_code == 303
    assert modes_of(online_only) == ["paper_hcp"]
