"""How the items of a section become rows: one line where the answers are short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qol.domain.errors import PrintingError
from qol.domain.instrument import Instrument, Item, Wording

Words = Callable[[str], str]

_WIDE = 120.0  # millimetres that columns may take from a row, the question has the rest
_NARROWEST, _LETTER, _AIR = 19.0, 2.3, 2.5  # of a column, of a letter of its longest word
_SHORT = 44  # characters of a label that may stand above a column
STEPS = 11  # boxes in a row, 0 to 10


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive items that share one header.

    With ``codes`` they are lines of one table, a column of ``width`` millimetres for each
    code; without, each is a block of its own.
    """

    items: tuple[Item, ...]
    codes: tuple[int, ...] = ()
    width: float = 0.0


def runs(instrument: Instrument, wording: Wording, items: tuple[str, ...]) -> Iterator[Run]:
    """Put a section's items together, in their order."""
    held: list[Item] = []
    for item in (instrument.item(code) for code in items):
        if held and _shape(held[0], wording) != _shape(item, wording):
            yield _run(held, wording)
            held = []
        held.append(item)
    yield _run(held, wording)


def _run(held: list[Item], wording: Wording) -> Run:
    name, width = _shape(held[0], wording)
    return Run(tuple(held), held[0].codes if name else (), width)


def _shape(item: Item, wording: Wording) -> tuple[str, float]:
    """Name the response set whose labels fit above columns; nothing when they do not."""
    if item.kind != "single_choice" or item.response_set is None:
        return "", 0.0
    labels = [wording.label(item, code) for code in item.codes]
    longest = max(len(word) for label in labels for word in label.split() or [""])
    width = max(_NARROWEST, _AIR + _LETTER * longest)
    fits = width * len(labels) <= _WIDE and max(map(len, labels)) <= _SHORT
    return (item.response_set, round(width, 1)) if fits else ("", 0.0)


def stepped(item: Item) -> bool:
    """Say whether a scale is a row of boxes; one with more steps is a number to write."""
    return item.display == "options" and item.maximum - item.minimum < STEPS


def figures(item: Item) -> int:
    """Count the boxes that a number needs; PrintingError for one below zero."""
    if item.minimum < 0:
        raise PrintingError(f"{item.code} may be below zero, which the boxes of a form cannot say.")
    return len(str(item.maximum))


def only_if(instrument: Instrument, wording: Wording, item: Item, t: Words) -> str:
    """Say in plain words when an item is to be answered; nothing when always."""
    condition = item.enable_when
    if condition is None:
        return ""
    asked = instrument.item(condition.item)
    number = instrument.items.index(asked) + 1
    if asked.kind == "single_choice":
        codes = [code for code in asked.codes if code in condition.codes]
        said = [t("paper.form.quoted").format(text=wording.label(asked, code)) for code in codes]
        how = "ticked"
    else:
        said = list(_ranges(sorted(condition.codes), t))
        how = "ticked" if stepped(asked) else "written"
    answers = t("paper.form.or").join(said).replace("*", "")
    return t(f"paper.form.only_if.{how}").format(answers=answers, number=number)


def _ranges(codes: list[int], t: Words) -> Iterator[str]:
    """Write 1, 2, 3, 7 as “1 to 3”, “7”."""
    while codes:
        last = 0
        while last + 1 < len(codes) and codes[last + 1] == codes[last] + 1:
            last += 1
        low, high = codes[0], codes[last]
        yield str(low) if low == high else t("paper.form.to").format(low=low, high=high)
        codes = codes[last + 1 :]
