"""Scales made up for one test: over items a, b, c, or over scales A, B, C of one item each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from string import ascii_lowercase

import pytest

from qol.domain.answers import Answer, Code, State
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Condition, Instrument, Item, ResponseSet, Scale, Section
from qol.domain.scoring import Score, Scoring

Given = int | State | None
Items = int | Sequence[Item]
FIVE = (0, 1, 2, 3, 4)
SET = ResponseSet("five", FIVE)


def choice(code: str, codes: tuple[int, ...] = FIVE, after: str | None = None) -> Item:
    """A choice of the set ``five``; with ``after``, open when that item is at 1."""
    condition = Condition(after, frozenset({1})) if after else None
    return Item(code, "single_choice", "s", SET.code, codes, enable_when=condition)


def numeric(code: str, low: int, high: int, also: tuple[int, ...] = ()) -> Item:
    """A numeric scale, both ends included."""
    return Item(code, "numeric_scale", "s", minimum=low, maximum=high, also=also)


def choices(count: int, codes: tuple[int, ...] = FIVE) -> tuple[Item, ...]:
    """So many alike, named a, b, c."""
    return tuple(choice(code, codes) for code in ascii_lowercase[:count])


def instrument(items: Items, *scales: Scale) -> Instrument:
    """An instrument in scoring version 7; a number stands for so many choices of 0 to 4."""
    made = choices(items) if isinstance(items, int) else tuple(items)
    return Instrument(
        id="made-up",
        version="1",
        sections=(Section("s", tuple(item.code for item in made)),),
        items=made,
        scales=scales,
        response_sets=(SET,),
        algorithm="7",
    )


def one_scale(
    method: str, items: Items, parameters: Mapping[str, object], *, over_scales: bool = False
) -> Instrument:
    """Scale ``sc`` over every item; ``over_scales`` puts a scale of its own above each first."""
    names = tuple(item.code for item in instrument(items).items)
    if not over_scales:
        return instrument(items, Scale("sc", names, method, dict(parameters)))
    alone = [Scale(name.upper(), (name,), "single") for name in names]
    above = tuple(scale.code for scale in alone)
    return instrument(items, *alone, Scale("sc", (), method, dict(parameters), scales=above))


def answered(codes: Sequence[Given]) -> dict[str, Answer]:
    """Answers to a, b, c; None leaves the item out."""
    return {
        name: given if isinstance(given, State) else Code(given)
        for name, given in zip(ascii_lowercase, codes, strict=False)
        if given is not None
    }


def scorer(
    method: str, items: Items, parameters: Mapping[str, object], *, over_scales: bool = False
) -> Callable[..., Score]:
    """What scores ``sc``, given the codes of a, b, c."""
    ready = Scoring(one_scale(method, items, parameters, over_scales=over_scales))

    def of(*codes: Given) -> Score:
        return ready(answered(codes))[-1]

    return of


def refusal(
    method: str, items: Items, parameters: Mapping[str, object], *, over_scales: bool = False
) -> str:
    """The sentence with which ``sc`` is refused, without the scale's name before it."""
    with pytest.raises(InstrumentError) as caught:
        Scoring(one_scale(method, items, parameters, over_scales=over_scales))
    name, _, sentence = str(caught.value).partition(": ")
    assert name == "scale sc"
    return sentence
