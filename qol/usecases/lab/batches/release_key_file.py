"""Register whom key files are for; let one leave, once, by a second person, or withdraw it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadySaidError, NotAllowedError
from qol.usecases.lab.batches.key_file import Packer, Recipient
from qol.usecases.lab.batches.ports import BatchStore, KeyFile
from qol.usecases.ports import Clock, Dice

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")


class SamePersonError(NotAllowedError):
    """Whoever asked for a key file cannot let it leave."""


class NotARecipientError(NotAllowedError):
    """The label or the key is none; ``field`` names which."""

    def __init__(self, field: str, sentence: str) -> None:
        """Name the field and say the sentence."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class ReadRecipients:
    """``ReadRecipients(...)(programme, actor)`` lists whom key files may be for."""

    store: BatchStore

    def __call__(self, programme: str, actor: str) -> tuple[Recipient, ...]:
        """List by label."""
        with self.store.reading() as unit:
            found = unit.recipients(programme)
            detail: dict[str, str | int] = {"count": len(found)}
            unit.commit(AuditEvent(Act.RECIPIENTS_READ, actor, f"programme:{programme}", detail))
        return found


@dataclass(frozen=True, slots=True)
class RegisterRecipient:
    """``RegisterRecipient(...)(programme, label, key, actor)`` keeps a public age key."""

    store: BatchStore
    packer: Packer
    clock: Clock
    dice: Dice

    def __call__(self, programme: str, label: str, key: str, actor: str) -> Recipient:
        """Register; NotARecipientError, or AlreadySaidError when the label is taken."""
        if not _LABEL.fullmatch(label):
            raise NotARecipientError("label", "A label is letters, digits and hyphens.")
        try:
            fingerprint = self.packer.fingerprint(key)
        except NotAllowedError as error:
            raise NotARecipientError("key", str(error)) from None
        reference, now = self.dice.reference(), self.clock.now()
        made = Recipient(reference, label, key, fingerprint, actor, now)
        with self.store.writing() as unit:
            unit.add_recipient(programme, made)
            event = AuditEvent(
                Act.RECIPIENT_REGISTERED,
                actor,
                f"recipient:{reference}",
                {"label": label, "fingerprint": fingerprint},
            )
            unit.commit(event)
        return made


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
        """Return the file, once; SamePersonError for whoever asked for it."""
        with self.store.writing() as unit:
            waiting = _waiting(unit.key_file(programme, batch))
            if waiting.asked_by == actor:
                raise SamePersonError("Another person lets a key file leave.")
            content = unit.end_key_file(batch, "released", actor, self.clock.now())
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
