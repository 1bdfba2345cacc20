"""Batches as they were issued; what was issued before stays and is listed without a day."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from qol.adapters.db.ledger import Recorder
from qol.adapters.db.migrating import current, upgrade
from qol.adapters.db.starting import HEAD
from qol.adapters.db.store_batches import SqlBatchStore
from tests.integration.db.stock import Place

BEFORE = "0008"


@pytest.fixture
def before(bare: Place) -> Place:
    """A database of the revision before, with a batch of two codes, one of them live."""
    return _with_batch(bare)


def _with_batch(place: Place) -> Place:
    upgrade(place.url, BEFORE)
    for number, state in ((1, "live"), (2, "issued")):
        place.ask(
            "INSERT INTO subject (reference, programme, site, batch, sheet_number)"
            f" VALUES ('S{number}', 'demo', 'A', 'b1', '0000{number}')"
        )
        place.ask(
            "INSERT INTO pseudonym (subject_id, digest, state)"
            f" SELECT id, CAST('d{number}' AS {_bytes(place)}), '{state}' FROM subject"
            f" WHERE reference = 'S{number}'"
        )
    return place


def _bytes(place: Place) -> str:
    return "BLOB" if place.url.startswith("sqlite") else "BYTEA"


def test_a_batch_of_before_is_listed_without_a_day(before: Place) -> None:
    upgrade(before.url)
    assert current(before.url) == HEAD
    database = before.lab().records.database
    store = SqlBatchStore(database, Recorder(before.clock, before.dice))
    with store.reading() as unit:
        [one] = unit.batches("demo")
    assert (one.reference, one.issued_at) == ("b1", None)
    assert (one.size, one.live, one.issued) == (2, 1, 1)


BATCH = (
    "INSERT INTO batch (reference, programme, site, issued_at, attempt, actor)"
    " VALUES ('{}', 'demo', 'A', '2026-11-22', '{}', 'leo')"
)
RECIPIENT = (
    "INSERT INTO recipient (reference, programme, label, key, fingerprint, actor, registered_at)"
    " VALUES ('{}', 'demo', 'dpo', 'age1', 'f', 'leo', '2026-11-22')"
)
KEY_FILE = "INSERT INTO key_file (batch, recipient, content, outcome) VALUES ('b2', 'r1', {}, {})"


def test_an_attempt_is_one_batch_and_a_label_one_recipient(before: Place) -> None:
    upgrade(before.url)
    before.ask(BATCH.format("b2", "a"))
    before.ask(RECIPIENT.format("r1"))
    for twice in (BATCH.format("b3", "a"), RECIPIENT.format("r2")):
        with pytest.raises(IntegrityError):
            before.ask(twice)


def test_a_key_file_that_ended_is_not_here(before: Place) -> None:
    upgrade(before.url)
    before.ask(BATCH.format("b2", "a"))
    before.ask(RECIPIENT.format("r1"))
    here = f"CAST('x' AS {_bytes(before)})"
    for content, outcome in ((here, "'released'"), ("NULL", "NULL"), ("NULL", "'lost'")):
        with pytest.raises(IntegrityError):
            before.ask(KEY_FILE.format(content, outcome))
    before.ask(KEY_FILE.format(here, "NULL"))
    before.ask("UPDATE key_file SET content = NULL, outcome = 'released'")
