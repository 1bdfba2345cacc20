"""Print a programme's leaflet for patients: how one answers, and what happens then."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.portal import Portal, Safety
from qol.domain.programme import Notice, Programme
from qol.usecases.lab.ports import LabStore


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One sheet for every patient of a programme, in one language; nothing on it is personal.

    ``address`` is the patient face's, with its language. ``portal_name``, ``safety`` and
    ``notice`` are in ``language``. The programme's name is not among it, as on a slip: it
    could tell a disease to whoever finds the leaflet.
    """

    language: str
    portal_name: str
    address: str
    safety: Safety
    notice: Notice
    demonstration: bool = False


class LeafletPrinter(Protocol):
    """Draws leaflets."""

    def print_leaflet(self, leaflet: Leaflet) -> bytes:
        """Return a PDF, the same bytes for the same leaflet; PrintingError when it fails."""


@dataclass(frozen=True, slots=True)
class PrintLeaflet:
    """``PrintLeaflet(...)(programme, language, portal, actor)`` gives the PDF.

    ``address`` is the patient face's, without a slash at its end.
    """

    store: LabStore
    printer: LeafletPrinter
    address: str
    demonstration: bool

    def __call__(self, programme: str, language: str, portal: Portal, actor: str) -> bytes:
        """Draw from the programme's newest version.

        NotAllowedError when there is none, or none in this language; PrintingError when its
        texts have no room or cannot be printed.
        """
        with self.store.reading() as unit:
            versions = unit.versions(programme)
        if not versions:
            raise NotAllowedError(f"There is no programme {programme}.")
        current = versions[-1].programme
        if language not in current.languages or language not in portal.languages:
            raise NotAllowedError(f"{programme} is not offered in {language[:8]}.")
        leaflet = Leaflet(
            language=language,
            portal_name=portal.names[language],
            address=f"{self.address}/{language}/",
            safety=portal.safety[language],
            notice=current.notices[language],
            demonstration=self.demonstration,
        )
        pdf = self.printer.print_leaflet(leaflet)
        with self.store.writing() as unit:
            unit.commit(_event(current, leaflet, pdf, actor))
        return pdf


def _event(programme: Programme, leaflet: Leaflet, pdf: bytes, actor: str) -> AuditEvent:
    return AuditEvent(
        Act.LEAFLET_PRINTED,
        actor,
        f"programme:{programme.id}",
        {
            "version": programme.version,
            "language": leaflet.language,
            "sha256": sha256(pdf).hexdigest(),
        },
    )
