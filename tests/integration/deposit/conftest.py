"""One fictitious installation a database and worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.instance import Instance, make


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def instance(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Instance]:
    """The same installation on both databases."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgres" else ""
    made = make(tmp_path_factory.mktemp(request.param) / "instance", url)
    yield made
    made.close()
