"""A holder's questionnaire from a table of four columns: ``item,language,part,text``.

One row is one fact. A row about the whole questionnaire leaves ``item`` empty; a row that
is the same in every language leaves ``language`` empty. Items stand in the order of their
first row, options in the order of theirs.

========== ========== ============ ==================================================
item       language   part         text
========== ========== ============ ==================================================
(empty)    fr         title        the questionnaire's title (needed once a language)
(empty)    fr         instruction  the instruction above everything (may be left out)
(empty)    fr         copyright    the holder's notice (may be left out)
(empty)    (empty)    version      the version, ``1`` when left out
q1         fr         text         the question
q1         fr         option:3     the label of the option whose number is 3
q1         fr         section      the heading that starts with this item
q9         (empty)    kind         single_choice, numeric_scale or integer; left out, an
                                   item with options is a choice, one with bounds a number
q9         (empty)    min          the lowest whole number
q9         (empty)    max          the highest whole number
q9         (empty)    display      line draws the scale as a line
q9         fr         low, high    the words at the two ends of a scale
q9         fr         unit         the unit of a number
q10        (empty)    when         ``q9=1|2``: asked only after these codes of an earlier item
q10        (empty)    loinc        the item's LOINC code
========== ========== ============ ==================================================

The file is UTF-8, with commas or with semicolons (as spreadsheets write it in French), with
or without a byte order mark. Every language must have every text. InstrumentError otherwise.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import PurePath

from qol.adapters.instruments.fhir_in.imported import Imported, Source, shown
from qol.adapters.instruments.fhir_in.names import instrument_id, unique_codes, version
from qol.adapters.instruments.fhir_in.numbers import LARGEST
from qol.adapters.instruments.fhir_in.words import clean, language_code
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

COLUMNS = ["item", "language", "part", "text"]
_WORDED = {"text", "section", "low", "high", "unit", "short"}
_PLAIN = {"kind", "min", "max", "display", "when", "loinc"}
_HEAD_WORDED = {"title", "instruction", "copyright"}
_NUMBER = re.compile(r"-?\d{1,7}")
_WHEN = re.compile(r"\s*([^=]+?)\s*=\s*(-?\d{1,7}(?:\s*\|\s*-?\d{1,7})*)\s*")
_KINDS: dict[str, Kind] = {
    "single_choice": "single_choice",
    "numeric_scale": "numeric_scale",
    "integer": "integer",
}


@dataclass(slots=True)
class _Row:
    """What the table says of one item (or, without a name, of the questionnaire)."""

    name: str
    plain: dict[str, str] = field(default_factory=dict)
    worded: dict[tuple[str, str], str] = field(default_factory=dict)
    options: dict[int, dict[str, str]] = field(default_factory=dict)


def read_csv(text: str, source: Source, given_id: str | None, drop: frozenset[str]) -> Imported:
    """Return what the table holds; InstrumentError when a row or a text is refused."""
    if drop:
        raise source.whole("--drop is for FHIR files; take the rows out of the table instead")
    rows, notes = _rows(text, source)
    table, languages = _table(rows, source)
    head = table.pop("")
    if not table:
        raise source.whole("the table has no item")
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


def _rows(text: str, source: Source) -> tuple[list[tuple[int, list[str]]], list[str]]:
    first = text.split("\n", 1)[0].strip("\r")
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        found = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as problem:
        raise source.whole(f"line {reader.line_num} is not CSV: {shown(problem)}") from problem
    if not found or [cell.strip().lower() for cell in found[0][1]] != COLUMNS:
        raise source.whole("the first line of the table must be item,language,part,text")
    for line, row in found[1:]:
        if len(row) != len(COLUMNS):
            raise source.whole(f"line {line} has {len(row)} columns instead of {len(COLUMNS)}")
    notes = ["the table is separated by semicolons and was read so"] if delimiter == ";" else []
    return found[1:], notes


def _table(rows: list[tuple[int, list[str]]], source: Source) -> tuple[dict[str, _Row], list[str]]:
    table = {"": _Row("")}
    languages: dict[str, None] = {}
    for line, (name, tag, part, text) in ((n, [c.strip() for c in row]) for n, row in rows):
        language = language_code(tag) if tag else ""
        if language is None:
            raise source.refusal(name, f"line {line}: {shown(tag)} is no language")
        if language:
            languages[language] = None
        row = table.setdefault(name, _Row(name))
        try:
            _put(row, language, part.lower(), clean(text, name or "(all)", source))
        except _RowError as problem:
            raise source.refusal(name or "(all)", f"line {line}: {problem}") from problem
    if not languages:
        raise source.whole("no row of the table has a language")
    return table, list(languages)


class _RowError(Exception):
    """What is wrong with one row."""


def _put(row: _Row, language: str, part: str, text: str) -> None:
    worded, plain = (_WORDED, _PLAIN) if row.name else (_HEAD_WORDED, {"version"})
    if row.name and part.startswith("option:"):
        number = part.removeprefix("option:").strip()
        if not _NUMBER.fullmatch(number) or not language:
            raise _RowError("an option is written option:NUMBER, with a language")
        labels = row.options.setdefault(int(number), {})
        fresh, labels[language] = language not in labels, text
    elif part in worded and language:
        fresh, row.worded[part, language] = (part, language) not in row.worded, text
    elif part in plain and not language:
        fresh, row.plain[part] = part not in row.plain, text
    elif part in worded | plain:
        need = "needs a language" if part in worded else "takes no language"
        raise _RowError(f"the part {part} {need}")
    else:
        raise _RowError(f"the part {shown(part)} is not known")
    if not fresh:
        raise _RowError(f"the part {shown(part)} stands twice")
    if not text:
        raise _RowError(f"the part {shown(part)} has no text")


def _items(
    table: dict[str, _Row], codes: dict[str, str], source: Source
) -> tuple[tuple[Item, ...], tuple[Section, ...]]:
    sections: dict[str, list[str]] = {}
    items: dict[str, Item] = {}
    section = "main"
    for name, row in table.items():
        if any(part == "section" for part, _ in row.worded):
            section = f"section-{len(sections) + 1}"
        code = codes[name]
        sections.setdefault(section, []).append(code)
        try:
            items[code] = _item(row, code, section, _condition(row, codes, items))
        except _RowError as problem:
            raise source.refusal(name, str(problem)) from problem
    made = tuple(Section(one, tuple(inside)) for one, inside in sections.items())
    return tuple(items.values()), made


def _item(row: _Row, code: str, section: str, when: Condition | None) -> Item:
    ends = {part for part, _ in row.worded} & {"low", "high", "unit"}
    kind = _KINDS.get(row.plain.get("kind", "single_choice" if row.options else "integer"))
    loinc = row.plain.get("loinc")
    if loinc is not None and not re.fullmatch(r"[0-9]{1,7}-[0-9]", loinc):
        raise _RowError("its LOINC code is not of the form 44250-9")
    if kind is None:
        raise _RowError("its kind is none of single_choice, numeric_scale and integer")
    if kind == "single_choice":
        if not row.options or ends or {"min", "max", "display"} & row.plain.keys():
            raise _RowError("a choice has options, and no min, max, display, low, high or unit")
        codes = tuple(row.options)
        return Item(code, kind, section, f"{code}-options", codes, enable_when=when, loinc=loinc)
    if ("low" in ends) != ("high" in ends):
        raise _RowError("only one of its two ends has words")
    low, high = _bound(row, "min"), _bound(row, "max")
    if row.options or low >= high:
        raise _RowError("a number has no options, and a min below its max")
    display: Display = "number" if kind == "integer" else "options"
    if row.plain.get("display", display) != display:
        if kind == "integer" or row.plain["display"] != "line":
            raise _RowError("only a numeric_scale has a display, and it is line")
        display = "line"
    return Item(code, kind, section, None, (), low, high, display, when, loinc)


def _bound(row: _Row, part: str) -> int:
    found = row.plain.get(part)
    if found is None:
        raise _RowError(f"it has no options, and as a number it has no {part}")
    if not _NUMBER.fullmatch(found) or abs(int(found)) > LARGEST:
        raise _RowError(f"its {part} is not a whole number of at most a million")
    return int(found)


def _condition(row: _Row, codes: dict[str, str], earlier: dict[str, Item]) -> Condition | None:
    if "when" not in row.plain:
        return None
    match = _WHEN.fullmatch(row.plain["when"])
    if match is None:
        raise _RowError("its condition is not of the form q9=1|2")
    other = earlier.get(codes.get(match.group(1), ""))
    if other is None:
        raise _RowError(f"its condition leans on {shown(match.group(1))}, which is no earlier item")
    numbers = frozenset(int(one) for one in match.group(2).split("|"))
    if not all(other.accepts(number) for number in numbers):
        raise _RowError(f"its condition names a code that {shown(match.group(1))} does not have")
    return Condition(other.code, numbers)


def _wording(
    language: str, head: _Row, table: dict[str, _Row], instrument: Instrument, source: Source
) -> Wording:
    def words(row: _Row, part: str, *, needed: bool) -> str:
        found = row.worded.get((part, language))
        others = any(other == part for other, _ in row.worded)
        if found is None and (needed or others):
            raise _missing(source, row.name, part, language)
        return found or ""

    rows = list(zip(instrument.items, table.values(), strict=True))
    headings: dict[str, SectionWording] = {}
    for item, row in rows:
        headings.setdefault(item.section, SectionWording(words(row, "section", needed=False)))
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
