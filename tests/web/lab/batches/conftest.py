"""The laboratory's face on a database, with Leo and Lia who lead and Max who prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.lab_batches import Lab, make


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Lab]:
    """A laboratory; its file goes with the test."""
    made = make(tmp_path)
    yield made
    made.close()
