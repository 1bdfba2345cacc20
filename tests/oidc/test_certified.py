"""The good path at a provider that was certified for OpenID Connect, in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
import requests
from werkzeug.serving import make_server

from qol.adapters.clock import SystemClock
from qol.adapters.oidc.endpoints import Endpoints
from qol.adapters.oidc.settings import Settings
from qol.usecases.staff.identity import LogoutNotice, Refusal
from tests.node import PROVIDER
from tests.oidc.face import Face
from tests.oidc.faulty import PERSON, SECRET

CLIENTS = [("portal-rs", SECRET, "RS256"), ("portal-hs", f"{SECRET}-other", "HS256")]


@contextmanager
def certified(node: Path, face: str) -> Iterator[str]:
    """Run the provider for a face's origin; gives its issuer."""
    child = subprocess.Popen(
        [node, "server.mjs"],
        cwd=PROVIDER,
        env=os.environ
        | {"FACE": face, "CLIENTS": json.dumps(CLIENTS), "PERSON": json.dumps(PERSON)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stdout
    try:
        issuer = child.stdout.readline().strip()
        if not issuer:
            _, told = child.communicate(timeout=20)
            pytest.fail(f"the certified provider did not start: {told[-800:]}")
        yield issuer
    finally:
        child.terminate()
        child.communicate(timeout=20)


@dataclass
class Live:
    """A face that listens, and the browser of somebody who uses it."""

    face: Face
    origin: str
    browser: requests.Session

    def go(self, address: str) -> requests.Response:
        """Open an address and follow wherever it leads, as a browser does."""
        return self.browser.get(urljoin(self.origin, address), timeout=20)


@pytest.fixture(params=CLIENTS, ids=["RS256", "HS256"])
def live(request: pytest.FixtureRequest, node: Path) -> Iterator[Live]:
    """The face on a port of its own, with the provider beside it."""
    client, secret, algorithm = request.param
    built: list[Face] = []

    def app(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        return built[0].app(environ, start)  # built once its own port and the provider's are known

    server = make_server("127.0.0.1", 0, app, threaded=True)
    origin = f"http://127.0.0.1:{server.port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    with certified(node, origin) as issuer:
        at = Endpoints(
            issuer, f"{issuer}/auth", f"{issuer}/token", f"{issuer}/me", f"{issuer}/jwks",
            f"{issuer}/session/end",
        )  # fmt: skip
        settings = Settings(at, client, secret, algorithm, None, None, origin)
        built.append(Face(settings, SystemClock()))
        with requests.Session() as browser:
            browser.trust_env = False
            yield Live(built[0], origin, browser)
    server.shutdown()
    server.server_close()


def test_a_person_signs_in_leaves_and_is_told_of_by_the_provider(live: Live) -> None:
    page = live.go("/psc/start?language=en")
    assert (page.status_code, live.face.refused) == (200, [])
    assert "You are identified" in page.text
    (identity,) = live.face.came
    assert identity.national_id == PERSON["SubjectNameID"]
    assert (identity.given_name, identity.family_name) == ("Josephine", "Essai-Martin")
    assert identity.organisation == PERSON["SubjectOrganizationID"]
    assert identity.session

    asks = live.go(live.face.provider.leaving())  # without a token of hers it asks first
    assert live.face.ended == []
    action = re.search(r'action="([^"]+)"', asks.text)
    xsrf = re.search(r'name="xsrf" value="([^"]+)"', asks.text)
    assert action
    assert xsrf
    home = live.browser.post(action[1], {"xsrf": xsrf[1], "logout": "yes"}, timeout=20)
    assert home.url == f"{live.origin}/"
    assert live.face.ended == [LogoutNotice(identity.issuer, identity.subject, identity.session)]


def test_a_second_sign_in_of_a_session_that_lives_is_another_transaction(live: Live) -> None:
    live.go("/psc/start")
    back = live.go("/psc/start").url
    assert len(live.face.came) == 2
    assert live.face.came[0] == live.face.came[1]
    live.go(back)  # the browser's Reload: its cookie is gone
    assert live.face.refused == [Refusal.TRANSACTION]
