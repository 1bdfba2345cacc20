"""How an envelope lies in bytes. No key, no cipher: sealing and opening share it.

====== ======== =====================================================================
offset length   what
====== ======== =====================================================================
0      1        version, 1
1      1        suite, 1
2      8        id of the operating key
10     8        id of the escrow key
18     1 713    data key wrapped for the operating key (HPKE: encapsulation, then sealed)
1731   1 713    data key wrapped for the escrow key
3444   12       nonce of the body
3456   n·1024   padded body, then 16 bytes of AES-256-GCM's tag
====== ======== =====================================================================

The body is padded to whole blocks of 1 024 bytes (ISO/IEC 7816-4: 0x80, then zeros), since
the length of the JSON would tell how many items were declined (EA-CRY-1-a: all else is sealed).
"""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.administration import Context
from qol.domain.errors import EnvelopeError

VERSION = 1
SUITE = 1
DATA_KEY_LENGTH = 32
NONCE_LENGTH = 12
_TAG = 16
_ID = 8
_HEADER = 2 + 2 * _ID
WRAP_LENGTH = 1665 + DATA_KEY_LENGTH + _TAG
_BODY_AT = _HEADER + 2 * WRAP_LENGTH + NONCE_LENGTH
_BLOCK = 1024


@dataclass(frozen=True, slots=True)
class Envelope:
    """The parts of a sealed body; key ids are 16 hexadecimal digits."""

    key_id: str
    escrow_key_id: str
    wrap: bytes
    escrow_wrap: bytes
    nonce: bytes
    body: bytes

    def packed(self) -> bytes:
        """Give the envelope's bytes."""
        head = header(self.key_id, self.escrow_key_id)
        return head + self.wrap + self.escrow_wrap + self.nonce + self.body


def header(key_id: str, escrow_key_id: str) -> bytes:
    """Give the leading bytes: version, suite, both key ids."""
    return bytes((VERSION, SUITE)) + bytes.fromhex(key_id) + bytes.fromhex(escrow_key_id)


def wrap_info(key_id: str, escrow_key_id: str, context: Context) -> bytes:
    """Give HPKE's ``info``: suite, key ids and the context (design section 3.6)."""
    return header(key_id, escrow_key_id) + context.encoded()


def body_data(key_id: str, escrow_key_id: str, context: Context, wraps: bytes) -> bytes:
    """Give the body's associated data: the same, then both wraps.

    With the wraps bound, a damaged escrow wrap is noticed at the first reading and not
    on the day when the operating key is lost.
    """
    return wrap_info(key_id, escrow_key_id, context) + wraps


def parse(raw: bytes) -> Envelope:
    """Take an envelope apart; EnvelopeError unless every length and number is as laid down."""
    if len(raw) < 2 or raw[0] != VERSION or raw[1] != SUITE:  # noqa: PLR2004 – version and suite
        raise EnvelopeError("This is no envelope of version 1, suite 1.")
    if len(raw) < _BODY_AT + _BLOCK + _TAG or (len(raw) - _BODY_AT - _TAG) % _BLOCK:
        raise EnvelopeError("This envelope is cut short or too long.")
    second = _HEADER + WRAP_LENGTH
    return Envelope(
        key_id=raw[2 : 2 + _ID].hex(),
        escrow_key_id=raw[2 + _ID : _HEADER].hex(),
        wrap=raw[_HEADER:second],
        escrow_wrap=raw[second : second + WRAP_LENGTH],
        nonce=raw[_BODY_AT - NONCE_LENGTH : _BODY_AT],
        body=raw[_BODY_AT:],
    )


def padded(body: bytes) -> bytes:
    """Fill a body up to whole blocks."""
    short = body + b"\x80"
    return short + bytes(-len(short) % _BLOCK)


def unpadded(filled: bytes) -> bytes:
    """Give the body back; EnvelopeError when it was not filled by ``padded``."""
    body, mark, rest = filled.rpartition(b"\x80")
    if not mark or rest.strip(b"\x00") or len(filled) % _BLOCK or len(rest) >= _BLOCK:
        raise EnvelopeError("This envelope was not filled up as version 1 says.")
    return body
