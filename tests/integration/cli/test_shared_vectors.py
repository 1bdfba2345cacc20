"""Every shared vector, through the documented command and nothing else."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.builders import definition
from tests.integration.cli.conftest import Run
from tests.integration.cli.shared_vectors import ABSENT, TABLES, VECTORS, Row, Table, rows

pytestmark = pytest.mark.skipif(not VECTORS.is_dir(), reason=ABSENT)


def scored(run: Run, folder: Path, table: Table, wanted: list[Row]) -> list[dict[str, str]]:
    columns = [
        item.code
        for item in definition(table.instrument).instrument.items
        if any(item.code in row.answers for row in wanted)
    ]
    file = folder / "answers.csv"
    lines = [",".join(columns)]
    lines += [",".join(row.answers.get(code, "") for code in columns) for row in wanted]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = run("instruments", "score", table.instrument, "--answers", file).stdout
    return list(csv.DictReader(io.StringIO(found)))


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_every_shared_vector(table: Table, run: Run, tmp_path: Path) -> None:
    instrument = definition(table.instrument).instrument
    scales = {scale.code for scale in instrument.scales}
    wanted = list(rows(table, {item.code for item in instrument.items}, scales))
    found = scored(run, tmp_path, table, wanted)
    assert len(found) == len(wanted) > 3
    compared = 0
    for number, (expected, given) in enumerate(zip(wanted, found, strict=True), start=1):
        assert set(expected.scores) <= set(given)
        for scale, cell in expected.scores.items():
            compared += bool(cell)
            assert agree(cell, given[scale], table.decimals.get(scale)), (
                number,
                scale,
                cell,
                given[scale],
            )
    assert compared >= len(wanted)


def agree(cell: str, given: str, decimals: int | None) -> bool:
    """Sums and T scores exactly; others to half a unit of the last decimal that is printed."""
    if not cell or not given:
        return cell == given
    try:
        wanted, value = float(cell), float(given)
    except ValueError:
        return cell == given
    printed = len(cell.partition(".")[2])
    half = 0.0 if decimals is None and printed <= 1 else 0.5 * 10.0 ** -(decimals or printed)
    return abs(value - wanted) <= half + 1e-9


def test_the_raw_to_t_table_is_the_shared_one() -> None:
    with (VECTORS / "promis_global10_raw_to_t.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    scales = {scale.code: scale for scale in definition("promis-global-10").instrument.scales}
    for scale in ("GPH_T", "GMH_T"):
        assert scales[scale].parameters["table"] == {row["raw"]: float(row[scale]) for row in table}


def test_every_combination_of_the_composite_table(run: Run, tmp_path: Path) -> None:
    """One symptom for each combination of attributes; all 179 rows of the published table."""
    symptoms = {"1": "16", "2": "1", "3": "27", "4": "9", "5": "18", "6": "3", "7": "17"}
    instrument = definition("pro-ctcae").instrument
    with (VECTORS / "pro_ctcae_composite_full_table.csv").open(encoding="utf-8") as file:
        table = list(csv.DictReader(file))
    assert len(table) == 179
    for rank, number in symptoms.items():
        scale = next(s for s in instrument.scales if s.code == f"PROCTCAE_{number}_COMP")
        kept = [row for row in table if row["rank"] == rank]
        lines = [",".join(scale.items)]
        lines += [",".join(row[c] for c in ("frq", "sev", "int") if row[c]) for row in kept]
        file_ = tmp_path / f"{rank}.csv"
        file_.write_text("\n".join(lines) + "\n", encoding="utf-8")
        found = run("instruments", "score", "pro-ctcae", "--answers", file_).stdout
        grades = [row[scale.code] for row in csv.DictReader(io.StringIO(found))]
        assert grades == [row["comp"] for row in kept]
