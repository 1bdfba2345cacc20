"""The composition root of the lab face."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask import Flask

from qol.adapters.clock import SystemClock, SystemDice
from qol.adapters.crypto.foreign import refuse_foreign
from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.visit import flask_secret
from qol.adapters.db.store_staff import open_staff
from qol.bootstrap.staff import desk_of
from qol.config import from_environ
from qol.usecases.ports import Clock
from qol.web.lab import app

log = logging.getLogger("qol.lab")


def build(environ: Mapping[str, str], clock: Clock | None = None) -> Flask:
    """Build the face from its environment; a QolError says in one sentence why it cannot.

    ``clock`` is for tests: another time.
    """
    config = from_environ(environ, "lab")
    clock = clock or SystemClock()
    warning = refuse_foreign(config)
    if warning:
        log.warning(warning)
    folder = KeyFolder(config.keys, "lab", demonstration=config.demonstration)
    stores = open_staff(config, clock, SystemDice())
    desk = desk_of(config, folder, stores, clock)
    return app.build(desk, config, flask_secret(folder.secret(Purpose.SESSION)))
