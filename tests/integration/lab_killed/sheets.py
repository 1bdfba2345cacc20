"""Sheets of the mail room, each at the point of its way where a test wants it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from qol.cli.demonstration.making import SITE
from qol.cli.demonstration.people import PROGRAMME
from qol.domain.administration import Body
from qol.domain.answers import Answer, Code, State, settled
from qol.domain.instrument import Release
from qol.domain.mail_room import Incident
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.mail_room.register_sheet import Envelope
from qol.usecases.lab.pseudonyms import Issued, Place
from tests.instance import Browser
from tests.integration.lab_killed.laboratory import Form, Lab, hidden

CHOICE = re.compile(r'name="choice\.([^"]+)"')
DAY_ZERO, ANSWERED, RECENT = (timedelta(days=ago) for ago in (12, 11, 2))


def followed(lab: Lab) -> Issued:
    """One more subject with a live code, whose follow-up began before the sheets."""
    shop = lab.instance.shop
    actor = shop.keyboard.acting(Permission.ISSUE_PSEUDONYMS, PROGRAMME)
    (sheet,) = shop.issue()(PROGRAMME, SITE, 1, actor).issued
    shop.activate()(Place(PROGRAMME, SITE, sheet.sheet_number), ago(lab, DAY_ZERO), actor)
    return sheet


def ago(lab: Lab, before: timedelta) -> date:
    """That long before today, where the programme is."""
    with lab.instance.shop.store().reading() as unit:
        zone = unit.versions(PROGRAMME)[-1].programme.time_zone
    return lab.instance.shop.clock.today(zone) - before


def release_of(lab: Lab) -> Release:
    """The first questionnaire in French."""
    with lab.instance.shop.store().reading() as unit:
        return next(one for one in unit.releases(PROGRAMME) if one.wording.language == "fr")


def code_of(sheet: Issued) -> str:
    """The code that stands on a sheet of paper."""
    assert sheet.pseudonym is not None
    return sheet.pseudonym.reveal()


def read(lab: Lab, slip: bool) -> Body:
    """A reading of the sheet, the same each time; with a slip, another first answer."""
    instrument = release_of(lab).instrument
    answers: dict[str, Answer] = {
        item.code: Code(
            item.codes[0] if item.codes else item.minimum,
            "number" if item.display == "line" else None,
        )
        for item in instrument.items
    }
    if slip:
        answers[instrument.items[0].code] = State.TWO_BOXES
    return Body(settled(instrument, answers), "fr", answered_on=ago(lab, ANSWERED))


def registered(lab: Lab, *typists: tuple[str, bool], whose: Issued | None = None) -> int:
    """A sheet that Lena opened, keyed by these people, with a slip or without; its number."""
    dice, code = lab.instance.shop.dice, code_of(whose or followed(lab))
    received = ago(lab, RECENT)
    envelope = Envelope(code, release_of(lab).id, received, None, frozenset(), dice.reference())
    number = lab.room.register_sheet(PROGRAMME, lab.actor("lena"), envelope)
    for login, slip in typists:
        body = read(lab, slip)
        lab.room.key(PROGRAMME, lab.actor(login), number, body, dice.reference())
    return number


def registered_without_code(lab: Lab) -> int:
    """A sheet that Lena opened and whose code nobody could read; its number."""
    received, attempt = ago(lab, RECENT), lab.instance.shop.dice.reference()
    seen = frozenset({Incident.CODE_UNREADABLE})
    envelope = Envelope("", release_of(lab).id, received, None, seen, attempt)
    return lab.room.register_sheet(PROGRAMME, lab.actor("lena"), envelope)


def reference_of(lab: Lab, number: int) -> str:
    """How the ledger names a sheet."""
    return f"sheet:{PROGRAMME}/{number}"


def deposited(lab: Lab, whose: Issued | None = None) -> int:
    """A sheet that two people keyed alike; its number."""
    return registered(lab, ("mia", False), ("noe", False), whose=whose)


def duplicate(lab: Lab) -> int:
    """A sheet whose slot held answers already; its number."""
    whose = followed(lab)
    deposited(lab, whose)
    return deposited(lab, whose)


def record_of(lab: Lab, number: int) -> str:
    """The administration that a sheet became."""
    [(record,)] = lab.ask(f"SELECT administration_id FROM received_sheet WHERE number = {number}")
    return str(record)


def typed(name: str, day: date) -> dict[str, str]:
    """A day in its three fields."""
    return {f"{name}.day": str(day.day), f"{name}.month": str(day.month)} | {
        f"{name}.year": str(day.year)
    }


def key_form(lab: Lab, browser: Browser, number: int) -> Form:
    """The grid, filled without a slip."""
    body = read(lab, slip=False)
    answers = {
        f"q.{code}": str(given.value)
        for code, given in body.answers.items()
        if isinstance(given, Code)
    }
    shown = hidden(browser, f"/fr/mail/{number}/key")
    day = body.answered_on
    assert day
    return f"/fr/mail/{number}/key/send", shown | answers | typed("on", day)
