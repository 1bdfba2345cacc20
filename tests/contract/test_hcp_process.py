"""The running process of the professionals' face holds no code that opens an answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.test_patient_process import modules_after
from tests.instance import TOP, Browser, Instance, make, rows
from tests.working import handed_over, interview, open_ward, post, sign_in

NEVER = (
    "qol.adapters.crypto.opening",
    "qol.adapters.crypto.keys",
    "qol.adapters.crypto.checkpoints",
    "qol.adapters.db.store_lab",
    "qol.adapters.db.lab_records",
    "qol.adapters.db.lab_subjects",
    "qol.adapters.db.checkpoints",
    "qol.adapters.db.store_patient",
    "qol.adapters.exports",
    "qol.usecases.lab",
    "qol.usecases.patient",
    "qol.usecases.upkeep",
    "qol.web.lab",
    "qol.web.patient",
    "qol.bootstrap.cli",
    "qol.bootstrap.lab",
    "qol.bootstrap.patient",
    "qol.cli",
    "pyrage",
    "pytest",
)


def forbidden(modules: list[str]) -> list[str]:
    """Which of the modules must never be there, with what lies below them."""
    return [m for m in modules if any(m == name or m.startswith(f"{name}.") for name in NEVER)]


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Instance:
    made = make(tmp_path_factory.mktemp("process") / "instance")
    open_ward(made)
    return made


def test_after_a_days_work_nothing_that_opens_is_in_the_process(instance: Instance) -> None:
    def journey(origin: str) -> None:
        browser = Browser(origin)
        sign_in(instance, browser)
        for name in ("", "follow-up", "nowhere"):
            browser.ask(f"/fr/{name}")
        sheet = handed_over(browser)
        assert post(browser, f"/fr/sheets/{sheet}/slip")[0] == 200
        assert browser.ask(*interview(browser, sheet))[0] == 303
        assert browser.ask(f"/fr/sheets/{sheet}/paper")[0] == 200

    before = len(rows(instance)[0])
    found = modules_after(instance, journey, face="hcp")
    assert len(rows(instance)[0]) == before + 1
    assert {"qol.adapters.crypto.sealing", "qol.web.hcp.paper", "app"} <= set(found)
    assert forbidden(found) == []


def test_a_planted_module_is_seen(instance: Instance) -> None:
    planted = "qol.adapters.crypto.opening"
    assert forbidden(modules_after(instance, lambda _: None, planted, face="hcp")) == [planted]


def test_every_name_of_the_list_that_is_ours_exists() -> None:
    for name in NEVER:
        path = Path(TOP, *name.split("."))
        ours = name.startswith("qol.")
        assert not ours or path.is_dir() or path.with_suffix(".py").is_file(), name
