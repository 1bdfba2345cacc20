"""Build the laboratory's face from what the composition root gives it."""

from __future__ import annotations

from flask import Flask

from qol.config import Config
from qol.web.lab import home
from qol.web.lab.batches import key_files, listing, sheets, slips
from qol.web.lab.face import Face
from qol.web.lab.mail_room import deciding, destroying, keying, register, sheet
from qol.web.lab.programmes import changing, guided, opening, releases, sites
from qol.web.lab.programmes import reading as programme
from qol.web.lab.records import correcting, freezing, reading, reports
from qol.web.lab.staffing import accounts, roles
from qol.web.shared.staff import building, grants
from qol.web.shared.staff.desk import Desk

PROGRAMMES = (programme, changing, guided, opening, sites, releases)
BATCHES = (listing, sheets, slips, key_files)
MAIL_ROOM = (register, sheet, keying, deciding, destroying)
RECORDS = (reading, correcting, freezing, reports)
STAFFING = (grants, accounts, roles)
MODULES = (home, *STAFFING, *PROGRAMMES, *RECORDS, *BATCHES, *MAIL_ROOM)
PAGES = tuple(module.blueprint for module in MODULES)


def build(desk: Desk, face: Face, config: Config, secret_key: bytes) -> Flask:
    """Return the application."""
    app = building.build(desk, config, secret_key, PAGES)
    app.extensions["qol.lab"] = face
    return app
