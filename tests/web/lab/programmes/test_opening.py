"""A programme is opened when nothing is missing; before that no code is issued."""

from __future__ import annotations

import pytest

from qol.adapters.crypto.keyfolder import Purpose
from qol.domain.errors import NotAllowedError
from qol.domain.opening import NEEDED_KEYS
from qol.usecases.lab.issue_pseudonyms import IssuePseudonyms, Wish
from qol.usecases.lab.ports import Fingerprint
from qol.usecases.lab.pseudonyms import Mint
from tests.cast import ADA, LENA, LEO, OTTO, UMA
from tests.fakes import PlainDigests
from tests.hcp_face import post
from tests.integration.db.stock import EVENT
from tests.lab_programmes import Laboratory
from tests.unit.usecases.lab_fakes import PlainPacker, PlainSlips, SeededDice
from tests.web.lab.programmes.test_sites import register

PAGE, OPEN, CLOSE = (f"/fr/programme/opening{one}" for one in ("", "/open", "/close"))


def complete(lab: Laboratory) -> None:
    """Register a site and this year's keys."""
    register(lab.client(LEO))
    with lab.store.writing() as unit:
        for purpose in NEEDED_KEYS:
            unit.register_key(Fingerprint(purpose, "demo", 2026, purpose, "0" * 64))
        unit.commit(EVENT)


def issue(lab: Laboratory, attempt: str) -> int:
    mint = Mint(SeededDice(), PlainDigests(), PlainSlips(), demonstration=True)
    issuing = IssuePseudonyms(lab.store, mint, lab.clock, PlainPacker())
    return len(issuing("demo", "A", 1, "test", Wish(attempt)).issued)


def test_the_needed_keys_are_the_two_that_a_deposit_is_sealed_for() -> None:
    assert {Purpose.DEPOSIT_PUBLIC.value, Purpose.ESCROW_PUBLIC.value} == NEEDED_KEYS


def test_while_anything_is_missing_it_is_listed_and_refused(lab: Laboratory) -> None:
    client = lab.client(LEO)
    page = client.get(PAGE).text
    assert "En préparation" in page
    assert "les clés de l’année 2026" in page
    assert "un centre avec un contrat en vigueur" in page
    assert OPEN not in page
    answer = post(client, PAGE, OPEN)
    assert answer.status_code == 409
    assert "Il manque" in answer.text
    register(client)
    assert post(client, PAGE, OPEN).status_code == 409
    assert lab.ledger("programme.opened") == []
    with pytest.raises(NotAllowedError, match="not open"):
        issue(lab, "2" * 26)


def test_opened_once_closed_once_and_codes_are_issued_in_between_only(lab: Laboratory) -> None:
    complete(lab)
    client = lab.client(LEO)
    for _ in range(2):
        assert post(client, PAGE, OPEN).location == PAGE
    [(_, actor, reference, _)] = lab.ledger("programme.opened")
    assert (actor, reference) == (f"staff:{LEO.reference}", "programme:demo")
    assert issue(lab, "1" * 26) == 1
    for _ in range(2):
        assert post(client, PAGE, CLOSE).location == PAGE
    assert len(lab.ledger("programme.closed")) == 1
    assert "Fermé" in client.get(PAGE).text
    with pytest.raises(NotAllowedError, match="not open"):
        issue(lab, "2" * 26)


def test_another_programmes_lead_opens_nothing_of_it(lab: Laboratory) -> None:
    complete(lab)
    client = lab.client(OTTO)
    assert client.get(PAGE).status_code == 404
    assert post(client, "/fr/sites", OPEN).status_code == 409
    assert post(client, "/fr/sites", CLOSE).location == PAGE
    assert lab.place.ask("SELECT * FROM programme_opening") == []


@pytest.mark.parametrize("member", [LENA, ADA, UMA], ids=lambda m: m.login)
def test_without_the_permission_there_is_no_page(lab: Laboratory, member: object) -> None:
    assert lab.client(member).get(PAGE).status_code == 403  # type: ignore[arg-type]
