"""Who acts at the keyboard of the host (issue: accounts, point 6).

A person is named and proves the second factor; a scheduled job has an identity of its own,
good for its one command; before the first account the installation is being set up, and
nobody's data can be touched; a demonstration acts as one of its own people, and says so.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qol.adapters.crypto.digests import Names
from qol.adapters.crypto.keyfolder import Purpose
from qol.adapters.programmes.portal import load as load_portal
from qol.bootstrap.staff import totp
from qol.domain.errors import NotAllowedError
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.jobs import Job
from qol.domain.staff.permissions import DataLevel, Permission
from qol.usecases.staff.acting import Acting
from qol.usecases.staff.attempting import Attempts
from qol.usecases.staff.check_code import SpendCode
from qol.usecases.staff.identify_person import IdentifyPerson

if TYPE_CHECKING:
    from qol.bootstrap.cli import Workshop


def _no_code() -> str:
    raise NotAllowedError("Give the six digits in QOL_CODE, or type them at the prompt.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says of who acts; ``code`` asks for the six digits."""

    named: str = ""
    job: str = ""
    code: Callable[[], str] = _no_code
    say: Callable[[str], None] = lambda _: None


@dataclass
class Keyboard:
    """The acting person of one command, asked for once."""

    shop: Workshop
    asked: Asked
    _known: Account | None = field(default=None)

    def acting(
        self, wanted: Permission, programme: str | None = None, job: Job | None = None
    ) -> str:
        """Name who acts, as the ledger does; NotAllowedError when nobody may.

        ``job`` is the identity under which a scheduled job may run this command.
        """
        if self.asked.job:
            return self._job(job)
        if not self.shop.database_exists():
            return system_user()
        if self.asked.named:
            return self._person(wanted, programme).actor
        if self._nobody_yet():
            if wanted.level is not DataLevel.NONE:
                raise NotAllowedError(
                    "This touches data, and there is no account yet: make the first one with "
                    "'python -m qol staff first'."
                )
            return system_user()
        if self.shop.config.demonstration:
            return self._of_the_demonstration(wanted, programme).actor
        raise NotAllowedError(
            "Say who you are: --as LOGIN (or QOL_AS); you will be asked for six digits."
        )

    def person(self, wanted: Permission) -> Acting:
        """Give the acting person where only a person will do; never a job, never the set-up."""
        if self.asked.named:
            return self._person(wanted, None)
        if self.shop.config.demonstration and not self.asked.job:
            return self._of_the_demonstration(wanted, None)
        raise NotAllowedError("Only a person does this: say who you are, with --as LOGIN.")

    def _job(self, job: Job | None) -> str:
        if job is None or self.asked.job != job.value:
            allowed = f"only --job {job.value}" if job else "no job, only a person,"
            raise NotAllowedError(f"For this command {allowed} may be named.")
        return job.actor

    def _nobody_yet(self) -> bool:
        with self.shop.staff.records.reading() as unit:
            return not unit.accounts()

    def _identify(self) -> IdentifyPerson:
        shop, stores = self.shop, self.shop.staff
        names = Names(shop.folder.secret(Purpose.THROTTLE))
        codes = totp(shop.folder, load_portal(shop.config.instance / "portal.toml"))
        attempts = Attempts(stores.records, stores.housekeeping, shop.clock, names, "lab")
        spend = SpendCode(stores.records, stores.housekeeping, codes, shop.clock)
        return IdentifyPerson(stores.records, attempts, spend, shop.clock)

    def _person(self, wanted: Permission, programme: str | None) -> Acting:
        identify = self._identify()
        if self._known is None:
            self._known = identify(self.asked.named, self.asked.code)
        return identify.allowed(self._known, wanted, programme)

    def _of_the_demonstration(self, wanted: Permission, programme: str | None) -> Acting:
        """Act as the first of its people whose grants allow it, without a second factor."""
        identify = self._identify()
        day = self.shop.clock.now().date()
        with self.shop.staff.records.reading() as unit:
            people = {a.reference: a for a in unit.accounts() if a.state is AccountState.ACTIVE}
            able = [
                people[grant.account]
                for grant in unit.grants()
                if grant.account in people
                and grant.valid_on(day)
                and wanted in grant.role.permissions
                and (programme is None or grant.programme in (None, programme))
            ]
        if not able:
            raise NotAllowedError(f"Nobody of this demonstration may do this ({wanted.value}).")
        if able[0] != self._known:
            self.asked.say(f"demonstration: acting as {able[0].login}, no second factor asked")
        self._known = able[0]
        return identify.allowed(able[0], wanted, programme)


def system_user() -> str:
    """Name the account at the machine: all there is before the first account of the portal."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):
        return f"cli:uid-{os.geteuid()}"
