"""What a holder's file offers for a definition that is there already, FHIR and table alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qol.adapters.instruments.fhir_in.imported import Source
from qol.adapters.instruments.fhir_in.words import Words
from qol.domain.errors import InstrumentError

Part = Literal["title", "instruction", "period"]


@dataclass(frozen=True, slots=True)
class Choice:
    """An option as the file has it: its name there, every number and answer code it carries."""

    called: str
    numbers: tuple[int, ...]
    answer: str | None
    words: Words


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the file has it.

    ``loinc`` holds every LOINC code of it; ``bounds`` and ``kind`` are None where the file
    does not say. ``gated`` tells that the file asks it only under a condition.
    """

    link: str
    words: Words
    loinc: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    bounds: tuple[int | None, int | None] = (None, None)
    kind: str | None = None
    low: Words = field(default_factory=dict)
    high: Words = field(default_factory=dict)
    unit: Words = field(default_factory=dict)
    short: Words = field(default_factory=dict)
    gated: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that leads to questions: a heading, an instruction, a recall period.

    ``follows`` is the linkId of the question that it belongs to or that follows it, None when
    there is none; ``top`` tells that it stands above the whole questionnaire. ``refusal`` is
    raised when a text that cannot be kept would be needed.
    """

    name: str
    part: Part
    words: Words
    follows: str | None
    top: bool = False
    refusal: InstrumentError | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """The file, read: its texts in every language, and what was left out by linkId and why.

    ``own`` is the language of texts that name none. ``ordered`` says whether the order of the
    file tells what a passage stands before (FHIR), or the passage names its item (table).
    """

    source: Source
    own: str
    title: Words
    copyright: Words
    questions: tuple[Question, ...]
    passages: tuple[Passage, ...]
    left: dict[str, str]
    notes: tuple[str, ...]
    ordered: bool
    version: str | None = None
