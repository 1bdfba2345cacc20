"""Register a site with its contract, and end a contract early (EA-4.1)."""

from __future__ import annotations

from dataclasses import dataclass

from qol.domain.audit import Act, AuditEvent
from qol.domain.errors import NotAllowedError
from qol.domain.site import Site, Standing, checked
from qol.usecases.lab.ports import LabStore, LabUnit
from qol.usecases.ports import Clock


def site_of(unit: LabUnit, programme: str, code: str) -> Site | None:
    """Find a site of a programme."""
    return next((one for one in unit.sites(programme) if one.code == code), None)


@dataclass(frozen=True, slots=True)
class RegisterSite:
    """Write a site, or the next contract of one that is there; the ledger keeps that it was."""

    store: LabStore
    clock: Clock

    def __call__(self, site: Site, actor: str) -> bool:
        """Say whether anything changed; the same site again is the same row.

        SiteError names the field that cannot be; NotAllowedError without a loaded programme.
        """
        with self.store.writing() as unit:
            versions = unit.versions(site.programme)
            if not versions:
                raise NotAllowedError(f"There is no programme {site.programme}: load it first.")
            checked(site, self.clock.today(versions[-1].programme.time_zone))
            before = site_of(unit, site.programme, site.code)
            if before == site:
                return False
            unit.put_site(site, self.clock.now())
            detail: dict[str, str | int] = {
                "site": site.code,
                "starts": site.starts.isoformat(),
                "ends": site.ends.isoformat(),
                "signed": site.signed.isoformat() if site.signed else "",
                "change": "new" if before is None else "restated",
            }
            programme = f"programme:{site.programme}"
            unit.commit(AuditEvent(Act.SITE_REGISTERED, actor, programme, detail))
        return True


@dataclass(frozen=True, slots=True)
class EndSite:
    """End a contract from today on: no code is issued to the site any more."""

    store: LabStore
    clock: Clock

    def __call__(self, programme: str, code: str, actor: str) -> bool:
        """Say whether anything changed; NotAllowedError when there is no such site."""
        with self.store.writing() as unit:
            versions = unit.versions(programme)
            found = site_of(unit, programme, code)
            if found is None or not versions:
                raise NotAllowedError(f"Site {code} is not registered in this programme.")
            today = self.clock.today(versions[-1].programme.time_zone)
            if found.standing(today) is Standing.ENDED:
                return False
            unit.end_site(programme, code, today)
            event = AuditEvent(Act.SITE_ENDED, actor, f"programme:{programme}", {"site": code})
            unit.commit(event)
        return True


@dataclass(frozen=True, slots=True)
class ListSites:
    """A programme's sites with how each contract stands today."""

    store: LabStore
    clock: Clock

    def __call__(self, programme: str) -> tuple[tuple[Site, Standing], ...]:
        """List them by code; no patient's data is read, so no event is due."""
        with self.store.reading() as unit:
            versions, found = unit.versions(programme), unit.sites(programme)
        if not versions:
            return ()
        today = self.clock.today(versions[-1].programme.time_zone)
        return tuple((site, site.standing(today)) for site in found)
