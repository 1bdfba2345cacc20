"""What the tests of every face of staff share: a desk with people, browsers, and the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask
from flask.testing import FlaskClient

from qol.adapters.crypto.credentials.passkeys import WebAuthnPasskeys
from qol.adapters.crypto.credentials.totp import SealedTotp
from qol.adapters.db.store_staff import StaffStores
from qol.bootstrap.staff import Parts, assembled
from qol.config import Config
from qol.domain.staff.session import Method
from qol.usecases.ports import Dice
from qol.web.shared.staff.desk import Desk
from tests.cast import Member, settle
from tests.fakes import FixedClock
from tests.html import CheckingClient
from tests.integration.db.stock import Place
from tests.patient_face import PORTAL
from tests.staff_face import KEY, cheap


@dataclass
class StaffFace:
    """The face under test, and what any test of it may look at or move."""

    app: Flask
    desk: Desk
    place: Place
    clock: FixedClock
    staff: StaffStores

    def __post_init__(self) -> None:
        """Errors are raised, and every page is checked."""
        self.app.test_client_class = CheckingClient
        self.app.testing = True

    def client(self, member: Member | None = None) -> FlaskClient:
        """A new browser, signed in as that member."""
        client = self.app.test_client()
        if member is not None:
            opened = self.desk.open_session(member.reference, Method.TOTP)
            with client.session_transaction() as session:
                session["t"] = opened.token
        return client

    def ledger(self, *names: str) -> list[tuple[object, ...]]:
        """Act, actor, reference and detail of the ledger's rows, oldest first."""
        wanted = "', '".join(names)
        return self.place.ask(
            "SELECT act, actor, reference, detail FROM ledger"
            f" WHERE act IN ('{wanted}') ORDER BY at, segment, number"
        )

    def close(self) -> None:
        """Let go of the database."""
        self.staff.housekeeping.dispose()
        self.staff.database.dispose()
        self.place.close()


def desk_of(
    config: Config, staff: StaffStores, clock: FixedClock, dice: Dice, people: Iterable[Member]
) -> Desk:
    """The desk where those people have their ways in, and have read what is kept of them."""
    totp, passwords = SealedTotp(KEY, "test"), cheap()
    parts = Parts(
        store=staff.records,
        housekeeping=staff.housekeeping,
        passwords=passwords,
        codes=totp,
        passkeys=WebAuthnPasskeys("http://localhost", "test"),
        clock=clock,
        dice=dice,
        throttle_key=KEY,
        session_key=KEY,
    )
    desk = assembled(config, PORTAL, parts)
    for member in people:
        settle(staff.records, member, passwords, totp, clock.now())
        desk.acknowledge(member.reference)
    return desk
