"""The composition root of the hcp face."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask

from qol.config import from_environ
from qol.web.hcp import app


def build(environ: Mapping[str, str]) -> Flask:
    """Read the environment and build the face; ConfigError when something is missing."""
    return app.build(from_environ(environ, "hcp"))
