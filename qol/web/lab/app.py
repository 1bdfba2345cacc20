"""Build the laboratory's face from what the composition root gives it."""

from __future__ import annotations

from flask import Flask

from qol.config import Config
from qol.web.lab import home
from qol.web.shared.staff import building, grants
from qol.web.shared.staff.desk import Desk

PAGES = (home.blueprint, grants.blueprint)


def build(desk: Desk, config: Config, secret_key: bytes) -> Flask:
    """Return the application."""
    return building.build(desk, config, secret_key, PAGES)
