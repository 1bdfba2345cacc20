"""The mail room on both databases: who is first, what a death leaves, what its role may do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import pytest

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.migrating import grants
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_mail import SqlMailStore
from qol.bootstrap import lab_mail_room
from qol.bootstrap.drawing import drawn
from qol.domain.administration import Body
from qol.domain.answers import Code, State, settled
from qol.domain.errors import AlreadySaidError
from qol.domain.keying import Cause, Choice
from qol.domain.mail_room import Destruction, Duplicate, Incident, SheetMovedError, SheetState
from qol.usecases.lab.mail_room.finding import MayNotKeyError
from qol.usecases.lab.mail_room.register_sheet import Envelope
from qol.usecases.ports import Fault
from qol.web.lab.mail_room.acts import MailRoom
from tests import builders
from tests.integration.db.stock import EVENT, SLOT, Place, administration, config_of, digest
from tests.integration.db.test_grants import as_role
from tests.mail_room import BoundSealer
from tests.unit.usecases.lab_fakes import SeededDice

RELEASE = builders.releases()[0]
POINTS = ("after_begin", "after_keying", "after_row", "after_event", "after_commit")
Opened = Callable[..., MailRoom]


class FirstSubject:
    """Every code is that of subject 1."""

    def lookup(self, pseudonym: str) -> bytes:
        return digest(1)

    def ticket(self, ticket: str) -> bytes:
        raise AssertionError("no tickets here")


def body(value: int = 0) -> Body:
    """A reading of a sheet whose first item has that code."""
    instrument = RELEASE.instrument
    first = instrument.items[0]
    answers = {first.code: Code(first.codes[value]) if first.codes else State.ILLEGIBLE}
    rest = {item.code: State.UNANSWERED for item in instrument.items[1:]}
    settled_ = settled(instrument, rest | answers)
    return Body(settled_, RELEASE.wording.language, answered_on=date(2026, 11, 21))


@pytest.fixture
def opened(place: Place) -> Iterator[Opened]:
    """Open mail rooms on the place, all with the same keys; closed at the end."""
    sealer, dice, databases = BoundSealer(), SeededDice(), []

    def open_one(fault: Fault = lambda _: None, url: str = "") -> MailRoom:
        config = replace(config_of(url or place.url, place.folder, demo=not url), face="lab")
        database = open_database(config)
        databases.append(database)
        store = SqlMailStore(database, drawn, Recorder(place.clock, dice), fault)
        parts = (store, sealer, sealer, FirstSubject(), place.clock, dice, fault)
        return lab_mail_room.assembled(lab_mail_room.Parts(*parts))

    yield open_one
    for database in databases:
        database.dispose()


def envelope(attempt: str = "a") -> Envelope:
    """What the opener types."""
    code, day = builders.a_code().reveal(), date(2026, 11, 22)
    return Envelope(code, RELEASE.id, day, None, frozenset(), attempt * 26)


def everything(room: MailRoom) -> list[SheetState]:
    """Four sheets on their whole way: agreed, decided, duplicate, set aside; then destroyed."""
    for attempt in "abcd":
        room.register_sheet("demo", "ora", envelope(attempt))
    reached = []
    for number, second in ((1, 0), (2, 1), (3, 0)):
        room.key("demo", "mia", number, body(), "v" * 26)
        reached.append(room.key("demo", "noe", number, body(second), "w" * 26))
    part = "q." + RELEASE.instrument.items[0].code
    found = room.compare("demo", "ivo", 2)
    assert [one.part for one in found.differences] == [part]
    taken = {part: Choice.FIRST}
    reached.append(room.reconcile("demo", "ivo", 2, taken, Cause.MISREAD))
    for number in (2, 3):
        room.decide("demo", "ivo", number, Duplicate.SENT_TWICE)
    room.say("demo", "mia", 4, Incident.IDENTITY)
    room.settle("demo", "mia", 4, Incident.IDENTITY)
    room.say("demo", "mia", 4, Incident.EMPTY)
    batch = room.prepare("demo", "mia", [1, 2, 3, 4], Destruction.SHREDDED, date(2026, 11, 22))
    room.confirm("demo", "ivo", batch)
    certificate = room.certificate("demo", "ora", batch)
    assert (certificate.sheets, certificate.confirmed is not None) == ((1, 2, 3, 4), True)
    return reached


STATES = [
    SheetState.RECONCILED,
    SheetState.KEYED_TWICE,
    SheetState.DUPLICATE,
    SheetState.DUPLICATE,
]


def test_every_way_of_a_sheet(opened: Opened, place: Place) -> None:
    assert everything(opened()) == STATES
    assert place.ask("SELECT mode FROM administration") == [("paper_post",)]
    assert {one.state for one in opened().register("demo", "ora").sheets} == {SheetState.DESTROYED}
    acts = [str(row[0]) for row in place.ask("SELECT act FROM ledger WHERE act LIKE 'sheet%'")]
    assert acts.count("sheet.keyed") == 6
    assert acts.count("sheet.registered") == 4
    for row in place.ask("SELECT detail, reference FROM ledger"):
        assert "unanswered" not in repr(row)


@pytest.mark.parametrize("empty", ["postgresql"], indirect=True)
def test_the_laboratorys_role_has_just_these_rights(opened: Opened, place: Place) -> None:
    grants(place.url)
    assert everything(opened(url=as_role(place, "lab"))) == STATES


@pytest.mark.parametrize("equal", [True, False])
def test_two_second_typists_at_once_are_one_second(
    opened: Opened, place: Place, *, equal: bool
) -> None:
    rooms = [opened() for _ in range(4)]
    rooms[0].register_sheet("demo", "ora", envelope())
    rooms[0].key("demo", "mia", 1, body(), "v" * 26)
    ready = Barrier(4)

    def key(number: int) -> SheetState | str:
        ready.wait()
        value = 0 if equal else 1
        try:
            return rooms[number].key("demo", f"typist {number}", 1, body(value), f"{number}" * 26)
        except MayNotKeyError as refused:
            return refused.why.value

    with ThreadPoolExecutor(4) as pool:
        led = sorted(str(one) for one in pool.map(key, range(4)))
    second = "reconciled" if equal else "keyed_twice"
    assert led == sorted(["not_waiting"] * 3 + [second])
    assert place.ask("SELECT turn FROM sheet_keying ORDER BY turn") == [(1,), (2,)]
    assert place.ask("SELECT count(*) FROM administration") == [(1 if equal else 0,)]


def test_sheets_filed_at_once_have_numbers_without_a_gap(opened: Opened, place: Place) -> None:
    rooms, ready = [opened() for _ in range(4)], Barrier(4)

    def file(number: int) -> int:
        ready.wait()
        return rooms[number].register_sheet("demo", "ora", envelope("abcd"[number]))

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(file, range(4))) == [1, 2, 3, 4]


def test_deposits_at_once_are_one_administration(opened: Opened, place: Place) -> None:
    rooms, ready = [opened() for _ in range(3)], Barrier(4)
    rooms[0].register_sheet("demo", "ora", envelope())
    rooms[0].key("demo", "mia", 1, body(), "v" * 26)

    def die(point: str) -> None:
        if point == "before_sealing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        opened(die).key("demo", "noe", 1, body(), "w" * 26)
    patient = place.patient().records

    def online() -> str:
        ready.wait()
        with patient.writing() as unit:
            unit.add(administration(1, 1, SLOT))
            unit.commit(EVENT)
        return "online"

    def by_post(room: MailRoom) -> str:
        ready.wait()
        return str(room.deposit("demo", "ivo", 1))

    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(by_post, room) for room in rooms] + [pool.submit(online)]
        errors = [one.exception() for one in sent]
        states = {one.result() for one in sent[:3]}
    [(mode,)] = place.ask("SELECT mode FROM administration")
    assert states == {"reconciled" if mode == "paper_post" else "duplicate"}
    assert (errors[3] is None) is (mode == "self_online")


@pytest.mark.parametrize("point", [*POINTS, "before_sealing"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_death_anywhere_loses_no_keying_and_deposits_once(
    opened: Opened, place: Place, point: str, times: int
) -> None:
    """The second typist's process dies at a point; the same Send again ends the same way."""
    room = opened()
    room.register_sheet("demo", "ora", envelope())
    room.key("demo", "mia", 1, body(), "v" * 26)
    left = [times]

    def die(at: str) -> None:
        if at == point:
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt

    try:
        opened(die).key("demo", "noe", 1, body(), "w" * 26)
    except KeyboardInterrupt:
        pass
    else:
        assert left[0] > 0, "it passed that point less often"
    keyed, deposited = place.ask(
        "SELECT (SELECT count(*) FROM sheet_keying), (SELECT count(*) FROM administration)"
    )[0]
    events = place.ask("SELECT act FROM ledger WHERE detail LIKE '%turn%' OR detail LIKE '%post%'")
    assert len(events) == int(str(keyed)) + int(str(deposited))
    assert room.key("demo", "noe", 1, body(), "w" * 26) is SheetState.RECONCILED
    assert place.ask("SELECT count(*) FROM administration") == [(1,)]
    assert place.ask("SELECT count(*) FROM sheet_keying") == [(2,)]


def test_what_was_interrupted_is_finished_from_the_page(opened: Opened, place: Place) -> None:
    room = opened()
    room.register_sheet("demo", "ora", envelope())
    room.key("demo", "mia", 1, body(), "v" * 26)

    def die(at: str) -> None:
        if at == "before_sealing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        opened(die).key("demo", "noe", 1, body(), "w" * 26)
    assert room.compare("demo", "ivo", 1).differences == ()
    assert room.deposit("demo", "ivo", 1) is SheetState.RECONCILED
    assert room.deposit("demo", "ivo", 1) is SheetState.RECONCILED
    assert json.loads(str(place.ask("SELECT detail FROM ledger WHERE detail LIKE '%post%'")[0][0]))


def test_what_is_said_twice_changes_nothing(opened: Opened) -> None:
    room = opened()
    room.register_sheet("demo", "ora", envelope())
    room.say("demo", "mia", 1, Incident.DAMAGED)
    with pytest.raises(AlreadySaidError):
        room.say("demo", "noe", 1, Incident.DAMAGED)
    with pytest.raises(SheetMovedError):
        room.decide("demo", "mia", 1, Duplicate.SENT_TWICE)
