"""What an answer counts in a scale: its code, or the number that the scale gives it.

The optional parameter ``values`` maps a response set, or one item, to a table from code
to number; null means that the option counts as a missing answer. An item's own table
comes before that of its response set (a single reversed item needs no set of its own).
The optional ``closed`` is the number that an item counts when its condition closes it
(PRO-CTCAE, DLQI: 0); without it a closed item counts as missing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qol.domain.answers import Answers, Code, State
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Item, Scale
from qol.domain.scoring.parameters import is_number, optional, wrong
from qol.domain.scoring.result import Inputs

Counter = Callable[[Answers], float | None]


def counters(instrument: Instrument, scale: Scale) -> tuple[Counter, ...]:
    """Give what counts each item of the scale; InstrumentError when the data is wrong."""
    _check_names(instrument, scale)
    closed = optional(scale, "closed")
    return tuple(
        _counter(instrument.item(code), _numbers(scale, instrument.item(code)), closed)
        for code in scale.items
    )


def inputs_of(instrument: Instrument, scale: Scale) -> Inputs:
    """Give the scale's items and the numbers that each can count."""
    return Inputs(
        scale.items, tuple(_possible(scale, instrument.item(code)) for code in scale.items)
    )


def _counter(
    item: Item, numbers: Mapping[int, float | None] | None, closed: float | None
) -> Counter:
    code = item.code

    def count(answers: Answers) -> float | None:
        given = answers.get(code)
        if isinstance(given, Code):
            if not item.accepts(given.value):
                raise ValueError(f"the answer to item {code} is not one of its codes")
            return float(given.value) if numbers is None else numbers[given.value]
        return closed if given is State.NOT_APPLICABLE else None

    return count


def _possible(scale: Scale, item: Item) -> Sequence[float]:
    table, closed = _numbers(scale, item), optional(scale, "closed")
    found: Sequence[float] = item.codes or range(item.minimum, item.maximum + 1)
    if table is not None:
        found = tuple(n for n in table.values() if n is not None)
    elif item.also:
        found = (*found, *item.also)
    if closed is not None and item.enable_when:
        found = (*found, closed)
    return found


def _numbers(scale: Scale, item: Item) -> Mapping[int, float | None] | None:
    """Give the item's table by code, or None when the code itself is what counts."""
    tables = _tables(scale)
    name = item.code if item.code in tables else item.response_set
    if name is None or name not in tables:
        return None
    table = tables[name]
    if not isinstance(table, Mapping) or not _fits(table, item):
        raise wrong(scale, f"values.{name} must give each code one number or null")
    return {int(code): None if n is None else float(n) for code, n in table.items()}


def _tables(scale: Scale) -> Mapping[str, object]:
    tables = scale.parameters.get("values", {})
    if not isinstance(tables, Mapping):
        raise wrong(scale, "parameter 'values' must hold tables")
    return tables


def _check_names(instrument: Instrument, scale: Scale) -> None:
    known = {name for code in scale.items for name in (code, instrument.item(code).response_set)}
    for name in _tables(scale):
        if name not in known:
            raise InstrumentError(
                f"scale {scale.code}: values.{name} is neither an item nor a response set of it"
            )


def _fits(table: Mapping[object, object], item: Item) -> bool:
    if item.kind != "single_choice" and len(table) != (
        item.maximum - item.minimum + 1 + len(item.also)
    ):
        return False
    codes = {*(item.codes or range(item.minimum, item.maximum + 1)), *item.also}
    numbers = all(number is None or is_number(number) for number in table.values())
    return numbers and set(table) == {str(code) for code in codes}
