"""Closing an envelope (design section 3.6). There is no way to open one from here."""

from __future__ import annotations

import os
from collections.abc import Callable

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from qol.adapters.crypto.envelope import (
    DATA_KEY_LENGTH,
    NONCE_LENGTH,
    Envelope,
    body_data,
    padded,
    wrap_info,
)
from qol.adapters.crypto.public_keys import PublicKeys
from qol.adapters.crypto.suite import hpke
from qol.domain.administration import Context
from qol.usecases.ports import Sealed


class EnvelopeSealer:
    """Seals for the public halves of a programme's year (port ``Sealer``).

    ``reload`` reads the folder again when a year is not among the keys read at the start, so
    that keys made in December work on the first of January without a restart.
    """

    def __init__(self, keys: PublicKeys, reload: Callable[[], PublicKeys] | None = None) -> None:
        self._keys = keys
        self._reload = reload
        self._suite = hpke()

    def seal(self, programme: str, year: int, body: bytes, context: Context) -> Sealed:
        """Seal ``body`` under a fresh data key, wrapped for the operating and the escrow key.

        KeyFolderError when there is no pair of keys for this programme and year.
        """
        if self._reload is not None and not self._keys.has(programme, year):
            self._keys = self._reload()
        pair = self._keys.pair(programme, year)
        operating, escrow = pair.operating, pair.escrow
        data_key = os.urandom(DATA_KEY_LENGTH)
        info = wrap_info(operating.key_id, escrow.key_id, context)
        wrap = self._suite.encrypt(data_key, operating.half, info=info)
        escrow_wrap = self._suite.encrypt(data_key, escrow.half, info=info)
        nonce = os.urandom(NONCE_LENGTH)
        bound = body_data(operating.key_id, escrow.key_id, context, wrap + escrow_wrap)
        sealed = AESGCM(data_key).encrypt(nonce, padded(body), bound)
        envelope = Envelope(operating.key_id, escrow.key_id, wrap, escrow_wrap, nonce, sealed)
        return Sealed(envelope.packed(), operating.key_id, escrow.key_id)
