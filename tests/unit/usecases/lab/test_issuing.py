"""A page issues once; a key file holds what its recipient needs, and only closed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from qol.domain.errors import EnvelopeError
from qol.domain.pseudonym import Pseudonym, parse
from qol.usecases.lab.batches.collect_slips import CollectSlips, NoSuchPrintError
from qol.usecases.lab.batches.key_file import Recipient, RecipientEndedError, key_file
from qol.usecases.lab.batches.printing import Drawing, Stage
from qol.usecases.lab.batches.slips_of import ChangedError, digest_of
from qol.usecases.lab.issue_pseudonyms import IssuePseudonyms, Wish
from qol.usecases.lab.pseudonyms import Mint, Place
from qol.usecases.lab.replace_pseudonym import ReplacePseudonym
from tests.fakes import FixedClock, PlainDigests
from tests.unit.usecases.lab.fake_batches import COPIES, FakeBatches, PlainParcels
from tests.unit.usecases.lab_fakes import (
    FakeLabStore,
    PlainPacker,
    PlainSlips,
    SeededDice,
    open_to,
)

CLOCK = FixedClock()
HOLDER = Recipient("R" * 26, "dpo", "age1", "f" * 40, "leo", CLOCK.now())


def store_of() -> FakeLabStore:
    opened = open_to("A")
    opened.recipients[HOLDER.reference] = HOLDER
    return FakeLabStore(opened)


def mint() -> Mint:
    return Mint(SeededDice(), PlainDigests(), PlainSlips(), demonstration=False)


def issuing(store: FakeLabStore) -> IssuePseudonyms:
    return IssuePseudonyms(store, mint(), CLOCK, PlainPacker())


def test_a_page_issues_once() -> None:
    store = store_of()
    issue = issuing(store)
    first = issue("demo", "A", 3, "leo", Wish("T" * 26))
    again = issue("demo", "A", 3, "leo", Wish("T" * 26))
    assert (first.reference, len(first.issued)) == (again.reference, 3)
    assert again.issued == ()
    assert (len(store.state.subjects), len(store.state.events)) == (3, 1)
    issue("demo", "A", 3, "leo")
    assert len(store.state.subjects) == 6


def test_nothing_is_made_for_a_key_that_ended_since_the_page_was_read() -> None:
    store = store_of()
    store.state.recipients[HOLDER.reference] = replace(HOLDER, ended_at=CLOCK.now())
    with pytest.raises(RecipientEndedError):
        issuing(store)("demo", "A", 5, "leo", Wish("T" * 26, HOLDER))
    assert (store.state.batches, store.state.subjects, store.state.events) == ([], [], [])


def test_a_key_file_is_made_with_its_batch_and_holds_each_code_once() -> None:
    store = store_of()
    issuing(store)("demo", "A", 5, "leo", Wish("T" * 26, HOLDER))
    [batch] = store.state.batches
    assert batch.package is not None
    assert batch.package.recipient == HOLDER.reference
    closed, head, *lines = batch.package.content.decode().split()
    assert (closed, head) == ("for", "age1")
    rows = [line.split(",") for line in lines[1:]]
    stored = {
        (one.pseudonym.digest.decode(), one.reference, one.sheet_number)
        for one in store.state.subjects
    }
    assert {tuple(row) for row in rows} == stored
    assert [row[2] for row in rows] == sorted(row[2] for row in rows)
    assert not any(row[0] in repr(store.state.events) for row in rows)


def test_without_a_recipient_there_is_no_key_file() -> None:
    store = store_of()
    issuing(store)("demo", "A", 2, "leo", Wish("T" * 26))
    assert store.state.batches[0].package is None


def test_a_key_file_is_csv_by_sheet_number() -> None:
    code: Pseudonym = mint().code()
    content = key_file([(code, "S2", "0000B"), (code, "S1", "0000A")]).decode()
    head, first, second, end = content.split("\r\n")
    assert (head, end) == ("pseudonym,subject_reference,sheet_number", "")
    assert [line.split(",")[1:] for line in (first, second)] == [["S1", "0000A"], ["S2", "0000B"]]
    assert parse(first.split(",")[0]) == code


def test_a_replacement_is_one_and_never_takes_a_number_that_was_there() -> None:
    store = store_of()
    issuing(store)("demo", "A", 1, "leo")
    old = store.state.subjects[0].sheet_number
    replace = ReplacePseudonym(store, CLOCK, mint())
    new = replace(Place("demo", "A", old), "leo", "T" * 26)
    assert replace(Place("demo", "A", old), "leo", "T" * 26).sheet_number == new.sheet_number
    [kept] = store.state.replacements
    assert (kept.old, kept.new) == (old, new.sheet_number)


@dataclass
class Loaded(SeededDice):
    """Dice that show what they were told to."""

    shown: list[int] = field(default_factory=list)

    def below(self, bound: int) -> int:
        return self.shown.pop(0)


def test_a_number_that_a_sheet_carries_or_carried_is_drawn_again() -> None:
    dice = Loaded(shown=[*[0] * 5, *[1] * 5, *[1] * 5, *[2] * 5])
    mint = Mint(dice, PlainDigests(), PlainSlips(), demonstration=False)
    assert mint.sheet_numbers(2, {"00000"}) == ["11111", "22222"]


def drawing(stage: Stage = Stage.READY) -> Drawing:
    sealed = PlainParcels().seal("s", "P", digest_of(COPIES) + b"%PDF")
    return Drawing("P", "b1", "max", stage, 2, 2, CLOCK.now(), sealed)


def collecting(batches: FakeBatches) -> CollectSlips:
    return CollectSlips(batches, batches, PlainParcels(), CLOCK)


def test_collecting_takes_the_copies_that_were_drawn() -> None:
    batches = FakeBatches(drawing())
    assert collecting(batches)("demo", "b1", "P", "max", "s") == b"%PDF"
    assert batches.left == []
    assert [event.detail for event in batches.events] == [{"count": 2}]
    assert batches.drawing.stage is Stage.COLLECTED


@pytest.mark.parametrize("lost", [0, 1])
def test_a_copy_that_went_another_way_stops_it(lost: int) -> None:
    batches = FakeBatches(drawing())
    del batches.left[lost]
    with pytest.raises(ChangedError):
        collecting(batches)("demo", "b1", "P", "max", "s")
    assert batches.events == []
    assert len(batches.left) == 1


def test_the_second_of_two_clicks_at_once_gets_the_same_file() -> None:
    batches = FakeBatches(drawing(), meanwhile=True)
    batches.left.clear()
    assert collecting(batches)("demo", "b1", "P", "max", "s") == b"%PDF"
    assert [event.detail for event in batches.events] == [{"count": 2, "again": 1}]


def test_a_death_after_the_commit_loses_no_file() -> None:
    """The process died before it could say on the print that it was collected."""
    batches = FakeBatches(drawing())
    collecting(batches)("demo", "b1", "P", "max", "s")
    batches.drawing = drawing()
    assert collecting(batches)("demo", "b1", "P", "max", "s") == b"%PDF"
    assert [event.detail for event in batches.events] == [{"count": 2}, {"count": 2, "again": 1}]


@pytest.mark.parametrize(
    ("batch", "reference", "actor", "secret"),
    [
        ("b2", "P", "max", "s"),
        ("b1", "Q", "max", "s"),
        ("b1", "P", "leo", "s"),
        ("b1", "P", "max", "other"),
    ],
)
def test_nobody_else_and_no_other_session_collects(
    batch: str, reference: str, actor: str, secret: str
) -> None:
    batches = FakeBatches(drawing())
    with pytest.raises(NoSuchPrintError):
        collecting(batches)("demo", batch, reference, actor, secret)
    assert len(batches.left) == 2


def test_a_print_that_is_old_is_gone() -> None:
    batches = FakeBatches(drawing())
    clock = FixedClock()
    clock.move(minutes=11)
    with pytest.raises(NoSuchPrintError):
        CollectSlips(batches, batches, PlainParcels(), clock)("demo", "b1", "P", "max", "s")


def test_the_twin_refuses_another_secret_as_the_real_one_does() -> None:
    with pytest.raises(EnvelopeError):
        PlainParcels().open("t", "P", PlainParcels().seal("s", "P", b"x"))
