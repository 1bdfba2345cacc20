"""Put the patient face together. No opening code, no laboratory's usecase is within reach."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask
from itsdangerous import URLSafeSerializer

from qol.adapters.clock import SystemClock, SystemDice
from qol.adapters.crypto.digests import KeyedDigests, Sources
from qol.adapters.crypto.foreign import refuse_foreign
from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.public_keys import PublicKeys, load_public_keys
from qol.adapters.crypto.sealing import EnvelopeSealer
from qol.adapters.crypto.visit import VisitCipher, flask_secret
from qol.adapters.db.store_patient import PatientStores, open_patient
from qol.adapters.programmes.portal import load as load_portal
from qol.adapters.words import read_catalogues
from qol.bootstrap.drawing import drawn
from qol.config import Config, from_environ
from qol.usecases.patient.deposit import Deposit
from qol.usecases.patient.open_on_device import OpenOnDevice
from qol.usecases.patient.open_visit import OpenVisit
from qol.usecases.ports import Clock, Fault
from qol.web.patient.app import build as build_app
from qol.web.patient.face import Face

log = logging.getLogger("qol.patient")


def nothing(_: str) -> None:
    """Let every point of a Send pass."""


def build(environ: Mapping[str, str], clock: Clock | None = None, fault: Fault = nothing) -> Flask:
    """Build the face from its environment; a QolError says in one sentence why it cannot.

    ``clock`` and ``fault`` are for tests: another time, and a death at a named point.
    """
    config = from_environ(environ, "patient")
    clock = clock or SystemClock()
    warning = refuse_foreign(config)
    if warning:
        log.warning(warning)
    folder = KeyFolder(config.keys, "patient", demonstration=config.demonstration)
    stores = open_patient(config, drawn, clock, SystemDice(), fault)
    for told in filter(None, (one.warning(clock.today("UTC")) for one in stores.licences())):
        log.warning(told)
    face = _face(config, folder, stores, clock, fault)
    return build_app(face, config, flask_secret(folder.secret(Purpose.SESSION)))


def _face(
    config: Config, folder: KeyFolder, stores: PatientStores, clock: Clock, fault: Fault
) -> Face:
    def read_keys() -> PublicKeys:
        return load_public_keys(folder, stores.fingerprints())

    secret = folder.secret(Purpose.SESSION)
    dice = SystemDice()
    digests = KeyedDigests(folder.secret(Purpose.LOOKUP))
    sealer = EnvelopeSealer(read_keys(), read_keys)
    opened = OpenVisit(stores.records, stores.housekeeping, digests, clock, dice)
    return Face(
        open_visit=opened,
        open_on_device=OpenOnDevice(stores.records, digests, clock),
        deposit=Deposit(stores.records, sealer, clock, dice, fault),
        store=stores.records,
        clock=clock,
        cipher=VisitCipher(secret),
        signer=URLSafeSerializer(flask_secret(secret), salt="calendar"),
        source=Sources(folder.secret(Purpose.THROTTLE)).source,
        portal=load_portal(config.instance / "portal.toml"),
        catalogues=read_catalogues(),
    )
