"""Who acts at the keyboard of the host: named, proven by a second factor, and in the ledger."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from qol.adapters.crypto.credentials.passwords import Argon2Passwords
from qol.adapters.programmes.portal import load as load_portal
from qol.bootstrap.cli import workshop
from qol.bootstrap.staff import totp
from qol.domain.staff.permissions import Role
from tests.cast import ADA, Member, _member, settle
from tests.integration.cli.conftest import Run

ALMA = _member(11, "alma", "Alma Exemple", Role.APPROVER)
AXEL = _member(12, "axel", "Axel Exemple", Role.APPROVER)
PAUL = _member(13, "paul", "Paul Exemple", Role.PROGRAMME_LEAD)
DECISION = ("--authority", "HAS", "--decision", "2026-1", "--decision-date", "2026-01-01")
PAIN = ("instruments", "publish", "pain-nrs", "--language", "fr")


class Host:
    """A real installation, and what its people's applications show."""

    def __init__(self, run: Run, instance: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.run, self.instance, self.monkeypatch = run, instance, monkeypatch
        self._sealed: dict[str, bytes] = {}

    def settle(self, *members: Member) -> None:
        shop = workshop({"QOL_INSTANCE": str(self.instance)})
        codes = totp(shop.folder, load_portal(self.instance / "portal.toml"))
        for member in members:
            sealed = settle(shop.staff.records, member, Argon2Passwords(), codes, shop.clock.now())
            self._sealed[member.login] = sealed
        shop.close()

    def code(self, member: Member, late: int = 0) -> str:
        """The digits that the person's phone shows, ``late`` steps from now."""
        shop = workshop({"QOL_INSTANCE": str(self.instance)})
        codes = totp(shop.folder, load_portal(self.instance / "portal.toml"))
        when = shop.clock.now() + timedelta(seconds=30 * late)
        return codes.code(self._sealed[member.login], member.reference, when)

    def by(self, member: Member, *words: str | Path, code: int = 0, digits: str = "") -> str:
        """Run a command as that person."""
        self.monkeypatch.setenv("QOL_CODE", digits or self.code(member))
        found = self.run("--as", member.login, *words, code=code)
        self.monkeypatch.delenv("QOL_CODE")
        return found.stderr if code else found.output

    def ledger(self, act: str) -> list[tuple[str, str, dict[str, object]]]:
        with sqlite3.connect(self.instance / "portal.sqlite3") as connection:
            rows = connection.execute(
                "SELECT actor, reference, detail FROM ledger WHERE act = ? ORDER BY at", (act,)
            ).fetchall()
        return [(actor, reference, json.loads(detail)) for actor, reference, detail in rows]


@pytest.fixture
def host(run: Run, instance: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    """A real installation with keys, a database and its own words, and nobody in it."""
    (tmp_path / "stick").mkdir()
    run("keys", "generate", "--escrow-to", tmp_path / "stick")
    run("database", "upgrade")
    words = (files("qol.cli.demonstration") / "portal.toml").read_text("utf-8")
    (instance / "portal.toml").write_text(words, "utf-8")
    return Host(run, instance, monkeypatch)


def test_the_first_account_is_made_once(host: Host) -> None:
    told = host.run("staff", "first", "--login", "rose", "--name", "Rose Exemple").output
    assert re.search(r"activation code, once and within 24 hours: \S{4}", told)
    host.settle(ADA)
    again = host.run("staff", "first", "--login", "eve", "--name", "Eve Exemple", code=1)
    assert "somebody" in again.stderr or "already" in again.stderr


def test_what_touches_data_keys_or_grants_asks_who_acts(host: Host, tmp_path: Path) -> None:
    host.settle(ADA)
    for words in (
        ("staff", "create", "--face", "lab", "--login", "x", "--name", "X"),
        ("staff", "grants"),
        ("keys", "generate", "--programme", "p", "--escrow-to", str(tmp_path / "stick")),
        ("pseudonyms", "issue", "--programme", "p", "--site", "S", "--count", "1"),
        (
            "paper",
            "slips",
            "--programme",
            "p",
            "--batch",
            "b",
            "--output",
            "x",
            "--address",
            "http://x",
        ),
        ("audit", "verify"),
        PAIN,
    ):
        told = host.run(*words, code=1).stderr
        assert "who you are" in told, words


def test_a_person_acts_with_a_second_factor_that_is_spent_once(host: Host) -> None:
    host.settle(ADA)
    digits = host.code(ADA)
    told = host.by(ADA, "staff", "create", "--face", "lab", "--login", "new", "--name", "New",
                   digits=digits)  # fmt: skip
    assert "account new" in told
    again = host.by(ADA, "staff", "grants", digits=digits, code=1)
    assert "Error" in again
    wrong = host.by(ADA, "staff", "grants", digits="000000", code=1)
    assert digits not in again + wrong
    ((actor, _, detail), *_) = host.ledger("command.identified")
    assert actor == ADA.account.actor
    assert detail == {"permission": "accounts.manage"}
    ((creator, reference, _), *_) = [
        row for row in host.ledger("account.created") if row[0] != "test"
    ]
    assert creator == ADA.account.actor
    assert reference.startswith("account:")


def test_a_grant_is_needed_and_a_stranger_is_not_told_apart(host: Host) -> None:
    host.settle(ADA, PAUL)
    told = host.by(PAUL, "staff", "grants", code=1)
    assert "paul holds no valid grant for grants.review" in told
    host.monkeypatch.setenv("QOL_CODE", "123456")
    told = host.run("--as", "mallory", "staff", "grants", code=1).stderr
    assert "mallory is not an active account" in told


def test_a_job_runs_its_own_command_and_no_other(host: Host) -> None:
    host.settle(ADA)
    host.run("--job", "checkpoint", "audit", "checkpoint")
    ((actor, _, _),) = host.ledger("ledger.checkpointed")
    assert actor == "job:checkpoint"
    told = host.run("--job", "checkpoint", "staff", "grants", code=1).stderr
    assert "only a person" in told.lower()
    told = host.run("--job", "checkpoint", "audit", "verify", code=1).stderr
    assert "only --job verify" in told
    both = host.run("--job", "verify", "--as", "ada", "audit", "verify", code=2).stderr
    assert "not both" in both


def test_two_people_who_signed_in_approve_a_real_release(host: Host) -> None:
    host.settle(PAUL, ALMA, AXEL)
    assert "is not approved" in host.by(PAUL, *PAIN, *DECISION)
    shop = workshop({"QOL_INSTANCE": str(host.instance)})
    with shop.store().reading() as unit:
        definition, wording = unit.standing(1).hashes
    shop.close()
    hashes = ("--definition", definition, "--wording", wording)
    assert "1 of 2 approvals" in host.by(ALMA, "instruments", "approve", "1", *hashes)
    told = host.by(ALMA, "instruments", "approve", "1", *hashes, digits=host.code(ALMA, 1), code=1)
    assert "has this person's approval already" in told
    swapped = ("--definition", wording, "--wording", definition)
    told = host.by(AXEL, "instruments", "approve", "1", *swapped, code=1)
    assert "has other hashes" in told
    late = host.code(AXEL, 1)
    assert "and so is the release" in host.by(
        AXEL, "instruments", "approve", "1", *hashes, digits=late
    )
    assert [row[2]["approved"] for row in host.ledger("release.approved")] == [0, 1]
    told = host.by(PAUL, "instruments", "approve", "1", *hashes, digits=host.code(PAUL, 1), code=1)
    assert "holds no valid grant for releases.approve" in told


def test_a_demonstrations_approval_is_not_a_verified_one(demonstration: Path, run: Run) -> None:
    number = re.findall(r"release (\d+): pain-nrs", run(*PAIN, *DECISION).output)[0]
    shop = workshop({"QOL_INSTANCE": str(demonstration)})
    with shop.store().reading() as unit:
        definition, wording = unit.standing(int(number)).hashes
    shop.close()
    hashes = ("--definition", definition, "--wording", wording)
    told = run("instruments", "approve", number, *hashes).output
    assert "0 of 2 approvals" in told
    assert "no second factor asked" in told


def test_a_way_beside_the_provider_is_opened_and_closed_by_an_administrator(host: Host) -> None:
    host.settle(ADA, ALMA)
    opening = ("staff", "open-password", "alma", "--hours", "8", "--reason", "card_lost")
    assert "open to alma until" in host.by(ADA, *opening)
    assert "Name a login, or --everybody" in host.by(ADA, *opening, "--everybody", code=2)
    assert host.by(ALMA, *opening, code=1)
    assert host.by(ADA, "staff", "close-password", digits=host.code(ADA, late=1)) == "closed: 1\n"
    (act,) = host.ledger("fallback.opened")
    assert (act[0], act[2]["hours"]) == (ADA.account.actor, 8)
