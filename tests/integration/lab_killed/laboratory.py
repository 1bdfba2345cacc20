"""The laboratory over a socket: its people signed in, faces that die, what is stored and told."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from http.client import HTTPException
from os import killpg

import pytest
from sqlalchemy import create_engine, text

from qol.bootstrap.lab_mail_room import mailing
from qol.bootstrap.ledger import verify_ledger
from qol.bootstrap.staffing import account_named
from qol.cli.demonstration.people import PASSWORD, sign_ins
from qol.domain.staff.accounts import actor_of
from qol.web.lab.mail_room.acts import MailRoom
from tests.instance import TOP, Browser, Instance

LOST = (ConnectionError, urllib.error.URLError, HTTPException, TimeoutError)
FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PEOPLE = ("lena", "leo", "mia", "noe")
_DEPOSITS = "id NOT IN (SELECT successor_id FROM record_change WHERE successor_id IS NOT NULL)"
_BY_ITSELF = "attempt NOT IN (SELECT attempt FROM mixup_decision)"
_FOUND = "state = 'duplicate' OR id IN (SELECT sheet_id FROM sheet_duplicate)"
_REVOKED = "SELECT 1 FROM pseudonym WHERE subject_id = subject.id AND state = 'revoked'"
_LEFT = f"SELECT 1 FROM subject WHERE subject.batch = batch.reference AND NOT EXISTS ({_REVOKED})"
COUNTED = {
    "sheet.registered": "count(*) FROM received_sheet",
    "sheet.keyed": "count(*) FROM sheet_keying WHERE turn < 3",
    "sheet.reconciled": "count(*) FROM sheet_keying WHERE turn = 3",
    "sheet.duplicate_found": f"count(*) FROM received_sheet WHERE {_FOUND}",
    "sheet.duplicate_decided": "count(*) FROM sheet_duplicate",
    "sheets.destruction_prepared": "count(*) FROM sheet_destruction",
    "sheets.destroyed": "count(confirmed_by) FROM sheet_destruction",
    "administration.deposited": f"count(*) FROM administration WHERE {_DEPOSITS}",
    "record.corrected": "count(*) FROM record_change WHERE kind = 'corrected'",
    "record.frozen": f"count(*) FROM record_change WHERE kind = 'frozen' AND {_BY_ITSELF}",
    "record.lifted": f"count(*) FROM record_change WHERE kind = 'lifted' AND {_BY_ITSELF}",
    "wrong_patient.decided": "count(*) FROM mixup_decision",
    "pseudonyms.issued": "count(*) FROM batch",
    "pseudonym.replaced": "count(*) FROM sheet_replaced",
    "batch.revoked": f"count(*) FROM batch WHERE NOT EXISTS ({_LEFT})",
    "key_file.released": "count(*) FROM key_file WHERE outcome = 'released'",
    "key_file.withdrawn": "count(*) FROM key_file WHERE outcome = 'withdrawn'",
}
"""Of each act, what it leaves; its event is counted beside."""

Form = tuple[str, dict[str, str]]
"""Where a form goes, and its fields."""
Draw = Callable[[Browser], Form]


@dataclass
class Nursery:
    """Starts faces, each in a process of its own."""

    child: subprocess.Popen[str]

    def start(self, point: str = "") -> None:
        """Begin to start a face that dies at the point, or one that lives."""
        assert self.child.stdin
        self.child.stdin.write(f"{point}\n")
        self.child.stdin.flush()

    def said(self) -> str:
        """Read what was printed."""
        assert self.child.stdout
        return self.child.stdout.readline().strip()

    def origin(self) -> str:
        """Wait until the face that is being started listens."""
        port = self.said()
        assert port, "the face did not start"
        return f"http://127.0.0.1:{port}"


@contextmanager
def nursery(instance: Instance) -> Iterator[Nursery]:
    """Give a nursery; no face outlives it."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.dying_lab"],
        cwd=TOP,
        env=instance.environ("lab"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert child.stdin
    assert child.stdout
    try:
        yield Nursery(child)
    finally:
        killpg(child.pid, signal.SIGKILL)
        child.wait()
        child.stdin.close()
        child.stdout.close()


@dataclass
class Lab:
    """An installation with its people at work; their cookies outlive each process."""

    instance: Instance
    nursery: Nursery
    living: str
    room: MailRoom
    browsers: dict[str, Browser] = field(default_factory=dict)

    def at(self, login: str, origin: str = "") -> Browser:
        """That person's browser, at that process or at the one that lives."""
        browser = self.browsers[login]
        browser.origin = origin or self.living
        return browser

    def actor(self, login: str) -> str:
        """How the ledger names them."""
        return actor_of(account_named(self.instance.shop, login).reference)

    @cached_property
    def engine(self) -> object:
        """The database, beside every face."""
        return create_engine(self.instance.shop.config.database_url)

    def ask(self, sql: str) -> list[tuple[object, ...]]:
        """Run one statement."""
        with self.engine.connect() as connection:  # type: ignore[attr-defined]
            return [tuple(row) for row in connection.execute(text(sql))]

    def counts(self) -> dict[str, tuple[int, int]]:
        """Of each act, what it left and its events."""
        told = dict(self.ask("SELECT act, count(*) FROM ledger GROUP BY act"))
        asked = ", ".join(f"(SELECT {counted})" for counted in COUNTED.values())
        (left,) = self.ask(f"SELECT {asked}")
        return {
            act: (int(str(rows)), int(str(told.get(act, 0))))
            for act, rows in zip(COUNTED, left, strict=True)
        }

    def told(self, act: str, reference: str) -> int:
        """Count the events of an act on one thing: for acts whose rows no table counts."""
        about = f"act = '{act}' AND reference = '{reference}'"
        return int(str(self.ask(f"SELECT count(*) FROM ledger WHERE {about}")[0][0]))

    def sound(self) -> bool:
        """Say whether the whole ledger verifies."""
        return verify_ledger(self.instance.shop)("test").sound


def grown(before: dict[str, tuple[int, int]], now: dict[str, tuple[int, int]]) -> list[str]:
    """List the acts of which there is one more, rows and events alike."""
    found = []
    for act, (rows, events) in now.items():
        assert rows == events, act
        found += [act] * (rows - before[act][0])
    return found


def posted(browser: Browser, form: Form) -> tuple[int, bytes]:
    """Send a form; the status and the bytes."""
    path, data = form
    body = urllib.parse.urlencode(data).encode()
    try:
        with browser._opener.open(browser.origin + path, body, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def hidden(browser: Browser, page: str) -> dict[str, str]:
    """The hidden fields of a page."""
    status, shown = browser.ask(page)
    assert status == 200, (page, status, shown[-400:])
    return dict(FIELD.findall(shown))


def killed(lab: Lab, login: str, point: str, draw: Draw) -> tuple[Form, list[str]]:
    """Send a form to a face that dies at the point; the form, and the acts that were kept."""
    lab.nursery.start(point)
    form, before = draw(lab.at(login)), lab.counts()
    browser = lab.at(login, lab.nursery.origin())
    with pytest.raises(LOST):
        posted(browser, form)
    lab.nursery.start("end")
    assert lab.nursery.said() == str(-signal.SIGKILL)
    kept = grown(before, lab.counts())
    assert lab.sound()
    return form, kept


def again(lab: Lab, login: str, form: Form) -> tuple[int, bytes, list[str]]:
    """Send a form to the face that lives; what it answered, and the acts that it added."""
    before = lab.counts()
    status, content = posted(lab.at(login), form)
    return status, content, grown(before, lab.counts())


def _signed_in(instance: Instance, origin: str) -> dict[str, Browser]:
    browsers = {}
    for one in sign_ins(instance.shop):
        if one.login not in PEOPLE:
            continue
        browser = browsers[one.login] = Browser(origin)
        steps = (
            ("sign-in", {"login": one.login, "password": PASSWORD}),
            ("second-factor", {"code": one.code}),
            ("notice", {}),
        )
        for page, typed in steps:
            path = f"/fr/{page}"
            status, shown = browser.ask(path, hidden(browser, path) | typed)
            assert status == 303, (path, shown[-400:])
    return browsers


@contextmanager
def at_work(instance: Instance) -> Iterator[Lab]:
    """Give the laboratory with its people signed in at a face that lives."""
    shop = instance.shop
    config = replace(shop.config, face="lab", keys=shop.config.keys.parent / "lab")
    with ExitStack() as until:
        room = until.enter_context(mailing(config, shop.clock))
        faces = until.enter_context(nursery(instance))
        faces.start()
        living = faces.origin()
        lab = Lab(instance, faces, living, room, _signed_in(instance, living))
        yield lab
        lab.engine.dispose()  # type: ignore[attr-defined]
