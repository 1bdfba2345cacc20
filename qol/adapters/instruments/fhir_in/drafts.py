"""What is known of an item while its file is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from qol.adapters.instruments.fhir_in.options import Option
from qol.adapters.instruments.fhir_in.reading import Node
from qol.adapters.instruments.fhir_in.words import Words
from qol.domain.instrument import Display, Kind


@dataclass(frozen=True, slots=True)
class Group:
    """A group of the file that an item stands in."""

    link: str
    words: Words
    instruction: Words = field(default_factory=dict)
    period: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gate:
    """The condition of an item or of a group around it, as the file writes it.

    ``rules`` is None where the file has something else than a list there.
    """

    link: str
    rules: list[Node] | None
    behaviour: object
    expression: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """An item that will be kept, with its words in every language of the file."""

    link: str
    type_: Literal["choice", "boolean", "number"]
    kind: Kind
    display: Display
    loinc: str | None
    options: tuple[Option, ...] = ()
    minimum: int = 0
    maximum: int = 0
    unit: Words = field(default_factory=dict)
    words: Words = field(default_factory=dict)
    low: Words = field(default_factory=dict)
    high: Words = field(default_factory=dict)
    short: Words = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    gates: tuple[Gate, ...] = ()
    computed_text: bool = False
    cdisc: str | None = None
    also: tuple[int, ...] = ()
    response_set: str | None = None
