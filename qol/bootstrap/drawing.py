"""Draw a release from its stored bytes, for the database that may not know instruments."""

from __future__ import annotations

from qol.adapters.db.documents import Drawn
from qol.adapters.instruments import canonical


def drawn(definition: bytes, wording: bytes) -> Drawn:
    """Return instrument, wording and the hashes of what was really read."""
    instrument = canonical.instrument_from(definition)
    words = canonical.wording_from(wording)
    return Drawn(
        instrument,
        words,
        canonical.definition_sha256(instrument),
        canonical.wording_sha256(words),
        canonical.scoring_sha256(instrument),
    )
