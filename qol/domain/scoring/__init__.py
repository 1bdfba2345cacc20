"""Scores as pure functions of answers, each named by data (design section 6).

A new method is one function and one line of ``METHODS``; data passes parameters and holds
no formula. Whatever data passes wrongly is an InstrumentError before anything is scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from qol.domain.answers import Answers
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Scale
from qol.domain.scoring.composite_grade import composite_grade
from qol.domain.scoring.counting import Counter, counters, inputs_of
from qol.domain.scoring.lookup import cross_table, lookup
from qol.domain.scoring.mean_linear import mean_linear
from qol.domain.scoring.norm_based import norm_based
from qol.domain.scoring.prepared import PreparedScale, beneath
from qol.domain.scoring.profile import profile, skipped
from qol.domain.scoring.ratio import joint_loss, ratio
from qol.domain.scoring.result import Inputs, Method, Score
from qol.domain.scoring.single import single
from qol.domain.scoring.sorting import bands, criteria
from qol.domain.scoring.total import total
from qol.domain.scoring.value_set import crosswalk, decrements

__all__ = ["METHODS", "Score", "Scoring", "score"]

METHODS: Mapping[str, Method] = MappingProxyType(
    {
        "bands": bands,
        "composite_grade": composite_grade,
        "criteria": criteria,
        "cross_table": cross_table,
        "crosswalk": crosswalk,
        "decrements": decrements,
        "joint_loss": joint_loss,
        "lookup": lookup,
        "mean_linear": mean_linear,
        "norm_based": norm_based,
        "profile": profile,
        "ratio": ratio,
        "single": single,
        "skipped": skipped,
        "sum": total,
    }
)


class Scoring:
    """An instrument's scales, read and checked once, ready for any number of answers."""

    def __init__(self, instrument: Instrument) -> None:
        """InstrumentError names the scale whose inputs, method or parameters are wrong."""
        self._scales: dict[str, PreparedScale] = {}
        for scale in instrument.scales:
            self._scales[scale.code] = self._prepared(instrument, scale)

    def __call__(self, answers: Answers) -> list[Score]:
        """Score every scale, in the instrument's order.

        ``answers`` are those that ``settled`` gives: an item without a code counts as
        missing, whatever its state. ValueError when a code is not one of its item's.
        """
        found: dict[str, Score] = {}
        for code, scale in self._scales.items():
            found[code] = scale.score(answers, found)
        return list(found.values())

    @property
    def items_beneath(self) -> dict[str, frozenset[str]]:
        """Scale code to the items in it, or beneath the scales that it is made from."""
        return {code: frozenset(scale.used) for code, scale in self._scales.items()}

    def _prepared(self, instrument: Instrument, scale: Scale) -> PreparedScale:
        named = scale.items or scale.scales
        if bool(scale.items) == bool(scale.scales) or len(set(named)) != len(named):
            raise InstrumentError(
                f"scale {scale.code}: it needs either items or scales, each of them once"
            )
        method = METHODS.get(scale.method)
        if method is None:
            raise InstrumentError(
                f"scale {scale.code}: there is no method {scale.method!r};"
                f" there is {', '.join(sorted(METHODS))}"
            )
        if scale.items:
            used = dict(zip(scale.items, counters(instrument, scale), strict=True))
            inputs = inputs_of(instrument, scale)
        else:
            used = self._beneath(scale)
            inputs = Inputs(scale.scales, (None,) * len(scale.scales))
        return PreparedScale(scale, instrument.algorithm, used, method(scale, inputs))

    def _beneath(self, scale: Scale) -> dict[str, Counter]:
        for code in scale.scales:
            if code not in self._scales:
                raise InstrumentError(f"scale {scale.code}: there is no scale {code} before it")
        return beneath([self._scales[code] for code in scale.scales])


def score(instrument: Instrument, answers: Answers) -> list[Score]:
    """Score one person's answers; see ``Scoring`` for many."""
    return Scoring(instrument)(answers)
