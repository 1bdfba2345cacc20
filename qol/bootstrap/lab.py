"""The composition root of the lab face."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask

from qol.adapters.clock import SystemClock, SystemDice
from qol.adapters.crypto.foreign import refuse_foreign
from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.visit import flask_secret
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_lab import SqlLabStore
from qol.adapters.db.store_staff import staff_stores
from qol.bootstrap import lab_batches, lab_mail_room
from qol.bootstrap.drawing import drawn
from qol.bootstrap.lab_programmes import programme_acts
from qol.bootstrap.lab_records import record_acts
from qol.bootstrap.lab_staffing import staffing_acts
from qol.bootstrap.staff import desk_of
from qol.config import from_environ
from qol.usecases.ports import Clock, Fault
from qol.web.lab.app import build as build_app
from qol.web.lab.face import Face

log = logging.getLogger("qol.lab")


def build(
    environ: Mapping[str, str], clock: Clock | None = None, fault: Fault = lambda _: None
) -> Flask:
    """Build the face from its environment; a QolError says in one sentence why it cannot.

    ``clock`` and ``fault`` are for tests: another time, and a death at a named point.
    """
    config = from_environ(environ, "lab")
    clock, dice = clock or SystemClock(), SystemDice()
    warning = refuse_foreign(config)
    if warning:
        log.warning(warning)
    folder = KeyFolder(config.keys, "lab", demonstration=config.demonstration)
    database = open_database(config)
    recorder = Recorder(clock, dice)
    desk = desk_of(config, folder, staff_stores(config, database, recorder), clock)
    mail = lab_mail_room.parts_of(folder, database, recorder, clock, fault)
    batches = lab_batches.parts_of(config, folder, database, recorder, clock, fault)
    store = SqlLabStore(database, drawn, recorder)
    face = Face(
        programmes=programme_acts(store, clock, demonstration=config.demonstration),
        records=record_acts(folder, database, recorder, clock, dice, fault),
        batches=lab_batches.assembled(config, desk.portal, batches),
        mail_room=lab_mail_room.assembled(mail),
        staffing=staffing_acts(desk.store, store, clock, dice),
    )
    return build_app(desk, face, config, flask_secret(folder.secret(Purpose.SESSION)))
