"""Register a passkey of one's own, after the password was typed once more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import Account
from qol.domain.staff.session import Session
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.attempting import Origin, Refused, Waits
from qol.usecases.staff.confirm_password import ConfirmPassword
from qol.usecases.staff.ports import (
    Credential,
    Kind,
    Passkeys,
    StaffHousekeeping,
    StaffStore,
)


@dataclass(frozen=True, slots=True)
class AddPasskey:
    """Both halves of the ceremony."""

    store: StaffStore
    housekeeping: StaffHousekeeping
    confirm: ConfirmPassword
    passkeys: Passkeys
    clock: Clock
    dice: Dice

    def begin(
        self, session: Session, account: Account, password: str, origin: Origin
    ) -> Mapping[str, object] | Refused | Waits:
        """Give what the browser asks the new passkey for."""
        refused = self.confirm(account.reference, password, origin)
        if refused is not None:
            return refused
        with self.store.reading() as unit:
            known = unit.credentials(account.reference, Kind.PASSKEY)
        ceremony = self.passkeys.registering(account, known)
        self.housekeeping.keep_challenge(session.digest, ceremony.challenge, self.clock.now())
        return ceremony.options

    def __call__(self, session: Session, account: Account, answer: Mapping[str, object]) -> None:
        """Keep the passkey; NotAllowedError when the answer is wrong, old or used."""
        now = self.clock.now()
        challenge = self.housekeeping.take_challenge(session.digest, now)
        if challenge is None:
            raise NotAllowedError("The question to the passkey was answered already, or is old.")
        handle, public, counter = self.passkeys.registered(challenge, answer)
        made = Credential(
            self.dice.reference(),
            account.reference,
            Kind.PASSKEY,
            public,
            now,
            handle=handle,
            counter=counter,
        )
        with self.store.writing() as unit:
            unit.put_credential(made)
            unit.commit(
                AuditEvent(Act.PASSKEY_ADDED, account.actor, f"account:{account.reference}")
            )
