"""The map that a person writes where the file's own codes say nothing: ``MAP.csv``.

The header is ``item,linkid`` or ``item,linkid,option,code``. A row says that the file's
``linkid`` is the definition's ``item``; with the two further columns filled, that the option
which the file calls ``code`` (its code, else its words) has the definition's number
``option`` there. An option row that leaves ``item`` and ``linkid`` empty holds for every
question which has an option so called. Every row must be used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.reading import read_text
from qol.adapters.instruments.installing.offered import Choice, Offered, Question
from qol.adapters.instruments.reading import WHOLE
from qol.adapters.instruments.table import read_rows
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument

PLAIN, FULL = ("item", "linkid"), ("item", "linkid", "option", "code")


@dataclass(frozen=True, slots=True)
class Map:
    """Item code by linkId; option number by linkId (empty: any) and the option's name."""

    items: dict[str, str] = field(default_factory=dict)
    options: dict[tuple[str, str], int] = field(default_factory=dict)

    def option(self, question: Question, choice: Choice) -> int | None:
        """Return the number that the map gives an option, None when it gives none."""
        everywhere = self.options.get(("", choice.called))
        return self.options.get((question.link, choice.called), everywhere)


def read_map(path: Path | None, instrument: Instrument, offered: Offered) -> Map:
    """Read the map, empty when there is none; InstrumentError names row and column."""
    found = Map()
    if path is None:
        return found
    source = Source(path.name)
    reader = _Reader(instrument, offered, source, found)
    for line, cells in read_rows(read_text(path), source, PLAIN, FULL).rows:
        reader.take(line, *cells, *[""] * (len(FULL) - len(cells)))
    return found


@dataclass(frozen=True, slots=True)
class _Reader:
    instrument: Instrument
    offered: Offered
    source: Source
    found: Map

    def take(self, line: int, item: str, link: str, option: str, code: str) -> None:
        if bool(item) != bool(link):
            raise self._wrong(line, "linkid" if item else "item", "it is empty")
        if bool(option) != bool(code):
            raise self._wrong(line, "code" if option else "option", "it is empty")
        if item:
            self._pair(line, item, link, repeated=bool(option))
        if option:
            self._option(line, item, link, option, code)

    def _pair(self, line: int, item: str, link: str, *, repeated: bool) -> None:
        if item not in self.instrument.by_code:
            raise self._wrong(line, "item", f"the definition has no item {shown(item)}")
        if link not in {question.link for question in self.offered.questions}:
            why = self.offered.left.get(link)
            what = f"which is left out: {why}" if why else "and the file has no such question"
            raise self._wrong(line, "linkid", f"it names {shown(link)}, {what}")
        before = self.found.items.get(link)
        if before is not None and (before != item or not repeated):
            raise self._wrong(line, "linkid", f"{shown(link)} stands in an earlier row")
        if before is None and item in self.found.items.values():
            raise self._wrong(line, "item", f"{item} stands in an earlier row")
        self.found.items[link] = item

    def _option(self, line: int, item: str, link: str, option: str, code: str) -> None:
        if not WHOLE.fullmatch(option):
            raise self._wrong(line, "option", f"{shown(option)} is no whole number")
        if item and int(option) not in self.instrument.item(item).codes:
            raise self._wrong(line, "option", f"{option} is no option of {item}")
        asked = [one for one in self.offered.questions if link in {"", one.link}]
        if code not in {choice.called for one in asked for choice in one.choices}:
            where = f"question {shown(link)}" if link else "the file"
            raise self._wrong(line, "code", f"{where} has no option {shown(code)}")
        if (link, code) in self.found.options:
            raise self._wrong(line, "code", f"{shown(code)} stands in an earlier row")
        self.found.options[link, code] = int(option)

    def _wrong(self, line: int, column: str, reason: str) -> InstrumentError:
        return self.source.whole(f"row {line}, column {column}: {reason}")
