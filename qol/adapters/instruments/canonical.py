"""The bytes that are published, and their hashes (design section 6, Release).

Canonical JSON: keys sorted, no spaces, UTF-8, default values left out.

A release is frozen under ``definition_sha256`` and ``wording_sha256``, each the SHA-256
of its bytes. The definition's bytes hold the scoring too; ``scoring_sha256`` and
``questions_sha256`` cover its two parts, so that a scoring repair is told from a new
questionnaire: the first changes, the second does not.
"""

from __future__ import annotations

import json
from hashlib import sha256

from qol.adapters.instruments.consistency import check_instrument
from qol.adapters.instruments.node import parsed
from qol.adapters.instruments.plain import (
    definition_plain,
    instrument_plain,
    scoring_plain,
    wording_plain,
)
from qol.adapters.instruments.reading import read_instrument, read_wording
from qol.domain.instrument import Instrument, Wording


def instrument_bytes(instrument: Instrument) -> bytes:
    """Give the instrument, scoring included, as canonical JSON."""
    return _canonical(instrument_plain(instrument))


def wording_bytes(wording: Wording) -> bytes:
    """Give the wording as canonical JSON."""
    return _canonical(wording_plain(wording))


def instrument_from(raw: bytes) -> Instrument:
    """Read an instrument back, as strictly as from a file; InstrumentError otherwise."""
    instrument = read_instrument(parsed(raw, "instrument"))
    check_instrument(instrument, "instrument")
    return instrument


def wording_from(raw: bytes) -> Wording:
    """Read a wording back, as strictly as from a file; InstrumentError otherwise."""
    return read_wording(parsed(raw, "wording"))


def definition_sha256(instrument: Instrument) -> str:
    """Hash the instrument's bytes, scoring included. 64 hexadecimal digits."""
    return _hash(instrument_bytes(instrument))


def questions_sha256(instrument: Instrument) -> str:
    """Hash what is asked: everything but the scoring. 64 hexadecimal digits."""
    return _hash(_canonical(definition_plain(instrument)))


def scoring_sha256(instrument: Instrument) -> str:
    """Hash how it is scored: version, scales, methods, parameters. 64 hexadecimal digits."""
    return _hash(_canonical(scoring_plain(instrument)))


def wording_sha256(wording: Wording) -> str:
    """Hash the wording's bytes. 64 hexadecimal digits."""
    return _hash(wording_bytes(wording))


def _canonical(plain: dict[str, object]) -> bytes:
    text = json.dumps(
        plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def _hash(raw: bytes) -> str:
    return sha256(raw).hexdigest()
