"""With the real press: the face answers while a thousand slips are drawn; a killed worker."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from qol.adapters.paper.press import Press
from qol.adapters.paper.slips import LIMITS, PaperSlips
from qol.adapters.words import read_catalogues
from qol.bootstrap.lab_batches import in_background
from qol.usecases.lab.batches.printing import Stage
from tests.cast import LEO, MAX
from tests.lab_batches import Lab, make, post

PATIENCE = 600  # tries, not seconds: each one is a page that was answered


@pytest.fixture
def presses() -> list[Press]:
    """Every press that was made, the newest last."""
    return []


@pytest.fixture
def lab(tmp_path: Path, presses: list[Press]) -> Iterator[Lab]:
    def press() -> Press:
        presses.append(Press(LIMITS))
        return presses[-1]

    made = make(tmp_path, PaperSlips(read_catalogues(), press), in_background)
    yield made
    made.close()


def stage(lab: Lab, waits: str) -> tuple[Stage, int]:
    found = lab.acts.draw.prints.find(waits.rsplit("/", 1)[1], lab.clock.now())
    assert found is not None
    return found.stage, found.drawn


def until(lab: Lab, waits: str, *wanted: Stage, drawn: int = 0) -> Stage:
    """Look at other pages until the print is that far; every one of them is answered."""
    client = lab.client(LEO)
    for _ in range(PATIENCE):
        now, done = stage(lab, waits)
        if now in wanted and done >= drawn:
            return now
        assert client.get("/fr/batches").status_code == 200
        time.sleep(0.1)
    raise AssertionError(f"the print stays {now} at {done}")


def test_the_face_answers_meanwhile_and_a_killed_worker_costs_nothing(
    lab: Lab, presses: list[Press]
) -> None:
    batch, few, client = lab.issued(1000), lab.issued(3), lab.client(MAX)
    waits = str(post(client, f"/fr/batches/{batch}/slips", language="fr").location)
    until(lab, waits, Stage.DRAWING, drawn=30)
    assert "1000" in client.get(waits).text
    assert stage(lab, waits)[0] is Stage.DRAWING
    assert presses[0]._worker
    os.kill(presses[0]._worker.process.pid, signal.SIGKILL)
    assert until(lab, waits, Stage.FAILED, Stage.READY) is Stage.FAILED
    assert "n’ont pas pu être préparées" in client.get(waits).text
    assert lab.codes(batch) == [("issued", 1)] * 1000

    waits = str(post(client, f"/fr/batches/{few}/slips", language="fr").location)
    assert until(lab, waits, Stage.FAILED, Stage.READY) is Stage.READY
    answer = post(client, waits)
    with pikepdf.open(BytesIO(answer.data)) as opened:
        assert len(opened.pages) == 2
    assert lab.codes(few) == [("issued", 0)] * 3
    assert presses[-1]._worker is None  # no code stays in a worker that waits
