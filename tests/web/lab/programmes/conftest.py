"""The laboratory's face, new for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab_programmes import Laboratory, make


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Laboratory]:
    """A laboratory of its own."""
    made = make(tmp_path)
    yield made
    made.close()
