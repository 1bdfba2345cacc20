"""A fictitious installation at work, on both databases."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.instance import Browser, Instance, make
from tests.working import open_ward, signed_in


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def instance(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Instance]:
    """The same installation on both databases."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    made = make(tmp_path_factory.mktemp(request.param) / "instance", url)
    open_ward(made)
    yield made
    made.close()


@pytest.fixture
def ana(instance: Instance) -> Browser:
    """Ana's browser: its session outlives every face that dies."""
    return signed_in(instance)
