"""Keep a session awake while somebody types: a long form asks the server nothing by itself."""

from __future__ import annotations

from flask import Blueprint, Response

from qol.web.shared.access import signed_in

blueprint = Blueprint("alive", __name__)


@blueprint.get("/alive")
@signed_in
def alive() -> Response:
    """Answer nothing; being asked was the point."""
    return Response(status=204, mimetype="text/plain")
