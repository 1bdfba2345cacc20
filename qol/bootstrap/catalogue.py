"""What the questionnaires at hand are, for ``instruments list`` and ``docs/instruments.md``."""

from __future__ import annotations

from collections.abc import Iterable

from qol.adapters.instruments.loading import Definition
from qol.adapters.instruments.vectors import count_independent
from qol.bootstrap.cli import SHIPPED, TOP
from qol.adapters.instruments.loading import find_instruments, load_folder


def described(definition: Definition) -> str:
    """Say in one line what a definition is."""
    return ""
