"""The PRO-CTCAE composite grade, 0 to 3, of one symptomatic adverse event.

Basch et al. 2021, Clinical Trials 18(1):104-114: a table from the attributes asked
(frequency, severity, interference, each 0 to 4) to one grade. An event whose first
attribute is 0 has grade 0, whatever else is there.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qol.domain.instrument import Scale
from qol.domain.scoring.parameters import only, rows, wrong
from qol.domain.scoring.result import Inputs, Numbers, Outcome, Rule

_LEVELS = range(5)
Grades = Mapping[tuple[int, ...], int]


def _grades(*tables: str) -> dict[tuple[int, ...], int]:
    """Read grades: one word a row of the last attribute, rows by the one before it."""
    found: dict[tuple[int, ...], int] = {}
    for first, table in enumerate(tables, start=1):
        for middle, row in enumerate(table.split()):
            for last, grade in enumerate(row):
                at = (first, middle, last) if " " in table else (first, last)
                found[at] = int(grade)
    return found


_TABLES: Mapping[tuple[str, ...], Grades] = MappingProxyType(
    {
        ("frequency",): {(1,): 1, (2,): 1, (3,): 2, (4,): 3},
        ("severity",): {(1,): 1, (2,): 2, (3,): 3, (4,): 3},
        ("interference",): {(1,): 1, (2,): 1, (3,): 2, (4,): 2},
        ("frequency", "severity"): _grades("11122", "11222", "11233", "11233"),
        ("frequency", "interference"): _grades("11122", "11122", "11233", "11233"),
        ("severity", "interference"): _grades("11122", "11223", "12233", "22233"),
        ("frequency", "severity", "interference"): _grades(
            "01122 11122 12223 22233 22333",
            "01122 11122 22233 22233 22333",
            "11122 11122 22233 22333 22333",
            "11122 11223 22233 22333 22333",
        ),
    }
)


def composite_grade(scale: Scale, inputs: Inputs) -> Rule:
    """Return the grade of the attributes asked; every one that is open must be answered.

    Parameter: ``attributes``, what each input is, in the scale's order.
    """
    only(scale, "attributes")
    grades = _TABLES.get(tuple(str(one) for one in rows(scale, "attributes")))
    if grades is None or len(inputs.names) != len(rows(scale, "attributes")):
        raise wrong(scale, "parameter 'attributes' is no combination that has a grade")
    if any(one is None or any(n not in _LEVELS for n in one) for one in inputs.possible):
        raise wrong(scale, "its inputs must be items that count 0 to 4")

    def grade(numbers: Numbers) -> Outcome:
        if numbers[0] == 0:
            return Outcome(0.0, "none")
        if None in numbers:
            return Outcome(None, "none")
        return Outcome(float(grades[tuple(int(n) for n in numbers if n is not None)]), "none")

    return grade
