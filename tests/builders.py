"""Small whole things for tests: a programme, its releases, one subject with its code."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path

from qol.adapters.db.documents import release_hash
from qol.adapters.instruments import canonical
from qol.adapters.instruments.loading import Definition, load
from qol.adapters.programmes import toml_in
from qol.domain.instrument import (
    Instrument,
    ItemWording,
    Release,
    SectionWording,
    Wording,
)
from qol.domain.programme import Notice, Offset, Programme, Timepoint, Window
from qol.domain.pseudonym import Pseudonym, draw
from qol.domain.schedule import InForce
from qol.domain.site import Site
from qol.usecases.ports import SubjectState

QUESTIONNAIRES = Path(__file__).parent.parent / "questionnaires"
DAY_ZERO = date(2026, 11, 20)
BATTERY = ("demo-qol", "pain-nrs")


@cache
def _notices() -> dict[str, Notice]:
    """The demonstration's own notices, so that pictures show what a newcomer sees."""
    text = (files("qol.cli.demonstration") / "programme.toml").read_text("utf-8")
    return toml_in.read(text, "the demonstration").notices


def site(code: str = "A") -> Site:
    """A site of the programme with a contract in force on the tests' days."""
    return Site(
        *("demo", code, f"Site {code}", f"C-{code}", date(2026, 1, 1), date(2027, 12, 31)),
        signed=date(2025, 12, 15),
        security="security@site.example",
    )


def programme(battery: tuple[str, ...] = BATTERY, proxy: tuple[str, ...] = ()) -> Programme:
    """A protocol with a first fortnight and a month-one visit."""
    windows = {
        "t0": Window(Offset(), Offset(days=14)),
        "m1": Window(Offset(months=1, days=-3), Offset(months=1, days=7)),
    }
    return Programme(
        id="demo",
        version=1,
        labels={"fr": "Démonstration", "en": "Demonstration"},
        time_zone="Europe/Paris",
        languages=("fr", "en"),
        timepoints=tuple(
            Timepoint(code, {"fr": code, "en": code}, window, battery)
            for code, window in windows.items()
        ),
        releases={name: definition(name).instrument.version for name in battery},
        notices=_notices(),
        legal_frame="AAP-2022-107",
        decision_reference="D-2026-1",
        decision_date=date(2026, 1, 1),
        demonstration=True,
        proxy=proxy,
        modes={"paper": "no-device", "professional": "needs-help"},
    )


def in_force(version: Programme | None = None) -> tuple[InForce, ...]:
    """One version, current since before day zero."""
    return (InForce(version or programme(), date(2026, 1, 1)),)


@cache
def definition(name: str) -> Definition:
    """A definition that ships; most of them without wording."""
    return load(QUESTIONNAIRES, name)


def made_up(instrument: Instrument, language: str) -> Wording:
    """A wording that says nothing but names: what ships without one can be drawn with it."""
    ends = {"numeric_scale": ("0", "…")}
    return Wording(
        language=language,
        title=f"{instrument.id} ({language})",
        sections={s.code: SectionWording(title=s.code) for s in instrument.sections},
        items={
            item.code: ItemWording(f"? {item.code}", *ends.get(item.kind, ("", "")))
            for item in instrument.items
        },
        options={
            entry.code: {code: f"{entry.code} {code}" for code in entry.codes}
            for entry in instrument.response_sets
        },
    )


@cache
def releases(*instruments: str) -> tuple[Release, ...]:
    """Releases of shipped instruments in every language they have, numbered from one."""
    found: list[Release] = []
    for name in instruments or BATTERY:
        loaded = definition(name)
        instrument = replace(loaded.instrument, library=False)  # as if all of it were selected
        worded = loaded.wordings or {one: made_up(instrument, one) for one in ("fr", "en")}
        for wording in worded.values():
            hashes = (
                canonical.definition_sha256(instrument),
                canonical.wording_sha256(wording),
            )
            release = Release(
                id=len(found) + 1,
                instrument=instrument,
                wording=wording,
                definition_sha256=hashes[0],
                wording_sha256=hashes[1],
                hash=release_hash(*hashes),
                approved=False,
            )
            found.append(release)
    return tuple(found)


def subject(
    number: int = 1, day_zero: date | None = DAY_ZERO, *, live: bool = True
) -> SubjectState:
    """A subject of site A."""
    code = number if live else None
    return SubjectState(number, f"S{number:025d}", "demo", "A", day_zero, code)


def a_code() -> Pseudonym:
    """A well-formed code that nobody has."""
    return draw(secrets.randbelow)
