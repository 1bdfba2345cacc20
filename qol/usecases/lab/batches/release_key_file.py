"""Let a key file leave, once, by a second person, or withdraw it (EA-ÉCH-5-i)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadySaidError, NotAllowedError
from qol.usecases.lab.batches.key_file import RecipientEndedError
from qol.usecases.lab.batches.ports import BatchStore, KeyFile
from qol.usecases.ports import Clock


class SamePersonError(NotAllowedError):
    """Whoever asked for a key file cannot let it leave."""


@dataclass(frozen=True, slots=True)
class ReadKeyFile:
    """``ReadKeyFile(...)(programme, batch)`` says how a batch's key file stands."""

    store: BatchStore

    def __call__(self, programme: str, batch: str) -> KeyFile | None:
        """None when none was asked for; the event is the batch's own reading."""
        with self.store.reading() as unit:
            return unit.key_file(programme, batch)


@dataclass(frozen=True, slots=True)
class EndKeyFile:
    """Release or withdraw: either way the closed file is not here any more."""

    store: BatchStore
    clock: Clock

    def release(self, programme: str, batch: str, actor: str) -> bytes:
        """Return the file, once; SamePersonError for whoever asked for it, RecipientEndedError."""
        now = self.clock.now()
        with self.store.writing() as unit:
            waiting = _waiting(unit.key_file(programme, batch))
            if waiting.asked_by == actor:
                raise SamePersonError("Another person lets a key file leave.")
            if not waiting.recipient.in_force(now.date()):
                raise RecipientEndedError("This recipient's key has ended: withdraw the file.")
            content = unit.end_key_file(batch, "released", actor, now)
            if content is None:
                raise AlreadySaidError("This key file is not here any more.")
            event = AuditEvent(
                Act.KEY_FILE_RELEASED,
                actor,
                f"batch:{batch}",
                {"recipient": waiting.recipient.reference, "asked_by": waiting.asked_by},
            )
            unit.commit(event)
        return content

    def withdraw(self, programme: str, batch: str, actor: str) -> None:
        """Delete the file, whoever asked for it."""
        with self.store.writing() as unit:
            waiting = _waiting(unit.key_file(programme, batch))
            if unit.end_key_file(batch, "withdrawn", actor, self.clock.now()) is None:
                raise AlreadySaidError("This key file is not here any more.")
            event = AuditEvent(
                Act.KEY_FILE_WITHDRAWN,
                actor,
                f"batch:{batch}",
                {"recipient": waiting.recipient.reference},
            )
            unit.commit(event)


def _waiting(found: KeyFile | None) -> KeyFile:
    if found is None or found.outcome is not None:
        raise AlreadySaidError("No key file of this batch waits here.")
    return found
