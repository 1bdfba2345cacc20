"""The laboratory's statements on batches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    Connection,
    bindparam,
    case,
    exists,
    func,
    insert,
    literal_column,
    select,
    update,
)

from qol.adapters.db.tables import pseudonym, subject
from qol.adapters.db.tables_batches import batch, key_file, sheet_replaced, slips_collected
from qol.adapters.db.tables_hcp import attestation
from qol.domain.revoking import Which
from qol.usecases.lab.batches.ports import Batch, Copy, Row
from qol.usecases.lab.ports import NewBatch, Replacement

_USABLE = ("issued", "live")
_NEWEST = (
    select(pseudonym.c.subject_id, func.max(pseudonym.c.id).label("id"))
    .group_by(pseudonym.c.subject_id)
    .subquery()
)
_ATTESTED = exists(select(attestation.c.subject_id).where(attestation.c.subject_id == subject.c.id))
# A subject without a code lost it to another one of its site, whose slip it replaced.
_STATE = case((pseudonym.c.id.is_(None), literal_column("'spent'")), else_=pseudonym.c.state)


def add(connection: Connection, new: NewBatch) -> None:
    """Keep an issuing, and its key file."""
    row = {
        "reference": new.reference,
        "programme": new.programme,
        "site": new.site,
        "issued_at": new.issued_at,
        "attempt": new.attempt,
        "actor": new.actor,
    }
    connection.execute(insert(batch), row)
    if new.package is not None:
        kept = {"recipient": new.package.recipient, "content": new.package.content}
        connection.execute(insert(key_file), {"batch": new.reference} | kept)


def of_attempt(connection: Connection, attempt: str) -> str | None:
    """Return the reference of the batch that was issued from that page, if there is one."""
    return connection.execute(select(batch.c.reference).where(batch.c.attempt == attempt)).scalar()


def sheets_of(connection: Connection, site: str) -> frozenset[str]:
    """List the sheet numbers that the site's sheets carry or carried."""
    now = select(subject.c.sheet_number).where(subject.c.site == site)
    before = select(sheet_replaced.c.old).join(subject).where(subject.c.site == site)
    return frozenset(connection.execute(now.union(before)).scalars())


def replacement(connection: Connection, attempt: str) -> str | None:
    """Return the new sheet number of the replacement from that page, if there was one."""
    asked = select(sheet_replaced.c.new).where(sheet_replaced.c.attempt == attempt)
    return connection.execute(asked).scalar()


def keep_replacement(connection: Connection, kept: Replacement) -> None:
    """Keep which sheet took the place of which."""
    row = {"attempt": kept.attempt, "subject_id": kept.subject_id, "replaced_at": kept.at}
    row |= {"old": kept.old, "new": kept.new, "actor": kept.actor}
    connection.execute(insert(sheet_replaced), row)


# Every subject with its newest code, where it has one.
_SUBJECTS = subject.outerjoin(_NEWEST, _NEWEST.c.subject_id == subject.c.id).outerjoin(
    pseudonym, pseudonym.c.id == _NEWEST.c.id
)


def summaries(connection: Connection, programme: str) -> tuple[Batch, ...]:
    """List a programme's batches, by site and then the newest first."""
    unprinted, attested = pseudonym.c.slip.is_not(None), _ATTESTED
    asked = (
        select(subject.c.batch, subject.c.site, _STATE, unprinted, attested, func.count())
        .select_from(_SUBJECTS)
        .where(subject.c.programme == programme)
        .group_by(subject.c.batch, subject.c.site, _STATE, unprinted, attested)
    )
    counts: dict[tuple[str, str], Counter[str]] = {}
    for reference, site, state, waits, given, many in connection.execute(asked):
        count = counts.setdefault((reference, site), Counter())
        count.update({"size": many, state: many})
        if state in _USABLE:
            count["printed"] += 0 if waits else many
            count["to_print"] += many if waits and not given else 0
    issued = dict(iter(connection.execute(select(batch.c.reference, batch.c.issued_at))))
    dead = _replaced(connection, programme)
    found = [
        Batch(
            reference=reference,
            site=site,
            issued_at=issued.get(reference),
            replaced=dead.get(reference, 0),
            **{name: count[name] for name in _COUNTED},
        )
        for (reference, site), count in counts.items()
    ]
    found.sort(key=lambda one: (one.issued_at is not None, one.issued_at or 0), reverse=True)
    return tuple(sorted(found, key=lambda one: one.site))


_COUNTED = ("size", "issued", "live", "revoked", "spent", "printed", "to_print")


def _replaced(connection: Connection, programme: str) -> dict[str, int]:
    """Count the codes of each batch's subjects that another took the place of."""
    asked = (
        select(subject.c.batch, func.count())
        .join(pseudonym, pseudonym.c.subject_id == subject.c.id)
        .where(subject.c.programme == programme, pseudonym.c.state == "replaced")
        .group_by(subject.c.batch)
    )
    return dict(iter(connection.execute(asked)))


def rows(connection: Connection, programme: str, reference: str) -> tuple[Row, ...]:
    """List a batch's sheets by sheet number."""
    inside = (subject.c.programme == programme, subject.c.batch == reference)
    asked = (
        select(
            subject.c.sheet_number,
            _STATE,
            subject.c.day_zero,
            pseudonym.c.slip.is_not(None),
            _ATTESTED,
            subject.c.id,
        )
        .select_from(_SUBJECTS)
        .where(*inside)
        .order_by(subject.c.sheet_number)
    )
    former: dict[int, list[str]] = {}
    earlier = select(sheet_replaced.c.subject_id, sheet_replaced.c.old).join(subject)
    earlier = earlier.where(*inside).order_by(sheet_replaced.c.replaced_at)
    for subject_id, old in connection.execute(earlier):
        former.setdefault(subject_id, []).append(old)
    return tuple(
        Row(number, state, day, waits, given, tuple(former.get(subject_id, ())))
        for number, state, day, waits, given, subject_id in connection.execute(asked)
    )


def revoke(
    connection: Connection, programme: str, reference: str, which: Which, now: datetime
) -> int:
    """Kill codes and their slip copies; how many codes there were."""
    inside = select(subject.c.id).where(
        subject.c.programme == programme, subject.c.batch == reference
    )
    states = ("issued",) if which is Which.UNUSED else _USABLE
    changed = update(pseudonym).where(
        pseudonym.c.subject_id.in_(inside), pseudonym.c.state.in_(states)
    )
    done = connection.execute(changed.values(state="revoked", changed_at=now, slip=None))
    return done.rowcount


def copies(connection: Connection, programme: str, reference: str) -> tuple[Copy, ...]:
    """List the slip copies that the laboratory may print, by sheet number.

    A slip that a professional attested is theirs to print, with its note.
    """
    asked = (
        select(
            pseudonym.c.id,
            subject.c.sheet_number,
            subject.c.reference,
            pseudonym.c.state,
            pseudonym.c.slip,
        )
        .join(subject, subject.c.id == pseudonym.c.subject_id)
        .where(
            subject.c.programme == programme,
            subject.c.batch == reference,
            pseudonym.c.state.in_(_USABLE),
            pseudonym.c.slip.is_not(None),
            ~_ATTESTED,
        )
        .order_by(subject.c.sheet_number)
    )
    return tuple(Copy(*row[:4], slip=bytes(row[4])) for row in connection.execute(asked))


def take(connection: Connection, taken: Sequence[Copy]) -> bool:
    """Delete exactly these copies; False when one is gone, dead, or was handed over meanwhile."""
    gone = (
        update(pseudonym)
        .where(
            pseudonym.c.id == bindparam("row"),
            pseudonym.c.slip == bindparam("copy"),
            pseudonym.c.state == bindparam("was"),
        )
        .values(slip=None)
    )
    return all(
        connection.execute(
            gone, {"row": one.pseudonym, "copy": one.slip, "was": one.state}
        ).rowcount
        == 1
        for one in taken
    )


def collected(connection: Connection, reference: str) -> bool:
    """Say whether that print was collected."""
    asked = select(slips_collected.c.reference).where(slips_collected.c.reference == reference)
    return connection.execute(asked).first() is not None


def keep_collected(connection: Connection, reference: str, batch_: str, now: datetime) -> None:
    """Keep that a print was collected."""
    row = {"reference": reference, "batch": batch_, "collected_at": now}
    connection.execute(insert(slips_collected), row)
