"""Whatever stands in a portal's or a programme's file: taken as it is, or refused by its key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from qol.adapters.programmes import portal, toml_in
from qol.domain.errors import ProgrammeError

FOLDER = Path(portal.__file__).parents[2] / "cli" / "demonstration"
PORTAL, PROGRAMME = (
    (FOLDER / f"{name}.toml").read_text("utf-8") for name in ("portal", "programme")
)
REFUSED = {
    "right to left": ("a \\u202e b", "turns the reading round"),
    "long": ("mot " * 2_500, "is longer than 4000 characters"),
}


def _places(text: str) -> Iterator[tuple[str, int, int]]:
    """Each ``key = "text"`` of a file, with where its text stands."""
    for found in re.finditer(r'(\w+) = "([^"\n]+)"', text):
        yield found[1], *found.span(2)


@pytest.mark.parametrize(("written", "told"), REFUSED.values(), ids=list(REFUSED))
@pytest.mark.parametrize("file", ["portal", "programme"])
def test_what_would_show_otherwise_than_written_is_refused_everywhere(
    file: str, written: str, told: str
) -> None:
    text, read = {"portal": (PORTAL, portal.read), "programme": (PROGRAMME, toml_in.read)}[file]
    reasons = 0
    for key, start, end in _places(text):
        with pytest.raises(ProgrammeError) as refused:
            read(text[:start] + written + text[end:], "file")
        said = str(refused.value)
        assert key in said
        assert "\u202e" not in said
        reasons += told in said
    assert reasons >= 10, "texts that any letter may stand in"
