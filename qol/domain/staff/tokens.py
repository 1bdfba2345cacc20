"""Secrets that a person or a browser carries, and what the server keeps of them."""

from __future__ import annotations

from base64 import b32encode
from hashlib import sha256


def digest_of(token: str) -> bytes:
    """Give the 32 bytes kept of a token of 128 random bits: nothing is found from them."""
    return sha256(b"qol staff token 1\0" + token.encode()).digest()


def reference_of(attempt: str) -> str:
    """Give the reference of what a page makes: the same for the page sent twice.

    26 characters that nobody wrote: whatever stands in the page's number, no name gets into
    the ledger by it.
    """
    made = sha256(b"qol staff page 1\0" + attempt.encode()).digest()
    return b32encode(made)[:26].decode().lower()


def digest_of_provided(kind: str, issuer: str, name: str) -> bytes:
    """Give the 32 bytes that stand for a person, or a session, of a provider of identities."""
    return sha256(f"qol provider 1\0{kind}\0{issuer}\0{name}".encode()).digest()


def normal(typed: str) -> str:
    """Give an activation secret as it was drawn, however it was copied."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())[:64]


def printed(secret: str) -> str:
    """Write an activation secret in groups that a person can copy."""
    return "-".join(secret[at : at + 5] for at in range(0, len(secret), 5))
