"""A face of staff on fakes, behind a port of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Page

from qol.domain.staff.notice import notice_version
from tests.cast import PASSWORD, Member
from tests.e2e.ward import listening
from tests.staff_face import Staffed, make


@dataclass
class Office:
    """The face and where it is."""

    here: Staffed
    origin: str

    def read(self, member: Member) -> None:
        """Let somebody have read the notice."""
        version = notice_version(self.here.desk.ledger_days)
        self.here.store.rows.notices[(member.reference, version)] = self.here.clock.now()

    def half(self, page: Page, member: Member) -> None:
        """Type login and password."""
        page.goto(f"{self.origin}/fr/sign-in")
        page.fill("#login", member.login)
        page.fill("#password", PASSWORD)
        page.click("main button")
        page.wait_for_url("**/second-factor")

    def sign_in(self, page: Page, member: Member) -> None:
        """Both factors, the notice read before."""
        self.read(member)
        self.half(page, member)
        page.fill("#code", self.here.code(member))
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_url(f"{self.origin}/fr/")


@contextmanager
def office(face: str = "hcp") -> Iterator[Office]:
    """Serve the face until the block ends."""
    with listening("localhost") as (server, origin):
        here = make(face, origin)
        server.app = here.app
        yield Office(here, origin)
