"""Pro Santé Connect at the professionals' face: it says who, the account's grants say what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from qol.domain.audit import Act
from qol.domain.staff.accounts import AccountState
from qol.domain.staff.session import Factor, Method
from qol.usecases.staff.ports import Kind
from tests.cast import ANA, BEN, LENA, Member
from tests.fakes import FixedClock
from tests.oidc.faulty import PERSON, SESSION, FaultyProvider
from tests.oidc.staffed import HELD, RPPS, by_password, come, face_with, facts
from tests.staff_face import Staffed


@pytest.fixture
def provider() -> Iterator[FaultyProvider]:
    """The provider of the tests; it knows one person."""
    with FaultyProvider(FixedClock()) as provider:
        yield provider


@pytest.fixture
def here(provider: FaultyProvider) -> Staffed:
    """The face, where Ana's account has the person's number and Ben's has none."""
    return face_with(provider, HELD, BEN)


def test_the_account_with_that_number_is_signed_in_with_both_factors(here: Staffed) -> None:
    client = here.client()
    answer = come(here, client)
    assert (answer.status_code, 'content="0;url=/fr/"' in answer.text) == (200, True)
    assert ANA.account.name in client.get("/fr/").text
    (session,) = here.store.rows.sessions.values()
    assert (session.account, session.factor) == (ANA.reference, Factor.FULL)
    assert session.method is Method.PROVIDER
    assert facts(here) == [
        ("credential.identity_bound", ANA.account.actor, {}),
        ("session.signed_in", ANA.account.actor, {"method": "provider"}),
    ]


def test_it_is_bound_at_first_use_and_never_again(here: Staffed) -> None:
    come(here)
    (bound,) = [c for c in here.store.rows.credentials.values() if c.kind is Kind.PROVIDER]
    come(here)
    assert here.store.rows.credentials[bound.reference] == bound
    assert [event.act for event in here.store.events].count(Act.IDENTITY_BOUND) == 1
    assert len(here.store.rows.sessions) == 2
    assert "Pro Santé Connect" in by_password(here, HELD).get("/fr/account").text


def test_another_person_with_the_same_number_is_refused(
    here: Staffed, provider: FaultyProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(here)
    monkeypatch.setitem(PERSON, "sub", "f:550e8400:somebody-else")
    assert come(here).status_code == 403
    assert here.outcomes() == ["other_identity"]
    assert len(here.store.rows.sessions) == 1


def test_a_bound_person_whose_number_became_another_is_refused(
    here: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(here)
    monkeypatch.setitem(PERSON, "SubjectNameID", "810000000017")
    assert come(here).status_code == 403
    assert here.outcomes() == ["other_identity"]


@pytest.mark.parametrize(
    ("member", "outcome", "actor"),
    [
        (BEN, "no_account", "unknown"),
        (replace(LENA, account=replace(LENA.account, rpps=RPPS)), "no_account", "staff:"),
        (
            replace(ANA, account=replace(HELD.account, state=AccountState.ENDED)),
            "account_ended",
            "staff:",
        ),
        (
            replace(ANA, account=replace(HELD.account, state=AccountState.INVITED)),
            "account_invited",
            "staff:",
        ),
    ],
    ids=["no number", "other face", "left", "not activated"],
)
def test_no_account_no_access_and_nothing_is_made(
    provider: FaultyProvider, member: Member, outcome: str, actor: str
) -> None:
    here = face_with(provider, member)
    before = repr(here.store.rows)
    answer = come(here)
    assert answer.status_code == 403
    assert "Vous n’avez pas d’accès ici" in answer.text
    assert repr(here.store.rows) == before
    (event,) = here.store.events
    assert (event.act, event.detail["outcome"]) == (Act.ACCESS_REFUSED, outcome)
    assert event.actor.startswith(actor)


def test_neither_number_nor_name_nor_token_is_in_the_ledger_or_kept(
    here: Staffed, provider: FaultyProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(here)
    monkeypatch.setitem(PERSON, "SubjectNameID", "810000000017")
    monkeypatch.setitem(PERSON, "sub", "f:550e8400:810000000017")
    come(here)
    assert here.outcomes() == ["no_account"]
    kept = repr((here.store.events, here.keeping, [*here.store.rows.credentials.values()]))
    kept += repr([*here.store.rows.sessions.values()])
    hidden = [*provider.said, *(v for v in PERSON.values() if isinstance(v, str)), RPPS, SESSION]
    assert [one for one in hidden if one in kept] == []
    assert ANA.reference in kept  # the control: what may stand there is seen


@pytest.mark.parametrize(
    ("fault", "status"),
    [("acr", 403), ("response_issuer", 403), ("no_algorithm", 403), ("broken", 503)],
)
def test_a_failed_check_opens_nothing_and_leaves_its_reason(
    here: Staffed, provider: FaultyProvider, fault: str, status: int
) -> None:
    reasons = {"response_issuer": "mix_up", "no_algorithm": "algorithm", "broken": "unreachable"}
    provider.fault = fault
    client = here.client()
    assert come(here, client).status_code == status
    assert here.store.rows.sessions == {}
    assert here.outcomes() == [reasons.get(fault, fault)]
    assert client.get("/fr/").location == "/fr/sign-in"


def test_the_session_begins_under_a_new_token(here: Staffed) -> None:
    client = here.client()
    with client.session_transaction() as planted:
        planted["t"] = "chosen by somebody else"
    come(here, client)
    with client.session_transaction() as cookie:
        assert cookie["t"] != "chosen by somebody else"


def test_the_notice_must_be_read_here_too(here: Staffed) -> None:
    here.store.rows.notices.clear()
    client = here.client()
    come(here, client)
    assert client.get("/fr/").location == "/fr/notice"
