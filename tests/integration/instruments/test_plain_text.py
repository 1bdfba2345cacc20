"""Signs that look like markup and are words stay words."""

import pytest

from qol.adapters.instruments.plain_text import complaint


@pytest.mark.parametrize("text", ["> 10", "< 5 ans", "5 <6", "A & B", "*très* fatigué", "a -> b"])
def test_words_are_words(text: str) -> None:
    assert complaint(text) is None
