"""Issue a new activation secret: the only way back in, and always by another person."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import AccountState, actor_of
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.create_account import activation
from qol.usecases.staff.ports import StaffStore


@dataclass(frozen=True, slots=True)
class IssueActivation:
    """Take every way in from the account, and give one secret for a day.

    The lost telephone and the forgotten password stop working at once; every session ends.
    """

    store: StaffStore
    clock: Clock
    dice: Dice

    def __call__(self, account: str, actor: str) -> str:
        """Return the secret, shown once; NotAllowedError for oneself or an ended account."""
        if actor == actor_of(account):
            raise NotAllowedError("Nobody lets themselves back in: another person must.")
        now, secret = self.clock.now(), self.dice.reference()
        with self.store.writing() as unit:
            found = unit.account(account)
            if found is None or found.state is AccountState.ENDED:
                raise NotAllowedError("There is no such account, or its person has left.")
            unit.drop_credentials(account)
            unit.end_sessions(account)
            unit.set_state(account, AccountState.INVITED, now)
            unit.put_credential(activation(account, secret, self.dice.reference(), now))
            unit.commit(AuditEvent(Act.ACTIVATION_ISSUED, actor, f"account:{account}"))
        return secret
