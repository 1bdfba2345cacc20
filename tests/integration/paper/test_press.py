"""A worker that dies, is late, is greedy or is spent; and what the caller never loads."""

import json
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from qol.adapters.paper.press import Limits, Press
from qol.domain.errors import PrintingError
from tests.documents import endless, small

ROOT = Path(__file__).parents[3]


def pid(press: Press) -> int:
    """The process that would do the next job."""
    assert press._worker
    return press._worker.process.pid


def test_a_worker_killed_in_mid_job_says_so_and_the_next_job_works() -> None:
    with closing(Press()) as press, ThreadPoolExecutor(1) as threads:
        press.pdf(small("a"))
        killed = pid(press)
        assert press._worker
        job = threads.submit(press.pdf, endless())
        while press._worker.jobs < 2:  # counted just before the request is sent
            time.sleep(0.01)
        os.kill(killed, signal.SIGKILL)
        with pytest.raises(PrintingError, match=r"^The sheet could not be printed\. Please try"):
            job.result()
        assert press.pdf(small("a")).startswith(b"%PDF")
        assert pid(press) != killed


def test_a_worker_killed_between_jobs_costs_nothing() -> None:
    with closing(Press()) as press:
        press.pdf(small("a"))
        killed = pid(press)
        os.kill(killed, signal.SIGKILL)
        assert press._worker
        press._worker.process.wait()
        assert press.pdf(small("a")).startswith(b"%PDF")
        assert pid(press) != killed


def test_a_job_that_takes_too_long_is_ended_and_the_next_job_works() -> None:
    with closing(Press(Limits(seconds=4, pages=100_000))) as press:
        with pytest.raises(PrintingError, match=r"^The sheet could not be printed in time\.$"):
            press.pdf(endless())
        assert press.pdf(small("a")).startswith(b"%PDF")


def test_a_job_that_takes_too_much_memory_is_ended_and_the_next_job_works() -> None:
    greedy = small("<!--" + "a" * 30_000_000 + "-->")
    with closing(Press(Limits(megabytes=240))) as press:
        with pytest.raises(PrintingError, match=r"^The sheet could not be printed\. Please try"):
            press.pdf(greedy)
        assert press.pdf(small("a")).startswith(b"%PDF")
    with closing(Press(Limits(megabytes=4096))) as press:  # memory was all it lacked
        assert press.pdf(greedy).startswith(b"%PDF")


def test_a_document_with_too_many_pages_is_refused_by_the_same_worker() -> None:
    with closing(Press(Limits(pages=2))) as press:
        assert press.pdf(small("<p class=page>a</p>")).startswith(b"%PDF")
        before = pid(press)
        with pytest.raises(PrintingError, match=r"printed: it has more than 2 pages\.$"):
            press.pdf(small("<p class=page>a</p>" * 3))
        assert press.pdf(small("<p class=page>a</p>")).startswith(b"%PDF")
        assert pid(press) == before


def test_a_worker_is_replaced_when_it_has_done_its_jobs() -> None:
    assert Limits().jobs == 50
    with closing(Press(Limits(jobs=3))) as press:
        workers = []
        for _ in range(7):
            press.pdf(small("a"))
            workers.append(pid(press))
    assert len(set(workers)) == 3
    assert workers[0] == workers[2] != workers[3] == workers[5] != workers[6]


def test_jobs_asked_for_together_are_all_done() -> None:
    with closing(Press()) as press, ThreadPoolExecutor(8) as threads:
        pages = [small(f"<p>{number}</p>") for number in range(16)]
        together = list(threads.map(press.pdf, pages))
        assert together == [press.pdf(page) for page in pages]


def test_a_press_whose_turn_does_not_come_says_so() -> None:
    waits = pytest.raises(PrintingError, match="too many are waiting")
    with closing(Press(Limits(seconds=0))) as press, press._turn, waits:
        press.pdf(small("a"))


def test_nothing_is_left_when_the_press_is_closed() -> None:
    press = Press()
    press.pdf(small("a"))
    assert press._worker
    process, folder = press._worker.process, Path(press._worker._folder.name)
    assert (folder / "fonts.conf").is_file()
    press.close()
    assert process.returncode == -signal.SIGKILL
    assert not folder.exists()


def test_no_sheet_is_ever_in_a_file() -> None:
    with closing(Press()) as press:
        press.pdf(small("<p>FK6SY9541SJ3H</p>"))
        assert press._worker
        folder = Path(press._worker._folder.name)
        kept = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
        assert kept
        assert not any(b"FK6S" in content for content in kept)


def test_the_worker_gets_nothing_of_the_environment_of_a_face(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("QOL_DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("QOL_KEYS", "/secret")
    with closing(Press()) as press:
        press.pdf(small("a"))
        given = Path(f"/proc/{pid(press)}/environ").read_bytes().split(b"\0")
        names = {entry.partition(b"=")[0].decode() for entry in given if entry}
    allowed = {"FONTCONFIG_FILE", "TMPDIR", "HOME", "LC_ALL", "PATH"}
    assert names <= allowed | {"LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH"}
    assert "secret" not in str(given)


def test_the_caller_never_loads_what_draws() -> None:
    script = """
import json, sys
from contextlib import closing
from qol.adapters.paper.hand_over import PaperPrinter
from qol.adapters.paper.press import Press
from qol.adapters.words import read_catalogues
from tests import sheets
with closing(Press()) as press:
    assert PaperPrinter(press, read_catalogues()).print_hand_over(sheets.sheet())
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""
    caller = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=True
    )
    loaded = set(json.loads(caller.stdout))
    assert {"segno", "jinja2", "qol"} <= loaded
    assert loaded.isdisjoint({"weasyprint", "pydyf", "fontTools", "tinyhtml5", "cssselect2"})
