"""Publish an instrument in one language: from then on its bytes are frozen (design section 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.fitness import Candidate, State, fitness
from qol.domain.publishing import (
    NOT_STATED,
    Approval,
    Particulars,
    Standing,
    checked_names,
    lacking,
)
from qol.usecases.lab.ports import LabStore, LabUnit, Publication


class Change(StrEnum):
    """What publishing did to the row of these hashes."""

    NEW = "new"
    SAME = "same"
    RESTATED = "restated"
    RENEWED = "renewed"


@dataclass(frozen=True, slots=True)
class Published:
    """The release as it stands now, and what changed."""

    standing: Standing
    change: Change


@dataclass(frozen=True, slots=True)
class PublishRelease:
    """Write a release row. It stays unapproved until two people who signed in approve it."""

    store: LabStore
    demonstration: bool

    def __call__(
        self,
        publication: Publication,
        candidate: Candidate,
        actor: str,
        approved_by: Sequence[str] = (),
        *,
        unapproved: bool = False,
    ) -> Published:
        """Publish, or say again what an unapproved release rests on, or renew its licence.

        ``approved_by`` are names that nobody verified. NotAllowedError names everything
        that is missing (EA-7.3-b); only a demonstration may leave it out (``unapproved``).
        """
        names = checked_names(approved_by)
        if unapproved and not self.demonstration:
            raise NotAllowedError("An unapproved release may be published in a demonstration only.")
        self._refuse_unfit(publication, candidate, unapproved=unapproved)
        with self.store.writing() as unit:
            before = unit.published(publication)
            change = _change(before, publication.particulars)
            release = before.release if before else unit.publish(publication)
            if change in {Change.RESTATED, Change.RENEWED}:
                unit.restate(release, publication.particulars)
            _add_names(unit, release, publication, names)
            after = unit.standing(release)
            unit.commit(_event(publication, after, change, actor))
        return Published(after, change)

    def _refuse_unfit(
        self, publication: Publication, candidate: Candidate, *, unapproved: bool
    ) -> None:
        name = f"{publication.instrument} {publication.version} in {publication.language}"
        if candidate.instrument.library:
            raise NotAllowedError(
                f"{name} is a library: select from it, and publish the selection."
            )
        if unapproved:
            return
        findings = fitness(candidate, demonstration=self.demonstration)
        wrong = [f"{one.rule}: {one.said}" for one in findings if one.state is State.MISSING]
        wrong += lacking(publication.particulars, candidate.rights)
        ends = publication.particulars.licence_ends
        if ends is not None and ends < publication.published_at.date():
            wrong.append(f"a licence that has not ended on {ends}")
        if wrong:
            raise NotAllowedError(f"{name} cannot be published: it lacks {'; '.join(wrong)}.")


def _change(before: Standing | None, wanted: Particulars) -> Change:
    if before is None:
        return Change.NEW
    if wanted in {before.particulars, NOT_STATED}:
        return Change.SAME
    if not before.verified:
        return Change.RESTATED
    if wanted.but_licence() == before.particulars.but_licence():
        return Change.RENEWED
    raise NotAllowedError(
        f"Release {before.release} was approved with other references: only its licence may change."
    )


def _add_names(unit: LabUnit, release: int, publication: Publication, names: Sequence[str]) -> None:
    known = unit.standing(release)
    hashes = (publication.definition_sha256, publication.wording_sha256)
    for name in names:
        if not known.has(name):
            approval = Approval(name, publication.published_at, *hashes, verified=False)
            unit.add_approval(release, approval)


def _event(publication: Publication, after: Standing, change: Change, actor: str) -> AuditEvent:
    return AuditEvent(
        Act.RELEASE_PUBLISHED,
        actor,
        f"release:{after.release}",
        {
            "instrument": publication.instrument,
            "version": publication.version,
            "language": publication.language,
            "change": change.value,
            "approved": int(after.approved),
        },
    )
