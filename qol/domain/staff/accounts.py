"""Named accounts: one person, one account (EA-AUT-1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from qol.domain.staff.wrong import StaffError

FACES = ("hcp", "lab")
LONGEST_NAME = 200
_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,62}[a-z0-9])")
_RPPS = re.compile(r"[0-9]{11}")
# Names of desks, not of persons: an act must have one author.
_DESKS = """
accueil admin administrateur administrator contact demo docteur doctor equipe hcp info lab labo
laboratoire laboratory medecin nurse office operator pharmacie reception root secretariat
service staff support team test user utilisateur ward
"""
_SHARED = frozenset(_DESKS.split())


class AccountState(StrEnum):
    """Whether somebody can sign in with the account."""

    INVITED = "invited"
    ACTIVE = "active"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Account:
    """One person on one face.

    ``reference`` is random and is what the ledger names; ``login`` is typed at sign-in;
    ``rpps`` is the eleven-digit national number of a professional, or None.
    """

    reference: str
    login: str
    name: str
    face: str
    state: AccountState
    rpps: str | None = None

    @property
    def actor(self) -> str:
        """The account as the ledger names it."""
        return actor_of(self.reference)


def actor_of(reference: str) -> str:
    """Name an account as the actor of an event."""
    return f"staff:{reference}"


def checked_login(typed: str) -> str:
    """Give a login in its one form; StaffError for a shared or malformed one."""
    login = typed.strip().lower()
    if not _LOGIN.fullmatch(login):
        raise StaffError(
            "login.form",
            "A login has 3 to 64 small letters, digits, dots, hyphens or underscores, and "
            "begins and ends with a letter or a digit.",
        )
    if set(re.split(r"[._-]|\d+", login)) - {""} <= _SHARED:
        raise StaffError(
            "login.desk",
            f"The login {login} names a desk, not a person: one account is one person (EA-AUT-1).",
        )
    return login


def checked_name(typed: str) -> str:
    """Give a person's name; StaffError when it is empty, too long or not printable."""
    name = " ".join(typed.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise StaffError("name", f"A name has 1 to {LONGEST_NAME} printable characters.")
    return name


def checked_rpps(typed: str) -> str:
    """Give an RPPS number; StaffError unless it has eleven digits and its check digit."""
    rpps = typed.replace(" ", "")
    if not _RPPS.fullmatch(rpps) or _luhn(rpps) % 10:
        raise StaffError(
            "rpps.form", "An RPPS number has eleven digits, the last of which checks them."
        )
    return rpps


def _luhn(digits: str) -> int:
    """Add the digits, every second one from the right doubled (ISO/IEC 7812-1, annex B)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - a figure has one digit
    return total
