"""Hand-over sheets of the demonstration programme, the same at every run."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

from qol.adapters.programmes import portal, toml_in
from qol.domain.pseudonym import draw
from qol.domain.schedule import dated
from qol.usecases.hcp.printing import HandOverSheet, NoteVariant, PlannedWindow

DEMONSTRATION = Path(__file__).parents[1] / "qol" / "cli" / "demonstration"
ADDRESS = "https://questionnaires.example.org/"
DAY = date(2026, 3, 1)
CODE = draw(random.Random(4).randrange)  # noqa: S311 - printed on a sheet of the tests
LANGUAGES = ("fr", "en")


def sheet(language: str = "fr", variant: NoteVariant = NoteVariant.ADULT) -> HandOverSheet:
    """Make a real installation's sheet."""
    programme = toml_in.load(DEMONSTRATION / "programme.toml")
    installation = portal.load(DEMONSTRATION / "portal.toml")
    windows = [(point, dated(point, DAY)) for point in programme.timepoints]
    return HandOverSheet(
        language=language,
        pseudonym=CODE,
        sheet_number="K7F2M",
        portal_name=installation.names[language],
        address=ADDRESS + language + "/",
        safety=installation.safety[language],
        notice=programme.notices[language],
        variant=variant,
        given_on=DAY,
        windows=tuple(
            PlannedWindow(point.labels[language], window.opens, window.closes)
            for point, window in windows
        ),
    )


def noticed(given: HandOverSheet, text: str) -> HandOverSheet:
    """Put the same text wherever a programme or an installation writes its own."""
    notice = replace(
        given.notice, version=text, who=text, why=text, rights=text, contact=text, adverse=text
    )
    windows = tuple(replace(window, label=text) for window in given.windows)
    return replace(given, portal_name=text, notice=notice, windows=windows)
