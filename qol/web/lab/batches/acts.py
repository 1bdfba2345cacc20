"""What the batches' pages call, and how they say where and who."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from flask import Response, abort, g, redirect

from qol.usecases.lab.activate_pseudonym import ActivatePseudonym
from qol.usecases.lab.batches.collect_slips import CollectSlips, NoSuchPrintError, ReadPrint
from qol.usecases.lab.batches.draw_slips import DrawSlips
from qol.usecases.lab.batches.read_batches import ReadBatch, ReadBatches, UnknownBatchError, Whole
from qol.usecases.lab.batches.recipients import EndRecipient, ReadRecipients, RegisterRecipient
from qol.usecases.lab.batches.release_key_file import EndKeyFile, ReadKeyFile
from qol.usecases.lab.batches.revoke_batch import RevokeBatch
from qol.usecases.lab.issue_pseudonyms import IssuePseudonyms
from qol.usecases.lab.programmes.sites import ListSites
from qol.usecases.lab.replace_pseudonym import ReplacePseudonym
from qol.usecases.lab.revoke_pseudonym import RevokePseudonym
from qol.usecases.ports import Clock, Dice
from qol.web.lab.face import face
from qol.web.shared.access import acting, here
from qol.web.shared.staff.pages import language

Done = TypeVar("Done")


@dataclass(frozen=True, slots=True)
class Batches:
    """The acts on batches. ``dice`` numbers each page once, so that two clicks are one act."""

    clock: Clock
    dice: Dice
    read: ReadBatches
    read_one: ReadBatch
    sites: ListSites
    issue: IssuePseudonyms
    activate: ActivatePseudonym
    revoke: RevokePseudonym
    replace: ReplacePseudonym
    revoke_batch: RevokeBatch
    draw: DrawSlips
    read_print: ReadPrint
    collect: CollectSlips
    recipients: ReadRecipients
    register: RegisterRecipient
    end_recipient: EndRecipient
    key_file: ReadKeyFile
    end_key_file: EndKeyFile


def batches() -> Batches:
    """Give the acts of the application that serves this request."""
    return face().batches


def within(act: Callable[[str, str], Done]) -> Done:
    """Act in the person's programme and name; what is another programme's is not there: 404."""
    try:
        return act(here().programme, acting().actor)
    except (UnknownBatchError, NoSuchPrintError):
        not_here()


def not_here() -> NoReturn:
    """Answer 404 and leave the outcome for the ledger."""
    g.refusal = "not_here"
    abort(404)


def read(batch: str) -> Whole:
    """Read a batch of the person's programme."""
    return within(lambda programme, who: batches().read_one(programme, batch, who))


def batch_page(batch: str, path: str = "") -> Response:
    """Go on to a page of a batch."""
    tail = f"/{path}" if path else ""
    return redirect(f"/{language()}/batches/{batch}{tail}", 303)  # type: ignore[return-value]
