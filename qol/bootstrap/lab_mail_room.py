"""Put the mail room together: it seals, and it opens what it sealed itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from qol.adapters.clock import SystemDice
from qol.adapters.crypto.digests import KeyedDigests
from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.opening import EnvelopeOpener
from qol.adapters.crypto.public_keys import PublicKeys, load_public_keys
from qol.adapters.crypto.sealing import EnvelopeSealer
from qol.adapters.db.deposits import fingerprints
from qol.adapters.db.engine import Database
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.starting import open_database
from qol.adapters.db.store_mail import SqlMailStore
from qol.bootstrap.drawing import drawn
from qol.config import Config
from qol.usecases.lab.mail_room.compare_keyings import CompareKeyings
from qol.usecases.lab.mail_room.confirm_destruction import ConfirmDestruction
from qol.usecases.lab.mail_room.decide_duplicate import DecideDuplicate
from qol.usecases.lab.mail_room.deposit_sheet import DepositSheet
from qol.usecases.lab.mail_room.identify_sheet import IdentifySheet
from qol.usecases.lab.mail_room.key_sheet import KeySheet
from qol.usecases.lab.mail_room.open_keying import OpenKeying
from qol.usecases.lab.mail_room.ports import MailStore
from qol.usecases.lab.mail_room.prepare_destruction import PrepareDestruction
from qol.usecases.lab.mail_room.read_destructions import ReadCertificate, ReadDestructions
from qol.usecases.lab.mail_room.read_register import ReadRegister
from qol.usecases.lab.mail_room.read_sheet import ReadReceivedSheet
from qol.usecases.lab.mail_room.reconcile_sheet import ReconcileSheet
from qol.usecases.lab.mail_room.register_sheet import RegisterSheet
from qol.usecases.lab.mail_room.say_incident import SayIncident
from qol.usecases.lab.mail_room.sealed import SealKeying
from qol.usecases.lab.mail_room.settle_incident import SettleIncident
from qol.usecases.ports import Clock, Dice, Digests, Fault, Opener, Sealer
from qol.web.lab.mail_room.acts import MailRoom


def nothing(_: str) -> None:
    """Let every point of an act pass."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What the mail room is made from: the real adapters, or a test's."""

    store: MailStore
    sealer: Sealer
    opener: Opener
    digests: Digests
    clock: Clock
    dice: Dice
    fault: Fault = nothing


def parts_of(
    folder: KeyFolder,
    database: Database,
    recorder: Recorder,
    clock: Clock,
    fault: Fault = nothing,
) -> Parts:
    """Give the real parts, with the keys of the laboratory's folder."""

    def read_keys() -> PublicKeys:
        with database.reading() as connection:
            return load_public_keys(folder, fingerprints(connection))

    return Parts(
        store=SqlMailStore(database, drawn, recorder, fault),
        sealer=EnvelopeSealer(read_keys(), read_keys),
        opener=EnvelopeOpener(folder),
        digests=KeyedDigests(folder.secret(Purpose.LOOKUP)),
        clock=clock,
        dice=SystemDice(),
        fault=fault,
    )


@contextmanager
def mailing(config: Config, clock: Clock) -> Iterator[MailRoom]:
    """Give the acts that make a demonstration's first sheets, as its people would do them."""
    folder = KeyFolder(config.keys, "lab", demonstration=config.demonstration)
    database = open_database(config)
    try:
        yield assembled(parts_of(folder, database, Recorder(clock, SystemDice()), clock))
    finally:
        database.dispose()


def assembled(parts: Parts) -> MailRoom:
    """Put the acts together."""
    store, clock, dice, opener = parts.store, parts.clock, parts.dice, parts.opener
    seal = SealKeying(parts.sealer, clock, dice)
    deposit = DepositSheet(store, parts.sealer, opener, clock, dice, parts.fault)
    return MailRoom(
        register=ReadRegister(store, clock),
        register_sheet=RegisterSheet(store, parts.digests, clock),
        read_sheet=ReadReceivedSheet(store, clock),
        identify=IdentifySheet(store, parts.digests, clock),
        say=SayIncident(store, clock),
        settle=SettleIncident(store, clock),
        open_keying=OpenKeying(store, clock, dice),
        key=KeySheet(store, seal, deposit, clock),
        compare=CompareKeyings(store, opener),
        reconcile=ReconcileSheet(store, seal, opener, deposit, clock),
        deposit=deposit,
        decide=DecideDuplicate(store, clock),
        destructions=ReadDestructions(store, clock),
        prepare=PrepareDestruction(store, clock, dice),
        confirm=ConfirmDestruction(store, clock),
        certificate=ReadCertificate(store),
    )
