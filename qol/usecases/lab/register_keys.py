"""Stand for public deposit keys: a face seals only for keys whose fingerprint is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.usecases.lab.ports import Fingerprint, LabStore


@dataclass(frozen=True, slots=True)
class RegisterKeys:
    """Write fingerprints of public deposit keys."""

    store: LabStore

    def __call__(self, fingerprints: Sequence[Fingerprint], actor: str) -> int:
        """Register them and return how many; NotAllowedError when an id stands for another key."""
        if not fingerprints:
            raise NotAllowedError("There is no public deposit key to register.")
        with self.store.writing() as unit:
            for fingerprint in fingerprints:
                unit.register_key(fingerprint)
            unit.commit(
                AuditEvent(
                    Act.KEYS_REGISTERED,
                    actor,
                    f"programme:{fingerprints[0].programme}",
                    {"year": fingerprints[0].year, "count": len(fingerprints)},
                )
            )
        return len(fingerprints)
