"""The professionals' statements on subjects: what is followed at a place, and the next code."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, text, update

from qol.adapters.db.tables import FILLED, administration, pseudonym, subject
from qol.adapters.db.tables_hcp import attestation, follow_up_end, not_done
from qol.adapters.db.tables_records import FINAL, mixup_decision
from qol.domain.errors import NotAllowedError
from qol.domain.follow_up import Reason
from qol.domain.place import Place
from qol.domain.schedule import Slot
from qol.usecases.hcp.ports import Attested, Followed, Spare
from qol.usecases.hcp.printing import NoteVariant
from qol.usecases.ports import SubjectState

_LIVE = pseudonym.c.state == text("'live'")
_ISSUED = pseudonym.c.state == text("'issued'")
_FOLLOWED = (
    select(
        subject.c.id,
        subject.c.reference,
        subject.c.programme,
        subject.c.site,
        subject.c.day_zero,
        pseudonym.c.id.label("live"),
        subject.c.sheet_number,
        attestation.c.subject_id.is_not(None).label("attested"),
        (pseudonym.c.slip.is_not(None) & attestation.c.subject_id.is_not(None)).label("unprinted"),
        follow_up_end.c.ended_on,
    )
    .outerjoin(attestation, attestation.c.subject_id == subject.c.id)
    .outerjoin(pseudonym, (pseudonym.c.subject_id == subject.c.id) & _LIVE)
    .outerjoin(follow_up_end, follow_up_end.c.subject_id == subject.c.id)
    .where(subject.c.day_zero.is_not(None))
    .order_by(subject.c.sheet_number)
)


def _at(place: Place) -> tuple[ColumnElement[bool], ...]:
    return subject.c.programme == place.programme, subject.c.site == place.site


def followed(connection: Connection, place: Place, *which: Any) -> tuple[Followed, ...]:
    """List the place's subjects whose slip was handed over, by sheet number.

    ``which`` narrows them down; states and dates are read, and no body.
    """
    where = (*_at(place), *which)
    received: dict[int, dict[Slot, datetime]] = defaultdict(dict)
    row = administration.c
    filled = select(row.subject_id, row.timepoint, row.instrument, row.received_at)
    for slot in connection.execute(filled.join(subject).where(*where, text(FILLED))):
        received[slot.subject_id][Slot(slot.timepoint, slot.instrument)] = slot.received_at
    said: dict[int, dict[str, Reason]] = defaultdict(dict)
    marks = select(not_done.c.subject_id, not_done.c.timepoint, not_done.c.reason)
    for mark in connection.execute(marks.join(subject).where(*where)):
        said[mark.subject_id][mark.timepoint] = Reason(mark.reason)
    return tuple(
        Followed(
            subject=SubjectState(*one[:6]),
            sheet_number=one.sheet_number,
            day_zero=one.day_zero,
            attested=bool(one.attested),
            unprinted=bool(one.unprinted),
            received=received.get(one.id, {}),
            not_done=said.get(one.id, {}),
            ended=one.ended_on,
        )
        for one in connection.execute(_FOLLOWED.where(*where))
    )


def by_sheet(connection: Connection, place: Place, sheet_number: str) -> Followed | None:
    """Find one of them; None for every other sheet."""
    found = followed(connection, place, subject.c.sheet_number == sheet_number)
    return found[0] if found else None


def _spares(place: Place) -> tuple[ColumnElement[bool], ...]:
    """Codes that were issued to the place, whose slip was never printed."""
    return *_at(place), _ISSUED, pseudonym.c.slip.is_not(None), subject.c.day_zero.is_(None)


def spares(connection: Connection, place: Place) -> int:
    """Count the codes that the place may still hand over."""
    asked = select(func.count()).select_from(pseudonym).join(subject).where(*_spares(place))
    return int(connection.execute(asked).scalar_one())


def next_spare(connection: Connection, place: Place) -> Spare | None:
    """Take the next of them and lock it; two professionals at once get two codes."""
    asked = (
        select(
            pseudonym.c.id,
            subject.c.id,
            subject.c.reference,
            subject.c.sheet_number,
            pseudonym.c.slip,
        )
        .join(subject, subject.c.id == pseudonym.c.subject_id)
        .where(*_spares(place))
        .order_by(pseudonym.c.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=pseudonym)
    )
    row = connection.execute(asked).first()
    return None if row is None else Spare(*row[:4], slip=bytes(row[4]))


def make_live(connection: Connection, spare: Spare, now: datetime, **values: object) -> None:
    """Make an issued code live; NotAllowedError when it is not issued any more."""
    changed = update(pseudonym).where(pseudonym.c.id == spare.pseudonym, _ISSUED)
    done = connection.execute(changed.values(state="live", changed_at=now, **values))
    if done.rowcount != 1:
        raise NotAllowedError("This code was changed at the same time by somebody else.")


def kill(connection: Connection, subject_id: int, state: str, now: datetime) -> None:
    """Kill the subject's code and its slip copy."""
    changed = update(pseudonym).where(pseudonym.c.subject_id == subject_id, _LIVE)
    connection.execute(changed.values(state=state, changed_at=now, slip=None))


def take_slip(connection: Connection, subject_id: int) -> bytes | None:
    """Return the sealed slip copy of the live code and delete it; None when there is none."""
    mine = (pseudonym.c.subject_id == subject_id, _LIVE, pseudonym.c.slip.is_not(None))
    slip = connection.execute(select(pseudonym.c.slip).where(*mine)).scalar()
    taken = connection.execute(update(pseudonym).where(*mine).values(slip=None)).rowcount
    return bytes(slip) if slip is not None and taken == 1 else None


def attest(connection: Connection, subject_id: int, given: Attested, **said: object) -> None:
    """Keep what was attested."""
    row = {
        "subject_id": subject_id,
        "note_version": given.note_version,
        "note_language": given.note_language,
        "variant": given.variant.value,
        "given_on": given.given_on,
        "attempt": given.attempt,
    }
    connection.execute(insert(attestation).inline(), row | said)


def attested(connection: Connection, subject_id: int) -> Attested | None:
    """Return what was attested when the slip was handed over."""
    table = attestation.c
    asked = select(
        table.note_version, table.note_language, table.variant, table.given_on, table.attempt
    ).where(table.subject_id == subject_id)
    row = connection.execute(asked).first()
    return None if row is None else Attested(row[0], row[1], NoteVariant(row[2]), row[3], row[4])


def decided_reports(connection: Connection, subject_id: int, timepoint: str) -> int:
    """Count the reports of a visit that the laboratory has decided."""
    table = mixup_decision.c
    asked = select(func.count()).where(
        table.subject_id == subject_id, table.timepoint == timepoint, text(FINAL)
    )
    return int(connection.execute(asked).scalar_one())


def handed_over(connection: Connection, place: Place, attempt: str) -> str | None:
    """Return the sheet number of the hand-over of that number, if there was one."""
    asked = select(subject.c.sheet_number).join(attestation)
    return connection.execute(asked.where(*_at(place), attestation.c.attempt == attempt)).scalar()
