"""The professionals' face on a database, with Ana of site A and Ben of site B."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hcp_face import Ward, make


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[Ward]:
    """A ward; its file goes with the test."""
    made = make(tmp_path)
    yield made
    made.close()
