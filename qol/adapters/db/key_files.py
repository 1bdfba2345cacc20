"""The laboratory's statements on key files and whom they are for."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.tables_batches import batch, key_file, recipient, recipient_end
from qol.domain.errors import AlreadySaidError
from qol.usecases.lab.batches.key_file import Recipient
from qol.usecases.lab.batches.ports import KeyFile

_COLUMNS = (
    recipient.c.reference,
    recipient.c.label,
    recipient.c.key,
    recipient.c.fingerprint,
    recipient.c.actor,
    recipient.c.registered_at,
    recipient_end.c.ended_at,
)
_KNOWN = recipient.outerjoin(recipient_end)


def recipients(connection: Connection, programme: str) -> tuple[Recipient, ...]:
    """List a programme's recipients, by label."""
    asked = select(*_COLUMNS).select_from(_KNOWN).where(recipient.c.programme == programme)
    return tuple(Recipient(*row) for row in connection.execute(asked.order_by(recipient.c.label)))


def add_recipient(connection: Connection, programme: str, new: Recipient) -> None:
    """Insert a recipient; AlreadySaidError when the label is taken."""
    row = {
        "reference": new.reference,
        "programme": programme,
        "label": new.label,
        "key": new.key,
        "fingerprint": new.fingerprint,
        "actor": new.actor,
        "registered_at": new.registered_at,
    }
    try:
        connection.execute(insert(recipient), row)
    except IntegrityError:
        raise AlreadySaidError(f"There is a recipient {new.label} already.") from None


def end_recipient(connection: Connection, reference: str, actor: str, now: datetime) -> None:
    """Keep that a recipient's key ended before its day; AlreadySaidError when it had."""
    row = {"recipient": reference, "actor": actor, "ended_at": now}
    try:
        connection.execute(insert(recipient_end), row)
    except IntegrityError:
        raise AlreadySaidError("This key had ended already.") from None


def state(connection: Connection, programme: str, reference: str) -> KeyFile | None:
    """Say how a batch's key file stands; None when none was asked for."""
    asked = (
        select(*_COLUMNS, batch.c.actor, key_file.c.outcome)
        .select_from(_KNOWN)
        .join(key_file, key_file.c.recipient == recipient.c.reference)
        .join(batch, batch.c.reference == key_file.c.batch)
        .where(batch.c.programme == programme, batch.c.reference == reference)
    )
    row = connection.execute(asked).first()
    return None if row is None else KeyFile(Recipient(*row[:7]), row[7], row[8])


def end(
    connection: Connection, reference: str, outcome: str, actor: str, now: datetime
) -> bytes | None:
    """Return the closed file and delete it; None when it is not here any more."""
    waits = (key_file.c.batch == reference, key_file.c.outcome.is_(None))
    content = connection.execute(
        select(key_file.c.content).where(*waits).with_for_update()
    ).scalar()
    if content is None:
        return None
    ended = {"content": None, "outcome": outcome, "ended_by": actor, "ended_at": now}
    connection.execute(update(key_file).where(*waits).values(**ended))
    return bytes(content)
