"""Pictures of what the laboratory works with, to be looked at and committed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest
from playwright.sync_api import Browser

from tests import lab_batches, lab_programmes, lab_records_face
from tests.cast import ADA, LENA, LEO, LIA, MAX, MIA, ORA, UMA, Member
from tests.e2e.test_lab_pages import opened_mail, served
from tests.e2e.test_programmes import proposed
from tests.lab_batches import Lab, post
from tests.screens import LABORATORY, View, keep
from tests.web.lab.records.test_records import ONE

Room = tuple[Any, dict[str, str]]  # a room, and what its addresses hold


def records(folder: Path) -> Room:
    return lab_records_face.make(folder), {"one": ONE.removeprefix("/fr/")}


def programmes(folder: Path) -> Room:
    return lab_programmes.with_sites(folder), {}


def staffing(folder: Path) -> Room:
    return lab_programmes.with_sites(folder), {"someone": LENA.reference}


def mail(folder: Path) -> Room:
    return opened_mail(folder), {}


def batches(folder: Path) -> Room:
    """Three batches; the last one, with a key file, is shown."""
    lab: Lab = lab_batches.make(folder)
    key = str(pyrage.x25519.Identity.generate().to_public())
    post(lab.client(LEO), "/fr/recipients", label="dpo-1", key=key)
    [(recipient,)] = lab.place.ask("SELECT reference FROM recipient")
    for site in ("A", "CHU-2"):
        lab.issued(40, site)
    shown = lab.issued(12, "CHU-2", recipient=str(recipient))
    first, second, *_ = lab.sheets(shown)
    for sheet in (first, second):
        post(lab.client(LIA), f"/fr/batches/{shown}/sheets/{sheet}/replace")
    return lab, {"batch": shown}


ROOMS: dict[str, tuple[Callable[[Path], Room], Member]] = {
    "programmes": (programmes, LEO),
    "approving": (programmes, UMA),
    "records": (records, LENA),
    "staffing": (staffing, ADA),
    "mail": (mail, ORA),
    "keying": (mail, MIA),
    "batches": (batches, MAX),
    "leading": (batches, LIA),
}


@pytest.mark.screenshots
@pytest.mark.parametrize("room", ROOMS)
@pytest.mark.parametrize("view", LABORATORY.views, ids=lambda view: view.column)
def test_what_the_laboratory_works_with(
    browser: Browser, tmp_path: Path, view: View, room: str
) -> None:
    made, member = ROOMS[room]
    opened, held = made(tmp_path)
    shown = [screen for screen in LABORATORY.screens if screen.room == room]
    assert shown
    with served(opened, member, browser, **view.how) as (page, origin):
        for screen in shown:
            path = str(screen.path).format(**held)
            answer = page.goto(f"{origin}/{view.language}/{path}")
            assert answer is not None
            assert answer.status == 200, path
            keep(page, LABORATORY, screen.name, view)


@pytest.mark.screenshots
@pytest.mark.parametrize("view", LABORATORY.views, ids=lambda view: view.column)
def test_a_change_that_waits_to_be_confirmed(browser: Browser, tmp_path: Path, view: View) -> None:
    with served(lab_programmes.with_sites(tmp_path), LEO, browser, **view.how) as (page, origin):
        proposed(page, origin, "Autre nom")
        assert page.get_by_role("heading", level=1).text_content() == "Ce qui change"
        keep(page, LABORATORY, "lab-programme-preview", view)
