"""How many of a scale's items must be answered before it has a value.

The manuals' regimes differ and are not mixed: EORTC asks for at least half, FACIT for
more than half, SF-36v1 for half rounded up, RAND-36 for any item, EQ-5D for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

# For whole items "at least half" and "half rounded up" are one number under two manuals'
# names; the score says the name that its manual uses.
RULES: Mapping[str, Callable[[int], int]] = MappingProxyType(
    {
        "at_least_half": lambda items: (items + 1) // 2,
        "half_rounded_up": lambda items: (items + 1) // 2,
        "more_than_half": lambda items: items // 2 + 1,
        "all_but_one": lambda items: max(1, items - 1),
        "any": lambda items: min(items, 1),
        "none": lambda items: items,
    }
)


def needed(rule: str, items: int) -> int:
    """Give how many answered items out of so many satisfy the named rule.

    ``any``: any one item is enough. ``none``: none may be missing.
    """
    return RULES[rule](items)
