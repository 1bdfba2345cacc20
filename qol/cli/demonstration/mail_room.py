"""What the mail room of the demonstration finds: a few sheets, each at another point of its way.

They are made by the acts of its three people, so that nothing here could not have been done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from qol.bootstrap.cli import Workshop
from qol.bootstrap.lab_mail_room import mailing
from qol.bootstrap.staffing import account_named
from qol.domain.administration import Body
from qol.domain.answers import Answer, Code, State, settled
from qol.domain.instrument import Release
from qol.domain.mail_room import Incident
from qol.domain.programme import Programme
from qol.domain.pseudonym import Pseudonym
from qol.domain.staff.accounts import actor_of
from qol.domain.staff.permissions import Permission
from qol.usecases.lab.mail_room.register_sheet import Envelope
from qol.usecases.lab.pseudonyms import Place
from qol.web.lab.mail_room.acts import MailRoom

LANGUAGE = "fr"
SHEETS = 4
DAY_ZERO, ANSWERED, LATE, RECENT = (timedelta(days=ago) for ago in (12, 11, 9, 2))


@dataclass(frozen=True, slots=True)
class Post:
    """The sheets of the demonstration. Lena opens the envelopes, Mia and Noé key."""

    shop: Workshop
    programme: Programme
    release: Release

    def fill(self, room: MailRoom, codes: list[Pseudonym]) -> None:
        """File four sheets: one late, one keyed once, one keyed differently, one with a name."""
        incidents = (frozenset[Incident](),) * (SHEETS - 1) + (frozenset({Incident.IDENTITY}),)
        days = (LATE, RECENT, RECENT, RECENT)
        for code, day, seen in zip(codes, days, incidents, strict=True):
            when, attempt = self._ago(day), self.shop.dice.reference()
            typed = Envelope(code.reveal(), self.release.id, when, None, seen, attempt)
            room.register_sheet(self.programme.id, self._person("lena"), typed)
        for number, login, slip in ((2, "mia", 0), (3, "mia", 0), (3, "noe", 1)):
            body, visit = self._read(slip), self.shop.dice.reference()
            room.key(self.programme.id, self._person(login), number, body, visit)

    def _person(self, login: str) -> str:
        return actor_of(account_named(self.shop, login).reference)

    def _ago(self, before: timedelta) -> date:
        return self.shop.clock.today(self.programme.time_zone) - before

    def _read(self, slip: int) -> Body:
        """Read the same sheet every time, but for the first ``slip`` items."""
        answers: dict[str, Answer] = {}
        for place, item in enumerate(self.release.instrument.items):
            code = item.codes[0] if item.codes else item.minimum
            answers[item.code] = State.TWO_BOXES if place < slip else Code(code)
        answered = self._ago(ANSWERED)
        return Body(settled(self.release.instrument, answers), LANGUAGE, answered_on=answered)


def fill_mail_room(shop: Workshop, programme: Programme, site: str) -> None:
    """Give the laboratory's mail room something to do, where there is nothing yet."""
    config = replace(shop.config, face="lab", keys=shop.config.keys.parent / "lab")
    with mailing(config, shop.clock) as room:
        with room.register.store.reading() as unit:
            if unit.sheets(programme.id):
                return
            published = unit.releases(programme.id)
        [release, *_] = [one for one in published if one.wording.language == LANGUAGE]
        Post(shop, programme, release).fill(room, _codes(shop, programme, site))


def _codes(shop: Workshop, programme: Programme, site: str) -> list[Pseudonym]:
    """Issue the codes that stand on the sheets, with a follow-up that began before them."""
    actor = shop.keyboard.acting(Permission.ISSUE_PSEUDONYMS, programme.id)
    batch = shop.issue()(programme.id, site, SHEETS, actor)
    began = shop.clock.today(programme.time_zone) - DAY_ZERO
    for sheet in batch.issued:
        shop.activate()(Place(programme.id, site, sheet.sheet_number), began, actor)
    return [sheet.pseudonym for sheet in batch.issued if sheet.pseudonym is not None]
