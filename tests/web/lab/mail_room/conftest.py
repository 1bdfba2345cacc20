"""The mail room on a database, with its people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.mail_room import MailRoom, make


@pytest.fixture
def room(tmp_path: Path) -> Iterator[MailRoom]:
    """A mail room; its file goes with the test."""
    made = make(tmp_path)
    yield made
    made.close()
