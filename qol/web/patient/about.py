"""Rights, adverse effects, accessibility: readable without a code, and without a cookie."""

from __future__ import annotations

from flask import Blueprint, Response

from qol.web.patient.face import face
from qol.web.patient.pages import language, page, words

blueprint = Blueprint("about", __name__)
NATIONAL_PORTAL = "https://signalement.social-sante.gouv.fr/"


def _about(name: str, lines: list[str], link: str = "", contact: str = "") -> Response:
    return page(
        "patient/about.html",
        title=words()(f"{name}.title"),
        lines=lines,
        link=link,
        contact=contact,
        language_link=lambda other: f"/{other}/{name}",
    )


@blueprint.get("/rights")
def rights() -> Response:
    """Say who runs the portal and which rights a patient has (EA-11.1, EA-11.4)."""
    operator = face().portal.operator[language()]
    return _about("rights", words()("rights.text").format(operator=operator).split("\n"))


@blueprint.get("/adverse")
def adverse() -> Response:
    """Say where adverse effects are reported; the warning stands before the link (HV-8.3)."""
    return _about("adverse", words()("adverse.text").split("\n"), link=NATIONAL_PORTAL)


@blueprint.get("/accessibility")
def accessibility() -> Response:
    """Give the operator's accessibility statement."""
    return _about("accessibility", face().portal.accessibility[language()].split("\n"))
