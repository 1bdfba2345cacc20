"""What an answer counts in a scale: its code, or the number that the scale gives it.

The optional parameter ``values`` maps a response set, or one item, to a table from code
to number; null means that the option counts as a missing answer. An item's own table
comes before that of its response set (a single reversed item needs no set of its own).
"""

from __future__ import annotations

from collections.abc import Mapping

from qol.domain.answers import Answers, Code
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Item, Scale
from qol.domain.scoring.result import Numbers

Table = Mapping[str, float | None]


def counted(instrument: Instrument, scale: Scale, answers: Answers) -> Numbers:
    """Give each item's number in the scale's order, None where none counts.

    ValueError when a code is not one of its item's; the message names the item only.
    """
    numbers: list[float | None] = []
    for code in scale.items:
        given = answers.get(code)
        if not isinstance(given, Code):
            numbers.append(None)
            continue
        item = instrument.item(code)
        if not item.accepts(given.value):
            raise ValueError(f"the answer to item {code} is not one of its codes")
        table = _table(scale, item)
        numbers.append(float(given.value) if table is None else table[str(given.value)])
    return tuple(numbers)


def extremes(instrument: Instrument, scale: Scale) -> tuple[Numbers, Numbers]:
    """Give the lowest and the highest number that each item can count."""
    lowest: list[float | None] = []
    highest: list[float | None] = []
    for code in scale.items:
        item = instrument.item(code)
        table = _table(scale, item)
        if table is None:
            possible = [float(c) for c in item.codes or (item.minimum, item.maximum)]
        else:
            possible = [float(n) for n in table.values() if n is not None]
        lowest.append(min(possible, default=None))
        highest.append(max(possible, default=None))
    return tuple(lowest), tuple(highest)


def check_tables(instrument: Instrument, scale: Scale) -> None:
    """Refuse tables that name nothing of the scale or do not give every code one number."""
    tables = scale.parameters.get("values", {})
    if not isinstance(tables, Mapping):
        raise InstrumentError(f"scale {scale.code}: parameter 'values' must hold tables")
    items = [instrument.item(code) for code in scale.items]
    for name, table in tables.items():
        meant = [item for item in items if name in {item.code, item.response_set}]
        if not meant:
            raise InstrumentError(
                f"scale {scale.code}: values.{name} is neither an item nor a response set of it"
            )
        if not isinstance(table, Mapping) or not all(_fits(table, item) for item in meant):
            raise InstrumentError(
                f"scale {scale.code}: values.{name} must give each code one number or null"
            )


def _table(scale: Scale, item: Item) -> Table | None:
    tables = scale.parameters.get("values")
    if not isinstance(tables, Mapping):
        return None
    table: Table | None = tables.get(item.code, tables.get(item.response_set))
    return table


def _fits(table: Mapping[object, object], item: Item) -> bool:
    if item.kind != "single_choice" and len(table) != item.maximum - item.minimum + 1:
        return False
    codes = item.codes or range(item.minimum, item.maximum + 1)
    numbers = all(
        number is None or (isinstance(number, int | float) and not isinstance(number, bool))
        for number in table.values()
    )
    return numbers and set(table) == {str(code) for code in codes}
