"""Checking, publishing and listing, as somebody at the laboratory types it."""

from __future__ import annotations

import json
import logging
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from qol.bootstrap.cli import SHIPPED, workshop
from qol.bootstrap.patient import build
from qol.domain.audit import Act, AuditEvent
from qol.domain.publishing import Particulars
from qol.usecases.lab.approve_release import ApproveRelease
from tests.fakes import FixedClock
from tests.integration.cli.conftest import Run
from tests.integration.cli.test_commands import CSV, _refused

DECISION = ("--authority", "HAS", "--decision", "2026-1", "--decision-date", "2026-01-01")
PAIN = ("instruments", "publish", "pain-nrs", "--language", "fr")


@pytest.fixture
def real(run: Run, tmp_path: Path) -> Run:
    """A real installation with keys and a database."""
    (tmp_path / "stick").mkdir()
    run("keys", "generate", "--escrow-to", tmp_path / "stick")
    run("database", "upgrade")
    return run


def test_check_says_every_rule_and_fails_when_something_is_missing(run: Run) -> None:
    told = run("instruments", "check", "pain-nrs").output
    assert "ok: wording fr: installed and complete" in told
    assert "ok: status: final" in told
    assert "for a person to look at: vectors: 5 rows hold, 0 of them independent" in told
    assert told.count("hash: ") == 4
    assert told.count("ok: safety") == 1
    result = run("instruments", "check", "phq-9", "--language", "fr", code=1)
    assert "missing: wording fr: none is installed" in result.output
    assert "for a person to look at: safety: " in result.output
    assert "for a person to look at: language certificate" in result.output
    assert "phq-9 cannot be published yet: 1 missing above." in result.stderr
    told = run("instruments", "check", "lasa", code=1).output
    assert "missing: status: provisional: nobody confirmed recall" in told
    assert "missing: definition" in run("instruments", "check", "pro-ctcae", code=1).output


def test_check_of_an_import_says_what_is_not_written(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "essai.csv"
    file.write_text(CSV, "utf-8")
    run("instruments", "import", file)
    told = run("instruments", "check", "essai", code=1).output
    assert "missing: rights: not yet written: Holder, Terms, What a programme needs" in told


def test_a_real_release_waits_for_two_people_who_signed_in(real: Run, instance: Path) -> None:
    told = real(*PAIN, *DECISION, "--approved-by", "Lena", "--approved-by", "Max").output
    assert "release 1: pain-nrs in fr, new" in told
    assert "Release 1 is not approved: it has 0 of 2 approvals" in told
    assert "2 of its names are not verified" in told
    assert "not approved: it has 0 of 2" in real("instruments", "list").output
    assert "2 different people" in _refused(real, *PAIN, *DECISION, "--approved-by", "Lena")
    shop = workshop({"QOL_INSTANCE": str(instance)})
    with shop.store().reading() as unit:
        names = [(one.person, one.verified) for one in unit.standing(1).approvals]
    shop.close()
    assert names == [("Lena", False), ("Max", False)]


def test_a_real_installation_publishes_no_definition_that_is_unfit(real: Run) -> None:
    for name, sentence in (("demo-qol", "not validated"), ("lasa", "status: provisional")):
        words = ("instruments", "publish", name, "--language", "fr", *DECISION)
        assert sentence in _refused(real, *words)
    library = ("instruments", "publish", "pro-ctcae", "--language", "fr", *DECISION)
    assert "has no wording in 'fr'" in _refused(real, *library)


def test_a_demonstration_tries_the_whole_form(demonstration: Path, run: Run) -> None:
    told = run(*PAIN, *DECISION, "--approved-by", "Lena", "--approved-by", "Max").output
    assert ", restated" in told
    assert "shown in a demonstration only" in told


def _asking(instance: Path) -> None:
    """A questionnaire of the instance whose holder asks for everything."""
    folder = instance / "questionnaires" / "asking" / "1"
    shutil.copytree(SHIPPED / "pain-nrs" / "1", folder)
    file = folder / "RIGHTS.md"
    rights = file.read_text("utf-8").replace("# Rights: pain-nrs", "# Rights: asking")
    asks = "licence, electronic version approval, language certificate, credit line"
    file.write_text(rights.replace("for**: protocol statement", f"for**: {asks}"), "utf-8")
    for name, change in (
        ("instrument.json", {"id": "asking"}),
        ("wording.fr.json", {"copyright": "© holder"}),
    ):
        said = json.loads((folder / name).read_text("utf-8")) | change
        (folder / name).write_text(json.dumps(said), "utf-8")


def test_what_the_holder_asks_for_is_asked_for(real: Run, instance: Path) -> None:
    _asking(instance)
    words = ["instruments", "publish", "asking", "--language", "fr", *DECISION]
    for more, lacks in (
        ((), "the licence's reference and last day"),
        (("--licence", "L-1", "--licence-ends", "2100-01-01"), "electronic version"),
        (("--electronic-approval", "E-1"), "its language certificate"),
    ):
        words += more
        assert lacks in _refused(real, *words)
    words += ["--certificate", "C-1"]
    assert "release 1: asking in fr, new" in real(*words).output
    english = [word if word != "fr" else "en" for word in words]
    assert "credit line en: the wording has no copyright" in _refused(real, *english)


def test_a_licence_near_its_end_is_told_in_the_list_and_when_a_face_starts(
    demonstration: Path, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    today = FixedClock().today("UTC")
    ends = {"pain-nrs": 60, "lasa": 61, "demo-qol": -1}
    shop = workshop({"QOL_INSTANCE": str(demonstration)})
    with shop.store().writing() as unit:
        for release in unit.releases():
            if release.wording.language == "fr":
                last = today + timedelta(days=ends[release.instrument.id])
                unit.restate(release.id, Particulars(licence_ends=last))
        unit.commit(AuditEvent(Act.RELEASE_PUBLISHED, "lena"))
    shop.close()
    environ = {
        "QOL_INSTANCE": str(demonstration),
        "QOL_ORIGIN": "http://localhost",
        "QOL_DEMONSTRATION": "1",
    }
    with caplog.at_level(logging.WARNING, "qol.patient"):
        build(environ, FixedClock())
    told = [line for line in caplog.messages if line.startswith("The licence of")]
    assert len(told) == 2
    assert "demo-qol 1 in fr" in told[0]
    assert "ended on" in told[0]
    assert "pain-nrs 1 in fr" in told[1]
    assert "ends on" in told[1]


def test_the_list_says_how_each_licence_stands(real: Run, instance: Path) -> None:
    soon = date.today() + timedelta(days=30)  # noqa: DTZ011 - commands go by the machine's day
    licence = ("--licence", "L-1", "--licence-ends", soon.isoformat())
    real(*PAIN, *DECISION, *licence)
    assert f"LICENCE ENDS on {soon}" in real("instruments", "list").output
    later = ("--licence", "L-2", "--licence-ends", "2100-01-01")
    shop = workshop({"QOL_INSTANCE": str(instance)})
    with shop.store().reading() as unit:
        hashes = unit.standing(1).hashes
    approve = ApproveRelease(shop.store(), shop.clock)
    for person in ("account-1", "account-2"):
        approve(1, hashes, person, f"staff:{person}", verified=True)
    shop.close()
    assert ", renewed" in real(*PAIN, *DECISION, *later).output
    listed = real("instruments", "list").output
    assert "licence until 2100-01-01, approved" in listed
    assert "pain-nrs 1: final; 1 items, 1 scales; 5 vectors, 0 independent" in listed
    assert "wording: en, fr" in listed


def test_a_broken_definition_does_not_hide_the_others(run: Run, instance: Path) -> None:
    folder = instance / "questionnaires" / "broken" / "1"
    folder.mkdir(parents=True)
    (folder / "instrument.json").write_text("{", "utf-8")
    listed = run("instruments", "list").output
    assert "broken 1: broken/1/instrument.json: line 1: it is not JSON" in listed
    assert "pain-nrs 1: final" in listed


def test_the_catalogue_says_what_ships(run: Run) -> None:
    page = run("instruments", "catalogue").output
    assert "| [pain-nrs](#pain-nrs) | 1 | final | 1 | 1 | en, fr | 5 | 0 |" in page
    assert "* Publishing asks for: protocol statement" in page
