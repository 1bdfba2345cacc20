"""A face of staff on fakes, with its people, and a client that parses every page it gets."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qol.adapters.crypto.credentials.passkeys import WebAuthnPasskeys
from qol.adapters.crypto.credentials.passwords import Argon2Passwords
from qol.adapters.crypto.credentials.totp import SealedTotp
from qol.bootstrap.psc import sign_in_at
from qol.bootstrap.staff import Parts, assembled
from qol.config import Config
from qol.domain.staff.notice import notice_version
from qol.usecases.staff.identity import IdentityProvider
from qol.web.shared.staff.desk import Desk
from qol.web.shared.staff.identified import add_provider
from tests.cast import CAST, PASSWORD, Member, settle
from tests.fakes import CountingDice, FixedClock
from tests.hcp_fakes import empty_face
from tests.html import CheckingClient
from tests.lab_face import laboratory
from tests.patient_face import PORTAL
from tests.staff_fakes import FakeStaffHousekeeping, FakeStaffStore
from tests.web.patient.journey import token

KEY = b"k" * 32


def cheap() -> Argon2Passwords:
    """Passwords hashed at a price for tests."""
    return Argon2Passwords(memory_kib=8, time_cost=1)


@dataclass
class Staffed:
    """The face under test and everything a test may look at or move."""

    app: Flask
    desk: Desk
    store: FakeStaffStore
    keeping: FakeStaffHousekeeping
    clock: FixedClock
    codes: SealedTotp
    sealed: dict[str, bytes] = field(default_factory=dict)

    def client(self) -> FlaskClient:
        """A new browser."""
        return self.app.test_client()

    def code(self, member: Member) -> str:
        """The six digits on the member's telephone, new ones: half a minute passes."""
        self.clock.move(seconds=30)
        sealed = self.sealed[member.reference]
        return self.codes.code(sealed, member.reference, self.clock.now())

    def outcomes(self) -> list[str]:
        """The outcomes of refusals in the ledger, oldest first."""
        return [str(e.detail["outcome"]) for e in self.store.events if "outcome" in e.detail]


def make(
    face: str = "hcp",
    origin: str = "http://localhost",
    people: tuple[Member, ...] = CAST,
    clock: FixedClock | None = None,
    provider: IdentityProvider | None = None,
) -> Staffed:
    """Build the face on fakes; everybody of the cast has an account.

    ``provider`` is what Pro Santé Connect is to this face, at the same ``clock``.
    """
    clock, store, keeping = clock or FixedClock(), FakeStaffStore(), FakeStaffHousekeeping()
    codes, passwords = SealedTotp(KEY, "test"), cheap()
    config = Config(face, Path(), "", Path(), origin.startswith("http:"), origin)
    config = replace(config, patient_origin="http://patient.localhost:8000")
    parts = Parts(
        store=store,
        housekeeping=keeping,
        passwords=passwords,
        codes=codes,
        passkeys=WebAuthnPasskeys(origin, "test"),
        clock=clock,
        dice=CountingDice(),
        throttle_key=KEY,
        session_key=KEY,
        provided=provider is not None,
    )
    desk = assembled(config, PORTAL, parts)
    own = empty_face(config, clock, CountingDice()) if face == "hcp" else laboratory()
    app: Flask = import_module(f"qol.web.{face}.app").build(desk, own, config, KEY)
    if provider is not None:
        add_provider(app, sign_in_at(provider, desk, config, KEY))
    app.test_client_class = CheckingClient
    app.testing = True
    here = Staffed(app, desk, store, keeping, clock, codes)
    for member in people:
        sealed = settle(store, member, passwords, codes, clock.now())
        here.sealed[member.reference] = sealed
    store.events.clear()
    return here


def post(client: FlaskClient, path: str, page: str = "", **data: str) -> TestResponse:
    """Post a form with the token of the page it stands on."""
    shown = client.get(page or path)
    return client.post(path, data={"csrf_token": token(shown.text), **data})


def half(
    here: Staffed, client: FlaskClient, member: Member, password: str = PASSWORD
) -> TestResponse:
    """Type login and password."""
    return post(client, "/fr/sign-in", login=member.login, password=password)


def sign_in(
    here: Staffed, member: Member, client: FlaskClient | None = None, *, read: bool = True
) -> FlaskClient:
    """Sign in with both factors, the notice read unless told."""
    client = client or here.client()
    if read:
        version = notice_version(here.desk.ledger_days)
        here.store.rows.notices[(member.reference, version)] = here.clock.now()
    assert half(here, client, member).status_code == 303
    done = post(client, "/fr/second-factor", code=here.code(member))
    assert (done.status_code, done.location) == (303, "/fr/")
    return client
