"""Freeze a record and lift it again, each with a reason of a closed list."""

from __future__ import annotations

from flask import Blueprint, Response

from qol.domain.records import FreezeReason, LiftReason
from qol.domain.staff.permissions import Permission
from qol.web.lab.face import face
from qol.web.lab.records.reading import record_page
from qol.web.lab.records.within import kept
from qol.web.shared.access import requires
from qol.web.shared.staff.pages import said
from qol.web.shared.staff.paper import posted_visit
from qol.web.shared.staff.typed import chosen

blueprint = Blueprint("freezing", __name__)


def _marked(record: str, reason: FreezeReason | LiftReason | None) -> Response:
    attempt = posted_visit()
    if attempt is None:
        return said("hcp.unreadable", 422)
    if reason is None:
        return record_page(record, no_reason=True)

    def act(programme: str, who: str) -> None:
        face().records.freeze(programme, who, record, attempt, reason)

    return kept(act, f"records/{record}")


@blueprint.post("/records/<record>/freeze")
@requires(Permission.READ_RECORDS, Permission.CORRECT_RECORDS)
def freeze(record: str) -> Response:
    """Take it out of every export, count and print."""
    return _marked(record, chosen(FreezeReason))


@blueprint.post("/records/<record>/lift")
@requires(Permission.READ_RECORDS, Permission.CORRECT_RECORDS)
def lift(record: str) -> Response:
    """Let it count again."""
    return _marked(record, chosen(LiftReason))
