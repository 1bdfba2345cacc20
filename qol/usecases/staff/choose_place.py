"""Choose the site or the programme that a session acts at."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.place import Place
from qol.domain.staff.session import Session
from qol.usecases.staff.acting import Acting
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class ChoosePlace:
    """One place at a time: what is done there is done there alone."""

    store: StaffStore

    def __call__(self, session: Session, person: Acting, place: Place) -> None:
        """Choose it; NotAllowedError unless a grant of the person opens it."""
        if place not in person.places:
            raise NotAllowedError("None of your grants opens this place.")
        detail: dict[str, str | int] = {"programme": place.programme, "site": place.site}
        with self.store.writing() as unit:
            unit.choose(session.digest, place)
            unit.commit(
                AuditEvent(Act.PLACE_CHOSEN, person.actor, f"account:{person.account}", detail)
            )
