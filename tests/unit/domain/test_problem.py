"""A problem says itself in English after its key, and lends its parameters to any language."""

from __future__ import annotations

from qol.domain.errors import ProgrammeError
from qol.domain.problem import Problem, Wrong

UNPUBLISHED = Problem(
    "releases",
    Wrong.UNPUBLISHED,
    {"instrument": "demo-qol", "version": "1", "languages": ("de", "it")},
)
WHOLE = Problem("", Wrong.NO_CHANGE)


def test_it_is_said_after_its_key_and_alone_where_it_has_none() -> None:
    assert str(UNPUBLISHED) == "releases: not published: demo-qol 1 in de or it (EA-7.3-b)."
    assert str(WHOLE) == "This document changes nothing but the version's number."


def test_a_language_says_it_with_its_own_word_between_alternatives() -> None:
    assert UNPUBLISHED.said("{instrument} en {languages}", "ou") == "demo-qol en de ou it"


def test_what_looks_like_a_parameter_in_a_parameter_is_text() -> None:
    assert Problem("x", Wrong.SAME_CODE, {"code": "{code}"}).said("« {code} »", "") == "« {code} »"


def test_an_error_says_its_problems_unless_it_has_a_message() -> None:
    error = ProgrammeError(UNPUBLISHED, WHOLE)
    assert error.problems == (UNPUBLISHED, WHOLE)
    assert str(error) == f"{UNPUBLISHED}; {WHOLE}"
    assert str(ProgrammeError(WHOLE, message="Otherwise.")) == "Otherwise."
