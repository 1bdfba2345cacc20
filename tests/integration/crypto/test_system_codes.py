"""The system's own dice: what is drawn with them is distinct and favours no symbol (T-04)."""

from __future__ import annotations

import ast
import inspect

from qol.adapters import clock
from qol.domain.pseudonym import ALPHABET, draw

MANY = 10_000


def test_ten_thousand_codes_are_distinct_and_even() -> None:
    codes = [draw(clock.SystemDice().below).reveal() for _ in range(MANY)]
    assert len(set(codes)) == MANY
    wanted = MANY / len(ALPHABET)
    for place in range(13):
        seen = [code[place] for code in codes]
        # 31 degrees of freedom: above 130 never in the life of this test (1 in 10^13).
        assert sum((seen.count(s) - wanted) ** 2 / wanted for s in ALPHABET) < 130


def test_the_dice_are_the_systems() -> None:
    named = {
        alias.name
        for node in ast.walk(ast.parse(inspect.getsource(clock)))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert "random" not in named
    assert named & {"secrets", "os"}
