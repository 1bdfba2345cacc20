"""Paper from the laboratory's commands: which questionnaire, which printer, who acts."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import date

from qol.adapters.instruments.canonical import definition_sha256, scoring_sha256, wording_sha256
from qol.adapters.paper.form import PaperForms
from qol.adapters.paper.leaflet import PaperLeaflets
from qol.adapters.paper.press import FORMS, REVIEWS, Press
from qol.adapters.programmes.portal import load as load_portal
from qol.adapters.words import read_catalogues
from qol.bootstrap.cli import Workshop
from qol.bootstrap.lab_slips import address_of
from qol.domain.errors import InstrumentError, NotAllowedError
from qol.domain.portal import Portal, Safety
from qol.domain.pseudonym import Pseudonym
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.paper import Form, Printed, Questionnaire, Readiness, Review
from qol.usecases.lab.print_form import PrintForm
from qol.usecases.lab.print_kit import PrintKit
from qol.usecases.lab.print_leaflet import PrintLeaflet
from qol.usecases.lab.print_review import PrintReview
from qol.usecases.lab.released import newest, printed_as


@dataclass(frozen=True, slots=True)
class PaperShop:
    """One installation's paper."""

    shop: Workshop

    def form(
        self, name: str, language: str, pseudonym: Pseudonym | None, *, proof: bool
    ) -> Printed:
        """Print the newest release's form, or as a proof that of a definition at hand."""
        wanted = Permission.PRINT_SLIPS if pseudonym else Permission.PRINT_FORMS
        actor = self.shop.keyboard.acting(wanted)
        of = self._of_definition if proof else self._of_release
        form = Form(of(name, language), self._safety(language), pseudonym)
        with closing(Press(FORMS)) as press:
            return PrintForm(self.shop.store(), PaperForms(press, read_catalogues()))(form, actor)

    def kit(self, programme: str, language: str) -> Printed:
        """Print a programme's postal kit."""
        actor = self.shop.keyboard.acting(Permission.PRINT_FORMS, programme)
        with closing(Press(FORMS)) as press:
            printer = PaperForms(press, read_catalogues())
            demonstration = self.shop.config.demonstration
            act = PrintKit(self.shop.store(), printer, self.shop.clock, demonstration)
            return act(programme, language, self._portal(), actor)

    def leaflet(self, programme: str, language: str, address: str) -> bytes:
        """Print a programme's leaflet; ``address`` is the patient face's."""
        actor = self.shop.keyboard.acting(Permission.PRINT_FORMS, programme)
        with closing(Press()) as press:
            printer = PaperLeaflets(press, read_catalogues())
            demonstration = self.shop.config.demonstration
            act = PrintLeaflet(self.shop.store(), printer, address_of(address), demonstration)
            return act(programme, language, self._portal(), actor)

    def review(self, name: str, version: str | None, day: date | None) -> Printed:
        """Print a definition in every language that has a wording."""
        actor = self.shop.keyboard.acting(Permission.MANAGE_INSTRUMENTS)
        definition = self.shop.definition(name, version)
        if not definition.wordings:
            raise InstrumentError(f"{name} has no wording yet: see 'instruments install'.")
        # French first where there is one: it is the language of the file.
        languages = sorted(definition.wordings, key=lambda one: (one != "fr", one))
        review = Review(
            tuple(self._of_definition(name, one, version) for one in languages),
            {one: self._safety(one) for one in languages},
            scoring_sha256(definition.instrument),
            day,
        )
        with closing(Press(REVIEWS)) as press:
            act = PrintReview(self.shop.store(), PaperForms(press, read_catalogues()))
            return act(review, actor)

    def _of_release(self, name: str, language: str) -> Questionnaire:
        """Give the newest release that patients may get; in a demonstration any."""
        with self.shop.store().reading() as unit:
            releases = unit.releases()
        demonstration = self.shop.config.demonstration
        today = self.shop.clock.now().date()
        found = newest(releases, name, language, today, demonstration=demonstration)
        proxy = found.instrument.layout.proxy
        return printed_as(found, demonstration=demonstration, proxy=proxy)

    def _of_definition(self, name: str, language: str, version: str | None = None) -> Questionnaire:
        definition = self.shop.definition(name, version)
        wording = definition.wordings.get(language)
        if wording is None:
            raise InstrumentError(
                f"{name} has no wording in {language}; it has"
                f" {', '.join(definition.wordings) or 'none'}."
            )
        instrument = definition.instrument
        return Questionnaire(
            instrument=instrument,
            wording=wording,
            definition_sha256=definition_sha256(instrument),
            wording_sha256=wording_sha256(wording),
            readiness=Readiness.PROOF,
            proxy=instrument.layout.proxy,
        )

    def _portal(self) -> Portal:
        return load_portal(self.shop.config.instance / "portal.toml")

    def _safety(self, language: str) -> Safety:
        portal = self._portal()
        if language not in portal.safety:
            raise NotAllowedError(
                f"portal.toml has no safety sentence in {language}: nothing is printed without"
                " it (T-26)."
            )
        return portal.safety[language]
