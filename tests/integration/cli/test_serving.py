import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

from qol.bootstrap.cli import TOP, workshop
from qol.cli.demonstration.mail_room import fill_mail_room
from qol.cli.demonstration.making import SITE, fill
from tests.integration.cli.conftest import Run
from tests.staff_face import post

PORT = 18470


@contextmanager
def _served(instance: Path, port: int) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """Start the demonstration and give its process and what it printed."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("QOL_")}
    serving = subprocess.Popen(
        [sys.executable, "-m", "qol", "demo", "serve", "--port", str(port)],
        cwd=TOP,
        env=kept | {"QOL_INSTANCE": str(instance), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert serving.stdout is not None
        printed = ""
        for line in serving.stdout:
            printed += line
            if "Ctrl-C" in line:
                break
        yield serving, printed
    finally:
        serving.terminate()
        serving.communicate(timeout=30)


def _codes(printed: str) -> set[str]:
    return set(re.findall(r"^    (\w{4} \w{4} \w{5})$", printed, re.MULTILINE))


def _children(process: int) -> list[int]:
    listed = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [int(child) for child in listed.split()]


def test_three_faces_answer_and_stop_together(tmp_path: Path) -> None:
    with _served(tmp_path / "instance", PORT) as (serving, printed):
        assert printed.count("\n    ") >= 6
        assert "records export" in printed
        for port in (PORT, PORT + 1, PORT + 2):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as answer:
                assert answer.status == 200
                assert answer.headers["Cache-Control"] == "no-store"
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        children = _children(serving.pid)
        assert len(children) == 3
        environments = [Path(f"/proc/{c}/environ").read_bytes().split(b"\0") for c in children]
        faces = {e for environment in environments for e in environment if b"QOL_FACE" in e}
        assert faces == {b"QOL_FACE=patient", b"QOL_FACE=hcp", b"QOL_FACE=lab"}
        serving.send_signal(signal.SIGINT)
        assert serving.wait(30) == 0
        time.sleep(0.2)
        assert not [child for child in children if Path(f"/proc/{child}").exists()]


def test_a_face_that_dies_is_told_and_a_second_start_reuses_all(tmp_path: Path) -> None:
    port = PORT + 5
    with _served(tmp_path / "instance", port) as (serving, first):
        os.kill(_children(serving.pid)[1], signal.SIGKILL)
        assert serving.stdout is not None
        rest = serving.stdout.read()
        assert serving.wait(30) == 1
        assert "The hcp face was ended by signal 9" in rest
    with _served(tmp_path / "instance", port) as (_, second):
        before, after = _codes(first), _codes(second)
        assert len(before) == len(after) == 5
        assert not before & after


def test_a_newcomer_signs_in_with_what_is_printed(demonstration: Path, run: Run) -> None:
    printed = run("demo", "code").output
    password = re.search(r"password of all: (.+)", printed)
    assert password
    for face, login in (("hcp", "ana"), ("lab", "lena"), ("lab", "ada")):
        found = re.search(rf"^ +{login} +(\d{{6}}) ", printed, re.MULTILINE)
        assert found
        app = import_module(f"qol.bootstrap.{face}").build(
            {
                "QOL_ORIGIN": "http://localhost",
                "QOL_PATIENT_ORIGIN": "http://patient.localhost",
                "QOL_INSTANCE": str(demonstration),
                "QOL_DEMONSTRATION": "1",
            }
        )
        client = app.test_client()
        assert post(client, "/fr/sign-in", login=login, password=password[1]).status_code == 303
        assert post(client, "/fr/second-factor", code=found[1]).location == "/fr/"
        assert client.get("/fr/").location == "/fr/notice"
        assert post(client, "/fr/notice").location == "/fr/"
        assert client.get("/fr/").status_code == 200


def test_the_mail_room_of_the_demonstration_has_something_to_do(
    demonstration: Path,
) -> None:
    shop = workshop({"QOL_INSTANCE": str(demonstration)})
    programme = fill(shop, ())
    for _ in range(2):  # a second start files nothing anew
        fill_mail_room(shop, programme, SITE)
    with closing(sqlite3.connect(demonstration / "portal.sqlite3")) as database:
        states = database.execute("SELECT state FROM received_sheet ORDER BY number").fetchall()
    assert [one for (one,) in states] == ["received", "keyed_once", "keyed_twice", "received"]


def test_only_a_demonstration_prints_sign_ins(run: Run, tmp_path: Path) -> None:
    run("keys", "generate", "--escrow-to", tmp_path)
    run("database", "upgrade")
    assert "Only a demonstration" in run("demo", "code", code=1).stderr
