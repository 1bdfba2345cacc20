"""The statements that store an administration, for every face that deposits."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, insert, select, text
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.tables import FILLED, SLOT, administration, key_fingerprint
from qol.domain.administration import Administration
from qol.domain.errors import AlreadyReceivedError
from qol.domain.schedule import Slot

_VISIT = select(administration.c.visit).where(
    administration.c.subject_id == bindparam("id"),
    administration.c.timepoint == bindparam("timepoint"),
    administration.c.instrument == bindparam("instrument"),
    text(FILLED),
)
_FINGERPRINTS = select(key_fingerprint.c.key_id, key_fingerprint.c.sha256)
_ADD = insert(administration).inline()
_SLOT_ON_SQLITE = "administration.subject_id, administration.timepoint, administration.instrument"


def _slot_is_filled(error: IntegrityError) -> bool:
    """Say whether it is the slot's unique index that refused the row."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return bool(diagnosis.constraint_name == SLOT)
    return _SLOT_ON_SQLITE in str(error.orig)


def visit_of(connection: Connection, subject_id: int, slot: Slot) -> str | None:
    """Return the visit number of the slot's administration, if there is one."""
    asked = {"id": subject_id, "timepoint": slot.timepoint, "instrument": slot.instrument}
    return connection.execute(_VISIT, asked).scalar()


def add(connection: Connection, made: Administration) -> None:
    """Insert the row; AlreadyReceivedError when the slot is filled."""
    row = {name: getattr(made, name) for name in Administration.__dataclass_fields__}
    row["mode"] = made.mode.value
    try:
        connection.execute(_ADD, row)
    except IntegrityError as error:
        if not _slot_is_filled(error):
            raise
        raise AlreadyReceivedError(
            "This questionnaire was already received; nothing was added."
        ) from error


def fingerprints(connection: Connection) -> dict[str, str]:
    """Map the id of each registered public deposit key to its SHA-256."""
    return {row[0]: row[1] for row in connection.execute(_FINGERPRINTS)}
