"""Serve one face: the one that QOL_FACE names. There is no default and no fourth choice."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

from qol.config import FACES, ConfigError
from qol.domain.errors import QolError

if TYPE_CHECKING:
    from flask import Flask

WILL_NOT_START = 3  # the code that tells gunicorn's master not to try again


def create_app() -> Flask:
    """Build the face that QOL_FACE names; only its own module is imported.

    What keeps it from starting is told in one sentence, and the process ends.
    """
    try:
        return _built(os.environ.get("QOL_FACE", ""))
    except (ConfigError, QolError) as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(WILL_NOT_START) from None


def _built(face: str) -> Flask:
    if face not in FACES:
        raise ConfigError(f"QOL_FACE is {face!r}: set it to one of {', '.join(FACES)}.")
    app: Flask = import_module(f"qol.bootstrap.{face}").build(os.environ)
    return app
