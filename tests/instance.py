"""A whole fictitious installation in a temporary folder: keys, database, programme, codes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.cookiejar import CookieJar
from pathlib import Path

from qol.bootstrap.cli import Workshop, workshop
from qol.cli.demonstration.making import escrow_folder, fill, fresh_codes, make_instance

TOP = Path(__file__).parent.parent


@dataclass(frozen=True)
class Instance:
    """The folder, and the environment that each process of it is given."""

    folder: Path
    database_url: str = ""

    @property
    def escrow(self) -> Path:
        """Where the escrow halves are: beside, never inside."""
        return escrow_folder(self.folder)

    def environ(self, face: str = "patient", origin: str = "http://127.0.0.1") -> dict[str, str]:
        """The environment of one face."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        made = {
            "QOL_FACE": face,
            "QOL_INSTANCE": str(self.folder),
            "QOL_KEYS": str(self.folder / "keys" / face),
            "QOL_ORIGIN": origin,
            "QOL_DEMONSTRATION": "1",
            "PYTHONPATH": str(TOP),
        }
        if face != "patient":
            made["QOL_PATIENT_ORIGIN"] = "http://127.0.0.1:8000"
        if self.database_url:
            made["QOL_DATABASE_URL"] = self.database_url
        return kept | made

    @cached_property
    def shop(self) -> Workshop:
        """The laboratory's commands on this instance."""
        return workshop(self.environ("lab"))

    def close(self) -> None:
        """Let go of the database."""
        self.shop.close()

    def codes(self, wanted: int = 5) -> list[str]:
        """Fresh activated codes, for today."""
        shop, found = self.shop, []
        with shop.store().reading() as unit:
            programme = unit.versions("demonstration")[-1].programme
        while len(found) < wanted:
            found += [code.reveal() for code in fresh_codes(shop, programme)]
        return found[:wanted]


def make(folder: Path, database_url: str = "") -> Instance:
    """Make the installation, as the first ``make run`` does."""
    instance = Instance(folder, database_url)
    make_instance(folder)
    fill(instance.shop, ())
    return instance


@contextmanager
def process(
    instance: Instance, fault: str = "", face: str = "patient"
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A face in a process of its own; it dies by SIGKILL at the named point."""
    module = {"patient": "tests.dying", "hcp": "tests.dying_hcp"}[face]
    command = [sys.executable, "-m", module, fault]
    child = subprocess.Popen(
        command, cwd=TOP, env=instance.environ(face), stdout=subprocess.PIPE, text=True
    )
    assert child.stdout
    try:
        port = child.stdout.readline().strip()
        assert port, "the face did not start"
        yield child, f"http://127.0.0.1:{port}"
    finally:
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()


class Browser:
    """A browser without script, over a real socket: one cookie, forms, redirects by hand."""

    def __init__(self, origin: str) -> None:
        """Start with an empty cookie jar."""
        self.origin = origin
        self.jar = CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.jar), _NoRedirect()
        )

    def ask(self, path: str, data: dict[str, str] | None = None) -> tuple[int, str]:
        """GET, or POST when there is data; the status and the text."""
        body = None if data is None else urllib.parse.urlencode(data).encode()
        try:
            with self._opener.open(self.origin + path, body, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def enter(self, code: str) -> int:
        """Type a code."""
        _, page = self.ask("/fr/")
        return self.ask("/fr/", hidden(page, "csrf_token") | {"code": code})[0]

    def filled(self, number: int = 1) -> dict[str, str]:
        """Open the form of that number and answer every item with its first code."""
        _, page = self.ask(f"/fr/questions/{number}")
        found = hidden(page, "csrf_token", "release") | {"asked": "1"}
        for name, value in re.findall(r'type="radio" name="(q\.[^"]+)" value="(\d+)"', page):
            found.setdefault(name, value)
        return found


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: object) -> None:
        """Leave every redirect to the test."""


def hidden(page: str, *names: str) -> dict[str, str]:
    """The named hidden fields of a page."""
    found = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return {name: found[name] for name in names}


def rows(instance: Instance) -> tuple[list[str], list[str]]:
    """The ids of stored administrations, and the references of deposit events."""
    with instance.shop.store().reading() as unit:
        records = [record.administration.id for record in unit.records("demonstration")]
    return records, deposit_events(instance)


def deposit_events(instance: Instance) -> list[str]:
    """The references of the ledger's deposit events, read with the drivers themselves."""
    query = "SELECT reference FROM ledger WHERE act = 'administration.deposited'"
    if instance.database_url:
        import psycopg

        url = instance.database_url.replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(url) as connection:
            return [row[0] for row in connection.execute(query)]
    import sqlite3

    connection = sqlite3.connect(instance.folder / "portal.sqlite3")
    try:
        return [row[0] for row in connection.execute(query)]
    finally:
        connection.close()
