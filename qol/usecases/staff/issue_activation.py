"""Issue a new activation secret: the only way back in, and always by another person."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import Account, AccountState, actor_of
from qol.domain.staff.session import Factor
from qol.domain.staff.wrong import StaffError
from qol.usecases.ports import Clock, Dice
from qol.usecases.staff.create_account import activation
from qol.usecases.staff.ports import StaffStore, StaffUnit


def ways_in(unit: StaffUnit, account: Account) -> str:
    """Give 64 hex digits that stand for every way into an account, and change with any."""
    ways = [one.reference for one in unit.credentials(account.reference)]
    sessions = unit.sessions(account.reference)
    spent = [one.digest.hex() for one in sessions if one.factor is Factor.ACTIVATION]
    return sha256("\0".join([account.state, *sorted(ways), *sorted(spent)]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class IssueActivation:
    """Take every way in from the account, and give one secret for a day.

    The lost telephone and the forgotten password stop working at once; every session ends.
    """

    store: StaffStore
    clock: Clock
    dice: Dice

    def __call__(self, account: str, actor: str, seen: str = "") -> str:
        """Return the secret, shown once; StaffError for oneself or an ended account.

        ``seen`` is what ``ways_in`` gave for the page that asks: it asks once, and not at all
        when something has changed since.
        """
        if actor == actor_of(account):
            raise StaffError("own", "Nobody lets themselves back in: another person must.")
        now, secret = self.clock.now(), self.dice.reference()
        with self.store.writing() as unit:
            found = unit.account(account)
            if found is None or found.state is AccountState.ENDED:
                raise StaffError("left", "There is no such account, or its person has left.")
            if seen and seen != ways_in(unit, found):
                raise StaffError("stale", "The ways into this account have changed meanwhile.")
            unit.drop_credentials(account)
            unit.end_sessions(account)
            unit.set_state(account, AccountState.INVITED, now)
            unit.put_credential(activation(account, secret, self.dice.reference(), now))
            unit.commit(AuditEvent(Act.ACTIVATION_ISSUED, actor, f"account:{account}"))
        return secret
