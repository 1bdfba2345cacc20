"""kill -9 at each named point of the acts on batches: codes and events agree; once is once."""

from __future__ import annotations

import time

import pyrage
import pytest

from qol.cli.demonstration.making import SITE
from tests.instance import Browser
from tests.integration.lab_killed.laboratory import Form, Lab, again, hidden, killed
from tests.integration.lab_killed.points import POINTS, after_reading, each

COUNT = 3


@pytest.fixture(scope="module")
def identity() -> pyrage.x25519.Identity:
    """Whoever outside is to have the key files."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def recipient(lab: Lab, identity: pyrage.x25519.Identity) -> str:
    """Their public half, registered."""
    page, given = "/fr/recipients", {"label": "OUT", "key": str(identity.to_public())}
    status, _, _ = again(lab, "leo", (page, hidden(lab.at("leo"), page) | given))
    assert status == 303
    [(reference,)] = lab.ask("SELECT reference FROM recipient")
    return str(reference)


def _issue(browser: Browser, recipient: str = "") -> Form:
    page = "/fr/batches/new"
    return page, hidden(browser, page) | {
        "site": SITE,
        "count": str(COUNT),
        "recipient": recipient,
    }


def _issued(lab: Lab, recipient: str = "") -> str:
    """Have Leo issue a batch; its reference."""
    form = _issue(lab.at("leo"), recipient)
    assert again(lab, "leo", form)[0] == 303
    return _batch(lab, form)


def _batch(lab: Lab, form: Form) -> str:
    [(reference,)] = lab.ask(f"SELECT reference FROM batch WHERE attempt = '{form[1]['attempt']}'")
    return str(reference)


def _codes(lab: Lab, batch: str, which: str = "slip IS NOT NULL") -> int:
    """How many codes of a batch are so."""
    inside = f"SELECT id FROM subject WHERE batch = '{batch}'"
    asked = f"SELECT count(*) FROM pseudonym WHERE subject_id IN ({inside}) AND {which}"
    return int(str(lab.ask(asked)[0][0]))


@each(after_reading(POINTS))
def test_a_batch_is_issued_once_with_its_key_file(
    lab: Lab, recipient: str, point: str, left: int
) -> None:
    act, everybody = ["pseudonyms.issued"], "SELECT count(*) FROM subject"
    [(before,)] = lab.ask(everybody)
    form, kept = killed(lab, "leo", point, lambda one: _issue(one, recipient))
    assert kept == act[:left]
    assert lab.ask(everybody) == [(int(str(before)) + COUNT * left,)]
    status, _, added = again(lab, "leo", form)
    assert (status, kept + added) == (303, act)
    assert lab.ask(everybody) == [(int(str(before)) + COUNT,)]
    batch = _batch(lab, form)
    assert _codes(lab, batch) == COUNT
    assert lab.ask(f"SELECT count(content) FROM key_file WHERE batch = '{batch}'") == [(1,)]


@each(POINTS)
def test_a_batch_is_revoked_once(lab: Lab, point: str, left: int) -> None:
    batch, act = _issued(lab), ["batch.revoked"]
    page = f"/fr/batches/{batch}/revoke"
    chosen = {"which": "all", "reason": "lost"}
    form, kept = killed(lab, "leo", point, lambda one: (page, hidden(one, page) | chosen))
    assert kept == act[:left]
    assert _codes(lab, batch, "state = 'revoked'") == COUNT * left
    status, _, added = again(lab, "leo", form)
    assert (status, kept + added) == (303, act)
    assert _codes(lab, batch, "state = 'revoked'") == COUNT
    assert _codes(lab, batch) == 0


@each(after_reading(POINTS))
def test_a_lost_slip_is_replaced_once(lab: Lab, point: str, left: int) -> None:
    batch, act = _issued(lab), ["pseudonym.replaced"]
    [(number,), *_] = lab.ask(f"SELECT sheet_number FROM subject WHERE batch = '{batch}'")
    page = f"/fr/batches/{batch}/sheets/{number}/replace"
    form, kept = killed(lab, "leo", point, lambda one: (page, hidden(one, page)))
    assert kept == act[:left]
    assert _codes(lab, batch, "state = 'replaced'") == left
    status, _, added = again(lab, "leo", form)
    assert (status, kept + added) == (303, act)
    assert _codes(lab, batch, "state = 'replaced'") == 1
    assert _codes(lab, batch, "state = 'issued'") == COUNT


def _one(lab: Lab, act: str) -> tuple[str, str, str]:
    """A batch, the page of an act on one of its sheets, and how the ledger names its subject."""
    batch = _issued(lab)
    asked = f"SELECT sheet_number, reference FROM subject WHERE batch = '{batch}'"
    [(number, reference), *_] = lab.ask(asked)
    return batch, f"/fr/batches/{batch}/sheets/{number}/{act}", f"subject:{reference}"


@each(after_reading(POINTS))
def test_a_code_is_activated_once(lab: Lab, point: str, left: int) -> None:
    batch, page, subject = _one(lab, "activate")
    day = {"day_zero": lab.instance.shop.clock.now().date().isoformat()}
    form, _ = killed(lab, "leo", point, lambda one: (page, hidden(one, page) | day))
    live = "state = 'live' AND slip IS NOT NULL"
    assert (_codes(lab, batch, live), lab.told("pseudonym.activated", subject)) == (left, left)
    assert again(lab, "leo", form)[0] == 303
    assert (_codes(lab, batch, live), lab.told("pseudonym.activated", subject)) == (1, 1)


@each(after_reading(POINTS))
def test_one_code_is_revoked_once(lab: Lab, point: str, left: int) -> None:
    batch, page, subject = _one(lab, "revoke")
    chosen = {"reason": "lost"}
    form, _ = killed(lab, "leo", point, lambda one: (page, hidden(one, page) | chosen))
    revoked = "state = 'revoked'"
    assert (_codes(lab, batch, revoked), lab.told("pseudonym.revoked", subject)) == (left, left)
    assert again(lab, "leo", form)[0] == 303
    assert (_codes(lab, batch, revoked), lab.told("pseudonym.revoked", subject)) == (1, 1)
    assert _codes(lab, batch) == COUNT - 1


@each(POINTS)
def test_a_key_file_leaves_once(
    lab: Lab, recipient: str, identity: pyrage.x25519.Identity, point: str, left: int
) -> None:
    """One that had left when the process died is told to be gone (docs/adr/0008)."""
    batch, act = _issued(lab, recipient), ["key_file.released"]
    page = f"/fr/batches/{batch}/key-file"
    form, kept = killed(lab, "lena", point, lambda one: (page, hidden(one, page)))
    assert kept == act[:left]
    status, content, added = again(lab, "lena", form)
    assert (status, kept + added) == (409 if left else 200, act)
    if not left:
        opened = pyrage.decrypt(content, [identity])
        assert len(opened.splitlines()) == 1 + COUNT
    assert again(lab, "lena", form)[::2] == (409, [])


@each(POINTS)
def test_a_key_file_is_withdrawn_once(lab: Lab, recipient: str, point: str, left: int) -> None:
    batch, act = _issued(lab, recipient), ["key_file.withdrawn"]
    page = f"/fr/batches/{batch}/key-file"
    form, kept = killed(lab, "leo", point, lambda one: (f"{page}/withdraw", hidden(one, page)))
    assert kept == act[:left]
    status, _, added = again(lab, "leo", form)
    assert (status, kept + added) == (303, act)


def _drawn(lab: Lab, batch: str) -> str:
    """Have Leo draw the slips of a batch; the page that gives them."""
    page = f"/fr/batches/{batch}/slips"
    form = (page, hidden(lab.at("leo"), page) | {"language": "fr"})
    assert again(lab, "leo", form)[0] == 303
    path, until = f"{page}/{form[1]['attempt']}", time.monotonic() + 60
    while f'action="{path}"' not in lab.at("leo").ask(path)[1]:
        assert time.monotonic() < until, "the slips are not drawn"
        time.sleep(0.1)
    return path


def test_slips_are_collected_once_whatever_dies(lab: Lab) -> None:
    """The copies die with the event; the person who collected may take the same file again."""
    batch = _issued(lab)
    path, printed = _drawn(lab, batch), "SELECT count(*) FROM ledger WHERE act = 'slips.printed'"
    for point, left in POINTS.items():
        [(before,)] = lab.ask(printed)
        form, _ = killed(lab, "leo", point, lambda one: (path, hidden(one, path)))
        assert lab.ask(printed) == [(int(str(before)) + left,)]
        assert _codes(lab, batch) == (0 if left else COUNT)
    for _ in range(2):
        status, content, _ = again(lab, "leo", form)
        assert (status, content[:5]) == (200, b"%PDF-")
    assert lab.ask(f"{printed} AND reference = 'batch:{batch}'") == [(3,)]
