"""The professionals' face with the provider of the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.adapters.clock import SystemDice
from qol.adapters.oidc.connect import connect
from qol.domain.staff.fallback import Fallback, Reason
from qol.domain.staff.notice import notice_version
from tests.cast import ANA, CAST, Member
from tests.oidc.face import MemorySpent, answer_to, departure, settings_for
from tests.oidc.faulty import FaultyProvider
from tests.staff_face import Staffed, make, sign_in

RPPS = "99700000005"
HELD = replace(ANA, account=replace(ANA.account, rpps=RPPS))
"""Ana, whose account has the number of the provider's one person."""


def face_with(
    provider: FaultyProvider, *people: Member, origin: str = "http://localhost"
) -> Staffed:
    """The face where these people have accounts, and have read the notice."""
    settings = settings_for(provider.endpoints, origin=origin)
    connected = connect(settings, provider.clock, SystemDice(), MemorySpent())
    here = make("hcp", origin, people or CAST, provider.clock, connected)
    for member in people:
        version = notice_version(here.desk.ledger_days)
        here.store.rows.notices[(member.reference, version)] = here.clock.now()
    return here


def come(here: Staffed, client: FlaskClient | None = None) -> TestResponse:
    """Come back from the provider."""
    client = client or here.client()
    return client.get(answer_to(departure(client)))


def by_password(here: Staffed, member: Member) -> FlaskClient:
    """Sign in beside the provider, through a way opened for an hour."""
    now = here.clock.now()
    way = Fallback("f", member.reference, Reason.CARD_LOST, now, now + timedelta(hours=1))
    here.store.rows.fallbacks.append(way)
    return sign_in(here, member)


def told(here: Staffed, provider: FaultyProvider, jti: str = "one", **changed: object) -> int:
    """What the provider's notice is answered."""
    data = {"logout_token": provider.notice(jti, **changed)}
    client = here.app.test_client(use_cookies=False)
    return client.post("/psc/logout-notice", data=data).status_code


def facts(here: Staffed) -> list[tuple[str, str, dict[str, str | int]]]:
    return [(event.act.value, event.actor, event.detail) for event in here.store.events]
