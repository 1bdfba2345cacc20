"""No template lets a text become more than text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SAID, QUOTED = "\N{BULLET}", "\N{DAGGER}"
TEMPLATES = Path(__file__).parents[2] / "templates"
OURS = {
    "staff/choose.html": 1,
    "paper/item.html": 4,
    "paper/page_codes.html": 1,
    "paper/questionnaire.html": 1,
}
"""How often ours stand there: a square that segno drew; numbers that the layout counts on paper."""
FILES = sorted(path for path in TEMPLATES.rglob("*") if path.is_file() and path.suffix != ".css")


def _problems(text: str) -> list[str]:
    """Find what switches escaping off, or stands where escaping is not enough."""
    bare = re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)
    off = re.findall(r"\|\s*safe\b|\bautoescape\b|\bMarkup\b", bare)
    said = re.sub(r"\{%.*?%\}", " ", re.sub(r"\{\{.*?\}\}", SAID, bare), flags=re.DOTALL)
    unquoted = re.sub(r"\"[^\"]*\"|'[^'<>]*'", QUOTED, said)
    return [
        *off,
        *re.findall(rf"<[a-zA-Z][^<>]*={SAID}", unquoted),
        *re.findall(r"<[a-zA-Z][^<>]*\son\w+=", unquoted),
        *re.findall(rf"<(?:script|style)\b[^>]*>[^<]*{SAID}", said),
        *re.findall(rf"\sstyle=\"[^\"]*{SAID}", said),
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_everything_is_escaped_inside_quotes(path: Path) -> None:
    assert path.suffix == ".html", "Flask escapes by this ending"
    found = _problems(path.read_text("utf-8"))
    assert len(found) == OURS.get(str(path.relative_to(TEMPLATES)), 0), found


@pytest.mark.parametrize(
    "text",
    [
        "{{ a|safe }}",
        "{% autoescape false %}",
        "<p class={{ a }}>",
        "<script>x = {{ a }}</script>",
        '<a onclick="x">',
        '<p style="color: {{ a }}">',
    ],
)
def test_each_way_out_is_noticed(text: str) -> None:
    assert _problems(text)
