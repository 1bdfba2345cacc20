"""Build the laboratory's face from what the composition root gives it."""

from __future__ import annotations

from flask import Flask

from qol.config import Config
from qol.web.lab import (
    home,
    opening,
    programme,
    programme_change,
    programme_guided,
    releases,
    sites,
)
from qol.web.lab.face import Face
from qol.web.shared.staff import building, grants
from qol.web.shared.staff.desk import Desk

MODULES = (
    home,
    programme,
    programme_change,
    programme_guided,
    opening,
    sites,
    releases,
    grants,
)
PAGES = tuple(module.blueprint for module in MODULES)


def build(desk: Desk, face: Face, config: Config, secret_key: bytes) -> Flask:
    """Return the application."""
    app = building.build(desk, config, secret_key, PAGES)
    app.extensions["qol.lab"] = face
    return app
