"""What is lost, wrong or swapped is told in a sentence at the start, or by a polite page."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import app
from qol.cli.demonstration.serving import FaceAt, command
from tests.instance import TOP, Browser, Instance, make, process, rows

Break = Callable[[Path, dict[str, str]], None]


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    """Another installation, whose keys are good and not ours."""
    return make(tmp_path_factory.mktemp("other") / "instance")


@pytest.fixture
def broken(instance: Instance, tmp_path: Path) -> Instance:
    """A copy of the installation, to be broken."""
    shutil.copytree(instance.folder, tmp_path / "instance")
    shutil.copytree(instance.escrow, tmp_path / "instance-escrow")
    return Instance(tmp_path / "instance")


def patient(folder: Path) -> Path:
    """The patient face's key folder."""
    return folder / "keys" / "patient"


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a key file's text."""
    text = path.read_text("ascii")
    assert old in text
    path.unlink()
    path.write_text(text.replace(old, new), "ascii")
    path.chmod(0o400)


def _swap(folder: Path, one: str, other: str) -> None:
    paths = [next(patient(folder).glob(name)) for name in (one, other)]
    texts = [path.read_text("ascii") for path in paths]
    for path, text in zip(paths, reversed(texts), strict=True):
        path.unlink()
        path.write_text(text, "ascii")
        path.chmod(0o400)


def _from_lab(folder: Path) -> None:
    target = patient(folder) / "lookup.key"
    target.unlink()
    shutil.copy(folder / "keys" / "lab" / "lookup.key", target)


def _shut(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pub(folder: Path) -> Path:
    return min(patient(folder).glob("deposit-public.*.key"))


def _escrow(folder: Path) -> Path:
    return min(patient(folder).glob("escrow-public.*.key"))


BREAKS: dict[str, tuple[Break, str]] = {
    "a lost lookup key": (lambda f, _: (patient(f) / "lookup.key").unlink(), "lookup.key is miss"),
    "a lost throttle key": (lambda f, _: (patient(f) / "throttle.key").unlink(), "throttle.key is"),
    "a lost cookie key": (lambda f, _: (patient(f) / "session.key").unlink(), "session.key is mis"),
    "a lost folder": (lambda f, _: shutil.rmtree(patient(f)), "key folder .* is missing or closed"),
    "a lost deposit key": (lambda f, _: _pub(f).unlink(), "The deposit key of .* is missing"),
    "a lost escrow key": (lambda f, _: _escrow(f).unlink(), "The escrow key of .* is missing"),
    "a lost year": (lambda f, _: (_pub(f).unlink(), _escrow(f).unlink()), "registered is missing"),
    "a cut key": (lambda f, _: rewrite(_pub(f), "key: ", "key: AA"), "not a whole key|bytes where"),
    "an altered key": (
        lambda f, _: rewrite(patient(f) / "lookup.key", "id: ", "id: 0"),
        "another key than its id",
    ),
    "years swapped": (
        lambda f, _: _swap(f, f"{_pub(f).name}", sorted(patient(f).glob("deposit-p*"))[1].name),
        "was swapped",
    ),
    "purposes swapped": (lambda f, _: _swap(f, "lookup.key", "throttle.key"), "was swapped"),
    "a key of the laboratory": (lambda f, _: _from_lab(f), "key of the lab face"),
    "a key others read": (lambda f, _: _pub(f).chmod(0o444), "read or written by others"),
    "a key its group reads": (lambda f, _: (patient(f) / "session.key").chmod(0o440), "by others"),
    "a folder others write": (lambda f, _: patient(f).chmod(0o777), "Others may write"),
    "no portal file": (lambda f, _: (f / "portal.toml").unlink(), "portal.toml"),
    "a broken portal file": (lambda f, _: (f / "portal.toml").write_text("x ="), "portal.toml"),
    "an empty portal file": (lambda f, _: (f / "portal.toml").write_text(""), "portal.toml"),
    "a lost database": (lambda f, _: (f / "portal.sqlite3").unlink(), "database|schema"),
    "a folder for a database": (lambda f, _: _shut(f / "portal.sqlite3"), "database"),
    "no database any more": (
        lambda f, _: [one.unlink() for one in f.glob("portal.sqlite3*")],
        "has schema none",
    ),
    "a database that is none": (
        lambda f, _: (f / "portal.sqlite3").write_bytes(b"no database" * 999),
        "database",
    ),
    "a housekeeping file that is none": (lambda f, _: _shut(f / "volatile.sqlite3"), "database"),
    "an unknown face": (lambda _, e: e.update(QOL_FACE="doctor"), "QOL_FACE is 'doctor'"),
    "no face": (lambda _, e: e.update(QOL_FACE=""), "set it to one of patient, hcp, lab"),
    "no origin": (lambda _, e: e.update(QOL_ORIGIN=""), "QOL_ORIGIN is missing"),
    "http for real": (lambda _, e: e.update(QOL_DEMONSTRATION="0"), "is plain http"),
    "a demonstration's keys for real": (
        lambda _, e: e.update(QOL_DEMONSTRATION="0", QOL_ORIGIN="https://x.example"),
        "can read the key folder|made for a demonstration",
    ),
    "an unknown database": (lambda _, e: e.update(QOL_DATABASE_URL="mysql://x/y"), "only sqlite"),
    "no database server": (
        lambda _, e: e.update(QOL_DATABASE_URL="postgresql://x@127.0.0.1:1/none"),
        "cannot be reached",
    ),
}


def _set(monkeypatch: pytest.MonkeyPatch, environ: dict[str, str]) -> None:
    for name in [name for name in os.environ if name.startswith("QOL_")]:
        monkeypatch.delenv(name)
    for name, value in environ.items():
        if name.startswith("QOL_"):
            monkeypatch.setenv(name, value)


def test_an_unbroken_copy_starts(broken: Instance, monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch, broken.environ())
    assert app.create_app().test_client().get("/fr/").status_code == 200


@pytest.mark.parametrize("how", BREAKS)
def test_a_broken_installation_does_not_start_and_says_why(
    broken: Instance,
    how: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    act, sentence = BREAKS[how]
    environ = broken.environ()
    act(broken.folder, environ)
    _set(monkeypatch, environ)
    with pytest.raises(SystemExit) as refusal:
        app.create_app()
    assert refusal.value.code == app.WILL_NOT_START
    told = capsys.readouterr().err.rstrip("\n")
    assert re.search(sentence, told), told
    assert told.endswith(".") or "put right each of these:\n  - " in told, told
    assert len(told) < 400
    assert "Traceback" not in told


def test_a_key_of_another_installation_is_swapped(
    broken: Instance,
    other: Instance,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = _pub(broken.folder)
    path.unlink()
    shutil.copy(patient(other.folder) / path.name, path)
    _set(monkeypatch, broken.environ())
    with pytest.raises(SystemExit):
        app.create_app()
    assert "not the key that the laboratory registered" in capsys.readouterr().err


# --- as it is really started ----------------------------------------------------------------------


def started(environ: dict[str, str], *, gunicorn: bool) -> tuple[int, str]:
    """Start as ``demo serve`` does, or by hand; the exit code and what stderr says."""
    by_hand = [sys.executable, "-c", "from app import create_app; create_app()"]
    line = command(FaceAt("patient", "127.0.0.1", 0)) if gunicorn else by_hand
    ended = subprocess.run(
        line, cwd=TOP, env=environ, capture_output=True, text=True, timeout=60, check=False
    )
    return ended.returncode, ended.stderr


@pytest.mark.parametrize("gunicorn", [True, False])
def test_a_real_start_ends_and_tells_the_sentence(broken: Instance, gunicorn: bool) -> None:
    (patient(broken.folder) / "lookup.key").unlink()
    code, told = started(broken.environ(), gunicorn=gunicorn)
    assert code in {1, 3, 4}
    assert "lookup.key is missing: restore it" in told


@pytest.mark.parametrize("gunicorn", [True, False])
def test_a_real_start_shows_no_traceback(broken: Instance, gunicorn: bool) -> None:
    (patient(broken.folder) / "lookup.key").unlink()
    assert "Traceback" not in started(broken.environ(), gunicorn=gunicorn)[1]


# --- in mid-service -------------------------------------------------------------------------------


def polite(status: int, page: str) -> None:
    """A page that says so, in the patient's language, with the answers kept in it."""
    assert status == 503
    assert '<html lang="fr"' in page
    assert "Traceback" not in page
    assert "sqlite" not in page.lower()


def resent(page: str, browser: Browser) -> int:
    """Press the page's button; the status."""
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert len(kept) > 20, "nothing typed is lost"
    return browser.ask("/fr/send/1", kept)[0]


def test_a_full_disk_is_a_polite_page_and_the_same_answers_go_later(broken: Instance) -> None:
    code, before = broken.codes(1)[0], len(rows(broken)[0])
    with process(broken) as (child, origin):
        browser = Browser(origin)
        assert browser.enter(code) == 303
        data = browser.filled()
        _, most = resource.prlimit(child.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (4096, most))
        status, page = browser.ask("/fr/send/1", data)
        polite(status, page)
        resource.prlimit(child.pid, resource.RLIMIT_FSIZE, (most, most))
        assert len(rows(broken)[0]) == before
        assert resent(page, browser) == 303
    records, events = rows(broken)
    assert len(records) == before + 1
    assert sorted(records) == sorted(events)


def test_a_read_only_database_is_a_polite_page_and_the_answers_go_later(broken: Instance) -> None:
    code, before = broken.codes(1)[0], len(rows(broken)[0])
    file = broken.folder / "portal.sqlite3"
    read_only = Instance(broken.folder, f"sqlite:///file:{file}?mode=ro&uri=true")
    with process(read_only) as (_, origin):
        browser = Browser(origin)
        assert browser.enter(code) == 303
        data = browser.filled()
        status, page = browser.ask("/fr/send/1", data)
        polite(status, page)
        cookies = list(browser.jar)
    assert len(rows(broken)[0]) == before
    with process(broken) as (_, origin):
        again = Browser(origin)
        for cookie in cookies:
            again.jar.set_cookie(cookie)
        assert again.ask("/fr/send/1", data)[0] == 303
    assert len(rows(broken)[0]) == before + 1


def test_keys_gone_in_mid_service_stop_nothing_that_was_read(broken: Instance) -> None:
    code, before = broken.codes(1)[0], len(rows(broken)[0])
    with process(broken) as (_, origin):
        shutil.rmtree(patient(broken.folder))
        browser = Browser(origin)
        assert browser.enter(code) == 303
        assert browser.ask("/fr/send/1", browser.filled())[0] == 303
    assert len(rows(broken)[0]) == before + 1


@pytest.mark.parametrize("restored", ["moved back", "a copy"])
def test_a_database_that_is_gone_gives_no_receipt(broken: Instance, restored: str) -> None:
    code, folder = broken.codes(1)[0], broken.folder
    before = len(rows(broken)[0])
    with process(broken) as (_, origin):
        browser = Browser(origin)
        assert browser.enter(code) == 303
        data = browser.filled()
        away = folder / "away"
        away.mkdir()
        for path in list(folder.glob("portal.sqlite3*")):
            path.rename(away / path.name)
        status, page = browser.ask("/fr/send/1", data)
        polite(status, page)
        polite(*browser.ask("/fr/start"))
        assert not list(folder.glob("portal.sqlite3*")), "no empty database stands in its place"
        for path in away.iterdir():
            if restored == "a copy":
                shutil.copy(path, folder / path.name)
            else:
                path.rename(folder / path.name)
        assert resent(page, browser) == 303
    assert len(rows(broken)[0]) == before + 1
