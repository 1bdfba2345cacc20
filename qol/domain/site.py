"""A hospital or clinic of a programme, and the contract under which it collects (EA-4.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qol.domain.errors import NotAllowedError
from qol.domain.plain import hides

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,31}")
LONGEST = 200
_TEXTS = {"label": "label", "contract": "contract", "security": "security contact"}


class Standing(StrEnum):
    """How a site's contract stands on a day."""

    IN_FORCE = "in_force"
    TO_COME = "to_come"
    LAPSED = "lapsed"
    ENDED = "ended"


class SiteError(NotAllowedError):
    """A site that cannot be registered; ``field`` says where it is wrong."""

    def __init__(self, field: str, message: str) -> None:
        """Name the field and say what is wrong."""
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Site:
    """``contract`` is its reference; both days are in force; ``ended`` is the day it was broken.

    ``signed`` is the day of the signatures; ``security`` is the mailbox or the telephone of the
    hospital's security, never of a patient. A row of before these were asked for has None.
    """

    programme: str
    code: str
    label: str
    contract: str
    starts: date
    ends: date
    ended: date | None = None
    signed: date | None = None
    security: str | None = None

    @property
    def complete(self) -> bool:
        """Say whether all that EA-4.1 asks of a contract was written down."""
        return self.signed is not None and bool(self.security)

    def standing(self, today: date) -> Standing:
        """Say how the contract stands; the day of an early end is no day in force."""
        if self.ended is not None and self.ended <= today:
            return Standing.ENDED
        if today < self.starts:
            return Standing.TO_COME
        return Standing.IN_FORCE if today <= self.ends else Standing.LAPSED


def checked(site: Site, today: date) -> Site:
    """Return the site; SiteError when a field of it cannot be, or is missing."""
    if not CODE.fullmatch(site.code):
        raise SiteError("code", "A site's code holds at most 32 letters, digits and hyphens.")
    for field, said in _TEXTS.items():
        text = getattr(site, field) or ""
        if not text.strip() or len(text) > LONGEST or hides(text):
            raise SiteError(field, f"A site's {said} has 1 to {LONGEST} printable characters.")
    if site.ends < site.starts:
        raise SiteError("ends", "The contract ends before it starts.")
    if site.signed is None or site.signed > site.starts:
        raise SiteError("signed", "A contract is signed on its first day at the latest.")
    if site.signed > today:
        raise SiteError(
            "signed", "A contract is registered once it is signed: that day is to come."
        )
    return site


def refuse_without_contract(site: Site | None, code: str, today: date) -> None:
    """Raise NotAllowedError unless the site's contract is in force (EA-4.1)."""
    if site is None:
        raise NotAllowedError(f"Site {code} is not registered in this programme (EA-4.1).")
    if site.standing(today) is not Standing.IN_FORCE:
        raise NotAllowedError(f"Site {code} has no contract in force on {today} (EA-4.1).")
