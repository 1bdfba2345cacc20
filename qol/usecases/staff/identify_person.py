"""Know who acts at the keyboard of the host, by name and second factor (EA-AUT-2-a)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.permissions import Permission
from qol.usecases.ports import Clock
from qol.usecases.staff.acting import Acting
from qol.usecases.staff.attempting import Attempts, Origin
from qol.usecases.staff.check_code import SpendCode
from qol.usecases.staff.ports import StaffStore

STEP = "command"
_KEYBOARD = Origin(b"keyboard")


@dataclass(frozen=True, slots=True)
class IdentifyPerson:
    """Name, code, permission: each refusal is in the ledger."""

    store: StaffStore
    attempts: Attempts
    spend: SpendCode
    clock: Clock

    def __call__(self, named: str, ask: Callable[[], str]) -> Account:
        """Give the account that is proved; NotAllowedError says what is missing.

        ``named`` is a login or an account's reference; ``ask`` gives the six digits.
        """
        account = self._account(named)
        reference = account.reference
        wait = self.attempts.wait(STEP, reference, reference, _KEYBOARD)
        if wait:
            raise NotAllowedError(f"Too many wrong codes: wait {wait} seconds.")
        outcome = self.spend(reference, ask())
        if outcome:
            self.attempts.failed(STEP, reference, reference, _KEYBOARD, outcome)
            raise NotAllowedError("These six digits are wrong or used: wait for the next ones.")
        self.attempts.succeeded(STEP, reference, reference, _KEYBOARD)
        return account

    def _account(self, named: str) -> Account:
        with self.store.reading() as unit:
            account = unit.account(named) or unit.account_by_login(named.lower(), "lab")
        if account is None or account.state is not AccountState.ACTIVE or account.face != "lab":
            self.attempts.refuse("unknown", "unknown_person", "command")
            raise NotAllowedError(f"{named} is not an active account of the laboratory.")
        return account

    def allowed(self, account: Account, wanted: Permission, programme: str | None) -> Acting:
        """Look the person's grants up; NotAllowedError unless one of them allows it.

        ``programme`` is the one that the command names, None when it is about none.
        """
        day = self.clock.now().date()
        with self.store.reading() as unit:
            grants = [g for g in unit.grants(account.reference) if g.valid_on(day)]
        held = frozenset(
            permission
            for grant in grants
            if programme is None or grant.programme in (None, programme)
            for permission in grant.role.permissions
        )
        if wanted not in held:
            self.attempts.refuse(account.actor, "not_granted", wanted.value)
            raise NotAllowedError(f"{account.login} holds no valid grant for {wanted.value}.")
        detail: dict[str, str | int] = {"permission": wanted.value}
        with self.store.writing() as unit:
            event = AuditEvent(
                Act.COMMAND_IDENTIFIED, account.actor, f"account:{account.reference}", detail
            )
            unit.commit(event)
        return Acting(account.reference, account.name, permissions=held)
