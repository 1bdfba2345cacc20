"""What is printed is audited by what identifies it, never by a pseudonym."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest

from qol.domain.audit import Act
from qol.domain.errors import NotAllowedError, PrintingError
from qol.domain.instrument import (
    Instrument,
    Item,
    ItemWording,
    Release,
    Section,
    SectionWording,
    Wording,
)
from qol.domain.portal import Portal, Safety
from qol.domain.programme import Notice, Offset, Postal, Programme, Timepoint, Window
from qol.domain.pseudonym import draw
from qol.domain.schedule import InForce
from qol.usecases.lab.paper import Form, Kit, Printed, Questionnaire, Readiness, Review
from qol.usecases.lab.print_form import PrintForm
from qol.usecases.lab.print_kit import PrintKit
from qol.usecases.lab.print_review import PrintReview
from tests.fakes import FixedClock
from tests.unit.usecases.lab_fakes import FakeLabStore, LabState

ITEM = Item("q1", "integer", "s", maximum=9, display="number")
INSTRUMENT = Instrument("one", "1", (Section("s", ("q1",)),), (ITEM,), ())
WORDING = Wording("fr", "Un", {"s": SectionWording()}, {"q1": ItemWording("?")}, {})
SAFETY = Safety("Personne ne lit.", ())
ASKED = Questionnaire(INSTRUMENT, WORDING, "d" * 64, "w" * 64, Readiness.RELEASED)
PDF = b"%PDF"
CODE = draw(random.Random(1).randrange)  # noqa: S311 - a code of the tests
PORTAL = Portal(("fr", "en"), {}, {}, {"fr": SAFETY, "en": SAFETY}, {}, ("localhost",))
CLOCK = FixedClock(datetime(2026, 11, 20, 12, 0, tzinfo=UTC))
POSTAL = Postal(("A", "75000 Paris"), "00000", "no-internet")


@dataclass
class Press:
    """Keeps what it was asked for."""

    fails: bool = False
    asked: list[object] = field(default_factory=list)

    def _printed(self, what: object) -> Printed:
        if self.fails:
            raise PrintingError("The sheet could not be printed.")
        self.asked.append(what)
        return Printed(PDF, b"{}", "ABCDEFGH", 2)

    def print_form(self, form: Form) -> Printed:
        return self._printed(form)

    def print_kit(self, kit: Kit) -> Printed:
        return self._printed(kit)

    def print_review(self, review: Review) -> Printed:
        return self._printed(review)


def _programme(postal: Postal | None = POSTAL, *, proxy: tuple[str, ...] = ()) -> Programme:
    window = Window(Offset(), Offset(days=1))
    points = tuple(Timepoint(code, {}, window, ("one",)) for code in ("t0", "t1"))
    notice = Notice("1", "a", "b", "c", "d", "e")
    return Programme(
        id="demo",
        version=3,
        labels={},
        time_zone="Europe/Paris",
        languages=("fr", "en"),
        timepoints=points,
        releases={"one": "1"},
        notices={"fr": notice, "en": notice},
        legal_frame="AAP-2022-107",
        decision_reference="D",
        decision_date=date(2026, 1, 1),
        proxy=proxy,
        postal=postal,
    )


def _release(number: int, *, approved: bool, language: str = "fr") -> Release:
    wording = replace(WORDING, language=language)
    return Release(number, INSTRUMENT, wording, f"d{number}", f"w{number}", "h", approved)


def _ended() -> Release:
    return replace(_release(1, approved=True), licence_ends=date(2026, 11, 19))


def _store(programme: Programme | None = None, *releases: Release) -> FakeLabStore:
    versions = [InForce(programme, date(2026, 1, 1))] if programme else []
    return FakeLabStore(LabState(versions=versions, releases=releases))


def test_a_form_is_audited_by_its_code_and_its_hash() -> None:
    store = _store()
    PrintForm(store, Press())(Form(ASKED, SAFETY), "lena")
    [event] = store.state.events
    assert (event.act, event.actor, event.reference) == (
        Act.FORM_PRINTED,
        "lena",
        "instrument:one",
    )
    assert event.detail == {
        "version": "1",
        "language": "fr",
        "readiness": "released",
        "form": "ABCDEFGH",
        "pages": 2,
        "coded": 0,
        "sha256": sha256(PDF).hexdigest(),
    }


def test_a_form_with_a_pseudonym_leaves_nothing_to_guess_it_by() -> None:
    store = _store()
    PrintForm(store, Press())(Form(ASKED, SAFETY, CODE), "lena")
    [event] = store.state.events
    assert event.detail["coded"] == 1
    assert "sha256" not in event.detail
    assert CODE.reveal() not in repr(event)


def test_what_could_not_be_printed_is_no_event() -> None:
    store = _store(_programme(), _release(1, approved=True))
    with pytest.raises(PrintingError):
        PrintForm(store, Press(fails=True))(Form(ASKED, SAFETY), "lena")
    with pytest.raises(PrintingError):
        PrintKit(store, Press(fails=True), CLOCK, demonstration=False)("demo", "fr", PORTAL, "lena")
    with pytest.raises(PrintingError):
        PrintReview(store, Press(fails=True))(Review((ASKED,), {}, "s"), "lena")
    assert store.state.events == []


def test_a_kit_holds_each_questionnaire_once_in_its_newest_approved_release() -> None:
    press = Press()
    releases = (
        _release(1, approved=True),
        _release(2, approved=True),
        _release(3, approved=False),
        _release(4, approved=True, language="en"),
    )
    store = _store(_programme(proxy=("one",)), *releases)
    PrintKit(store, press, CLOCK, demonstration=False)("demo", "fr", PORTAL, "lena")
    [kit] = press.asked
    assert isinstance(kit, Kit)
    [asked] = kit.questionnaires
    assert (asked.definition_sha256, asked.readiness, asked.proxy) == (
        "d2",
        Readiness.RELEASED,
        True,
    )
    assert kit.postal == POSTAL
    [event] = store.state.events
    assert (event.act, event.reference) == (Act.KIT_PRINTED, "programme:demo")
    assert event.detail["sha256"] == sha256(PDF).hexdigest()


def test_a_demonstration_prints_what_nobody_approved_and_says_so() -> None:
    press = Press()
    store = _store(_programme(), _release(1, approved=False))
    PrintKit(store, press, CLOCK, demonstration=True)("demo", "fr", PORTAL, "lena")
    [kit] = press.asked
    assert isinstance(kit, Kit)
    assert kit.questionnaires[0].readiness is Readiness.DEMONSTRATION


@pytest.mark.parametrize(
    ("store", "language", "told"),
    [
        (_store(), "fr", "There is no programme demo"),
        (_store(_programme(None)), "fr", r"demo has no post: its file needs a \[postal\] table"),
        (_store(_programme()), "de", "demo is not offered in de"),
        (_store(_programme()), "fr", "one has no release in fr"),
        (_store(_programme(), _release(1, approved=False)), "fr", "no approved release under"),
        (_store(_programme(), _ended()), "fr", "no approved release under a running licence"),
    ],
)
def test_a_kit_is_refused_without_what_it_needs(
    store: FakeLabStore, language: str, told: str
) -> None:
    press = Press()
    with pytest.raises(NotAllowedError, match=told):
        PrintKit(store, press, CLOCK, demonstration=False)("demo", language, PORTAL, "lena")
    assert press.asked == store.state.events == []


def test_a_review_is_audited_with_its_languages() -> None:
    store = _store()
    english = replace(ASKED, wording=replace(WORDING, language="en"))
    PrintReview(store, Press())(Review((ASKED, english), {}, "s"), "lena")
    [event] = store.state.events
    assert (event.act, event.reference) == (Act.REVIEW_PRINTED, "instrument:one")
    assert event.detail["languages"] == "fr en"
