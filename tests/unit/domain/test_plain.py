"""A text that hides nothing may hold any letter, sign and mark of any language."""

import pytest

from qol.domain.plain import hides

SHOWN = [
    "Équipe d’Ana — « oui »",
    "العربية",
    "עברית",
    "e\u0301",
    "a\u00adb",
    "a\u200bb",
    "a\u200db",
    "1\u202f000",
    "😀",
    "=1+1",
]
HIDDEN = (
    "\x00\x07\t\r\x7f\x85\u200e\u200f\u061c\u2028\u202e\u2066\ufeff\U000e0041\ue000\ud800\uffff"
)


@pytest.mark.parametrize("text", [*SHOWN, ""])
def test_what_is_written_is_seen(text: str) -> None:
    assert not hides(text)


@pytest.mark.parametrize("sign", HIDDEN, ids=ascii)
def test_what_is_not_seen_or_turns_the_reading_is_found(sign: str) -> None:
    assert hides(f"a{sign}b")
    assert hides(f"a{sign}b", lines=True)


def test_a_new_line_is_seen_where_lines_are() -> None:
    assert hides("a\nb")
    assert not hides("a\nb", lines=True)
