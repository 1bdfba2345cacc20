"""Assemble the laboratory's acts on batches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Thread

from qol.adapters.clock import SystemDice
from qol.adapters.crypto.digests import KeyedDigests
from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.packages import AgePacker
from qol.adapters.crypto.parcels import AesParcels
from qol.adapters.crypto.slips import AesSlipSealer
from qol.adapters.db.engine import Database
from qol.adapters.db.housekeeping import volatile_database
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.slip_prints import SqlPrints
from qol.adapters.db.store_batches import SqlBatchStore
from qol.adapters.db.store_lab import SqlLabStore
from qol.adapters.paper.slips import PaperSlips
from qol.adapters.words import read_catalogues
from qol.bootstrap.drawing import drawn
from qol.config import Config
from qol.domain.portal import Portal
from qol.usecases.lab.activate_pseudonym import ActivatePseudonym
from qol.usecases.lab.batches.collect_slips import CollectSlips, ReadPrint
from qol.usecases.lab.batches.draw_slips import DrawSlips
from qol.usecases.lab.batches.key_file import Packer
from qol.usecases.lab.batches.ports import BatchStore
from qol.usecases.lab.batches.printing import Later, Parcels, Prints, SlipPrinter
from qol.usecases.lab.batches.read_batches import ReadBatch, ReadBatches
from qol.usecases.lab.batches.recipients import EndRecipient, ReadRecipients, RegisterRecipient
from qol.usecases.lab.batches.release_key_file import EndKeyFile, ReadKeyFile
from qol.usecases.lab.batches.revoke_batch import RevokeBatch
from qol.usecases.lab.batches.slips_of import SlipsOf
from qol.usecases.lab.issue_pseudonyms import IssuePseudonyms
from qol.usecases.lab.ports import LabStore
from qol.usecases.lab.programmes.sites import ListSites
from qol.usecases.lab.pseudonyms import Mint
from qol.usecases.lab.replace_pseudonym import ReplacePseudonym
from qol.usecases.lab.revoke_pseudonym import RevokePseudonym
from qol.usecases.ports import Clock, Dice, Digests, Fault, SlipSealer
from qol.web.lab.batches.acts import Batches


@dataclass(frozen=True, slots=True)
class Parts:
    """What the acts are made from: the real adapters, or a test's."""

    records: LabStore
    store: BatchStore
    digests: Digests
    slips: SlipSealer
    packer: Packer
    printer: SlipPrinter
    prints: Prints
    parcels: Parcels
    later: Later
    clock: Clock
    dice: Dice


def in_background(act: Callable[[], None]) -> None:
    """Do it beside the requests; it ends with the process, and a page then says so."""
    Thread(target=act, name="slips", daemon=True).start()


def parts_of(
    config: Config,
    folder: KeyFolder,
    database: Database,
    recorder: Recorder,
    clock: Clock,
    fault: Fault = lambda _: None,
) -> Parts:
    """Give the real adapters, with the lookup and slip keys of the laboratory's folder."""
    return Parts(
        records=SqlLabStore(database, drawn, recorder, fault),
        store=SqlBatchStore(database, recorder, fault),
        digests=KeyedDigests(folder.secret(Purpose.LOOKUP)),
        slips=AesSlipSealer(folder.secret(Purpose.SLIP)),
        packer=AgePacker(),
        printer=PaperSlips(read_catalogues()),
        prints=SqlPrints(volatile_database(database, config.volatile)),
        parcels=AesParcels(),
        later=in_background,
        clock=clock,
        dice=SystemDice(),
    )


def assembled(config: Config, portal: Portal, parts: Parts) -> Batches:
    """Put the acts together. No code is shown on a page, not even a demonstration's."""
    store, clock, dice = parts.store, parts.clock, parts.dice
    mint = Mint(dice, parts.digests, parts.slips, demonstration=False)
    slips_of = SlipsOf(parts.slips, portal, config.patient_origin, config.demonstration)
    printing = (parts.printer, parts.prints, parts.parcels, parts.later)
    return Batches(
        clock=clock,
        dice=dice,
        read=ReadBatches(store),
        read_one=ReadBatch(store),
        sites=ListSites(parts.records, clock),
        issue=IssuePseudonyms(parts.records, mint, clock, parts.packer),
        activate=ActivatePseudonym(parts.records, clock),
        revoke=RevokePseudonym(parts.records, clock),
        replace=ReplacePseudonym(parts.records, clock, mint),
        revoke_batch=RevokeBatch(store, clock),
        draw=DrawSlips(store, slips_of, *printing, clock),
        read_print=ReadPrint(parts.prints, clock),
        collect=CollectSlips(store, parts.prints, parts.parcels, clock),
        recipients=ReadRecipients(store),
        register=RegisterRecipient(store, parts.packer, clock, dice),
        end_recipient=EndRecipient(store, clock),
        key_file=ReadKeyFile(store),
        end_key_file=EndKeyFile(store, clock),
    )
