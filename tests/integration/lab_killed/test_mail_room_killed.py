"""kill -9 at each named point of the mail room's acts: rows and events agree; once more is once."""

from __future__ import annotations

from qol.cli.demonstration.people import PROGRAMME
from qol.domain.mail_room import Destruction
from tests.instance import Browser
from tests.integration.lab_killed import sheets
from tests.integration.lab_killed.laboratory import Draw, Form, Lab, again, hidden, killed
from tests.integration.lab_killed.points import POINTS, after_reading, each

KEYED, DEPOSITED = "sheet.keyed", "administration.deposited"
BOTH = {
    "after_begin": 0,
    "after_keying": 0,
    "after_event": 0,
    "after_commit": 1,
    "before_sealing": 1,
    "after_begin.2": 1,
    "after_row": 1,
    "after_event.2": 1,
    "after_commit.2": 2,
}
"""Likewise of an act that commits twice: a reading or a decision, then the deposit."""


@each(POINTS)
def test_a_sheet_is_registered_once(lab: Lab, point: str, left: int) -> None:
    code = sheets.code_of(sheets.followed(lab))

    def draw(browser: Browser) -> Form:
        given = {"code": code, "release": str(sheets.release_of(lab).id), "no_code": ""}
        day = sheets.typed("received_on", sheets.ago(lab, sheets.RECENT))
        return "/fr/mail/new", hidden(browser, "/fr/mail/new") | given | day

    act = ["sheet.registered"]
    form, kept = killed(lab, "lena", point, draw)
    assert kept == act[:left]
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (303, act)


@each(after_reading({"after_keying": 0} | POINTS))
def test_a_first_reading_is_kept_once(lab: Lab, point: str, left: int) -> None:
    number = sheets.registered(lab)
    form, kept = killed(lab, "mia", point, lambda one: sheets.key_form(lab, one, number))
    assert kept == [KEYED][:left]
    status, _, added = again(lab, "mia", form)
    assert (status, kept + added) == (303, [KEYED])


@each(after_reading(BOTH))
def test_a_second_reading_is_kept_once_and_deposits_once(lab: Lab, point: str, left: int) -> None:
    number = sheets.registered(lab, ("mia", False))
    form, kept = killed(lab, "noe", point, lambda one: sheets.key_form(lab, one, number))
    assert kept == [KEYED, DEPOSITED][:left]
    status, _, added = again(lab, "noe", form)
    assert (status, kept + added) == (303, [KEYED, DEPOSITED])


def _decide(browser: Browser, number: int) -> Form:
    path = f"/fr/mail/{number}/decide"
    status, page = browser.ask(path)
    assert status == 200
    (part,) = set(sheets.CHOICE.findall(page))
    return path, hidden(browser, path) | {f"choice.{part}": "first", "cause": "mistyped"}


def _deposit(browser: Browser, number: int) -> Form:
    return f"/fr/mail/{number}/deposit", hidden(browser, f"/fr/mail/{number}/decide")


@each(BOTH)
def test_a_decision_is_kept_once_and_deposits_once(lab: Lab, point: str, left: int) -> None:
    """A second Send is told that it is decided; the page then offers what is missing."""
    number = sheets.registered(lab, ("mia", False), ("noe", True))
    form, kept = killed(lab, "lena", point, lambda one: _decide(one, number))
    assert kept == ["sheet.reconciled", DEPOSITED][:left]
    status, _, added = again(lab, "lena", form)
    assert status == (409 if left else 303)
    if left == 1:
        assert added == []
        status, _, added = again(lab, "lena", _deposit(lab.at("lena"), number))
        assert status == 303
    assert sorted(kept + added) == [DEPOSITED, "sheet.reconciled"]


DEPOSIT = {"before_sealing": 0, "after_row": 0} | POINTS


@each(DEPOSIT)
def test_what_two_agree_on_is_deposited_once(lab: Lab, point: str, left: int) -> None:
    number = sheets.registered(lab, ("mia", False))
    killed(lab, "noe", "before_sealing", lambda one: sheets.key_form(lab, one, number))
    form, kept = killed(lab, "lena", point, lambda one: _deposit(one, number))
    assert kept == [DEPOSITED][:left]
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (303, [DEPOSITED])


FINDING = {"after_begin.3": 1, "after_event.2": 1, "after_commit.2": 2}
"""The reading is kept, the deposit finds its slot filled, and a third commit says so."""


@each(after_reading(FINDING))
def test_a_duplicate_is_found_once_and_adds_nothing(lab: Lab, point: str, left: int) -> None:
    whose, found = sheets.followed(lab), "sheet.duplicate_found"
    sheets.deposited(lab, whose)
    number = sheets.registered(lab, ("mia", False), whose=whose)
    form, kept = killed(lab, "noe", point, lambda one: sheets.key_form(lab, one, number))
    assert sorted(kept) == sorted([KEYED, found][:left])
    status, _, added = again(lab, "noe", form)
    assert (status, sorted(kept + added)) == (303, sorted([KEYED, found]))


@each(POINTS)
def test_a_duplicate_is_decided_once(lab: Lab, point: str, left: int) -> None:
    number, act = sheets.duplicate(lab), ["sheet.duplicate_decided"]

    def draw(browser: Browser) -> Form:
        shown = hidden(browser, f"/fr/mail/{number}")
        return f"/fr/mail/{number}/duplicate", shown | {"decision": "sent_twice"}

    form, kept = killed(lab, "mia", point, draw)
    assert kept == act[:left]
    status, _, added = again(lab, "mia", form)
    assert (status, kept + added) == (409 if left else 303, act)


def _settled(lab: Lab, number: int) -> list[tuple[str, bool]]:
    """The incidents of a sheet, and whether each is settled."""
    asked = "SELECT incident, settled_by IS NOT NULL FROM sheet_incident JOIN received_sheet"
    asked += f" ON received_sheet.id = sheet_id WHERE number = {number} ORDER BY incident"
    return [(str(incident), bool(settled)) for incident, settled in lab.ask(asked)]


@each(POINTS)
def test_an_incident_is_said_once_and_settled_once(lab: Lab, point: str, left: int) -> None:
    number, chosen = sheets.registered(lab), {"incident": "identity"}
    page, sheet = f"/fr/mail/{number}", sheets.reference_of(lab, number)

    def draw(act: str) -> Draw:
        return lambda one: (f"{page}/{act}", hidden(one, page) | chosen)

    for act, event, done in (
        ("incident", "sheet.incident_said", [("identity", False)]),
        ("settle", "sheet.incident_settled", [("identity", True)]),
    ):
        before = _settled(lab, number)
        form, _ = killed(lab, "mia", point, draw(act))
        assert (_settled(lab, number), lab.told(event, sheet)) == (
            (done, 1) if left else (before, 0)
        )
        assert again(lab, "mia", form)[0] == (409 if left else 303)
        assert (_settled(lab, number), lab.told(event, sheet)) == (done, 1)


@each(POINTS)
def test_a_sheet_gets_its_person_once(lab: Lab, point: str, left: int) -> None:
    whose = sheets.followed(lab)
    number = sheets.registered_without_code(lab)
    page, sheet = f"/fr/mail/{number}", sheets.reference_of(lab, number)
    code = {"code": sheets.code_of(whose)}
    form, _ = killed(lab, "mia", point, lambda one: (f"{page}/code", hidden(one, page) | code))
    asked = f"SELECT count(subject_id) FROM received_sheet WHERE number = {number}"
    assert (lab.ask(asked), lab.told("sheet.identified", sheet)) == ([(left,)], left)
    assert again(lab, "mia", form)[0] == (409 if left else 303)
    assert (lab.ask(asked), lab.told("sheet.identified", sheet)) == ([(1,)], 1)
    assert _settled(lab, number) == [("code_unreadable", True)]


@each(POINTS)
def test_a_destruction_is_prepared_once(lab: Lab, point: str, left: int) -> None:
    number, act = sheets.deposited(lab), ["sheets.destruction_prepared"]

    def draw(browser: Browser) -> Form:
        given = {"sheet": str(number), "method": "shredded"}
        day = sheets.typed("on", sheets.ago(lab, sheets.RECENT))
        return "/fr/mail/destruction", hidden(browser, "/fr/mail/destruction") | given | day

    form, kept = killed(lab, "lena", point, draw)
    assert kept == act[:left]
    status, _, added = again(lab, "lena", form)
    assert (status, kept + added) == (409 if left else 303, act)


@each(POINTS)
def test_a_destruction_is_confirmed_once(lab: Lab, point: str, left: int) -> None:
    number, act = sheets.deposited(lab), ["sheets.destroyed"]
    day = sheets.ago(lab, sheets.RECENT)
    batch = lab.room.prepare(PROGRAMME, lab.actor("lena"), [number], Destruction.SHREDDED, day)
    page = f"/fr/mail/destruction/{batch}"
    form, kept = killed(lab, "mia", point, lambda one: (f"{page}/confirm", hidden(one, page)))
    assert kept == act[:left]
    status, _, added = again(lab, "mia", form)
    assert (status, kept + added) == (409 if left else 303, act)
    [(state,)] = lab.ask(f"SELECT state FROM received_sheet WHERE number = {number}")
    assert state == "destroyed"
