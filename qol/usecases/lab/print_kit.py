"""Print a programme's postal kit (EA-ÉCH-5-h)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.instrument import Release
from qol.domain.portal import Portal
from qol.domain.programme import Programme
from qol.usecases.lab.paper import FormPrinter, Kit, Printed, Questionnaire
from qol.usecases.lab.ports import LabStore
from qol.usecases.lab.released import newest, printed_as
from qol.usecases.ports import Clock


@dataclass(frozen=True, slots=True)
class PrintKit:
    """Draws from the releases of the programme's newest version, never from a folder."""

    store: LabStore
    printer: FormPrinter
    clock: Clock
    demonstration: bool

    def __call__(self, programme: str, language: str, portal: Portal, actor: str) -> Printed:
        """Return the PDF and its box map.

        NotAllowedError when the programme has no post, or a questionnaire no release that
        may be given to patients; PrintingError when it cannot be printed.
        """
        with self.store.reading() as unit:
            versions = unit.versions(programme)
            releases = unit.releases(programme) if versions else ()
        if not versions:
            raise NotAllowedError(f"There is no programme {programme}.")
        current = versions[-1].programme
        printed = self.printer.print_kit(self._kit(current, releases, language, portal))
        with self.store.writing() as unit:
            unit.commit(_event(current, language, printed, actor))
        return printed

    def _kit(
        self, programme: Programme, releases: tuple[Release, ...], language: str, portal: Portal
    ) -> Kit:
        if programme.postal is None:
            raise NotAllowedError(
                f"{programme.id} has no post: its file needs a [postal]"
                " table with a dedicated address and a licence number (EA-ÉCH-5-h)."
            )
        if language not in programme.languages or language not in portal.languages:
            raise NotAllowedError(f"{programme.id} is not offered in {language[:8]}.")
        given = dict.fromkeys(name for point in programme.timepoints for name in point.battery)
        return Kit(
            language=language,
            questionnaires=tuple(
                self._questionnaire(programme, releases, name, language) for name in given
            ),
            safety=portal.safety[language],
            notice=programme.notices[language],
            postal=programme.postal,
        )

    def _questionnaire(
        self, programme: Programme, releases: tuple[Release, ...], name: str, language: str
    ) -> Questionnaire:
        version = programme.releases[name]
        named = [one for one in releases if one.instrument.version == version]
        today = self.clock.today(programme.time_zone)
        found = newest(named, name, language, today, demonstration=self.demonstration)
        proxy = name in programme.proxy
        return printed_as(found, demonstration=self.demonstration, proxy=proxy)


def _event(programme: Programme, language: str, printed: Printed, actor: str) -> AuditEvent:
    return AuditEvent(
        Act.KIT_PRINTED,
        actor,
        f"programme:{programme.id}",
        {
            "version": programme.version,
            "language": language,
            "form": printed.code,
            "pages": printed.pages,
            "sha256": sha256(printed.pdf).hexdigest(),
        },
    )
