"""What the patient face is made of. The composition root fills it; views only call it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_address, ip_network
from typing import cast

from flask import current_app
from itsdangerous import URLSafeSerializer

from qol.domain.instrument import Release
from qol.domain.portal import Portal
from qol.domain.programme import Programme
from qol.usecases.patient.deposit import Deposit
from qol.usecases.patient.open_on_device import OpenOnDevice
from qol.usecases.patient.open_visit import OpenVisit
from qol.usecases.patient.visit import Visit
from qol.usecases.ports import Clock, PatientStore
from qol.web.patient.cookie import VisitCipher
from qol.web.patient.drawing import CutPage
from qol.web.shared.words import Catalogues

MOST_PAGES = 1000  # of about 10 kB; the days of windows make them grow slowly
WARD_ALLOWANCE, ALLOWANCE = 50, 5  # wrong codes before a source waits (design section 7)


@dataclass(frozen=True, slots=True)
class Face:
    """The patient face's dependencies, and the pages it has drawn."""

    open_visit: OpenVisit
    open_on_device: OpenOnDevice
    deposit: Deposit
    store: PatientStore
    clock: Clock
    cipher: VisitCipher
    signer: URLSafeSerializer
    source: Callable[[str, date], bytes]
    portal: Portal
    catalogues: Catalogues
    pages: dict[tuple[object, ...], CutPage] = field(default_factory=dict)
    _releases: dict[int, Release] = field(default_factory=dict)

    def drawn_once(self, key: tuple[object, ...], draw: Callable[[], str]) -> CutPage:
        """Give the page of that key; pages that say the same are drawn once for everybody."""
        if key not in self.pages:
            if len(self.pages) >= MOST_PAGES:
                self.pages.clear()
            self.pages[key] = CutPage.cut(draw())
        return self.pages[key]

    def release(self, visit: Visit, release_id: int) -> Release:
        """Give a release of the visit; releases never change, so each is read once."""
        if release_id not in self._releases:
            with self.store.reading() as unit:
                self._releases.update({r.id: r for r in unit.releases(visit.programme)})
        return self._releases[release_id]

    def programme(self, visit: Visit, version: int) -> Programme:
        """Give the protocol version that governs a form of the visit."""
        with self.store.reading() as unit:
            versions = unit.versions(visit.programme)
        return next(v.programme for v in versions if v.programme.version == version)

    def allowance(self, address: str) -> int:
        """Give how many wrong codes this source has; a declared hospital range has more."""
        try:
            known = ip_address(address)
        except ValueError:
            return ALLOWANCE
        ranges = (ip_network(cidr) for cidr in self.portal.hospital_ranges)
        return WARD_ALLOWANCE if any(known in r for r in ranges) else ALLOWANCE


def face() -> Face:
    """Give the face of the application that serves this request."""
    return cast("Face", current_app.extensions["qol.patient"])
