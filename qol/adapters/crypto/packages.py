"""Files closed for somebody outside, as ``age`` packages (design section 7)."""

from __future__ import annotations

import re
from hashlib import sha256

import pyrage

from qol.domain.errors import NotAllowedError

_SHAPE = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class AgePacker:
    """X25519 recipients of the age format, version 1 (port ``Packer``)."""

    def fingerprint(self, key: str) -> str:
        """Give 40 hexadecimal digits to compare; NotAllowedError when this is no public key."""
        _recipient(key)
        return sha256(key.encode()).hexdigest()[:40]

    def packed(self, key: str, content: bytes) -> bytes:
        """Return the age file that only the recipient opens."""
        return bytes(pyrage.encrypt(content, [_recipient(key)]))


def _recipient(key: str) -> pyrage.x25519.Recipient:
    refusal = NotAllowedError("A public age key has 62 characters and begins with age1.")
    if not _SHAPE.fullmatch(key):
        raise refusal
    try:
        return pyrage.x25519.Recipient.from_str(key)
    except pyrage.RecipientError:
        raise refusal from None
