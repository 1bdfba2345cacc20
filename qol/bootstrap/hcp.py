"""Put the professionals' face together. No opening code, no act of the laboratory is in reach."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask

from qol.adapters.clock import SystemClock, SystemDice
from qol.adapters.crypto.digests import KeyedDigests
from qol.adapters.crypto.foreign import refuse_foreign
from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.public_keys import PublicKeys, load_public_keys
from qol.adapters.crypto.sealing import EnvelopeSealer
from qol.adapters.crypto.slips import AesSlipSealer
from qol.adapters.crypto.visit import flask_secret
from qol.adapters.db.deposits import fingerprints
from qol.adapters.db.engine import Database
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_hcp import SqlHcpStore
from qol.adapters.db.store_staff import staff_stores
from qol.adapters.paper.hand_over import PaperPrinter
from qol.adapters.paper.press import Press
from qol.bootstrap.drawing import drawn
from qol.bootstrap.psc import identity_provider, sign_in_at
from qol.bootstrap.staff import desk_of
from qol.config import Config, from_environ
from qol.domain.portal import Portal
from qol.usecases.hcp.end_follow_up import EndFollowUp
from qol.usecases.hcp.enter import Enter
from qol.usecases.hcp.entering import Entering
from qol.usecases.hcp.hand_device_over import HandDeviceOver
from qol.usecases.hcp.hand_over import HandOver
from qol.usecases.hcp.not_done import NotDone
from qol.usecases.hcp.open_consultation import OpenConsultation
from qol.usecases.hcp.open_hand_over import OpenHandOver
from qol.usecases.hcp.open_transcription import OpenTranscription
from qol.usecases.hcp.ports import HcpStore
from qol.usecases.hcp.print_sheet import PrintSheet
from qol.usecases.hcp.printing import Printer
from qol.usecases.hcp.read_sheet import ReadSheet
from qol.usecases.hcp.replace_slip import ReplaceSlip
from qol.usecases.hcp.report_wrong_patient import ReportWrongPatient
from qol.usecases.hcp.transcribe import Transcribe
from qol.usecases.hcp.work_list import ReadWorkList
from qol.usecases.ports import Clock, Dice, Digests, Fault, Sealer, SlipSealer
from qol.web.hcp.app import build as build_app
from qol.web.hcp.face import Face
from qol.web.shared.staff.identified import add_provider

log = logging.getLogger("qol.hcp")


def nothing(_: str) -> None:
    """Let every point of an act pass."""


def build(environ: Mapping[str, str], clock: Clock | None = None, fault: Fault = nothing) -> Flask:
    """Build the face from its environment; a QolError says in one sentence why it cannot.

    ``clock`` and ``fault`` are for tests: another time, and a death at a named point.
    """
    config = from_environ(environ, "hcp")
    clock, dice = clock or SystemClock(), SystemDice()
    warning = refuse_foreign(config)
    if warning:
        log.warning(warning)
    folder = KeyFolder(config.keys, "hcp", demonstration=config.demonstration)
    database = open_database(config)
    recorder = Recorder(clock, dice)
    stores = staff_stores(config, database, recorder)
    provider = identity_provider(config, clock, dice, stores.spent)
    desk = desk_of(config, folder, stores, clock, provided=provider is not None)
    key = folder.secret(Purpose.SESSION)
    parts = Parts(
        store=SqlHcpStore(database, drawn, recorder, fault),
        sealer=_sealer(folder, database),
        digests=KeyedDigests(folder.secret(Purpose.LOOKUP)),
        slips=AesSlipSealer(folder.secret(Purpose.SLIP)),
        printer=PaperPrinter(Press(), desk.catalogues),
        clock=clock,
        dice=dice,
        fault=fault,
    )
    face = build_app(desk, assembled(config, desk.portal, parts), config, flask_secret(key))
    if provider is not None:
        add_provider(face, sign_in_at(provider, desk, config, key))
    return face


def _sealer(folder: KeyFolder, database: Database) -> EnvelopeSealer:
    def read_keys() -> PublicKeys:
        with database.reading() as connection:
            return load_public_keys(folder, fingerprints(connection))

    return EnvelopeSealer(read_keys(), read_keys)


@dataclass(frozen=True, slots=True)
class Parts:
    """What the face is made from: the real adapters, or a test's."""

    store: HcpStore
    sealer: Sealer
    digests: Digests
    slips: SlipSealer
    printer: Printer
    clock: Clock
    dice: Dice
    fault: Fault = nothing


def assembled(config: Config, portal: Portal, parts: Parts) -> Face:
    """Put the acts together."""
    store, clock, dice = parts.store, parts.clock, parts.dice
    entering = Entering(store, parts.sealer, clock, dice, parts.fault)
    address = config.patient_origin
    return Face(
        patient_origin=address,
        work_list=ReadWorkList(store, clock),
        read_sheet=ReadSheet(store, clock),
        open_hand_over=OpenHandOver(store, clock, dice),
        hand_over=HandOver(store, clock),
        print_sheet=PrintSheet(store, parts.slips, parts.printer, portal, address, clock),
        replace_slip=ReplaceSlip(store, parts.slips, clock),
        open_consultation=OpenConsultation(store, clock, dice),
        enter=Enter(entering),
        open_transcription=OpenTranscription(store, clock, dice),
        transcribe=Transcribe(entering),
        hand_device_over=HandDeviceOver(store, parts.digests, clock, dice),
        not_done=NotDone(store, clock),
        end_follow_up=EndFollowUp(store, clock),
        report_wrong_patient=ReportWrongPatient(store, clock),
    )


@contextmanager
def entering(config: Config, clock: Clock) -> Iterator[tuple[HandOver, Enter]]:
    """Give the two acts that make a demonstration's first follow-ups, as Ana would do them."""
    folder = KeyFolder(config.keys, "hcp", demonstration=config.demonstration)
    database, dice = open_database(config), SystemDice()
    store = SqlHcpStore(database, drawn, Recorder(clock, dice))
    try:
        sealer = _sealer(folder, database)
        yield HandOver(store, clock), Enter(Entering(store, sealer, clock, dice))
    finally:
        database.dispose()
