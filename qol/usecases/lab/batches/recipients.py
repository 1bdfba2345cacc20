"""Whom key files are for: a key is registered, listed, and ends after a year or at once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import AlreadySaidError, NotAllowedError
from qol.usecases.lab.batches.key_file import Packer, Recipient
from qol.usecases.lab.batches.ports import BatchStore
from qol.usecases.ports import Clock, Dice

_LABEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")


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
        """Register; NotARecipientError, or AlreadySaidError when the label is taken.

        A key that was ended (lost, stolen) is registered under no other label.
        """
        if not _LABEL.fullmatch(label):
            raise NotARecipientError("label", "A label is letters, digits and hyphens.")
        try:
            fingerprint = self.packer.fingerprint(key)
        except NotAllowedError as error:
            raise NotARecipientError("key", str(error)) from None
        reference, now = self.dice.reference(), self.clock.now()
        made = Recipient(reference, label, key, fingerprint, actor, now)
        with self.store.writing() as unit:
            known = unit.recipients(programme)
            if any(one.ended_at and one.fingerprint == fingerprint for one in known):
                raise NotARecipientError("ended", "This key was ended: it is used no more.")
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
class EndRecipient:
    """``EndRecipient(...)(programme, reference, actor)`` ends a key before its day: lost, stolen.

    Nothing is packed for it any more, and what waits for it does not leave.
    """

    store: BatchStore
    clock: Clock

    def __call__(self, programme: str, reference: str, actor: str) -> None:
        """End it; AlreadySaidError when the programme has no such key in force."""
        now = self.clock.now()
        with self.store.writing() as unit:
            found = [one for one in unit.recipients(programme) if one.reference == reference]
            if not found or not found[0].in_force(now.date()):
                raise AlreadySaidError("No such key is in force.")
            unit.end_recipient(reference, actor, now)
            unit.commit(AuditEvent(Act.RECIPIENT_ENDED, actor, f"recipient:{reference}"))
