"""A holder's questionnaire from a table of four columns: ``item,language,part,text``.

One row is one fact. A row about the whole questionnaire leaves ``item`` empty; a row that
is the same in every language leaves ``language`` empty. Items stand in the order of their
first row, options in the order of theirs.

========== ========== =================== ===============================================
item       language   part                text
========== ========== =================== ===============================================
(empty)    fr         title               the questionnaire's title (needed once a language)
(empty)    fr         instruction         the instruction above everything (may be left out)
(empty)    fr         copyright           the holder's notice (may be left out)
(empty)    (empty)    version             the version, ``1`` when left out
q1         fr         text                the question
q1         fr         option:3            the label of the option whose number is 3
q1         fr         section             the heading of the section that starts here
q1         fr         section-instruction that section's own instruction
q1         fr         period              that section's recall period
q9         (empty)    kind                single_choice, numeric_scale or integer; left out,
                                          an item with options is a choice, one with bounds
                                          a number
q9         (empty)    min                 the lowest whole number
q9         (empty)    max                 the highest whole number
q9         (empty)    display             line draws the scale as a line
q9         fr         low, high           the words at the two ends of a scale
q9         fr         unit                the unit of a number
q10        (empty)    when                ``q9=1|2``: asked only after these codes of an
                                          earlier item
q10        (empty)    loinc               the item's LOINC code
========== ========== =================== ===============================================

A section starts with the item that has one of its three parts.

The file is UTF-8, with commas or with semicolons (as spreadsheets write it in French), with
or without a byte order mark. Every language must have every text. InstrumentError otherwise.

``instruments install`` reads the same table for a definition that is there already: its codes
are the definition's, and ``kind``, ``min``, ``max``, ``display`` and ``when`` may be left out.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from qol.adapters.instruments.csv_sheet import SECTION, Row, RowError, read_sheet
from qol.adapters.instruments.fhir_in.imported import Imported, Source, shown
from qol.adapters.instruments.fhir_in.names import instrument_id, unique_codes, version
from qol.domain.errors import InstrumentError
from qol.domain.instrument import (
    Condition,
    Display,
    Instrument,
    Item,
    ItemWording,
    Kind,
    ResponseSet,
    Section,
    SectionWording,
    Wording,
)

_WHEN = re.compile(r"\s*([^=]+?)\s*=\s*(-?\d{1,7}(?:\s*\|\s*-?\d{1,7})*)\s*")
_KINDS: dict[str, Kind] = {
    "single_choice": "single_choice",
    "numeric_scale": "numeric_scale",
    "integer": "integer",
}


def read_csv(text: str, source: Source, given_id: str | None, drop: frozenset[str]) -> Imported:
    """Return what the table holds; InstrumentError when a row or a text is refused."""
    if drop:
        raise source.whole("--drop is for FHIR files; take the rows out of the table instead")
    head, table, languages, notes = read_sheet(text, source)
    codes = unique_codes(list(table), "item")
    items, sections = _items(table, codes, source)
    instrument = Instrument(
        id=instrument_id(given_id, (PurePath(source.name).stem,), source),
        version=version(head.plain.get("version")),
        sections=sections,
        items=items,
        scales=(),
        response_sets=tuple(
            ResponseSet(item.response_set, item.codes) for item in items if item.response_set
        ),
    )
    wordings = tuple(_wording(one, head, table, instrument, source) for one in languages)
    return Imported(instrument, wordings, (), tuple(notes))


def _items(
    table: dict[str, Row], codes: dict[str, str], source: Source
) -> tuple[tuple[Item, ...], tuple[Section, ...]]:
    sections: dict[str, list[str]] = {}
    items: dict[str, Item] = {}
    section = "main"
    for name, row in table.items():
        if any(part in SECTION for part, _ in row.worded):
            section = f"section-{len(sections) + 1}"
        code = codes[name]
        sections.setdefault(section, []).append(code)
        try:
            items[code] = _item(row, code, section, _condition(row, codes, items))
        except RowError as problem:
            raise source.refusal(name, str(problem)) from problem
    made = tuple(Section(one, tuple(inside)) for one, inside in sections.items())
    return tuple(items.values()), made


def _item(row: Row, code: str, section: str, when: Condition | None) -> Item:
    ends = {part for part, _ in row.worded} & {"low", "high", "unit"}
    kind = _KINDS.get(row.plain.get("kind", "single_choice" if row.options else "integer"))
    loinc = row.plain.get("loinc")
    if loinc is not None and not re.fullmatch(r"[0-9]{1,7}-[0-9]", loinc):
        raise RowError("its LOINC code is not of the form 44250-9")
    if kind is None:
        raise RowError("its kind is none of single_choice, numeric_scale and integer")
    if kind == "single_choice":
        if not row.options or ends or {"min", "max", "display"} & row.plain.keys():
            raise RowError("a choice has options, and no min, max, display, low, high or unit")
        codes = tuple(row.options)
        return Item(code, kind, section, f"{code}-options", codes, enable_when=when, loinc=loinc)
    if ("low" in ends) != ("high" in ends):
        raise RowError("only one of its two ends has words")
    low, high = _bound(row, "min"), _bound(row, "max")
    if row.options or low >= high:
        raise RowError("a number has no options, and a min below its max")
    display: Display = "number" if kind == "integer" else "options"
    if row.plain.get("display", display) != display:
        if kind == "integer" or row.plain["display"] != "line":
            raise RowError("only a numeric_scale has a display, and it is line")
        display = "line"
    return Item(code, kind, section, None, (), low, high, display, when, loinc)


def _bound(row: Row, part: str) -> int:
    found = row.bound(part)
    if found is None:
        raise RowError(f"it has no options, and as a number it has no {part}")
    return found


def _condition(row: Row, codes: dict[str, str], earlier: dict[str, Item]) -> Condition | None:
    if "when" not in row.plain:
        return None
    match = _WHEN.fullmatch(row.plain["when"])
    if match is None:
        raise RowError("its condition is not of the form q9=1|2")
    other = earlier.get(codes.get(match.group(1), ""))
    if other is None:
        raise RowError(f"its condition leans on {shown(match.group(1))}, which is no earlier item")
    numbers = frozenset(int(one) for one in match.group(2).split("|"))
    if not all(other.accepts(number) for number in numbers):
        raise RowError(f"its condition names a code that {shown(match.group(1))} does not have")
    return Condition(other.code, numbers)


def _wording(
    language: str, head: Row, table: dict[str, Row], instrument: Instrument, source: Source
) -> Wording:
    def words(row: Row, part: str, *, needed: bool) -> str:
        found = row.worded.get((part, language))
        others = any(other == part for other, _ in row.worded)
        if found is None and (needed or others):
            raise _missing(source, row.name, part, language)
        return found or ""

    rows = list(zip(instrument.items, table.values(), strict=True))
    headings: dict[str, SectionWording] = {}
    for item, row in rows:
        said = (words(row, part, needed=False) for part in SECTION)
        headings.setdefault(item.section, SectionWording(*said))
    for row in table.values():
        for number, labels in row.options.items():
            if language not in labels:
                raise _missing(source, row.name, f"option:{number}", language)
    return Wording(
        language=language,
        title=words(head, "title", needed=True),
        sections=headings,
        items={
            item.code: ItemWording(
                words(row, "text", needed=True),
                *(words(row, part, needed=False) for part in ("low", "high", "unit", "short")),
            )
            for item, row in rows
        },
        options={
            item.response_set: {number: labels[language] for number, labels in row.options.items()}
            for item, row in rows
            if item.response_set
        },
        instruction=words(head, "instruction", needed=False),
        copyright=words(head, "copyright", needed=False),
    )


def _missing(source: Source, name: str, part: str, language: str) -> InstrumentError:
    return source.refusal(name or "(all)", f"its {part} has no text in {language}")
