"""docs/look.md tells the truth: its colours and classes are the style sheets'; contrast holds."""

from __future__ import annotations

import re

import pytest

from tests.instance import TOP

LOOK = (TOP / "docs" / "look.md").read_text("utf-8")
SHEETS = {path.name: path.read_text("utf-8") for path in (TOP / "static").glob("*.css")}
SCHEMES = dict(
    zip(
        ("light", "dark"),
        (dict(re.findall(r"(--[\w-]+):(#[0-9a-f]{3,6})", block)) for block in re.findall(
            r":root\{([^}]*--paper[^}]*)\}", SHEETS["portal.css"]
        )[:2]),
        strict=True,
    )
)  # fmt: skip
SCHEMES["dark"] = SCHEMES["light"] | SCHEMES["dark"]
TEXT = [
    ("--ink", "--paper"),
    ("--ink", "--surface"),
    ("--ink", "--accent-soft"),
    ("--quiet", "--paper"),
    ("--quiet", "--surface"),
    ("--accent", "--paper"),
    ("--accent", "--surface"),
    ("--accent", "--accent-soft"),
    ("--accent-ink", "--accent"),
    ("--alert", "--paper"),
    ("--alert", "--alert-soft"),
]
SEEN = [("--line-strong", "--paper"), ("--line-strong", "--surface"), ("--ink", "--focus")]


def luminance(colour: str) -> float:
    """WCAG 2.2's relative luminance."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * sign for sign in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_the_recommendation_says() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("pair", TEXT, ids=" on ".join)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_has_contrast(scheme: str, pair: tuple[str, str]) -> None:
    assert contrast(*(SCHEMES[scheme][name] for name in pair)) >= 4.5


@pytest.mark.parametrize("pair", SEEN, ids=" on ".join)
def test_what_one_must_see_has_contrast(pair: tuple[str, str]) -> None:
    assert contrast(*(SCHEMES["light"][name] for name in pair)) >= 3
    if pair[1] != "--focus":
        assert contrast(*(SCHEMES["dark"][name] for name in pair)) >= 3


def test_the_colours_are_the_style_sheets() -> None:
    told = [line for line in LOOK.splitlines() if line.startswith("| `--")]
    found = {}
    for line in told:
        names, light, dark, _ = (re.findall(r"`([^`]+)`", cell) for cell in line.split("|")[1:5])
        for name, one, other in zip(names, light, dark, strict=True):
            found[name] = (one, other)
    held = {n: (SCHEMES["light"][n], SCHEMES["dark"][n]) for n in SCHEMES["light"]}
    assert found == held


def test_every_class_that_is_told_stands_in_a_style_sheet() -> None:
    told = {name for group in re.findall(r"`(\.[\w.-]+)`", LOOK) for name in group[1:].split(".")}
    known = set(re.findall(r"\.([a-z][\w-]*)", "\n".join(SHEETS.values())))
    assert len(told) > 25
    assert told - known == set()
