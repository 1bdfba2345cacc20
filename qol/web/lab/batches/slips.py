"""Print the slips of a batch: draw them, wait, collect them."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from qol.domain.staff.permissions import Permission
from qol.usecases.lab.batches.draw_slips import Asked, BusyError
from qol.usecases.lab.batches.printing import Drawing, Stage
from qol.usecases.lab.batches.slips_of import ChangedError, NothingToPrintError
from qol.web.lab.batches.acts import batch_page, batches, not_here, read, within
from qol.web.shared.access import acting, requires
from qol.web.shared.staff.browser import token
from qol.web.shared.staff.desk import desk
from qol.web.shared.staff.pages import page, said

blueprint = Blueprint("batch_slips", __name__)
_ATTEMPT = 26


@blueprint.get("/batches/<batch>/slips")
@requires(Permission.PRINT_SLIPS)
def ask(batch: str) -> Response:
    """Say what printing does, and ask for the language."""
    return page("lab/batches/slips.html", whole=read(batch), attempt=batches().dice.reference())


@blueprint.post("/batches/<batch>/slips")
@requires(Permission.PRINT_SLIPS)
def draw(batch: str) -> Response:
    """Begin to draw; the same page posted twice is one print."""
    form, attempt = request.form, request.form.get("attempt", "")
    if form.get("language", "") not in desk().portal.languages or len(attempt) != _ATTEMPT:
        not_here()
    asked = Asked(acting().actor, form["language"], attempt, token())
    try:
        within(lambda programme, _: batches().draw(programme, batch, asked))
    except NothingToPrintError:
        return said("lab.slips.nothing", 409, f"batches/{batch}")
    except BusyError:
        return said("lab.slips.busy", 409, f"batches/{batch}/slips")
    return batch_page(batch, f"slips/{attempt}")


def _drawing(batch: str, reference: str) -> Drawing:
    return within(lambda _, who: batches().read_print(batch, reference, who))


@blueprint.get("/batches/<batch>/slips/<reference>")
@requires(Permission.PRINT_SLIPS)
def progress(batch: str, reference: str) -> Response:
    """Say how far one's own print is; the page asks again by itself while it is drawn."""
    found = _drawing(batch, reference)
    stage = found.standing(batches().clock.now())
    return page("lab/batches/progress.html", found=found, stage=stage, batch=batch)


@blueprint.post("/batches/<batch>/slips/<reference>")
@requires(Permission.PRINT_SLIPS)
def collect(batch: str, reference: str) -> Response:
    """Give the PDF and use the slip copies up."""
    if _drawing(batch, reference).stage not in {Stage.READY, Stage.COLLECTED}:
        return batch_page(batch, f"slips/{reference}")
    try:
        pdf = within(
            lambda programme, who: batches().collect(programme, batch, reference, who, token())
        )
    except ChangedError as error:
        current_app.logger.warning("slips were not printed: %s", error)
        return said("lab.slips.changed", 409, f"batches/{batch}/slips")
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="fiches.pdf"'
    return response
