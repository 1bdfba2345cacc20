"""A patient face on fakes, with a client that parses every page it gets."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer

from qol.adapters.crypto.visit import VisitCipher
from qol.adapters.words import read_catalogues
from qol.config import Config
from qol.domain.portal import Portal, Safety, SafetyNumber
from qol.domain.pseudonym import Pseudonym
from qol.usecases.patient.deposit import Deposit
from qol.usecases.patient.open_on_device import OpenOnDevice
from qol.usecases.patient.open_visit import OpenVisit
from qol.web.patient.app import build
from qol.web.patient.face import Face
from tests import builders
from tests.fakes import (
    CountingDice,
    FakeHousekeeping,
    FakePatientStore,
    FixedClock,
    KeepingSealer,
    PlainDigests,
)
from tests.html import CheckingClient

PORTAL = Portal(
    languages=("fr", "en"),
    names={"fr": "Qualité de vie", "en": "Quality of life"},
    operator={"fr": "le laboratoire Exemple", "en": "the Example laboratory"},
    safety={
        "fr": Safety("Si vous vous sentez mal, appelez :", (SafetyNumber("Samu", "15"),)),
        "en": Safety("If you feel unwell, call:", (SafetyNumber("emergency", "112"),)),
    },
    accessibility={"fr": "Non conforme.", "en": "Not compliant."},
    hosts=("localhost",),
    hospital_ranges=("198.51.100.0/24",),
)


@dataclass
class Here:
    """The face under test and everything a test may look at or move."""

    app: Flask
    face: Face
    store: FakePatientStore
    clock: FixedClock
    sealer: KeepingSealer
    code: Pseudonym
    clients: list[FlaskClient] = field(default_factory=list)

    def client(self) -> FlaskClient:
        """A new browser."""
        return self.app.test_client()


def make(origin: str = "http://localhost", proxy: tuple[str, ...] = ()) -> Here:
    """Build the face on fakes."""
    clock, dice, store = FixedClock(), CountingDice(), FakePatientStore()
    sealer, code = KeepingSealer(), builders.a_code()
    store.versions = builders.in_force(builders.programme(proxy=proxy))
    store.releases = builders.releases()
    store.subjects[code.reveal().encode()] = builders.subject()
    face = Face(
        open_visit=OpenVisit(store, FakeHousekeeping(), PlainDigests(), clock, dice),
        open_on_device=OpenOnDevice(store, PlainDigests(), clock),
        deposit=Deposit(store, sealer, clock, dice),
        store=store,
        clock=clock,
        cipher=VisitCipher(b"s" * 32),
        signer=URLSafeSerializer("k", salt="calendar"),
        source=lambda address, _: address.encode(),
        portal=PORTAL,
        catalogues=read_catalogues(),
    )
    config = Config("patient", Path(), "", Path(), origin.startswith("http:"), origin)
    app = build(face, config, b"k" * 32)
    app.test_client_class = CheckingClient
    app.testing = True
    return Here(app, face, store, clock, sealer, code)
