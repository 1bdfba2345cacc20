"""Put the acts on records together. Nothing but the laboratory's process holds an opener."""

from __future__ import annotations

from qol.adapters.crypto.keyfolder import KeyFolder
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.adapters.crypto.public_keys import PublicKeys, load_public_keys
from qol.adapters.crypto.sealing import EnvelopeSealer
from qol.adapters.db.deposits import fingerprints
from qol.adapters.db.engine import Database
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_records import SqlRecordsStore
from qol.bootstrap.drawing import drawn
from qol.usecases.lab.records.acts import RecordActs
from qol.usecases.lab.records.correct import Correct
from qol.usecases.lab.records.decide_report import DecideReport
from qol.usecases.lab.records.freeze import Freeze
from qol.usecases.lab.records.list_duplicates import ListDuplicates
from qol.usecases.lab.records.list_records import ListRecords
from qol.usecases.lab.records.ports import RecordsStore
from qol.usecases.lab.records.read_record import ReadRecord
from qol.usecases.lab.records.read_reports import ListReports, ReadReport
from qol.usecases.lab.records.reassign_report import ReassignReport
from qol.usecases.lab.records.resealing import Resealing
from qol.usecases.ports import Clock, Dice, Fault


def record_acts(
    folder: KeyFolder,
    database: Database,
    recorder: Recorder,
    clock: Clock,
    dice: Dice,
    fault: Fault = lambda _: None,
) -> RecordActs:
    """Give the acts of the real face, with the keys of the laboratory's folder."""

    def read_keys() -> PublicKeys:
        with database.reading() as connection:
            return load_public_keys(folder, fingerprints(connection))

    store = SqlRecordsStore(database, drawn, recorder, fault)
    sealer = EnvelopeSealer(read_keys(), read_keys)
    return assembled(store, Resealing(EnvelopeOpener(folder), sealer, dice), clock, fault)


def assembled(
    store: RecordsStore, resealing: Resealing, clock: Clock, fault: Fault = lambda _: None
) -> RecordActs:
    """Put the acts together. ``fault`` is for tests: a death at a named point."""
    dice = resealing.dice
    return RecordActs(
        list_records=ListRecords(store),
        read_record=ReadRecord(store, resealing.opener, dice),
        list_duplicates=ListDuplicates(store),
        correct=Correct(store, resealing, clock, fault),
        freeze=Freeze(store, clock),
        list_reports=ListReports(store),
        read_report=ReadReport(store, dice),
        decide_report=DecideReport(store, clock),
        reassign_report=ReassignReport(store, resealing, clock, fault),
    )
