"""Every act of a professional over a socket, on a real installation, in a process of its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from qol.cli.demonstration.people import PASSWORD, sign_ins
from tests.instance import TOP, Browser, Instance
from tests.pdf import texts

FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
RADIO = re.compile(r'type="radio"[^>]*? name="(q\.[^"]+)" value="(\w+)"')
NUMBER = re.compile(r'<input[^>]*? name="(q\.[^"]+)"[^>]*inputmode="numeric"')


Form = tuple[str, dict[str, str]]
"""Where a form goes, and its fields."""


@dataclass
class Professional:
    """Ana at her desk. Keeps all that an onlooker would have seen, and what must stay hidden."""

    browser: Browser
    pages: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    answers: list[dict[str, str]] = field(default_factory=list)

    def get(self, path: str) -> str:
        """Open a page."""
        status, text = self.browser.ask(path)
        assert status == 200, (path, status, text[-600:])
        self._note(path, text)
        return text

    def post(self, page: str, path: str = "", status: int = 303, **data: str) -> str:
        """Send the form of a page, with its hidden fields."""
        shown = dict(FIELD.findall(self.get(page)))
        found, text = self.browser.ask(path or page, shown | data)
        assert found == status, (path or page, found, text[-600:])
        self._note(path or page, text)
        return text

    def send(self, form: Form, status: int = 303) -> None:
        """Send a form that is filled already."""
        path, data = form
        found, text = self.browser.ask(path, data)
        assert found == status, (path, found, text[-600:])
        self._note(path, text)

    def printed(self, path: str) -> str:
        """Print a slip and give the code that stands on it."""
        shown = dict(FIELD.findall(self.get(path)))
        body = urllib.parse.urlencode(shown).encode()
        with self.browser._opener.open(self.browser.origin + path, body, timeout=60) as answer:
            pdf = answer.read()
        code = re.search(r"\b([0-9A-Z]{4}) ([0-9A-Z]{4}) ([0-9A-Z]{5})\b", " ".join(texts(pdf)))
        assert code, "no code on the slip"
        self.codes.append("".join(code.groups()))
        return self.codes[-1]

    def _note(self, path: str, text: str) -> None:
        self.addresses.append(path)
        self.pages.append(text)


def sign_in(instance: Instance, origin: str) -> Professional:
    """Sign in as the demonstration's professional, and read the notice."""
    (ana,) = (one for one in sign_ins(instance.shop) if one.login == "ana")
    here = Professional(Browser(origin))
    here.post("/fr/sign-in", login="ana", password=PASSWORD)
    here.post("/fr/second-factor", code=ana.code)
    here.post("/fr/notice")
    return here


def on_day(*names: str) -> dict[str, str]:
    """Today, in the three fields of each name."""
    today = date.today()  # noqa: DTZ011 - whatever the day is there, it is near enough
    day = {"day": str(today.day), "month": str(today.month), "year": str(today.year)}
    return {f"{name}.{part}": value for name in names for part, value in day.items()}


def hand_over_form(here: Professional) -> Form:
    """The form that hands the next code over, filled."""
    shown = dict(FIELD.findall(here.get("/fr/hand-over")))
    typed = {"variant": "adult", "note": "fr", "attested": "1"}
    return "/fr/hand-over", shown | typed | on_day("given_on", "day_zero")


def entry_form(here: Professional, number: str) -> Form:
    """The first questionnaire that is due, answered as in a consultation."""
    listed = here.get(f"/fr/sheets/{number}/consultation")
    (path, *_) = re.findall(rf"/fr/sheets/{number}/consultation/[\d-]+/[\w-]+", listed)
    page = here.get(path)
    action = re.search(r'<form id="form" method="post" action="([^"]+)"', page)
    assert action
    return action[1], dict(FIELD.findall(page)) | {"asked": "1"} | filled(here, page)


def paper_form(here: Professional, number: str) -> Form:
    """A paper form of today, copied."""
    listed = here.get(f"/fr/sheets/{number}/paper")
    (path, *_) = re.findall(rf"/fr/sheets/{number}/paper/\d+", listed)
    page = here.get(path)
    typed = on_day("on") | {"masked": "1"} | filled(here, page)
    return f"{path}/send", dict(FIELD.findall(page)) | typed


def device_form(here: Professional, number: str) -> Form:
    """The button that hands the device over."""
    path = f"/fr/sheets/{number}/device"
    return path, dict(FIELD.findall(here.get(path))) | {"language": "fr"}


def filled(here: Professional, page: str) -> dict[str, str]:
    """Answer every item of a form with its last code; kept as what must stay hidden."""
    given = {name: value for name, value in RADIO.findall(page) if value.isdigit()}
    given |= dict.fromkeys(NUMBER.findall(page), "7")
    assert len(given) > 5, page[:2000]
    here.answers.append({name.removeprefix("q."): value for name, value in given.items()})
    return given


def sheets(here: Professional) -> set[str]:
    """The sheet numbers of all whom the site follows."""
    return set(re.findall(r"/fr/sheets/([0-9A-Z]{5})\"", here.get("/fr/follow-up")))


def handed_over(here: Professional) -> str:
    """Hand a code over and print it; the sheet's number."""
    known = sheets(here)
    here.send(hand_over_form(here))
    (number,) = sheets(here) - known
    here.printed(f"/fr/sheets/{number}/slip")
    return number


def every_act(instance: Instance, origin: str) -> Professional:
    """Do all that a professional can, each at least once."""
    here = sign_in(instance, origin)
    first, second, third = (handed_over(here) for _ in range(3))
    here.send(entry_form(here, first))
    here.send(paper_form(here, second))
    here.post(
        f"/fr/sheets/{second}/wrong-patient", status=200, reason="slips_swapped", timepoint="day-0"
    )
    here.post(f"/fr/sheets/{third}/replace")
    here.printed(f"/fr/sheets/{third}/slip")
    here.post(f"/fr/sheets/{third}/not-done/day-0", reason="too_ill")
    here.post(f"/fr/sheets/{third}/end", reason="moved")
    here.get("/fr/")
    fourth = handed_over(here)
    here.send(device_form(here, fourth), 307)
    assert here.browser.ask("/fr/follow-up")[0] == 303, "handing the device over signs out"
    return here


def running(instance: Instance, log: Path, *planted: str) -> subprocess.Popen[str]:
    """A professionals' face in a process of its own; one line read prints its modules."""
    with log.open("w") as out:
        return subprocess.Popen(
            [sys.executable, "-m", "tests.contract.listing", *planted],
            cwd=TOP,
            env=instance.environ("hcp"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=out,
            text=True,
        )


def modules(child: subprocess.Popen[str]) -> list[str]:
    """What the process has imported by now."""
    assert child.stdin
    assert child.stdout
    child.stdin.write("\n")
    child.stdin.flush()
    found: list[str] = json.loads(child.stdout.readline())
    return found
