"""Every act of a professional, on a real installation: each in the ledger, nothing in the clear."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from qol.adapters.crypto.keyfolder import KeyFolder, Purpose
from qol.adapters.crypto.slips import AesSlipSealer
from qol.domain.audit import Act
from qol.domain.follow_up import Mixup, Reason
from tests.instance import Browser, Instance, hidden, make
from tests.integration.attack.conftest import Seen, Watched
from tests.integration.attack.forms import files_below, holds_answers, holds_code, opened_cookie
from tests.working import handed_over, open_ward, post, signed_in, working

ACTS = {
    Act.WORK_LIST_READ, Act.SUBJECT_READ, Act.PSEUDONYM_HANDED_OVER, Act.SLIPS_PRINTED,
    Act.PSEUDONYM_REPLACED, Act.CONSULTATION_OPENED, Act.TRANSCRIPTION_OPENED, Act.DEPOSITED,
    Act.DEVICE_HANDED_OVER, Act.TIMEPOINT_NOT_DONE, Act.WRONG_PATIENT_REPORTED,
    Act.FOLLOW_UP_ENDED, Act.ACCESS_REFUSED,
}  # fmt: skip


@dataclass(frozen=True)
class Day:
    """A day's work and every trace of it."""

    codes: list[str]
    given: list[dict[str, str]]
    heaps: dict[str, bytes]
    ledger: list[tuple[str, ...]]


def slips(instance: Instance) -> list[str]:
    """The codes that can be handed over, from their sealed copies."""
    folder = KeyFolder(instance.folder / "keys" / "hcp", "hcp", demonstration=True)
    sealer = AesSlipSealer(folder.secret(Purpose.SLIP))
    asked = "SELECT slip, reference FROM pseudonym JOIN subject ON subject.id = subject_id"
    return [sealer.open(*row) for row in asked_of(instance, f"{asked} WHERE state = 'issued'")]


def asked_of(instance: Instance, sql: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(instance.folder / "portal.sqlite3")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def answered(page: str, chance: random.Random) -> dict[str, str]:
    """The fields of a form with an answer drawn for each item that has codes."""
    found = hidden(page, "csrf_token", "release", "visit")
    offered: dict[str, list[str]] = {}
    for name, value in re.findall(r'type="radio" name="(q\.[^"]+)" value="(\d+)"', page):
        offered.setdefault(name, []).append(value)
    unsaid = re.findall(r'name="(q\.[^"]+\.state)" value="unanswered"', page)
    found |= dict.fromkeys(unsaid, "unanswered")
    return found | {name: chance.choice(values) for name, values in offered.items()}


def work(browser: Browser) -> list[dict[str, str]]:
    """Do everything once, on a new sheet; give the answers that were sent."""
    chance = random.Random(11)  # noqa: S311 - answers of a test
    at = f"/fr/sheets/{handed_over(browser)}"
    assert browser.ask("/fr/")[0] == 200
    assert browser.ask(at)[0] == 200
    assert post(browser, f"{at}/slip")[0] == 200
    assert post(browser, f"{at}/replace")[0] == 303
    opened = re.findall(rf'href="({at}/consultation/[^"]+)"', browser.ask(f"{at}/consultation")[1])
    said = answered(browser.ask(opened[0])[1], chance)
    assert browser.ask(f"{opened[0]}/send", said | {"asked": "1"})[0] == 303
    at = f"/fr/sheets/{handed_over(browser)}"
    papers = re.findall(rf'href="({at}/paper/\d+)"', browser.ask(f"{at}/paper")[1])
    today, copied = datetime.now(UTC), {}
    statuses = []
    for paper in papers:
        copied = answered(browser.ask(paper)[1], chance)
        day = {"on.day": str(today.day), "on.month": str(today.month), "on.year": str(today.year)}
        statuses.append(browser.ask(f"{paper}/send", copied | day | {"masked": "1"})[0])
    assert set(statuses) == {303, 409}, "the first of each slot is kept"
    assert browser.ask(f"{papers[0]}/send", copied | {"csrf_token": "wrong"})[0] in {400, 403}
    _, page = browser.ask(f"{at}/wrong-patient")
    received = re.findall(r'name="timepoint" value="([^"]+)"', page)[0]
    told = {"timepoint": received, "reason": Mixup.SLIPS_SWAPPED.value}
    assert post(browser, f"{at}/wrong-patient", **told)[0] == 200
    return [{k.removeprefix("q."): v for k, v in said.items() if k.startswith("q.")}]


def leave(browser: Browser) -> None:
    """What ends things: a visit that was not done, a follow-up, the session."""
    at = f"/fr/sheets/{handed_over(browser)}"
    not_done = re.search(rf'href="({at}/not-done/[^"]+)"', browser.ask(at)[1])
    assert not_done
    assert post(browser, not_done[1], reason=Reason.REFUSED.value)[0] == 303
    assert post(browser, f"{at}/end", reason=Reason.REFUSED.value)[0] == 303
    page = f"/fr/sheets/{handed_over(browser)}/device"
    assert browser.ask(page, hidden(browser.ask(page)[1], "csrf_token", "ticket"))[0] == 307


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """A day's work, and a thief's copy while the face runs."""
    top = tmp_path_factory.mktemp("day")
    instance, seen, log = make(top / "instance"), Seen(), top / "log"
    open_ward(instance)
    before = slips(instance)
    with working(instance, log=log) as face:
        browser = face.browser(signed_in(instance))
        browser._opener.add_handler(Watched(seen))
        given = work(browser)
        leave(browser)
        shutil.copytree(instance.folder, top / "copy")
    heaps = files_below(top / "copy")
    values = [line.split(";")[0].partition("=")[2] for line in seen.cookies]
    heaps["cookies"] = b"\n".join(opened_cookie(value) for value in values if "." in value)
    heaps["addresses"], heaps["log"] = "\n".join(seen.addresses).encode(), log.read_bytes()
    ledger = asked_of(instance, "SELECT act, actor, reference, detail FROM ledger")
    codes = sorted(set(before) - set(slips(instance)))  # handed over, or taken as another's
    instance.close()
    return Day(codes, given, heaps, ledger)


def test_each_act_and_each_reading_is_in_the_ledger_in_anas_name(day: Day) -> None:
    by_staff = {act for act, actor, *_ in day.ledger if actor.startswith("staff:")}
    assert {act.value for act in ACTS} <= by_staff


def test_no_code_and_no_answer_stands_anywhere(day: Day) -> None:
    assert len(day.codes) == 5
    assert b"POST /fr/hand-over" in day.heaps["log"]
    assert len(day.heaps["addresses"]) > 1000
    codes = {(n, c) for n, heap in day.heaps.items() for c in day.codes if holds_code(heap, c)}
    assert codes == set()
    pairs = {n: holds_answers(heap, one) for n, heap in day.heaps.items() for one in day.given}
    assert {name: found for name, found in pairs.items() if found} == {}


def test_what_is_planted_in_the_same_places_is_found(day: Day) -> None:
    code, given = day.codes[0], day.given[0]
    name, value = next(iter(given.items()))
    for heap in (day.heaps["log"], day.heaps["cookies"], day.heaps["addresses"]):
        planted = heap + f" /fr/sheets/{code.lower()}?q.{name}={value} ".encode()
        assert holds_code(planted, code)
        assert holds_answers(planted, {name: value})
