"""Serve one face: the one that QOL_FACE names. There is no default and no fourth choice."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

from qol.config import FACES, ConfigError

if TYPE_CHECKING:
    from flask import Flask


def create_app() -> Flask:
    """Build the face that QOL_FACE names; only its own module is imported."""
    face = os.environ.get("QOL_FACE", "")
    if face not in FACES:
        raise ConfigError(f"QOL_FACE is {face!r}: set it to one of {', '.join(FACES)}.")
    app: Flask = import_module(f"qol.bootstrap.{face}").build(os.environ)
    return app
