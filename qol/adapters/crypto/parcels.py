"""Bytes closed under a key that is made anew of a secret somebody brings (port ``Parcels``)."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qol.domain.errors import EnvelopeError

_NONCE = 12


class AesParcels:
    """AES-256-GCM under HKDF-SHA-256 of the secret; a stolen table without it says nothing."""

    def seal(self, secret: str, reference: str, content: bytes) -> bytes:
        """Close."""
        nonce = os.urandom(_NONCE)
        return nonce + _cipher(secret, reference).encrypt(nonce, content, None)

    def open(self, secret: str, reference: str, sealed: bytes) -> bytes:
        """Open; EnvelopeError when the secret or the reference is another."""
        try:
            return _cipher(secret, reference).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
        except InvalidTag:
            raise EnvelopeError("This parcel does not open with this secret.") from None


def _cipher(secret: str, reference: str) -> AESGCM:
    info = b"qol parcel 1\0" + reference.encode()
    return AESGCM(HKDF(SHA256(), 32, salt=None, info=info).derive(secret.encode()))
