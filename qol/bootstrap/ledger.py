"""The ledger's upkeep, for the commands."""

from __future__ import annotations

from qol.adapters.crypto.checkpoints import CheckpointSigner, CheckpointVerifier
from qol.adapters.crypto.keyfolder import Purpose
from qol.bootstrap.cli import Workshop
from qol.usecases.upkeep.checkpoint_ledger import CheckpointLedger
from qol.usecases.upkeep.verify_ledger import VerifyLedger


def _signer(shop: Workshop) -> CheckpointSigner:
    return CheckpointSigner(shop.folder.secret(Purpose.CHECKPOINT))


def verify_ledger(shop: Workshop) -> VerifyLedger:
    """Verify, with the public half of the checkpoint key."""
    return VerifyLedger(shop.stores().ledger, CheckpointVerifier(_signer(shop).public))


def checkpoint_ledger(shop: Workshop) -> CheckpointLedger:
    """Sign with the checkpoint key."""
    return CheckpointLedger(shop.stores().ledger, _signer(shop), shop.clock)
