"""The sealed copy of a code that a slip is printed from (design section 7).

Kept from the moment a batch goes to a site until the slip is printed, then deleted.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qol.domain.errors import EnvelopeError

_VERSION = b"\x01"
_NONCE = 12


class AesSlipSealer:
    """AES-256-GCM under the slip key, bound to the subject's reference (port ``SlipSealer``)."""

    def __init__(self, slip_key: bytes) -> None:
        self._cipher = AESGCM(slip_key)

    def seal(self, pseudonym: str, subject: str) -> bytes:
        """Return version, nonce and sealed symbols: 42 bytes for thirteen symbols."""
        nonce = os.urandom(_NONCE)
        return _VERSION + nonce + self._cipher.encrypt(nonce, pseudonym.encode(), _bound(subject))

    def open(self, sealed: bytes, subject: str) -> str:
        """Return the thirteen symbols; EnvelopeError when it does not open."""
        refusal = EnvelopeError(
            f"The slip copy of subject {subject} does not open: it was swapped or altered, "
            "or sealed with another slip key; give the next slip of the batch instead."
        )
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        if sealed[:1] != _VERSION or len(nonce) != _NONCE:
            raise refusal
        try:
            return self._cipher.decrypt(nonce, body, _bound(subject)).decode()
        except InvalidTag:
            raise refusal from None


def _bound(subject: str) -> bytes:
    return b"qol slip 1\0" + subject.encode()
