"""Where the texts between the questions go: to the section of the first question after them.

The instruction that precedes questions is part of the validated wording: it is placed, or
named among what is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from qol.adapters.instruments.fhir_in.imported import shown
from qol.adapters.instruments.installing.matching import Match
from qol.adapters.instruments.installing.offered import Offered, Part, Passage
from qol.domain.instrument import Instrument, SectionWording

_LATE = "it does not stand before the first question of a section"


@dataclass(slots=True)
class Placed:
    """Passages by section and part, those above the whole, and what finds no place and why."""

    sections: dict[str, dict[Part, list[Passage]]]
    top: list[Passage] = field(default_factory=list)
    left: dict[str, str] = field(default_factory=dict)

    def every(self) -> list[Passage]:
        """Return the passages that have a place."""
        inside = [p for parts in self.sections.values() for held in parts.values() for p in held]
        return self.top + inside

    def section(self, code: str, said: Callable[[Passage], str]) -> SectionWording:
        """Return a section's wording; several passages of one part follow one another."""
        parts = self.sections[code]
        return SectionWording(
            **{part: " ".join(said(one) for one in held) for part, held in parts.items()}
        )

    def lines(self, said: Callable[[Passage], str]) -> Iterator[str]:
        """Yield one line for each passage placed."""
        for one in self.top:
            yield f"instruction of the whole <- {shown(one.name)}: {said(one)}"
        for code, parts in self.sections.items():
            for part, held in parts.items():
                for one in held:
                    yield f"section {code}: {part} <- {shown(one.name)}: {said(one)}"


def place(instrument: Instrument, offered: Offered, matches: Mapping[str, Match]) -> Placed:
    """Give each passage its place; InstrumentError where a needed one cannot be kept."""
    section_of = {match.question.link: match.item.section for match in matches.values()}
    starts: dict[str, str] = {}
    in_order = [one.link for one in offered.questions]
    if not offered.ordered:
        in_order = [match.question.link for match in matches.values()]
    for link in in_order:
        starts.setdefault(section_of[link], link)
    placed = Placed({section.code: {} for section in instrument.sections})
    for passage in offered.passages:
        section = section_of.get(passage.follows or "")
        if not passage.top and (section is None or starts[section] != passage.follows):
            if not offered.ordered and section is not None:
                reason = (
                    f"its section starts with item {starts[section]}: write {passage.name} there"
                )
                raise offered.source.refusal(passage.follows, reason)
            placed.left[passage.name] = _LATE
            continue
        if passage.refusal:
            raise passage.refusal
        if passage.top or section is None:
            placed.top.append(passage)
            continue
        parts = placed.sections[section]
        # A heading is one text; the text of a group inside instructs, as in an import.
        second = passage.part == "title" and "title" in parts
        part: Part = "instruction" if second else passage.part
        parts.setdefault(part, []).append(passage)
    return placed
