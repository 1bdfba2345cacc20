"""An installation with keys of one programme and year, made once for a test session."""

import shutil
from pathlib import Path

import pytest

from qol.adapters.crypto.keys import generate_installation, generate_year
from tests.integration.crypto.folders import Installation


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Keys that no test may change."""
    place = tmp_path_factory.mktemp("installation")
    root, escrow = place / "instance" / "keys", place / "escrow"
    escrow.mkdir()
    generate_installation(root, demonstration=False)
    return Installation(root, escrow, generate_year(root, "demo", 2026, escrow))


@pytest.fixture
def installation(made: Installation, tmp_path: Path) -> Installation:
    """A copy that a test may spoil."""
    root, escrow = tmp_path / "instance" / "keys", tmp_path / "escrow"
    shutil.copytree(made.root, root)
    shutil.copytree(made.escrow, escrow)
    return Installation(root, escrow, made.year)
