"""kill -9 at each named point of a professional's act: rows and events agree; once more is once."""

from __future__ import annotations

import urllib.error
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPException

import pytest
from sqlalchemy import create_engine, text

from qol.cli.demonstration.making import SITE
from qol.cli.demonstration.ward import fill_ward
from tests.instance import Instance, make, process
from tests.integration.attack import professional
from tests.integration.attack.professional import Form, Professional
from tests.integration.db.stock import fresh_database

LOST = (ConnectionError, urllib.error.URLError, HTTPException, TimeoutError)
POINTS = ("after_begin", "after_event", "after_commit")
COUNTED = {
    "pseudonym.handed_over": "attestation",
    "administration.deposited": "administration",
    "device.handed_over": "device_ticket",
}


@dataclass
class Site:
    """An installation in which Ana is signed in; her cookies outlive each process."""

    instance: Instance
    here: Professional
    living: str

    def at(self, origin: str = "") -> Professional:
        """Ana's browser, at that process or at the one that lives."""
        self.here.browser.origin = origin or self.living
        return self.here

    def counts(self) -> dict[str, tuple[int, int]]:
        """Of each act, its rows and its events."""
        engine = create_engine(self.instance.shop.config.database_url)
        with engine.connect() as connection:
            found = {
                act: (
                    connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one(),
                    connection.execute(
                        text("SELECT count(*) FROM ledger WHERE act = :act"), {"act": act}
                    ).scalar_one(),
                )
                for act, table in COUNTED.items()
            }
        engine.dispose()
        return found


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The demonstration on both databases."""
    folder = tmp_path_factory.mktemp(f"killed-{request.param}") / "instance"
    with ExitStack() as until:
        url = ""
        if request.param == "postgres":  # a database of its own: keys belong to one installation
            url = until.enter_context(fresh_database(request.getfixturevalue("postgres_url")))
        instance = make(folder, url)
        until.callback(instance.close)
        yield until.enter_context(at_work(instance))


@contextmanager
def at_work(instance: Instance) -> Iterator[Site]:
    """Ana signed in at a face that lives, with codes to hand over."""
    with instance.shop.store().reading() as unit:
        programme = unit.versions("demonstration")[-1].programme
    fill_ward(instance.shop, programme, SITE)
    instance.shop.issue(for_site=True)(programme.id, SITE, 20, "test")
    with process(instance, face="hcp") as (_, origin):
        yield Site(instance, professional.sign_in(instance, origin), origin)


def killed(site: Site, point: str, drawn: Callable[[Professional], Form], status: int) -> None:
    """Fill a form, send it to a face that dies at the point, and again to one that lives."""
    form = drawn(site.at())
    with process(site.instance, point, "hcp") as (child, origin), pytest.raises(LOST):
        site.at(origin).send(form)
    child.wait(timeout=20)
    for rows, events in site.counts().values():
        assert rows == events
    site.at().send(form, status)


@pytest.mark.parametrize("point", POINTS)
def test_a_code_is_handed_over_once(site: Site, point: str) -> None:
    before = site.counts()["pseudonym.handed_over"][0]
    killed(site, point, professional.hand_over_form, 303)
    assert site.counts()["pseudonym.handed_over"] == (before + 1, before + 1)


@pytest.mark.parametrize("point", [*POINTS, "before_sealing", "after_row"])
def test_answers_are_entered_once(site: Site, point: str) -> None:
    number = professional.handed_over(site.at())
    before = site.counts()["administration.deposited"][0]
    killed(site, point, lambda here: professional.entry_form(here, number), 303)
    assert site.counts()["administration.deposited"] == (before + 1, before + 1)


def test_a_device_is_lent_once_and_the_session_ends_with_it(site: Site) -> None:
    """Last, because it signs Ana out."""
    number = professional.handed_over(site.at())
    for point in ("after_ticket", "after_event"):
        form = professional.device_form(site.at(), number)
        with process(site.instance, point, "hcp") as (child, origin), pytest.raises(LOST):
            site.at(origin).send(form)
        child.wait(timeout=20)
        assert site.counts()["device.handed_over"] == (0, 0)
        assert professional.sheets(site.at()), "she is signed in still"
    killed(site, "after_commit", lambda here: professional.device_form(here, number), 307)
    assert site.counts()["device.handed_over"] == (1, 1)
    assert site.at().browser.ask("/fr/follow-up")[0] == 303
