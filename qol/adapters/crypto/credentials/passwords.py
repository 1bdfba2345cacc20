"""Slow hashes of passwords: Argon2id (RFC 9106), port ``Passwords`` (EA-AUT-3, F-01.4)."""

from __future__ import annotations

from functools import cached_property

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

MEMORY_KIB = 19 * 1024
TIME_COST = 2
LANES = 1
_NOBODY = "a password that nobody has"


class Argon2Passwords:
    """Hashes with at least 19 MiB, two passes, one lane; another cost is for tests alone."""

    def __init__(self, memory_kib: int = MEMORY_KIB, time_cost: int = TIME_COST) -> None:
        self._hasher = PasswordHasher(
            time_cost=time_cost,
            memory_cost=memory_kib,
            parallelism=LANES,
            hash_len=32,
            salt_len=16,
            type=Type.ID,
        )

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash(_NOBODY)

    def hashed(self, password: str) -> bytes:
        """Give the hash with its parameters and its salt, in the PHC form."""
        return self._hasher.hash(password).encode()

    def right(self, stored: bytes | None, password: str) -> bool:
        """Compare; takes as long when nothing is stored."""
        try:
            self._hasher.verify(stored or self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def stale(self, stored: bytes) -> bool:
        """Say whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(stored.decode())
