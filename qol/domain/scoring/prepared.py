"""One scale made ready: what counts its items, and the rule that makes a value of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qol.domain.answers import Answers, State
from qol.domain.instrument import Scale
from qol.domain.scoring.counting import Counter
from qol.domain.scoring.parameters import optional, wrong
from qol.domain.scoring.result import Numbers, Outcome, Reason, Rule, Score

_SHARE = "items_more_than_percent"
"""A sum of scales may ask that more than this share of the items beneath be answered."""


class PreparedScale:
    """Scores one scale; ``used`` maps each item in it, or beneath its scales, to its counter."""

    def __init__(self, scale: Scale, version: str, used: Mapping[str, Counter], rule: Rule) -> None:
        """InstrumentError when the share of items is no percentage."""
        self.used = used
        self._scale, self._version, self._rule = scale, version, rule
        self._share = optional(scale, _SHARE)
        self._asked = "" if self._share is None else f"items_over_{self._share:g}_percent"
        if self._share is not None and not (scale.scales and 0 <= self._share < 100):  # noqa: PLR2004  percent
            raise wrong(scale, f"parameter {_SHARE!r} is a percentage, of a scale made from scales")

    def score(self, answers: Answers, before: Mapping[str, Score]) -> Score:
        """Score these answers; ``before`` holds the scales that come earlier."""
        scale = self._scale
        items: Numbers = tuple(count(answers) for count in self.used.values())
        answered = len(items) - items.count(None)
        numbers = tuple(before[code].value for code in scale.scales) if scale.scales else items
        if self._share is not None and answered * 100 <= self._share * len(items):
            outcome = Outcome(None, self._asked)
        else:
            outcome = self._rule(numbers)
        return Score(
            scale=scale.code,
            value=outcome.value,
            algorithm=scale.method,
            version=self._version,
            items_used=answered,
            items_total=len(items),
            rule=self._asked or outcome.rule,
            reason=self._reason(answers, numbers, outcome) if outcome.value is None else None,
            band=outcome.band,
        )

    def _reason(self, answers: Answers, numbers: Numbers, outcome: Outcome) -> Reason:
        if not outcome.defined:
            return "not_defined"
        if all(answers.get(item) is State.NOT_APPLICABLE for item in self.used):
            return "not_applicable"
        return "scale_missing" if self._scale.scales and None in numbers else "too_few_items"


def beneath(scales: Iterable[PreparedScale]) -> dict[str, Counter]:
    """Give the items beneath several scales, each once."""
    return {item: counter for scale in scales for item, counter in scale.used.items()}
