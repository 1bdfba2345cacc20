"""What a table of four columns offers; ``csv_in`` says what its rows may hold."""

from __future__ import annotations

from qol.adapters.instruments.csv_sheet import SECTION, Row, RowError, read_sheet
from qol.adapters.instruments.fhir_in.imported import Source
from qol.adapters.instruments.fhir_in.words import Words
from qol.adapters.instruments.installing.offered import Choice, Offered, Part, Passage, Question

_PARTS: tuple[Part, ...] = ("title", "instruction", "period")


def offered_table(text: str, source: Source) -> Offered:
    """Read a table; InstrumentError when a row is refused."""
    head, rows, languages, notes = read_sheet(text, source)
    top = _words(head, "instruction")
    passages = [Passage("(all)", "instruction", top, None, top=True)] if top else []
    for row in rows.values():
        for name, part in zip(SECTION, _PARTS, strict=True):
            if words := _words(row, name):
                passages.append(Passage(f"{row.name} {name}", part, words, row.name))
    return Offered(
        source=source,
        own=languages[0],
        title=_words(head, "title"),
        copyright=_words(head, "copyright"),
        questions=tuple(_question(row, source) for row in rows.values()),
        passages=tuple(passages),
        left={},
        notes=tuple(notes),
        ordered=False,
        version=head.plain.get("version"),
    )


def _question(row: Row, source: Source) -> Question:
    try:
        bounds = row.bound("min"), row.bound("max")
    except RowError as problem:
        raise source.refusal(row.name, str(problem)) from problem
    loinc = row.plain.get("loinc")
    return Question(
        link=row.name,
        words=_words(row, "text"),
        loinc=(loinc,) if loinc else (),
        choices=tuple(
            Choice(str(number), (number,), None, labels) for number, labels in row.options.items()
        ),
        bounds=bounds,
        kind=row.plain.get("kind"),
        low=_words(row, "low"),
        high=_words(row, "high"),
        unit=_words(row, "unit"),
        short=_words(row, "short"),
        gated="when" in row.plain,
    )


def _words(row: Row, part: str) -> Words:
    return {language: text for (name, language), text in row.worded.items() if name == part}
