"""Secrets that a person or a browser carries, and what the server keeps of them."""

from __future__ import annotations

from hashlib import sha256


def digest_of(token: str) -> bytes:
    """Give the 32 bytes kept of a token of 128 random bits: nothing is found from them."""
    return sha256(b"qol staff token 1\0" + token.encode()).digest()


def normal(typed: str) -> str:
    """Give an activation secret as it was drawn, however it was copied."""
    return "".join(sign for sign in typed.lower() if sign.isalnum())[:64]


def printed(secret: str) -> str:
    """Write an activation secret in groups that a person can copy."""
    return "-".join(secret[at : at + 5] for at in range(0, len(secret), 5))
