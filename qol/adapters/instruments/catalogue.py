"""What the definitions are, in a line each and as a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qol.adapters.instruments.loading import Definition, find_instruments, load_folder
from qol.adapters.instruments.vectors import count_independent
from qol.domain.instrument import Instrument

_TOP = """# Questionnaires that ship

Written by `python -m qol instruments catalogue`; a test holds it to the folders of
`questionnaires/`. Where no wording ships, it belongs to its holder and comes in with
`instruments install`. `instruments list` says the same of one installation, with its releases.

A *provisional* definition rests on a rule that nobody confirmed, and a *not validated* one
measures nothing known: both are published in a demonstration only. Of a *library* a selection
is published (`instruments select`). Vectors are answers with the scores they must give; the
independent ones were printed in a publication or computed by a package that is not ours.

| questionnaire | version | status | items | scales | wording ships in | vectors | independent |
|---|---|---|---|---|---|---|---|
"""


def status(instrument: Instrument) -> str:
    """Say what the definition is good for, in a few words."""
    words: list[str] = [instrument.status]
    words += ["library"] if instrument.library else []
    words += [] if instrument.validated else ["not validated"]
    return ", ".join(words)


def described(definition: Definition) -> str:
    """Say in one line what a definition is and what its rights are."""
    instrument, rights = definition.instrument, definition.permission
    rows, independent = count_independent(definition.vectors)
    return (
        f"{status(instrument)}; {len(instrument.items)} items, {len(instrument.scales)} scales;"
        f" {rows} vectors, {independent} independent;"
        f" holder: {rights.holder}; publishing asks for {rights.asked}"
    )


def catalogue_page(root: Path) -> str:
    """Write the page of the definitions under a folder, as Markdown."""
    definitions = [load_folder(found.folder) for found in find_instruments([root])]
    rows = "".join(_row(one) for one in definitions)
    return _TOP + rows + "".join("\n" + "".join(_section(one)) for one in definitions)


def _row(definition: Definition) -> str:
    instrument = definition.instrument
    rows, independent = count_independent(definition.vectors)
    cells = (
        f"[{instrument.id}](#{instrument.id})",
        instrument.version,
        status(instrument),
        len(instrument.items),
        len(instrument.scales),
        ", ".join(definition.wordings) or "none",
        rows,
        independent,
    )
    return f"| {' | '.join(str(cell) for cell in cells)} |\n"


def _section(definition: Definition) -> Iterator[str]:
    rights = definition.permission
    yield f"## {definition.instrument.id}\n\n"
    yield f"* Holder: {rights.holder}\n"
    yield f"* Terms: {rights.terms}\n"
    yield f"* What a programme needs: {rights.needs}\n"
    yield f"* Publishing asks for: {rights.asked}\n"
    if rights.safety:
        yield f"* Safety: {rights.safety}\n"
    unsure = [source.rule for source in rights.sources if source.confidence == "C"]
    if unsure:
        yield f"* Nobody confirmed: {'; '.join(unsure)}\n"
