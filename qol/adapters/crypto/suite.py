"""The one cipher suite of envelopes, and the raw form of its public halves.

ML-KEM-1024 + P-384 (KEM 0x0051 of draft-ietf-hpke-pq), HKDF-SHA-384, AES-256-GCM, by
``cryptography``'s own HPKE (RFC 9180). Post-quantum because records live up to seventy
years (design section 3.6). Nothing here opens anything: private halves are ``opening``'s.
"""

from __future__ import annotations

import hashlib

from cryptography.hazmat.primitives.asymmetric.ec import SECP384R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM1024PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, MLKEM1024P384PublicKey, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

MLKEM_PUBLIC = 1568
PUBLIC_LENGTH = MLKEM_PUBLIC + 97  # ML-KEM-1024 encapsulation key, then the uncompressed point
MLKEM_SEED = 64
PRIVATE_LENGTH = MLKEM_SEED + 48  # ML-KEM-1024 seed (FIPS 203), then the P-384 scalar


def hpke() -> Suite:
    """Give suite 1 of the envelope."""
    return Suite(KEM.MLKEM1024_P384, KDF.HKDF_SHA384, AEAD.AES_256_GCM)


def public_raw(lattice: MLKEM1024PublicKey, curve: EllipticCurvePublicKey) -> bytes:
    """Give the 1 665 raw bytes of a public half."""
    point = curve.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return lattice.public_bytes_raw() + point


def public_half(raw: bytes) -> MLKEM1024P384PublicKey:
    """Read 1 665 raw bytes; ValueError when they are no public half."""
    if len(raw) != PUBLIC_LENGTH:
        raise ValueError("a public half has 1 665 bytes")
    return MLKEM1024P384PublicKey(
        MLKEM1024PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC]),
        EllipticCurvePublicKey.from_encoded_point(SECP384R1(), raw[MLKEM_PUBLIC:]),
    )


def fingerprint(raw: bytes) -> str:
    """Give the SHA-256 of a public half, as 64 hexadecimal digits."""
    return hashlib.sha256(raw).hexdigest()


def key_id(raw: bytes) -> str:
    """Give the short name of a public half: the first 16 digits of its fingerprint."""
    return fingerprint(raw)[:16]
