"""The demonstration's laboratory on both databases, one installation each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.instance import make
from tests.integration.db.stock import fresh_database
from tests.integration.lab_killed.laboratory import Lab, at_work

PARAMS = ["sqlite", pytest.param("postgres", marks=pytest.mark.prove)]
"""Every run on the one, ``make prove`` on the other too: a death costs a face's start."""


@pytest.fixture(scope="package", params=PARAMS)
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The laboratory at work."""
    folder = tmp_path_factory.mktemp(f"lab-killed-{request.param}") / "instance"
    with ExitStack() as until:
        url = ""
        if request.param == "postgres":  # a database of its own: keys belong to one installation
            url = until.enter_context(fresh_database(request.getfixturevalue("postgres_url")))
        instance = make(folder, url)
        until.callback(instance.close)
        yield until.enter_context(at_work(instance))
