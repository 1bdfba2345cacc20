"""One laboratory for a file of tests: its people are signed in once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests import lab_programmes
from tests.lab_programmes import Laboratory


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Laboratory]:
    """A programme with a site under contract and one whose contract lapsed."""
    made = lab_programmes.with_sites(tmp_path_factory.mktemp("lab"))
    yield made
    made.close()
