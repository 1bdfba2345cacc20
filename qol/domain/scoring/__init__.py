"""Scores as pure functions of answers, each named by data (design section 6).

A new method is a new file and one line of ``METHODS``; data passes parameters and
holds no formula. Whatever data passes wrongly is an InstrumentError at load time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from qol.domain.answers import Answers, State
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Scale
from qol.domain.scoring.counting import check_tables, counted, extremes
from qol.domain.scoring.mean_linear import mean_linear
from qol.domain.scoring.result import Numbers, Outcome, Reason, Score
from qol.domain.scoring.single import single
from qol.domain.scoring.total import total

__all__ = ["METHODS", "Method", "Score", "check", "score", "score_scale"]

Method = Callable[[Scale, Numbers], Outcome]

METHODS: Mapping[str, Method] = MappingProxyType(
    {"mean_linear": mean_linear, "sum": total, "single": single}
)


def score(instrument: Instrument, answers: Answers) -> list[Score]:
    """Score every scale, in the instrument's order.

    ``answers`` are those that ``settled`` gives: an item without a code counts as missing,
    whatever its state. ValueError when a code is not one of its item's.
    """
    return [score_scale(instrument, scale, answers) for scale in instrument.scales]


def score_scale(instrument: Instrument, scale: Scale, answers: Answers) -> Score:
    """Score one scale; see ``score``."""
    numbers = counted(instrument, scale, answers)
    outcome = _method(scale)(scale, numbers)
    return Score(
        scale=scale.code,
        value=outcome.value,
        algorithm=scale.method,
        version=instrument.algorithm,
        items_used=sum(number is not None for number in numbers),
        items_total=len(numbers),
        rule=outcome.rule,
        reason=_reason(scale, answers) if outcome.value is None else None,
    )


def check(instrument: Instrument) -> None:
    """Try every scale on no answers and on its lowest and highest ones.

    InstrumentError names the scale whose items, method or parameters are wrong.
    """
    for scale in instrument.scales:
        if not scale.items or len(set(scale.items)) != len(scale.items):
            raise InstrumentError(f"scale {scale.code}: it needs items, each of them once")
        method = _method(scale)
        check_tables(instrument, scale)
        lowest, highest = extremes(instrument, scale)
        for numbers in (lowest, highest, (None,) * len(scale.items)):
            method(scale, numbers)


def _method(scale: Scale) -> Method:
    try:
        return METHODS[scale.method]
    except KeyError:
        known: Sequence[str] = sorted(METHODS)
        raise InstrumentError(
            f"scale {scale.code}: there is no method {scale.method!r}; there is {', '.join(known)}"
        ) from None


def _reason(scale: Scale, answers: Answers) -> Reason:
    closed = all(answers.get(item) is State.NOT_APPLICABLE for item in scale.items)
    return "not_applicable" if closed else "too_few_items"
