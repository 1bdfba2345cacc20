"""The post of a programme: off, or on with all that it needs (EA-ÉCH-5-a, EA-ÉCH-5-h)."""

from __future__ import annotations

import re

from qol.adapters.programmes.strict import Table
from qol.domain.collection import Justification
from qol.domain.programme import Postal

LINES = (2, 6)
WIDEST = 38  # characters of a line, as the post reads addresses
_LICENCE = re.compile(r"[0-9]{4,8}")
_REASON = re.compile("|".join(Justification))


def postal(root: Table) -> Postal | None:
    """Read ``[postal]``; None where there is none, and nothing then goes by post."""
    if not root.has("postal"):
        return None
    table = root.table("postal")
    found = Postal(
        address=table.texts("address"),
        licence=table.text("licence", _LICENCE, "must be the licence's number, 4 to 8 digits"),
        reason=table.text("reason", _REASON, f"must be one of {', '.join(Justification)}"),
    )
    table.finish()
    fewest, most = LINES
    if found.address and not fewest <= len(found.address) <= most:
        table.refuse("address", f"must have {fewest} to {most} lines")
    for line in found.address:
        if len(line) > WIDEST or not line.isprintable():
            table.refuse("address", f"each line has at most {WIDEST} characters, all printable")
    return found
