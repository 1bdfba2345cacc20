"""Assemble the printing of slips for the command line."""

from __future__ import annotations

import re

from qol.adapters.crypto.keyfolder import Purpose
from qol.adapters.crypto.slips import AesSlipSealer
from qol.adapters.db.ledger import Recorder
from qol.adapters.db.store_batches import SqlBatchStore
from qol.adapters.paper.slips import PaperSlips
from qol.adapters.programmes.portal import load as load_portal
from qol.adapters.words import read_catalogues
from qol.bootstrap.cli import Workshop
from qol.domain.errors import NotAllowedError
from qol.usecases.lab.batches.print_slips import PrintSlips
from qol.usecases.lab.batches.slips_of import SlipsOf


def address_of(given: str) -> str:
    """Give the patient face's address without a slash; NotAllowedError when there is none."""
    address = given.rstrip("/")
    if not re.fullmatch(r"https?://[^\s/?#@]+", address):
        raise NotAllowedError(
            "Slips and leaflets say the patient face's address: give it with --address or"
            " QOL_PATIENT_ORIGIN."
        )
    return address


def printing_slips(shop: Workshop, address: str) -> tuple[PrintSlips, tuple[str, ...]]:
    """Give the act, and the languages in which slips can be printed."""
    portal = load_portal(shop.config.instance / "portal.toml")
    sealer = AesSlipSealer(shop.folder.secret(Purpose.SLIP))
    slips_of = SlipsOf(sealer, portal, address, shop.config.demonstration)
    store = SqlBatchStore(shop.stores().database, Recorder(shop.clock, shop.dice))
    return PrintSlips(store, slips_of, PaperSlips(read_catalogues())), portal.languages
