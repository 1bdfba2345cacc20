"""Signing the last hash of a ledger's segment (Ed25519, RFC 8032; design section 7)."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from qol.domain.ledger import Checkpoint


class CheckpointSigner:
    """Signs with the checkpoint key; in no web process."""

    def __init__(self, checkpoint_key: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(checkpoint_key)

    @property
    def public(self) -> bytes:
        """The 32 bytes that verify; they may be given to anybody."""
        return self._key.public_key().public_bytes_raw()

    def sign(self, checkpoint: Checkpoint) -> bytes:
        """Give the 64-byte signature."""
        return self._key.sign(checkpoint.encoded())


class CheckpointVerifier:
    """Verifies with the public half only."""

    def __init__(self, public: bytes) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(public)

    def valid(self, checkpoint: Checkpoint, signature: bytes) -> bool:
        """Tell whether the laboratory signed exactly this checkpoint."""
        try:
            self._key.verify(signature, checkpoint.encoded())
        except InvalidSignature:
            return False
        return True
