"""The acts of the laboratory's pages about programmes."""

from __future__ import annotations

from dataclasses import dataclass

from qol.usecases.lab.programmes.change_programme import (
    ChangeProgramme,
    ProposeProgramme,
    TakeOut,
)
from qol.usecases.lab.programmes.opening import CheckOpening, CloseProgramme, OpenProgramme
from qol.usecases.lab.programmes.read_programme import ListChoices, ReadProgramme
from qol.usecases.lab.programmes.read_releases import ApproveOnce, ListReleases
from qol.usecases.lab.programmes.sites import EndSite, ListSites, RegisterSite


@dataclass(frozen=True, slots=True)
class ProgrammeActs:
    """What the pages call."""

    read: ReadProgramme
    choices: ListChoices
    take_out: TakeOut
    propose: ProposeProgramme
    change: ChangeProgramme
    sites: ListSites
    register_site: RegisterSite
    end_site: EndSite
    check_opening: CheckOpening
    open_programme: OpenProgramme
    close_programme: CloseProgramme
    releases: ListReleases
    approve: ApproveOnce
