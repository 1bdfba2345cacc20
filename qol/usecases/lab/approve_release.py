"""One person's approval of a release; the second verified one opens it to patients (EA-7.3-b)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.publishing import APPROVERS, Approval, Standing
from qol.usecases.lab.ports import LabStore
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class ApproveRelease:
    """``hashes`` are those that the person looked at: the definition's and the wording's."""

    store: LabStore
    clock: Clock

    def __call__(
        self, release: int, hashes: tuple[str, str], person: str, actor: str, *, verified: bool
    ) -> Standing:
        """Approve and return how the release stands now.

        ``person`` is the account's reference when ``verified``. NotAllowedError when there
        is no such release, the person approved it already, the hashes are others, or no
        decision of an authority is named.
        """
        with self.store.writing() as unit:
            _refuse(unit.standing(release), hashes, person)
            approval = Approval(person, self.clock.now(), *hashes, verified)
            unit.add_approval(release, approval)
            after = unit.standing(release)
            if after.verified >= APPROVERS and not after.approved:
                after = unit.mark_approved(release)
            unit.commit(_event(after, actor, verified=verified))
        return after


def _refuse(standing: Standing, hashes: tuple[str, str], person: str) -> None:
    name = f"Release {standing.release}"
    if hashes != standing.hashes:
        raise NotAllowedError(f"{name} has other hashes than those that were approved.")
    if standing.has(person):
        raise NotAllowedError(f"{name} has this person's approval already: it takes another's.")
    if not standing.particulars.decided:
        raise NotAllowedError(
            f"{name} names no authority, decision reference and decision date (EA-7.3-b):"
            " publish it again with them."
        )


def _event(after: Standing, actor: str, *, verified: bool) -> AuditEvent:
    return AuditEvent(
        Act.RELEASE_APPROVED,
        actor,
        f"release:{after.release}",
        {
            "verified": int(verified),
            "verified_approvals": after.verified,
            "approved": int(after.approved),
        },
    )
