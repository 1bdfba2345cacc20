"""The keys that sign the provider's tokens: its public ones, or the client secret (F-06.5)."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import OctKey, RSAKey

from qol.usecases.ports import Clock
from qol.usecases.staff.identity import IdentityRefusedError, Refusal

KEPT = timedelta(hours=1)
"""A key that the provider withdrew signs nothing an hour later."""
PAUSE = timedelta(minutes=1)
"""Tokens with made-up key names make us ask no more often than this."""


def secret_key(secret: str) -> Callable[[str | None], OctKey]:
    """Give the client secret as the one key of HS256, whatever a header names."""
    key = OctKey.import_key(secret)
    return lambda _: key


@dataclass
class PublicKeys:
    """The provider's RSA keys, kept for an hour; a new name makes us ask again, sparingly."""

    fetch: Callable[[], Mapping[str, Any]]
    clock: Clock
    _keys: dict[str | None, RSAKey] = field(default_factory=dict)
    _asked_at: datetime | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __call__(self, name: str | None) -> RSAKey:
        """Give the key that a token's header names; IdentityRefusedError when there is none."""
        with self._lock:
            age = None if self._asked_at is None else self.clock.now() - self._asked_at
            if age is None or age >= KEPT or (age >= PAUSE and name not in self._keys):
                self._keys = _signing(self.fetch())
                self._asked_at = self.clock.now()
            key = self._keys.get(name)
        if key is None:
            raise IdentityRefusedError(Refusal.SIGNATURE)
        return key


def _signing(plain: Mapping[str, Any]) -> dict[str | None, RSAKey]:
    """Take the keys that may sign, by name; a lone key is also the one of tokens that name none."""
    listed = plain.get("keys")
    usable = [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and one.get("kty") == "RSA" and one.get("use", "sig") == "sig"
    ]
    try:
        keys: dict[str | None, RSAKey] = {one.get("kid"): RSAKey.import_key(one) for one in usable}
    except (JoseError, ValueError, TypeError):
        raise IdentityRefusedError(Refusal.MALFORMED) from None
    if len(keys) == 1:
        keys[None] = next(iter(keys.values()))
    return keys
