"""A million cases through the documented command, in memory that does not grow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.tree import ROOT

ROWS = 1_000_000
MEGABYTES = 150  # Python, its libraries and one row; a million rows would be ten times that


@pytest.mark.prove
def test_a_million_rows_are_scored_in_constant_memory(tmp_path: Path) -> None:
    answers, scores = tmp_path / "answers.csv", tmp_path / "scores.csv"
    with answers.open("w", encoding="utf-8") as file:
        file.write("q1,q2,q3,q4,q5,q6,q7\n")
        for _ in range(ROWS // 1_000):
            file.write("1,2,3,0,1,0,2\n0,,0,0,0,0,0\n" * 500)
    command = [sys.executable, "-m", "qol", "instruments", "score", "gad-7"]
    child = subprocess.Popen(
        [*command, "--answers", str(answers), "--output", str(scores)],
        cwd=ROOT,
        env={**os.environ, "QOL_INSTANCE": str(tmp_path / "instance")},
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)  # it is reaped: Popen need not wait
    assert child.returncode == 0
    assert usage.ru_maxrss < MEGABYTES * 1024
    with scores.open(encoding="utf-8") as file:
        assert [next(file).strip() for _ in range(3)] == ["total,severity_band", "9,mild", ","]
        assert sum(1 for _ in file) == ROWS - 2
