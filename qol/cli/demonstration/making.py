"""Make the demonstration instance, each step only when it is missing."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

from qol.adapters.programmes import toml_in
from qol.bootstrap.cli import MARK, Workshop
from qol.bootstrap.database import upgrade
from qol.bootstrap.keymaking import has_year, installation_keys, year_keys
from qol.cli.demonstration.people import employ
from qol.domain.errors import NotAllowedError
from qol.domain.programme import Programme
from qol.domain.pseudonym import Pseudonym
from qol.domain.site import Site
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.pseudonyms import Place

SITE = "DEMO"
CODES = 5
_HOSTS = 'hosts = ["127.0.0.1", "localhost"]'


def refuse_real(instance: Path) -> None:
    """Refuse a folder that holds something and does not say that it is a demonstration's."""
    if (instance / MARK).exists() or not instance.exists():
        return
    # Wordings may be imported before the first demonstration.
    if any(path.name != "questionnaires" for path in instance.iterdir()):
        raise NotAllowedError(
            f"{instance} is not a demonstration: name another folder in QOL_INSTANCE."
        )


def make_instance(instance: Path) -> None:
    """Make the folder and the file that marks it as a demonstration's."""
    refuse_real(instance)
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    (instance / MARK).write_text("Nothing in this folder is real.\n", "utf-8")


def escrow_folder(instance: Path) -> Path:
    """Give the folder of the escrow halves: beside the instance, never inside it."""
    return instance.parent / f"{instance.name}-escrow"


def fill(shop: Workshop, hosts: tuple[str, ...]) -> Programme:
    """Make database, keys, portal file, releases and programme where they are missing."""
    _portal(shop.config.instance, hosts)
    upgrade(shop.config)
    installation_keys(shop)
    employ(shop, SITE)
    programme = toml_in.read(_shipped("programme.toml"), "the demonstration programme")
    with shop.store().reading() as unit:
        loaded = unit.versions(programme.id)
    if not loaded:
        _load(shop, programme)
    _contract(shop, programme.id)
    year = shop.clock.now().year
    # On New Year's Eve a deposit may fall into the next year.
    for wanted in (year, year + 1):
        if not has_year(shop, programme.id, wanted):
            escrow = escrow_folder(shop.config.instance)
            escrow.mkdir(mode=0o700, exist_ok=True)
            year_keys(shop, programme.id, wanted, escrow, "demonstration")
    shop.open_programme(programme.id)
    return loaded[-1].programme if loaded else programme


def _load(shop: Workshop, programme: Programme) -> None:
    for instrument, version in programme.releases.items():
        for language in programme.languages:
            shop.publish(instrument, version, language, {"unapproved": True})
    shop.load_programme(programme, _shipped("programme.toml"), 0)


def _contract(shop: Workshop, programme: str) -> None:
    """Register the demonstration's site; at a later start the same row is no change."""
    first = date(2026, 1, 1)
    site = Site(
        *(programme, SITE, "Demonstration", "DEMONSTRATION-0000", first, date(2099, 12, 31)),
        signed=first,
        security="securite@demonstration.invalid",
    )
    shop.register_site(site)


def _portal(instance: Path, hosts: tuple[str, ...]) -> None:
    """Write the portal file at each start: the machine's address changes with the network."""
    listed = ", ".join(f'"{host}"' for host in dict.fromkeys(("127.0.0.1", "localhost", *hosts)))
    text = _shipped("portal.toml").replace(_HOSTS, f"hosts = [{listed}]")
    (instance / "portal.toml").write_text(text, "utf-8")


def _shipped(name: str) -> str:
    return (files(__package__) / name).read_text("utf-8")


def fresh_codes(shop: Workshop, programme: Programme) -> list[Pseudonym]:
    """Issue and activate new codes: those of an earlier start are kept nowhere."""
    actor = shop.keyboard.acting(Permission.ISSUE_PSEUDONYMS, programme.id)
    batch = shop.issue()(programme.id, SITE, CODES, actor)
    today = shop.clock.today(programme.time_zone)
    for sheet in batch.issued:
        shop.activate()(Place(programme.id, SITE, sheet.sheet_number), today, actor)
    return [sheet.pseudonym for sheet in batch.issued if sheet.pseudonym is not None]
