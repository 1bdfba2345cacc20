"""Whatever is done to the ledger after the fact is found, and named."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qol.domain.ledger import (
    Checkpoint,
    Fault,
    Finding,
    LedgerRow,
    canonical,
    chained,
    detail_json,
    first_previous,
    next_hash,
    verify,
)


def segment(name: str = "S1", count: int = 6, start: bytes | None = None) -> list[LedgerRow]:
    previous = start or first_previous(name)
    rows = []
    for number in range(1, count + 1):
        at = f"2026-11-22T08:00:{number:02d}+00:00"
        detail = detail_json({"mode": "self_online"})
        row = LedgerRow(
            name, number, at, "administration.deposited", "patient", f"R{number}", detail
        )
        rows.append(chained(previous, row))
        previous = rows[-1].hash
    return rows


def signed(rows: list[LedgerRow], number: int) -> Checkpoint:
    row = rows[number - 1]
    return Checkpoint(row.segment, row.number, row.hash)


def faults(rows: list[LedgerRow], *checkpoints: Checkpoint) -> list[tuple[Fault, str, int, int]]:
    found = verify(iter(rows), iter(checkpoints))
    return [(finding.fault, finding.segment, finding.number, finding.last) for finding in found]


def test_an_untouched_ledger_has_no_findings() -> None:
    one, two = segment("S1"), segment("S2")
    mixed = [row for pair in zip(one, two, strict=True) for row in pair]
    assert verify(mixed, [signed(one, 3), signed(one, 6), signed(two, 6)]) == []
    assert verify([], []) == []


@pytest.mark.parametrize("number", range(1, 7))
@pytest.mark.parametrize("column", ["at", "act", "actor", "reference", "detail"])
def test_an_edited_row_is_named(number: int, column: str) -> None:
    rows = segment()
    edited: dict[str, Any] = {column: "edited"}
    rows[number - 1] = replace(rows[number - 1], **edited)
    assert faults(rows) == [(Fault.ALTERED, "S1", number, number)]


def test_an_edited_row_with_its_hash_made_anew_is_found_at_the_next() -> None:
    rows = segment()
    rows[2] = chained(rows[1].hash, replace(rows[2], actor="nobody"))
    assert faults(rows) == [(Fault.ALTERED, "S1", 4, 4)]


def test_an_edited_hash_is_found() -> None:
    rows = segment()
    rows[2] = replace(rows[2], hash=bytes(32))
    assert faults(rows) == [(Fault.ALTERED, "S1", 3, 3), (Fault.ALTERED, "S1", 4, 4)]


def test_a_row_moved_to_another_segment_is_found() -> None:
    rows = segment()
    rows[0] = replace(rows[0], segment="S2")
    assert set(faults(rows)) == {(Fault.MISSING, "S1", 1, 1), (Fault.ALTERED, "S2", 1, 1)}


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 2), (2, 4), (1, 5), (5, 5)])
def test_deleted_rows_are_named(low: int, high: int) -> None:
    rows = segment()
    del rows[low - 1 : high]
    assert faults(rows) == [(Fault.MISSING, "S1", low, high)]


def test_a_deletion_hidden_by_new_numbers_is_found() -> None:
    rows = segment()
    del rows[2]
    hidden = [replace(row, number=number) for number, row in enumerate(rows, start=1)]
    assert (Fault.ALTERED, "S1", 3, 3) in faults(hidden)


def test_reordered_rows_are_named() -> None:
    rows = segment()
    rows[1], rows[2] = rows[2], rows[1]
    assert faults(rows) == [(Fault.REORDERED, "S1", 2, 2)]


def test_reordered_contents_are_found() -> None:
    rows = segment()
    rows[1], rows[2] = replace(rows[2], number=2), replace(rows[1], number=3)
    assert (Fault.ALTERED, "S1", 2, 2) in faults(rows)


def test_a_late_row_splits_a_gap() -> None:
    rows = segment()
    moved = [rows[0], rows[5], rows[2]]
    assert faults(moved) == [
        (Fault.MISSING, "S1", 2, 2),
        (Fault.REORDERED, "S1", 3, 3),
        (Fault.MISSING, "S1", 4, 5),
    ]


def test_a_row_that_is_there_twice_is_named() -> None:
    rows = segment()
    rows.insert(3, rows[2])
    assert faults(rows) == [(Fault.REORDERED, "S1", 3, 3)]


def test_a_number_beyond_all_bounds_costs_nothing() -> None:
    rows = segment()
    rows[5] = replace(rows[5], number=2**62)
    assert faults(rows) == [(Fault.MISSING, "S1", 6, 2**62 - 1)]


@pytest.mark.parametrize("left", [0, 1, 3])
def test_a_truncation_before_a_checkpoint_is_named(left: int) -> None:
    rows = segment()
    checkpoint = signed(rows, 4)
    assert faults(rows[:left], checkpoint) == [(Fault.TRUNCATED, "S1", left + 1, 4)]


def test_a_truncation_after_the_last_checkpoint_cannot_be_known() -> None:
    rows = segment()
    assert faults(rows[:4], signed(rows, 4)) == []


def test_a_chain_written_anew_contradicts_its_checkpoint() -> None:
    rows = segment()
    checkpoint = signed(rows, 4)
    forged = segment(start=b"x" * 32)
    anew, previous = [], first_previous("S1")
    for row in forged:
        anew.append(chained(previous, replace(row, actor="nobody")))
        previous = anew[-1].hash
    assert faults(anew) == []
    assert faults(anew, checkpoint) == [(Fault.CONTRADICTED, "S1", 4, 4)]


def test_two_checkpoints_that_contradict_each_other_are_found() -> None:
    rows = segment()
    other = Checkpoint("S1", 4, bytes(32))
    assert faults(rows, signed(rows, 4), other) == [(Fault.CONTRADICTED, "S1", 4, 4)]


def test_a_segment_starts_from_its_own_name() -> None:
    assert faults(segment(start=b"y" * 32)) == [(Fault.ALTERED, "S1", 1, 1)]
    assert first_previous("S1") != first_previous("S2")


def test_a_finding_is_one_sentence() -> None:
    assert str(Finding(Fault.MISSING, "S1", 2, 4)) == (
        "Segment S1, rows 2–4: deleted, since later rows are there."
    )
    for fault in Fault:
        assert str(Finding(fault, "S1", 3, 3)).startswith("Segment S1, row 3: ")


def test_detail_has_one_form() -> None:
    assert detail_json({"b": 1, "a": "é"}) == '{"a":"\\u00e9","b":1}'
    assert detail_json({}) == "{}"


PARTS = st.text("ab1", max_size=3)
ROWS = st.builds(
    LedgerRow, PARTS, st.integers(1, 30), PARTS, PARTS, PARTS, PARTS, PARTS, st.binary(max_size=2)
)


@given(ROWS, ROWS)
def test_two_rows_never_give_the_same_bytes(one: LedgerRow, two: LedgerRow) -> None:
    same = replace(one, hash=b"") == replace(two, hash=b"")
    assert (canonical(one) == canonical(two)) == same


def test_the_form_of_the_first_hash_stands() -> None:
    row = LedgerRow("S", 1, "2026-11-22T08:00:00+00:00", "a", "b", "c", "{}")
    assert next_hash(first_previous("S"), row).hex() == (
        "f516ef0f4f235a50ddd7106aa54fa5be9b5e763c8f6eb6c050545382d3144cda"
    )
