"""Where a provider signs people in, a password opens nothing that nobody opened (EA-AUT-2-c)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qol.domain.audit import Act
from qol.domain.errors import NotAllowedError
from qol.domain.staff.fallback import LONGEST_HOURS, Reason
from qol.usecases.staff.open_fallback import CloseFallbacks, OpenFallback
from tests.cast import ADA, ANA, BEN
from tests.fakes import CountingDice, FixedClock
from tests.oidc.faulty import FaultyProvider
from tests.oidc.staffed import face_with
from tests.staff_face import Staffed, half, sign_in

ADMIN = ADA.account.actor


@pytest.fixture
def here() -> Iterator[Staffed]:
    """The professionals' face, with a provider."""
    with FaultyProvider(FixedClock()) as provider:
        yield face_with(provider, ANA, BEN)


def opened(here: Staffed, account: str | None, hours: int, actor: str = ADMIN) -> None:
    OpenFallback(here.store, here.clock, CountingDice())(account, Reason.CARD_LOST, hours, actor)


def test_a_right_password_is_refused_like_a_wrong_one(here: Staffed) -> None:
    right = half(here, here.client(), ANA)
    wrong = half(here, here.client(), ANA, "another password entirely")
    assert (right.status_code, wrong.status_code) == (422, 422)
    told = "Identifiant ou mot de passe incorrect, ou cet accès ne vous est pas ouvert."
    assert told in right.text
    assert told in wrong.text
    assert here.outcomes() == ["no_fallback", "wrong_password"]
    assert here.store.rows.sessions == {}


def test_it_counts_like_a_failure_so_that_nobody_tries_passwords_for_ever(here: Staffed) -> None:
    for _ in range(5):
        assert half(here, here.client(), ANA).status_code == 422
    assert half(here, here.client(), ANA).status_code == 429


def test_it_is_open_to_one_account_for_its_hours_and_each_use_names_it(here: Staffed) -> None:
    opened(here, ANA.reference, 2)
    sign_in(here, ANA)
    (used,) = [e for e in here.store.events if e.act is Act.PASSWORD_ACCEPTED]
    (fallback,) = here.store.rows.fallbacks
    assert used.detail == {"fallback": fallback.reference}
    assert half(here, here.client(), BEN).status_code == 422
    here.clock.move(hours=2)
    assert half(here, here.client(), ANA).status_code == 422


def test_it_is_open_to_everybody_until_it_is_closed(here: Staffed) -> None:
    opened(here, None, LONGEST_HOURS)
    sign_in(here, BEN)
    assert CloseFallbacks(here.store, here.clock)(ADMIN) == 1
    assert half(here, here.client(), BEN).status_code == 422
    said = [e for e in here.store.events if e.act in {Act.FALLBACK_OPENED, Act.FALLBACK_CLOSED}]
    assert [(e.actor, e.detail) for e in said] == [
        (ADMIN, {"account": "everybody", "reason": "card_lost", "hours": 24}),
        (ADMIN, {"closed": 1}),
    ]


@pytest.mark.parametrize("hours", [-1, 0, 25, 1000])
def test_never_for_more_than_a_day(here: Staffed, hours: int) -> None:
    with pytest.raises(NotAllowedError, match="1 to 24 hours"):
        opened(here, ANA.reference, hours)


def test_never_for_oneself_nor_for_nobody(here: Staffed) -> None:
    with pytest.raises(NotAllowedError, match="themselves"):
        opened(here, ANA.reference, 1, ANA.account.actor)
    with pytest.raises(NotAllowedError, match="cannot be signed in with"):
        opened(here, "nobody", 1)
    assert here.store.rows.fallbacks == []


def test_the_page_offers_the_provider_first(here: Staffed) -> None:
    page = here.client().get("/fr/sign-in").text
    assert page.index("/psc/start") < page.index("Sans Pro Santé Connect") < page.index("<form")
