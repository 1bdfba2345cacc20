"""The professionals' face, which comes later."""

from __future__ import annotations

from flask import Flask

from qol.config import Config
from qol.web.shared.notyet import build_not_yet

_TEXTS = (
    "Espace des professionnels",
    "Cet espace n'est pas encore construit. Le laboratoire travaille en ligne de commande.",
    "Professionals' space",
    "This space is not built yet. The laboratory works by command line.",
)


def build(config: Config) -> Flask:
    """Build the application."""
    return build_not_yet("qol.web.hcp", config.origin, _TEXTS, demonstration=config.demonstration)
