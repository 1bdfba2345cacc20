"""The rows of a holder's table gathered by item; ``csv_in`` says what a row may hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.fhir_in.numbers import LARGEST
from qol.adapters.instruments.fhir_in.words import clean, language_code
from qol.adapters.instruments.table import read_rows

COLUMNS = ("item", "language", "part", "text")
SECTION = ("section", "section-instruction", "period")
"""The parts that belong to the section which starts with the item."""

NUMBER = re.compile(r"-?\d{1,7}")
_WORDED = {"text", "low", "high", "unit", "short", *SECTION}
_PLAIN = {"kind", "min", "max", "display", "when", "loinc"}
_HEAD_WORDED = {"title", "instruction", "copyright"}


class RowError(Exception):
    """What is wrong with one row, or with what the rows say of one item."""


@dataclass(slots=True)
class Row:
    """What the table says of one item (or, without a name, of the questionnaire).

    ``worded`` is by part and language, ``options`` by number and language.
    """

    name: str
    plain: dict[str, str] = field(default_factory=dict)
    worded: dict[tuple[str, str], str] = field(default_factory=dict)
    options: dict[int, dict[str, str]] = field(default_factory=dict)

    def bound(self, part: str) -> int | None:
        """Return the bound ``min`` or ``max``, None when it is left out."""
        found = self.plain.get(part)
        if found is None:
            return None
        if not NUMBER.fullmatch(found) or abs(int(found)) > LARGEST:
            raise RowError(f"its {part} is not a whole number of at most a million")
        return int(found)


def read_sheet(text: str, source: Source) -> tuple[Row, dict[str, Row], list[str], list[str]]:
    """Return the questionnaire's row, the items' rows by name, the languages, and notes."""
    found = read_rows(text, source, COLUMNS)
    rows = {"": Row("")}
    languages: dict[str, None] = {}
    for line, (name, tag, part, said) in found.rows:
        language = language_code(tag) if tag else ""
        if language is None:
            raise source.refusal(name, f"line {line}: {shown(tag)} is no language")
        if language:
            languages[language] = None
        row = rows.setdefault(name, Row(name))
        try:
            _put(row, language, part.lower(), clean(said, name or "(all)", source))
        except RowError as problem:
            raise source.refusal(name or "(all)", f"line {line}: {problem}") from problem
    if not languages:
        raise source.whole("no row of the table has a language")
    head = rows.pop("")
    if not rows:
        raise source.whole("the table has no item")
    return head, rows, list(languages), found.notes


def _put(row: Row, language: str, part: str, text: str) -> None:
    worded, plain = (_WORDED, _PLAIN) if row.name else (_HEAD_WORDED, {"version"})
    if row.name and part.startswith("option:"):
        number = part.removeprefix("option:").strip()
        if not NUMBER.fullmatch(number) or not language:
            raise RowError("an option is written option:NUMBER, with a language")
        labels = row.options.setdefault(int(number), {})
        fresh, labels[language] = language not in labels, text
    elif part in worded and language:
        fresh, row.worded[part, language] = (part, language) not in row.worded, text
    elif part in plain and not language:
        fresh, row.plain[part] = part not in row.plain, text
    elif part in worded | plain:
        need = "needs a language" if part in worded else "takes no language"
        raise RowError(f"the part {part} {need}")
    else:
        raise RowError(f"the part {shown(part)} is not known")
    if not fresh:
        raise RowError(f"the part {shown(part)} stands twice")
    if not text:
        raise RowError(f"the part {shown(part)} has no text")
