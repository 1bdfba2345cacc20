"""The laboratory's face on a database, with records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab_records_face import Room, make


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """A room; its file goes with the test."""
    made = make(tmp_path)
    yield made
    made.close()
