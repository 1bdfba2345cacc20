"""A selection of a library's items becomes an instrument of its own (PRO-CTCAE)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import replace

from qol.adapters.instruments.loading import Definition
from qol.adapters.instruments.vectors import ORIGIN
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Section, Wording


def select(library: Definition, name: str, codes: Sequence[str]) -> Definition:
    """Keep these items, in the library's order, with their scales, vectors and wording.

    InstrumentError when the definition is no library, when an item is unknown or named
    twice, when a condition leans on an item left out, or when a scale would be torn.
    """
    whole = library.instrument
    chosen = _chosen(whole, codes)
    scales = tuple(scale for scale in whole.scales if chosen & set(scale.items))
    for scale in scales:
        lacking = [code for code in scale.items if code not in chosen]
        if lacking:
            raise InstrumentError(
                f"{whole.id}: {scale.code} needs {', '.join(lacking)} too: an event is asked"
                " with all its attributes."
            )
    items = tuple(item for item in whole.items if item.code in chosen)
    for item in items:
        if item.enable_when and item.enable_when.item not in chosen:
            raise InstrumentError(f"{whole.id}: {item.code} needs {item.enable_when.item} too.")
    sets = {item.response_set for item in items}
    made = replace(
        whole,
        id=name,
        library=False,
        items=items,
        scales=scales,
        sections=_sections(whole, chosen),
        response_sets=tuple(entry for entry in whole.response_sets if entry.code in sets),
    )
    return Definition(
        instrument=made,
        wordings={language: _worded(one, made) for language, one in library.wordings.items()},
        rights=library.rights.replace(f"# Rights: {whole.id},", f"# Rights: {name},", 1),
        permission=library.permission,
        vectors=_vectors(library.vectors, made),
    )


def _sections(whole: Instrument, chosen: set[str]) -> tuple[Section, ...]:
    kept = (
        Section(section.code, tuple(code for code in section.items if code in chosen))
        for section in whole.sections
    )
    return tuple(section for section in kept if section.items)


def _chosen(whole: Instrument, codes: Sequence[str]) -> set[str]:
    if not whole.library:
        raise InstrumentError(
            f"{whole.id} is no library: a validated questionnaire is asked whole or not at all."
        )
    for code in codes:
        if code not in whole.by_code:
            raise InstrumentError(f"{whole.id} has no item {code}.")
        if list(codes).count(code) > 1:
            raise InstrumentError(f"{whole.id}: item {code} is named twice.")
    if not codes:
        raise InstrumentError(f"{whole.id}: name the items that the protocol asks.")
    return set(codes)


def _worded(words: Wording, made: Instrument) -> Wording:
    return replace(
        words,
        sections={section.code: words.sections[section.code] for section in made.sections},
        items={item.code: words.items[item.code] for item in made.items},
        options={entry.code: words.options[entry.code] for entry in made.response_sets},
    )


def _vectors(text: str, made: Instrument) -> str:
    """Keep the columns of what is left, and rows that differ in them."""
    if not made.scales:
        return ""
    columns = [item.code for item in made.items] + [scale.code for scale in made.scales]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*columns, ORIGIN])
    kept: dict[tuple[str, ...], str] = {}
    for row in csv.DictReader(io.StringIO(text)):
        kept.setdefault(tuple(row[column] for column in columns), row[ORIGIN])
    writer.writerows([*cells, origin] for cells, origin in kept.items())
    return out.getvalue()
