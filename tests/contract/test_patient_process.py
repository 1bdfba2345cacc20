"""The running patient process holds no code that opens an answer, nor any that it does not need."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.instance import TOP, Browser, Instance, make, rows

NEVER = (
    "qol.adapters.crypto.opening",
    "qol.adapters.crypto.slips",
    "qol.adapters.crypto.credentials",
    "qol.adapters.db.store_staff",
    "qol.web.shared.staff",
    "qol.web.shared.access",
    "qol.bootstrap.staff",
    "qol.adapters.crypto.keys",
    "qol.adapters.crypto.checkpoints",
    "qol.adapters.crypto.copies",
    "qol.adapters.db.store_lab",
    "qol.adapters.db.lab_records",
    "qol.adapters.db.lab_subjects",
    "qol.adapters.db.checkpoints",
    "qol.adapters.exports",
    "qol.adapters.oidc",
    "qol.adapters.backup",
    "qol.adapters.paper",
    "qol.usecases.lab",
    "qol.usecases.hcp",
    "qol.usecases.staff",
    "qol.usecases.upkeep",
    "qol.web.hcp",
    "qol.web.lab",
    "qol.web.shared.psc",
    "qol.bootstrap.cli",
    "qol.bootstrap.hcp",
    "qol.bootstrap.lab",
    "qol.cli",
    "weasyprint",
    "segno",
    "pyrage",
    "authlib",
    "joserfc",
    "requests",
    "fido2",
    "pyotp",
    "argon2",
    "pytest",
)


def forbidden(modules: list[str]) -> list[str]:
    """Which of the modules must never be there, with what lies below them."""
    return [m for m in modules if any(m == name or m.startswith(f"{name}.") for name in NEVER)]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    return make(tmp_path_factory.mktemp("process") / "instance")


def modules_after(
    instance: Instance, journey: Callable[[str], None], *planted: str, face: str = "patient"
) -> list[str]:
    """What a face of its own process has imported once the journey is over."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.contract.listing", *planted],
        cwd=TOP,
        env=instance.environ(face),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert child.stdin
    assert child.stdout
    try:
        port = child.stdout.readline().strip()
        assert port, "the face did not start"
        journey(f"http://127.0.0.1:{port}")
        child.stdin.write("\n")
        child.stdin.flush()
        found: list[str] = json.loads(child.stdout.readline())
        return found
    finally:
        child.terminate()
        child.communicate(timeout=20)


def test_after_a_whole_deposit_nothing_that_opens_is_in_the_process(instance: Instance) -> None:
    def journey(origin: str) -> None:
        browser = Browser(origin)
        assert browser.enter("0" * 12) == 422
        assert browser.enter(instance.codes(1)[0]) == 303
        assert browser.ask("/fr/start")[0] == 200
        data = browser.filled()
        assert browser.ask("/fr/send/1", data)[0] == 303
        assert browser.ask("/fr/received")[0] == 200
        assert browser.ask("/fr/nowhere")[0] == 404
        Browser(origin).ask("/fr/send/1", data)  # without a cookie: the late path
        assert browser.ask("/fr/leave")[0] == 303

    before = len(rows(instance)[0])
    found = modules_after(instance, journey)
    assert len(rows(instance)[0]) == before + 1
    assert {"qol.adapters.crypto.sealing", "qol.web.patient.send", "app"} <= set(found)
    assert forbidden(found) == []
    # The entry of this test runs as __main__; nothing else of the tests is there.
    assert [name for name in found if name.startswith("tests.")] in ([], ["tests.contract"])


def test_a_planted_module_is_seen(instance: Instance) -> None:
    found = modules_after(instance, lambda _: None, "qol.adapters.crypto.opening")
    assert forbidden(found) == ["qol.adapters.crypto.opening"]


def test_every_name_of_the_list_that_is_ours_exists() -> None:
    """A renamed module must not leave the list behind."""
    to_come = {"qol.adapters.backup"}
    for name in NEVER:
        path = Path(TOP, *name.split("."))
        ours = name.startswith("qol.") and name not in to_come
        assert not ours or path.is_dir() or path.with_suffix(".py").is_file(), name
