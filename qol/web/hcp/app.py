"""Build the professionals' face from what the composition root gives it."""

from __future__ import annotations

from flask import Flask

from qol.config import Config
from qol.web.hcp import consultation, device, hand, home, paper, sheet
from qol.web.hcp.face import Face
from qol.web.shared.staff import building
from qol.web.shared.staff.desk import Desk

MODULES = (home, hand, sheet, consultation, paper, device)
PAGES = tuple(module.blueprint for module in MODULES)


def build(desk: Desk, face: Face, config: Config, secret_key: bytes) -> Flask:
    """Return the application; nothing in it can open an administration."""
    app = building.build(desk, config, secret_key, PAGES)
    app.extensions["qol.hcp"] = face
    app.extensions["csrf"].exempt(device.hand_over)  # it asks for the token itself
    return app
