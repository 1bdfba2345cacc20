"""RIGHTS.md read strictly: it is for people, and ``publish`` acts on it.

The shape is in docs/adding-an-instrument.md: title, bullets of one line each in their
order, the table of sources; free prose may follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument
from qol.domain.rights import NOT_WRITTEN, Ask, Rights, Source

HOLDER, TERMS, NEEDS = "Holder", "Terms", "What a programme needs to use it"
ASKS, SAFETY = "Publishing asks for", "Safety"
CONFIDENCE = ("A", "B", "C", "–")
_BULLET = re.compile(r"\* \*\*([^*]+)\*\*: (\S.*)")
_HEAD = ("## Sources", "| rule | source | confidence |", "|---|---|---|")
_CELLS = 3


def read_rights(text: str, instrument: Instrument, file: str) -> Rights:
    """Read the rights of that instrument; InstrumentError names file and line."""
    lines = _Lines(text, file)
    lines.expect(f"# Rights: {instrument.id}, version {instrument.version}")
    said = {name: lines.bullet(name) for name in (HOLDER, TERMS, NEEDS, ASKS)}
    asks = _asks(said[ASKS], lines)
    if lines.next.startswith("* "):
        said[SAFETY] = lines.bullet(SAFETY)
    for line in _HEAD:
        lines.expect(line)
    sources = tuple(_sources(lines))
    if not sources:
        raise lines.refuse("the table of sources has no row")
    return Rights(
        holder=said[HOLDER],
        terms=said[TERMS],
        needs=said[NEEDS],
        asks=asks,
        sources=sources,
        safety=said.get(SAFETY, ""),
        unwritten=_unwritten(said, sources),
    )


def stub(instrument: Instrument, prose: str) -> str:
    """Make the rights of a definition whose terms nobody has written down yet."""
    title = f"# Rights: {instrument.id}, version {instrument.version}"
    bullets = [f"* **{name}**: {NOT_WRITTEN}" for name in (HOLDER, TERMS, NEEDS, ASKS)]
    confidence = "C" if instrument.status == "provisional" else "–"
    row = f"| {NOT_WRITTEN} | {NOT_WRITTEN} | {confidence} |"
    return "\n".join([title, "", *bullets, "", _HEAD[0], "", *_HEAD[1:], row, "", prose, ""])


def check_status(instrument: Instrument, rights: Rights, file: str) -> None:
    """Refuse a definition whose status does not follow from its sources."""
    if rights.provisional and instrument.status == "final":
        unsure = next(one.rule for one in rights.sources if one.confidence == "C")
        raise InstrumentError(
            f"{file}: status: nobody confirmed a rule ({unsure}), so it must be provisional"
        )
    if instrument.status == "provisional" and not rights.provisional:
        raise InstrumentError(f"{file}: status: it is provisional and no source has confidence C")


class _Lines:
    """The lines that say something, one after the other."""

    def __init__(self, text: str, file: str) -> None:
        numbered = enumerate(text.splitlines(), 1)
        self._left = [(number, line.rstrip()) for number, line in numbered if line.strip()]
        self._file = file
        if not self._left:
            raise InstrumentError(f"{file}: it is empty")

    @property
    def next(self) -> str:
        """The next line; empty at the end."""
        return self._left[0][1] if self._left else ""

    def refuse(self, sentence: str) -> InstrumentError:
        """Make the error that names file and line."""
        place = f"line {self._left[0][0]}" if self._left else "at its end"
        return InstrumentError(f"{self._file}: {place}: {sentence}")

    def expect(self, line: str) -> None:
        """Take exactly this line."""
        if self.next != line:
            raise self.refuse(f"{line!r} must stand here")
        self.take()

    def bullet(self, name: str) -> str:
        """Take the bullet of that name and return what it says."""
        found = _BULLET.fullmatch(self.next)
        if not found or found[1] != name:
            raise self.refuse(f"'* **{name}**: …' must stand here, on one line")
        self.take()
        return found[2]

    def take(self) -> None:
        """Take the next line, whatever it says."""
        self._left.pop(0)


def _asks(said: str, lines: _Lines) -> frozenset[Ask]:
    if said in {"nothing", NOT_WRITTEN}:
        return frozenset()
    words = [word.strip() for word in said.split(",")]
    for word in words:
        if word not in set(Ask) or words.count(word) > 1:
            known = ", ".join(Ask)
            raise lines.refuse(f"{ASKS}: it is 'nothing' or some of {known}, each once")
    return frozenset(Ask(word) for word in words)


def _sources(lines: _Lines) -> Iterator[Source]:
    while lines.next.startswith("|"):
        cells = [cell.strip() for cell in lines.next.strip("|").split("|")]
        if len(cells) != _CELLS or not all(cells):
            raise lines.refuse("a source has a rule, a source and a confidence")
        if cells[2] not in CONFIDENCE:
            raise lines.refuse(f"the confidence is one of {', '.join(CONFIDENCE)}")
        lines.take()
        yield Source(*cells)


def _unwritten(said: dict[str, str], sources: tuple[Source, ...]) -> tuple[str, ...]:
    names = [name for name, words in said.items() if words == NOT_WRITTEN]
    written = all(NOT_WRITTEN not in {one.rule, one.source} for one in sources)
    return tuple(names if written else [*names, "Sources"])
