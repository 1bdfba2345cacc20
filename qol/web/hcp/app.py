"""Build the professionals' face from what the composition root gives it."""

from __future__ import annotations

from flask import Flask

from qol.config import Config
from qol.web.hcp import home
from qol.web.shared.staff import building
from qol.web.shared.staff.desk import Desk

PAGES = (home.blueprint,)


def build(desk: Desk, config: Config, secret_key: bytes) -> Flask:
    """Return the application; nothing in it can open an administration."""
    return building.build(desk, config, secret_key, PAGES)
