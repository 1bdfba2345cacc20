"""The professionals' face and the patient's on one database, each behind a port of its own."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from itsdangerous import URLSafeSerializer
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import BaseWSGIServer, make_server

from qol.adapters.crypto.visit import VisitCipher
from qol.adapters.words import read_catalogues
from qol.config import Config
from qol.domain.instrument import Release
from qol.domain.programme import Programme
from qol.usecases.patient.deposit import Deposit
from qol.usecases.patient.open_on_device import OpenOnDevice
from qol.usecases.patient.open_visit import OpenVisit
from qol.web.patient.app import build
from qol.web.patient.face import Face
from tests.cast import ANA, Member
from tests.fakes import CountingDice, PlainDigests
from tests.hcp_face import Ward, make
from tests.patient_face import PORTAL

LAPTOP = {"width": 1024, "height": 768}
TABLET = {"width": 768, "height": 1024}


@dataclass
class Hospital:
    """Both faces and where they are."""

    ward: Ward
    origin: str
    patient: str

    @contextmanager
    def signed_in(
        self, browser: Browser, member: Member = ANA, **how: object
    ) -> Iterator[BrowserContext]:
        """A browser in which somebody has signed in."""
        context = browser.new_context(**({"viewport": LAPTOP, "locale": "fr-FR"} | how))
        context.set_default_timeout(10_000)
        cookie = self.ward.client(member).get_cookie("hcp")
        assert cookie is not None
        kept = {"name": "hcp", "value": cookie.value, "url": self.origin}
        context.add_cookies([kept | {"httpOnly": True, "sameSite": "Strict"}])  # type: ignore[list-item]
        try:
            yield context
        finally:
            context.close()

    def opened(self, context: BrowserContext, path: str = "") -> Page:
        """A page of that browser."""
        page = context.new_page()
        page.goto(f"{self.origin}/fr/{path}")
        return page


@contextmanager
def listening(host: str) -> Iterator[tuple[BaseWSGIServer, str]]:
    """A port that answers once its application is set."""

    def nothing(environ: Any, start: Any) -> Iterable[bytes]:  # noqa: ANN401 - WSGI
        start("503 Not yet", [])
        return []

    server = make_server(host, 0, nothing, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server, f"http://{host}:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _patient(ward: Ward, origin: str) -> Any:  # noqa: ANN401 - a WSGI application
    stores, dice = ward.place.patient(), CountingDice()
    opening = OpenVisit(stores.records, stores.housekeeping, PlainDigests(), ward.clock, dice)
    face = Face(
        open_visit=opening,
        open_on_device=OpenOnDevice(stores.records, PlainDigests(), ward.clock),
        deposit=Deposit(stores.records, ward.sealer, ward.clock, dice),
        store=stores.records,
        clock=ward.clock,
        cipher=VisitCipher(b"s" * 32),
        signer=URLSafeSerializer("k", salt="calendar"),
        source=lambda address, _: address.encode(),
        portal=PORTAL,
        catalogues=read_catalogues(),
    )
    return build(face, Config("patient", Path(), "", Path(), True, origin), b"k" * 32)


@contextmanager
def hospital(
    folder: Path, programme: Programme | None = None, releases: tuple[Release, ...] = ()
) -> Iterator[Hospital]:
    """Serve both faces: the professionals' as localhost, the patient's under its number."""
    with ExitStack() as open_until:
        patient, patient_origin = open_until.enter_context(listening("127.0.0.1"))
        hcp, origin = open_until.enter_context(listening("localhost"))
        ward = make(folder, programme, releases, origin, patient_origin)
        open_until.callback(ward.close)
        hcp.app, patient.app = ward.app, _patient(ward, patient_origin)
        yield Hospital(ward, origin, patient_origin)
