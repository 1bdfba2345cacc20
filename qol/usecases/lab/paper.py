"""What the laboratory prints: a questionnaire's form, a kit for the post, a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from qol.domain.instrument import Instrument, Wording
from qol.domain.portal import Safety
from qol.domain.programme import Notice, Postal
from qol.domain.pseudonym import Pseudonym


class Readiness(StrEnum):
    """For whom a printed questionnaire is (EA-7.3-b); what is not released says so on each page."""

    RELEASED = "released"
    DEMONSTRATION = "demonstration"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One instrument in one language, and the hashes of both (64 hexadecimal digits).

    ``proxy`` says whether somebody else may answer.
    """

    instrument: Instrument
    wording: Wording
    definition_sha256: str
    wording_sha256: str
    readiness: Readiness
    proxy: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire to be filled on paper (EA-ÉCH-5-f).

    ``safety`` is in the questionnaire's language. Without a ``pseudonym`` the form has
    thirteen boxes for it.
    """

    questionnaire: Questionnaire
    safety: Safety
    pseudonym: Pseudonym | None = None


@dataclass(frozen=True, slots=True)
class Kit:
    """All that a programme sends for answers by post, in one language (EA-ÉCH-5-h).

    ``questionnaires``, ``safety`` and ``notice`` are in ``language``. The programme's name is
    not among it: it could tell a disease to whoever opens the envelope.
    """

    language: str
    questionnaires: tuple[Questionnaire, ...]
    safety: Safety
    notice: Notice
    postal: Postal


@dataclass(frozen=True, slots=True)
class Review:
    """A questionnaire for its holder's approval, in each of its languages.

    ``safety`` is by language. Without a ``day`` none is printed, so that bytes repeat.
    """

    questionnaires: tuple[Questionnaire, ...]
    safety: dict[str, Safety]
    scoring_sha256: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A PDF, its box map (JSON, ``docs/paper.md``), its pages and the code on each of them.

    ``code`` is eight symbols made from all that is drawn but a pseudonym: another layout,
    another wording, another code.
    """

    pdf: bytes
    boxes: bytes
    code: str
    pages: int


class FormPrinter(Protocol):
    """Draws questionnaires on paper; PrintingError when it fails. Same input, same bytes."""

    def print_form(self, form: Form) -> Printed:
        """Draw one questionnaire."""

    def print_kit(self, kit: Kit) -> Printed:
        """Draw a programme's postal kit."""

    def print_review(self, review: Review) -> Printed:
        """Draw a questionnaire item by item and as a form, for its holder."""
