"""The people of the tests.

Ana works at site A and Ben at site B, who must see nothing of A's. Lena manages the
laboratory's data, Ada its accounts and grants. A stranger has no account at all. In the
laboratory's mail room Ora opens envelopes, Mia, Noe and Ivo key; Zoe is of another programme.
Leo and Lia lead the programme, Otto another; Uma and Tom approve questionnaires.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from qol.domain.audit import Act, AuditEvent
from qol.domain.staff.accounts import Account, AccountState
from qol.domain.staff.grants import Grant, Reason
from qol.domain.staff.permissions import Role, Scope
from qol.usecases.staff.ports import Credential, Kind, OneTimeCodes, Passwords, StaffStore

PASSWORD = "sept lampes calmes au bord du fleuve"
STRANGER = "mallory"


@dataclass(frozen=True)
class Member:
    """Somebody with an account."""

    account: Account
    role: Role
    programme: str = "demo"
    site: str = ""

    @property
    def login(self) -> str:
        """What they type at sign-in."""
        return self.account.login

    @property
    def reference(self) -> str:
        """How the ledger names them."""
        return self.account.reference

    def grant(self, start: date, days: int = 300) -> Grant:
        """Their grant, from a day on."""
        scope = self.role.scope
        return Grant(
            f"G{self.reference[1:]}",
            self.reference,
            self.role,
            None if scope is Scope.INSTALLATION else self.programme,
            self.site if scope is Scope.SITE else None,
            Reason.CARE_TEAM,
            start,
            start + timedelta(days=days),
        )


def _member(number: int, login: str, name: str, role: Role, site: str = "") -> Member:
    account = Account(f"A{number:025d}", login, name, role.face, AccountState.ACTIVE)
    return Member(account, role, site=site)


ANA = _member(1, "ana", "Ana Exemple", Role.PROFESSIONAL, "A")
BEN = _member(2, "ben", "Ben Exemple", Role.PROFESSIONAL, "B")
LENA = _member(3, "lena", "Lena Exemple", Role.DATA_MANAGER)
ADA = _member(4, "ada", "Ada Exemple", Role.ADMINISTRATOR)
LEO = _member(31, "leo", "Leo Exemple", Role.PROGRAMME_LEAD)
LIA = _member(32, "lia", "Lia Exemple", Role.PROGRAMME_LEAD)
MAX = _member(33, "max", "Max Exemple", Role.MAIL_ROOM)
CAST = (ANA, BEN, LENA, ADA)
ORA = _member(11, "ora", "Ora Exemple", Role.MAIL_ROOM)
MIA = _member(12, "mia", "Mia Exemple", Role.MAIL_ROOM)
NOE = _member(13, "noe", "Noe Exemple", Role.MAIL_ROOM)
IVO = _member(14, "ivo", "Ivo Exemple", Role.MAIL_ROOM)
OTTO = replace(_member(16, "otto", "Otto Exemple", Role.PROGRAMME_LEAD), programme="other")
UMA = _member(17, "uma", "Uma Exemple", Role.APPROVER)
TOM = _member(18, "tom", "Tom Exemple", Role.APPROVER)
ZOE = replace(_member(15, "zoe", "Zoe Exemple", Role.MAIL_ROOM), programme="other")


def settle(
    store: StaffStore, member: Member, passwords: Passwords, codes: OneTimeCodes, now: datetime
) -> bytes:
    """Give a member account, password, one-time secret and grant; return the sealed secret."""
    sealed, who = codes.fresh(member.reference), member.reference
    rows = ((Kind.PASSWORD, passwords.hashed(PASSWORD)), (Kind.TOTP, sealed))
    with store.writing() as unit:
        unit.add_account(member.account, now)
        for kind, secret in rows:
            made = now - timedelta(days=30)
            unit.put_credential(Credential(f"{kind[0].upper()}{who[1:]}", who, kind, secret, made))
        unit.add_grant(member.grant(now.date() - timedelta(days=1)))
        unit.commit(AuditEvent(Act.ACCOUNT_CREATED, "test", f"account:{who}"))
    return sealed
