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
    """``contract`` is its reference; both days are in force; ``ended`` is the day it was broken."""

    programme: str
    code: str
    label: str
    contract: str
    starts: date
    ends: date
    ended: date | None = None

    def standing(self, today: date) -> Standing:
        """Say how the contract stands; the day of an early end is no day in force."""
        if self.ended is not None and self.ended <= today:
            return Standing.ENDED
        if today < self.starts:
            return Standing.TO_COME
        return Standing.IN_FORCE if today <= self.ends else Standing.LAPSED


def checked(site: Site) -> Site:
    """Return the site; SiteError when a field of it cannot be."""
    if not CODE.fullmatch(site.code):
        raise SiteError("code", "A site's code holds at most 32 letters, digits and hyphens.")
    for field, text in (("label", site.label), ("contract", site.contract)):
        if not text.strip() or len(text) > LONGEST or hides(text):
            raise SiteError(field, f"A site's {field} has 1 to {LONGEST} printable characters.")
    if site.ends < site.starts:
        raise SiteError("ends", "The contract ends before it starts.")
    return site


def refuse_without_contract(site: Site | None, code: str, today: date) -> None:
    """Raise NotAllowedError unless the site's contract is in force (EA-4.1)."""
    if site is None:
        raise NotAllowedError(f"Site {code} is not registered in this programme (EA-4.1).")
    if site.standing(today) is not Standing.IN_FORCE:
        raise NotAllowedError(f"Site {code} has no contract in force on {today} (EA-4.1).")
