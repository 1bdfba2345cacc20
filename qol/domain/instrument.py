"""A validated questionnaire in one version, and its wording in one language.

There is no text kind: free text is unrepresentable, not avoided (EA-7.3-a).
An answer is an option's integer code, never a label (design section 6).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

Kind = Literal["single_choice", "numeric_scale", "integer"]
Display = Literal["options", "line", "number"]


@dataclass(frozen=True, slots=True)
class Condition:
    """An item is open when another item's code is one of these."""

    item: str
    codes: frozenset[int]


@dataclass(frozen=True, slots=True)
class ResponseSet:
    """Selectable integer codes, in the order in which they are shown.

    ``loinc`` maps a code to its LOINC answer code (``LA...``), where one is confirmed.
    """

    code: str
    codes: tuple[int, ...]
    loinc: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Item:
    """One question.

    ``codes`` holds a single choice's selectable codes; ``minimum`` and ``maximum``
    bound the other kinds (both included, whole numbers). ``also`` holds codes outside the
    bounds that a paper or an interview may carry (88 for none) and that no form offers.
    """

    code: str
    kind: Kind
    section: str
    response_set: str | None = None
    codes: tuple[int, ...] = ()
    minimum: int = 0
    maximum: int = 0
    display: Display = "options"
    enable_when: Condition | None = None
    loinc: str | None = None
    cdisc: str | None = None
    also: tuple[int, ...] = ()

    def accepts(self, code: int) -> bool:
        """Say whether the integer is one of this item's codes."""
        if self.kind == "single_choice":
            return code in self.codes
        return self.minimum <= code <= self.maximum or code in self.also


@dataclass(frozen=True, slots=True)
class Section:
    """Items that stand together under one instruction, in order."""

    code: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """Items, or earlier scales, scored together by one named pure function.

    Either ``items`` or ``scales`` is filled. ``parameters`` are the method's own, passed
    from data; ``direction`` says what a higher value means: ``better``, ``worse`` or ``none``.
    """

    code: str
    items: tuple[str, ...]
    method: str
    parameters: dict[str, object] = field(default_factory=dict)
    direction: Literal["better", "worse", "none"] = "none"
    scales: tuple[str, ...] = ()
    loinc: str | None = None
    cdisc: str | None = None


@dataclass(frozen=True, slots=True)
class LayoutPolicy:
    """What the holder's licence asks of the layout; filled from the licence, not guessed.

    ``vertical``: on paper a line stands upright, with numbers at its side.
    """

    skip: bool = True
    proxy: bool = False
    vertical: bool = False


@dataclass(frozen=True)
class Instrument:
    """Structure, codes and scoring of one version; no wording.

    ``status`` is ``provisional`` while a rule rests on what nobody has confirmed: it may
    then be published in a demonstration only. A ``library`` is not answered itself: a
    selection of its items is. ``loinc`` is the panel's code, ``cdisc`` the code list's name.
    """

    id: str
    version: str
    sections: tuple[Section, ...]
    items: tuple[Item, ...]
    scales: tuple[Scale, ...]
    response_sets: tuple[ResponseSet, ...] = ()
    layout: LayoutPolicy = LayoutPolicy()
    validated: bool = True
    algorithm: str = "1"
    status: Literal["final", "provisional"] = "final"
    library: bool = False
    loinc: str | None = None
    cdisc: str | None = None

    @cached_property
    def by_code(self) -> dict[str, Item]:
        """Item code to item."""
        return {item.code: item for item in self.items}

    def item(self, code: str) -> Item:
        """Return the item of that code; KeyError when there is none."""
        return self.by_code[code]


@dataclass(frozen=True, slots=True)
class SectionWording:
    """A section's heading, instruction and recall period; empty where it has none."""

    title: str = ""
    instruction: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class ItemWording:
    """An item's text, and the words at the two ends of a scale or line."""

    text: str
    low: str = ""
    high: str = ""
    unit: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The linguistic version. Plain text; emphasis is ``*…*`` and nothing else.

    ``options`` maps a response set's code to its labels by option code.
    """

    language: str
    title: str
    sections: dict[str, SectionWording]
    items: dict[str, ItemWording]
    options: dict[str, dict[int, str]]
    instruction: str = ""
    copyright: str = ""

    def label(self, item: Item, code: int) -> str:
        """Return the label of a chosen code, or the number itself where codes have no label."""
        if item.response_set is None:
            return str(code)
        return self.options[item.response_set].get(code, str(code))


@dataclass(frozen=True, slots=True)
class Release:
    """One published instrument in one version and language, frozen under two hashes.

    ``hash`` covers both; faces draw only from a release and check it (EA-7.3-b).
    ``licence_ends`` is the last day of its licence, None where there is no end.
    """

    id: int
    instrument: Instrument
    wording: Wording
    definition_sha256: str
    wording_sha256: str
    hash: str
    approved: bool
    licence_ends: date | None = None
