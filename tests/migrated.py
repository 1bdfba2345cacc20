"""A SQLite database with every migration, made once a process and copied for each test."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from qol.adapters.db.migrating import upgrade


@cache
def _made() -> Path:
    folder = mkdtemp(prefix="qol-migrated-")
    atexit.register(shutil.rmtree, folder)
    path = Path(folder) / "portal.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


def fresh_file(folder: Path) -> str:
    """Put an empty migrated database into a folder; give its address."""
    path = folder / "portal.sqlite3"
    shutil.copy(_made(), path)
    return f"sqlite:///{path}"
