"""The laboratory's statements on releases and their approvals."""

from __future__ import annotations

from dataclasses import asdict, fields

from sqlalchemy import Connection, insert, select, update

from qol.adapters.db.documents import release_hash
from qol.adapters.db.tables import approval, release
from qol.domain.errors import NotAllowedError
from qol.domain.publishing import Approval, Particulars, Standing
from qol.usecases.lab.ports import Publication

_PARTICULARS = tuple(field.name for field in fields(Particulars))
_APPROVAL = tuple(field.name for field in fields(Approval))
_STANDING = select(
    release.c.definition_sha256,
    release.c.wording_sha256,
    release.c.approved,
    *(release.c[name] for name in _PARTICULARS),
)


def publish(connection: Connection, publication: Publication) -> int:
    """Insert a release row, not approved, and return its id; the same hashes give the row's."""
    known = published(connection, publication)
    if known is not None:
        return known.release
    row = {field.name: getattr(publication, field.name) for field in fields(Publication)}
    row |= asdict(row.pop("particulars"))
    row |= {"hash": _hash(publication), "approved": False}
    return int(connection.execute(insert(release).returning(release.c.id), row).scalar_one())


def published(connection: Connection, publication: Publication) -> Standing | None:
    """Find the release of the same hashes."""
    known = select(release.c.id).where(
        release.c.hash == _hash(publication),
        release.c.scoring_sha256 == publication.scoring_sha256,
    )
    found = connection.execute(known).scalar()
    return None if found is None else standing(connection, int(found))


def standing(connection: Connection, number: int) -> Standing:
    """Say how a release stands; NotAllowedError when there is none of that number."""
    row = connection.execute(_STANDING.where(release.c.id == number)).first()
    if row is None:
        raise NotAllowedError(f"There is no release {number}.")
    asked = select(*(approval.c[name] for name in _APPROVAL)).where(approval.c.release_id == number)
    approvals = connection.execute(asked.order_by(approval.c.approved_at, approval.c.person))
    return Standing(
        number,
        row.definition_sha256,
        row.wording_sha256,
        Particulars(*(getattr(row, name) for name in _PARTICULARS)),
        row.approved,
        tuple(Approval(*one) for one in approvals),
    )


def restate(connection: Connection, number: int, particulars: Particulars) -> None:
    """Give a release other particulars; its bytes and hashes never change."""
    changed = update(release).where(release.c.id == number)
    connection.execute(changed.values(**asdict(particulars)))


def add_approval(connection: Connection, number: int, given: Approval) -> None:
    """Write one person's approval. Two at once wait for each other, so the second sees both."""
    connection.execute(select(release.c.id).where(release.c.id == number).with_for_update())
    connection.execute(insert(approval), {"release_id": number, **asdict(given)})


def mark_approved(connection: Connection, number: int) -> Standing:
    """Open a release to patients, and say how it stands now."""
    connection.execute(update(release).where(release.c.id == number).values(approved=True))
    return standing(connection, number)


def _hash(publication: Publication) -> str:
    return release_hash(publication.definition_sha256, publication.wording_sha256)
