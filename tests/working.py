"""Ana at her face over a socket, in a process of its own: her acts, as her browser posts them.

``python -m tests.working POINT`` is that process; it dies by SIGKILL at the named point, and
lives when there is none. The port is printed once it listens.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import Cookie
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from werkzeug.serving import make_server

from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.visit import flask_secret
from qol.bootstrap.hcp import build
from qol.bootstrap.staff import desk_of
from qol.bootstrap.staffing import account_named
from qol.cli.demonstration.making import SITE
from qol.cli.demonstration.people import PASSWORD, sign_ins
from qol.cli.demonstration.ward import fill_ward
from qol.config import from_environ
from qol.domain.staff.session import Method
from tests.dying import killer
from tests.instance import TOP, Browser, Instance, hidden

MORE = 40  # codes that the tests may hand over


def open_ward(instance: Instance) -> None:
    """Give the installation its codes to hand over and its first follow-ups."""
    shop = instance.shop
    with shop.store().reading() as unit:
        programme = unit.versions("demonstration")[-1].programme
    fill_ward(shop, programme, SITE)
    shop.issue(for_site=True)(programme.id, SITE, MORE, "test")


def sign_in(instance: Instance, browser: Browser) -> None:
    """Sign Ana in with what the demonstration prints."""
    ana = next(one for one in sign_ins(instance.shop) if one.login == "ana")
    for page, typed in (
        ("/fr/sign-in", {"login": ana.login, "password": PASSWORD}),
        ("/fr/second-factor", {"code": ana.code}),
        ("/fr/notice", {}),
    ):
        status, text = post(browser, page, **typed)
        assert status == 303, text


def signed_in(instance: Instance) -> Browser:
    """A browser with a session of Ana's, the notice read: good at every face of the instance."""
    shop, config = instance.shop, from_environ(instance.environ("hcp"), "hcp")
    folder = KeyFolder(config.keys, "hcp", demonstration=True)
    desk, ana = (
        desk_of(config, folder, shop.staff, shop.clock),
        account_named(shop, "ana").reference,
    )
    desk.acknowledge(ana)
    signing = Flask("hcp")
    signing.secret_key = flask_secret(folder.secret(Purpose.SESSION))
    serializer = SecureCookieSessionInterface().get_signing_serializer(signing)
    assert serializer is not None
    kept = {"t": desk.open_session(ana, Method.TOTP).token, "csrf_token": "5" * 40}
    browser = Browser("")
    browser.jar.set_cookie(_kept(str(serializer.dumps(kept))))
    return browser


def _kept(value: str) -> Cookie:
    where = {"domain": "127.0.0.1", "domain_specified": False, "domain_initial_dot": False}
    place = {"path": "/", "path_specified": True, "port": None, "port_specified": False}
    rest = {"secure": False, "expires": None, "discard": True, "comment": None, "comment_url": None}
    return Cookie(0, "hcp", value, rest={}, **where, **place, **rest)  # type: ignore[arg-type]


def post(browser: Browser, page: str, path: str = "", **data: str) -> tuple[int, str]:
    """Post a form with the token of the page it stands on."""
    _, text = browser.ask(page)
    return browser.ask(path or page, hidden(text, "csrf_token") | data)


def hand_over_form(browser: Browser) -> dict[str, str]:
    """The page of a hand-over, ready to be sent."""
    _, text = browser.ask("/fr/hand-over")
    every = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
    days = re.findall(r'name="((?:given_on|day_zero)\.\w+)"[^>]*value="(\d+)"', text)
    return every | dict(days) | {"variant": "adult", "note": "fr", "attested": "1"}


def sheets_of(browser: Browser) -> list[str]:
    """Every sheet that was handed over here."""
    return re.findall(r'href="/fr/sheets/(\w{5})"', browser.ask("/fr/follow-up")[1])


def handed_over(browser: Browser) -> str:
    """The sheet of a new hand-over; its number is drawn, so the last listed is not the newest."""
    before = set(sheets_of(browser))
    status, page = browser.ask("/fr/hand-over", hand_over_form(browser))
    assert status == 303, page
    (new,) = set(sheets_of(browser)) - before
    return new


def interview(browser: Browser, sheet: str) -> tuple[str, dict[str, str]]:
    """Where the first open questionnaire of today is sent to, and what is sent."""
    _, text = browser.ask(f"/fr/sheets/{sheet}/consultation")
    opened = re.search(rf'href="(/fr/sheets/{sheet}/consultation/[^"]+)"', text)
    assert opened, "nothing to fill"
    _, page = browser.ask(opened[1])
    found = hidden(page, "csrf_token", "release", "visit") | {"asked": "1"}
    for name, value in re.findall(r'type="radio" name="(q\.[^"]+)" value="(\d+)"', page):
        found.setdefault(name, value)
    return f"{opened[1]}/send", found


@dataclass(frozen=True)
class Working:
    """The running face."""

    child: subprocess.Popen[bytes]
    origin: str

    def browser(self, like: Browser | None = None) -> Browser:
        """A browser, with the cookies of another one."""
        made = Browser(self.origin)
        for cookie in like.jar if like else ():
            made.jar.set_cookie(cookie)
        return made


@contextmanager
def working(instance: Instance, point: str = "", log: Path | None = None) -> Iterator[Working]:
    """The professionals' face; what it says goes to the log."""
    with (log or Path(os.devnull)).open("ab") as out:
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.working", point],
            cwd=TOP,
            env=instance.environ("hcp"),
            stdout=subprocess.PIPE,
            stderr=out,
        )
        assert child.stdout
        try:
            port = child.stdout.readline().decode().strip()
            assert port, "the face did not start"
            yield Working(child, f"http://127.0.0.1:{port}")
        finally:
            child.send_signal(signal.SIGKILL)
            child.communicate()


if __name__ == "__main__":
    server = make_server(
        "127.0.0.1", 0, build(os.environ, fault=killer("".join(sys.argv[1:]))), threaded=True
    )
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    server.serve_forever()
