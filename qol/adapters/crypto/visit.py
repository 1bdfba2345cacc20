"""What a cookie carries, and the key Flask signs with: one session key, one key for each use.

A visit is in the cookie and nowhere else (design section 3.2).
"""

from __future__ import annotations

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12


def _derived(session_key: bytes, purpose: bytes) -> bytes:
    """Derive 32 bytes for one purpose (RFC 5869; the session key is uniformly random)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(session_key)


def flask_secret(session_key: bytes) -> bytes:
    """Give the 32 bytes for Flask's ``SECRET_KEY``."""
    return _derived(session_key, b"qol flask secret 1")


class VisitCipher:
    """Encrypts the visit's bytes into text for the cookie, and back.

    ``use`` is another word for another cookie: neither opens as the other.
    """

    def __init__(self, session_key: bytes, use: str = "visit") -> None:
        self._cipher = AESGCM(_derived(session_key, f"qol {use} key 1".encode()))
        self._bound = f"qol {use} 1".encode()

    def encrypt(self, visit: bytes) -> str:
        """Give URL-safe text without padding; another one each time."""
        nonce = os.urandom(_NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, visit, self._bound)
        return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def decrypt(self, text: str) -> bytes | None:
        """Give the visit's bytes; None for anything that ``encrypt`` did not write."""
        try:
            raw = text.encode("ascii")
            sealed = base64.b64decode(raw + b"=" * (-len(raw) % 4), altchars=b"-_", validate=True)
            if base64.urlsafe_b64encode(sealed).rstrip(b"=") != raw:
                return None  # b64decode takes other spellings of the last symbol
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound)
        except (InvalidTag, ValueError, binascii.Error):
            return None
