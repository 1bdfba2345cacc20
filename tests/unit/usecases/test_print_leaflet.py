"""A leaflet is the newest notice's, for everybody; what was printed is an event."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

import pytest

from qol.domain.audit import Act
from qol.domain.errors import NotAllowedError, PrintingError
from qol.domain.portal import Portal, Safety
from qol.domain.programme import Notice, Programme
from qol.domain.schedule import InForce
from qol.usecases.lab.print_leaflet import Leaflet, PrintLeaflet
from tests.unit.usecases.lab_fakes import FakeLabStore, LabState

ADDRESS = "https://questionnaires.example.org"
SAFETY = {"fr": Safety("Personne ne lit.", ()), "de": Safety("Niemand liest.", ())}
NAMES = {"fr": "Mes questionnaires", "de": "Meine Fragen"}
PORTAL = Portal(("fr", "de"), NAMES, {}, SAFETY, {}, ("localhost",))
OLD, NEW = (Notice(version, "who", "why", "rights", "contact", "adverse") for version in "12")
PDF = b"%PDF"


@dataclass
class Press:
    """Keeps what it was asked for."""

    fails: bool = False
    asked: list[Leaflet] = field(default_factory=list)

    def print_leaflet(self, leaflet: Leaflet) -> bytes:
        if self.fails:
            raise PrintingError("The leaflet has no room.")
        self.asked.append(leaflet)
        return PDF


def _programme(version: int, notice: Notice) -> Programme:
    return Programme(
        id="demo",
        version=version,
        labels={"fr": "Maladie rare"},
        time_zone="Europe/Paris",
        languages=("fr", "en"),
        timepoints=(),
        releases={},
        notices={"fr": notice, "en": notice},
        legal_frame="AAP-2022-107",
        decision_reference="x",
        decision_date=date(2026, 1, 1),
    )


def _store() -> FakeLabStore:
    versions = [
        InForce(_programme(1, OLD), date(2026, 1, 1)),
        InForce(_programme(2, NEW), date(2026, 6, 1)),
    ]
    return FakeLabStore(LabState(versions=versions))


def _act(store: FakeLabStore, press: Press) -> PrintLeaflet:
    return PrintLeaflet(store, press, ADDRESS, demonstration=False)


def test_it_says_the_newest_notice_and_the_address_and_never_the_programme() -> None:
    press, store = Press(), _store()
    assert _act(store, press)("demo", "fr", PORTAL, "lena") == PDF
    expected = Leaflet("fr", NAMES["fr"], f"{ADDRESS}/fr/", SAFETY["fr"], NEW)
    assert press.asked == [expected]
    assert "Maladie rare" not in repr(press.asked)
    replace(_act(store, press), demonstration=True)("demo", "fr", PORTAL, "lena")
    assert press.asked[1] == replace(expected, demonstration=True)


def test_it_is_audited_by_its_version_its_language_and_its_hash() -> None:
    store = _store()
    _act(store, Press())("demo", "fr", PORTAL, "lena")
    [event] = store.state.events
    assert (event.act, event.actor, event.reference) == (
        Act.LEAFLET_PRINTED,
        "lena",
        "programme:demo",
    )
    assert event.detail == {"version": 2, "language": "fr", "sha256": sha256(PDF).hexdigest()}


@pytest.mark.parametrize("language", ["de", "en"])
def test_both_the_programme_and_the_portal_must_speak_the_language(language: str) -> None:
    press, store = Press(), _store()
    with pytest.raises(NotAllowedError, match=f"demo is not offered in {language}"):
        _act(store, press)("demo", language, PORTAL, "lena")
    assert press.asked == store.state.events == []


def test_a_programme_that_is_not_there_is_told() -> None:
    with pytest.raises(NotAllowedError, match="There is no programme demo"):
        _act(FakeLabStore(LabState()), Press())("demo", "fr", PORTAL, "lena")


def test_what_could_not_be_printed_is_no_event() -> None:
    store = _store()
    with pytest.raises(PrintingError):
        _act(store, Press(fails=True))("demo", "fr", PORTAL, "lena")
    assert store.state.events == []
