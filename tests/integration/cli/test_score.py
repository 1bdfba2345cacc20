"""``instruments score``: a file with a fault is named by row and column, and gives nothing."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from pathlib import Path

import pytest

from qol.adapters.instruments.answers_csv import AnswersFile
from qol.domain.scoring import Scoring
from tests.builders import definition
from tests.integration.cli.conftest import Run

HEAD = "MO,SC,UA,PD,AD,VAS"
GOOD = "2,1,1,3,1,70"


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "answers.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def score(run: Run, file: Path, *more: str | Path, code: int = 0) -> str:
    found = run("instruments", "score", "eq-5d-5l", "--answers", file, *more, code=code)
    if code:
        assert found.stdout == ""
        return found.stderr
    return found.stdout


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("MO", "0"),
        ("SC", "6"),
        ("UA", "a"),
        ("PD", "1.5"),
        ("AD", " 1"),
        ("AD", "1 "),
        ("AD", " "),
        ("MO", "-1"),
        ("MO", "01"),
        ("MO", "1e0"),
        ("MO", "١"),  # an Arabic-Indic one: a digit for Python, no code
        ("MO", "1\N{NO-BREAK SPACE}"),
        ("VAS", "101"),
        ("VAS", "99999999999999999999"),
        ("MO", "=1+1"),
        ("MO", '"1\n"'),
    ],
)
def test_a_wrong_code_is_named_by_row_and_column_and_not_repeated(
    column: str, cell: str, run: Run, tmp_path: Path
) -> None:
    cells = dict(zip(HEAD.split(","), GOOD.split(","), strict=True)) | {column: cell}
    file = written(tmp_path, "\n".join([HEAD, GOOD, ",".join(cells.values()), GOOD, ""]))
    told = score(run, file, code=1)
    assert f"row 2 (line 3), column {column}: " in told or f"(line 4), column {column}: " in told
    assert told.count("column") == 1
    assert len(cell) < 4 or cell not in told


def test_every_fault_is_told_up_to_twenty(run: Run, tmp_path: Path) -> None:
    told = score(
        run, written(tmp_path, f"{HEAD}\n0,9,x,{','.join(' ' * 3)}\n" + "7,,,,,\n" * 40), code=1
    )
    lines = told.strip().splitlines()
    assert "row 1 (line 2), column MO" in lines[0]
    assert "row 2 (line 3), column MO" in told
    assert len(lines) == 21


@pytest.mark.parametrize(
    ("header", "row", "sentence"),
    [
        ("MO,SC,UA,PD,VAS", "1,1,1,1,1", "column AD: it is missing, and profile needs it"),
        ("MO,SC,UA,PD,AD,VAS,XX", "1,1,1,1,1,1,1", "column XX: eq-5d-5l has no such item"),
        ("MO,SC,UA,PD,AD,AD,VAS", "1,1,1,1,1,1,1", "column AD: it stands twice"),
        ("MO,SC,UA,PD,AD,,VAS", "1,1,1,1,1,1,1", "column (without a name): eq-5d-5l has no such"),
        ("mo,SC,UA,PD,AD,VAS", "1,1,1,1,1,1", "column mo: eq-5d-5l has no such item"),
        (" MO,SC,UA,PD,AD,VAS", "1,1,1,1,1,1", "column  MO: eq-5d-5l has no such item"),
        ("", "", "the first row names no item of eq-5d-5l"),
        (HEAD, "1,1,1", "row 1 (line 2): it has 3 cells for 6 columns"),
        (HEAD, GOOD + ",1", "row 1 (line 2): it has 7 cells for 6 columns"),
        (HEAD, "1;1;1;1;1;1", "row 1 (line 2): it has 1 cells for 6 columns"),
        (HEAD, '"1"x,1,1,1,1,1', "line 2: it is not CSV"),
        (HEAD, "\x00,1,1,1,1,1", "column MO"),
    ],
)
def test_a_file_of_another_shape_is_refused(
    header: str, row: str, sentence: str, run: Run, tmp_path: Path
) -> None:
    told = score(run, written(tmp_path, f"{header}\n{row}\n"), code=1)
    assert f"answers.csv: {sentence}" in told or sentence in told


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + f"{HEAD}\n{GOOD}\n".encode(),
        f"{HEAD}\r\n{GOOD}\r\n".replace(",", ";").encode(),
        b"\xef\xbb\xbf" + f"{HEAD}\r\n{GOOD}\r\n\r\n".replace(",", ";").encode(),
        b"VAS,AD,PD,UA,SC,MO\n70,1,3,1,1,2",
    ],
)
def test_what_spreadsheets_write_is_read(raw: bytes, run: Run, tmp_path: Path) -> None:
    (row,) = table(score(run, written(tmp_path, raw)))
    assert row["profile"] == "21131"
    assert float(row["fr_vt"]) == pytest.approx(1 - 0.03759 - 0.04704, abs=1e-12)
    assert row["eq_vas"] == "70"


def test_text_that_is_not_utf8_is_refused(run: Run, tmp_path: Path) -> None:
    assert "it is not UTF-8 text" in score(run, written(tmp_path, "é".encode("latin-1")), code=1)


def test_nothing_is_written_of_a_file_with_a_fault_in_its_last_row(
    run: Run, tmp_path: Path
) -> None:
    file = written(tmp_path, HEAD + "\n" + f"{GOOD}\n" * 500 + "1,1,1,1,9,1\n")
    out = tmp_path / "scores.csv"
    assert "row 501 (line 502), column AD" in score(run, file, "--output", out, code=1)
    assert not out.exists()


def test_a_file_that_is_there_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    file, out = written(tmp_path, f"{HEAD}\n{GOOD}\n"), tmp_path / "scores.csv"
    out.write_text("mine")
    assert "is already there" in score(run, file, "--output", out, code=1)
    assert out.read_text() == "mine"


def test_cases_keep_their_names_and_their_order(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "case,MO,SC,UA,PD,AD\nb,1,1,1,1,1\n=a,,1,1,1,1\n")
    found = table(score(run, file))
    assert [row["case"] for row in found] == ["b", "'=a"]
    assert [row["fr_vt"] for row in found] == ["1", ""]
    assert [row["profile"] for row in found] == ["11111", "91111"]


def test_a_scale_without_any_column_stays_empty_and_this_is_said(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "MO,SC,UA,PD,AD\n1,1,1,1,1\n")
    found = run("instruments", "score", "eq-5d-5l", "--answers", file)
    assert table(found.stdout)[0]["eq_vas"] == ""
    assert "no item of eq_vas" in found.stderr


def test_json_says_how_each_score_came_to_be(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, "q1,q2,q3,q4,q5,q6,q7\n1,1,1,1,1,1,1\n1,,declined,1,1,1,1\n")
    found = json.loads(
        run("instruments", "score", "gad-7", "--answers", file, "--format", "json").stdout
    )
    assert (found["instrument"], found["version"]) == ("gad-7", "1")
    assert {"questions_sha256", "scoring_sha256"} <= set(found)
    first, second = found["cases"]
    assert first["scores"]["severity_band"] == {
        "value": 1.0,
        "algorithm": "bands",
        "version": "1",
        "items_used": 7,
        "items_total": 7,
        "rule": "none",
        "reason": None,
        "band": "mild",
    }
    total = second["scores"]["total"]
    assert (total["value"], total["items_used"], total["reason"]) == (None, 5, "too_few_items")


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    instrument = definition("gad-7").instrument
    scoring, peaks = Scoring(instrument), []
    for rows in (500, 10_000):
        file = written(tmp_path, "q1,q2,q3,q4,q5,q6,q7\n" + "1,2,3,0,1,,2\n" * rows)
        tracemalloc.start()
        answers = AnswersFile(file, instrument)
        assert answers.check() == rows
        assert sum(bool(scoring(case.answers)) for case in answers.cases()) == rows
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
