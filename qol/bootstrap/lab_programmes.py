"""Put the acts together that the laboratory's pages about programmes call."""

from __future__ import annotations

from qol.adapters.programmes import toml_in, toml_out
from qol.usecases.lab.approve_release import ApproveRelease
from qol.usecases.lab.load_programme import LoadProgramme
from qol.usecases.lab.ports import LabStore
from qol.usecases.lab.programmes.acts import ProgrammeActs
from qol.usecases.lab.programmes.change_programme import (
    ChangeProgramme,
    ProposeProgramme,
    TakeOut,
)
from qol.usecases.lab.programmes.opening import CheckOpening, CloseProgramme, OpenProgramme
from qol.usecases.lab.programmes.read_programme import ListChoices, ReadProgramme
from qol.usecases.lab.programmes.read_releases import ApproveOnce, ListReleases
from qol.usecases.lab.programmes.sites import EndSite, ListSites, RegisterSite
from qol.usecases.ports import Clock


def programme_acts(store: LabStore, clock: Clock, *, demonstration: bool) -> ProgrammeActs:
    """Give the acts; ``demonstration`` is the installation's."""
    load = LoadProgramme(store, clock, demonstration)
    propose = ProposeProgramme(load, toml_in.read)
    return ProgrammeActs(
        read=ReadProgramme(store, clock),
        choices=ListChoices(store),
        take_out=TakeOut(load, toml_out.write),
        propose=propose,
        change=ChangeProgramme(propose),
        sites=ListSites(store, clock),
        register_site=RegisterSite(store, clock),
        end_site=EndSite(store, clock),
        check_opening=CheckOpening(store, clock),
        open_programme=OpenProgramme(store, clock),
        close_programme=CloseProgramme(store, clock),
        releases=ListReleases(store, clock),
        approve=ApproveOnce(ApproveRelease(store, clock)),
    )
