"""The post of a programme: off, or on with all that it needs (EA-ÉCH-5-a, EA-ÉCH-5-h)."""

from __future__ import annotations

import re

from qol.adapters.programmes.strict import Form, Table
from qol.domain.collection import Justification
from qol.domain.problem import Wrong
from qol.domain.programme import Postal

LINES = (2, 6)
WIDEST = 38  # characters of a line, as the post reads addresses
_LICENCE = Form(re.compile(r"[0-9]{4,8}"), Wrong.POSTAL_LICENCE)


def postal(root: Table) -> Postal | None:
    """Read ``[postal]``; None where there is none, and nothing then goes by post."""
    if not root.has("postal"):
        return None
    table = root.table("postal")
    found = Postal(
        address=table.texts("address"),
        licence=table.text("licence", _LICENCE),
        reason=table.text("reason"),
    )
    table.finish()
    if found.reason.strip() and found.reason not in set(Justification):
        table.refuse("reason", Wrong.POSTAL_REASON, known=", ".join(Justification))
    fewest, most = LINES
    if found.address and not fewest <= len(found.address) <= most:
        table.refuse("address", Wrong.POSTAL_LINES, least=fewest, most=most)
    for line in found.address:
        if len(line) > WIDEST or not line.isprintable():
            table.refuse("address", Wrong.POSTAL_LINE, most=WIDEST)
    return found
