"""Time-based one-time codes (RFC 6238), port ``OneTimeCodes``.

The secret is sealed with AES-256-GCM under the face's credential key and bound to its account:
a copied database has no code, and a row moved to another account opens nothing (T-32).
"""

from __future__ import annotations

import hmac
import os
import re
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qol.domain.errors import EnvelopeError

_VERSION = b"\x01"
_NONCE = 12
_SECRET = 32  # base32 signs: 160 bits, as RFC 4226 recommends
_STEP_S = 30
_NEAR = 1
_CODE = re.compile(r"[0-9]{6}")


class SealedTotp:
    """Six digits, thirty seconds, SHA-1: what every authenticator application knows."""

    def __init__(self, credential_key: bytes, issuer: str) -> None:
        """``issuer`` is the name under which a phone lists the code."""
        self._cipher = AESGCM(credential_key)
        self._issuer = issuer

    def fresh(self, account: str) -> bytes:
        """Draw a secret and seal it, bound to the account."""
        nonce = os.urandom(_NONCE)
        secret = pyotp.random_base32(_SECRET).encode()
        return _VERSION + nonce + self._cipher.encrypt(nonce, secret, _bound(account))

    def secret(self, sealed: bytes, account: str) -> str:
        """Open a sealed secret; EnvelopeError when it is another account's or altered."""
        nonce, body = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
        if sealed[:1] != _VERSION or len(nonce) != _NONCE:
            raise EnvelopeError("A sealed one-time secret is not whole.")
        try:
            return self._cipher.decrypt(nonce, body, _bound(account)).decode()
        except InvalidTag:
            raise EnvelopeError(
                "A sealed one-time secret does not open: it is another account's, or the "
                "credential key was changed; issue a new activation secret."
            ) from None

    def address(self, sealed: bytes, account: str, login: str) -> str:
        """Give the ``otpauth:`` address that a phone reads as a QR code."""
        made = pyotp.TOTP(self.secret(sealed, account), interval=_STEP_S)
        return made.provisioning_uri(name=login, issuer_name=self._issuer)

    def code(self, sealed: bytes, account: str, now: datetime) -> str:
        """Give the code that is valid now; only a demonstration shows it."""
        return pyotp.TOTP(self.secret(sealed, account), interval=_STEP_S).at(now)

    def step(self, sealed: bytes, account: str, code: str, now: datetime) -> int | None:
        """Give the time step that a code belongs to, one to either side at most; or None."""
        typed = code.replace(" ", "")
        if not _CODE.fullmatch(typed):
            return None
        made = pyotp.TOTP(self.secret(sealed, account), interval=_STEP_S)
        current = int(now.timestamp()) // _STEP_S
        for step in range(current - _NEAR, current + _NEAR + 1):
            if hmac.compare_digest(made.generate_otp(step), typed):
                return step
        return None


def _bound(account: str) -> bytes:
    return b"qol totp 1\0" + account.encode()
