"""Whatever a programme is refused for is said in every language, and never in half of one."""

from __future__ import annotations

import string

import pytest

from qol.adapters.words import read_catalogues
from qol.domain.problem import Wrong
from tests.contract.tree import ROOT

CATALOGUES = read_catalogues()
PREFIX = "prog.wrong."
AROUND = {"at", "or"}  # what stands between a key and its sentence, and between alternatives


def _parameters(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


@pytest.mark.parametrize("language", sorted(CATALOGUES))
def test_each_language_says_each_problem_with_the_same_parameters(language: str) -> None:
    words = CATALOGUES[language]
    for wrong in Wrong:
        assert _parameters(words[PREFIX + wrong.code]) == _parameters(wrong.value), wrong
    said = {key.removeprefix(PREFIX) for key in words if key.startswith(PREFIX)}
    assert said == {wrong.code for wrong in Wrong} | AROUND


def test_the_english_page_says_what_the_command_line_says() -> None:
    english = CATALOGUES["en"]
    assert {wrong: english[PREFIX + wrong.code] for wrong in Wrong} == {
        wrong: wrong.value for wrong in Wrong
    }


def test_each_problem_is_found_somewhere_and_has_a_sentence_of_its_own() -> None:
    source = "".join(path.read_text("utf-8") for path in (ROOT / "qol").rglob("*.py"))
    # A second name for the same sentence would be no member: it would be the first.
    assert list(Wrong.__members__) == [wrong.name for wrong in Wrong]
    assert [wrong for wrong in Wrong if f"Wrong.{wrong.name}" not in source] == []
