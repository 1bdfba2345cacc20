"""What the professional of the demonstration finds: codes to hand over, and a few follow-ups.

They are made by the professional's own acts, so that nothing here could not have been done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from qol.bootstrap.cli import Workshop
from qol.bootstrap.hcp import entering
from qol.bootstrap.staffing import account_named
from qol.domain.administration import Body
from qol.domain.answers import Code, settled
from qol.domain.instrument import Item, Release
from qol.domain.place import Place
from qol.domain.programme import Programme
from qol.domain.staff.accounts import actor_of
from qol.domain.staff.permissions import Permission
from qol.usecases.hcp.enter import Enter
from qol.usecases.hcp.entering import Written
from qol.usecases.hcp.hand_over import HandOver
from qol.usecases.hcp.ports import Attested
from qol.usecases.hcp.printing import NoteVariant

SPARES = 12
FEW = 4
LANGUAGE = "fr"
PART = 8
FOLLOWED = ((3, ()), (10, (PART,)), (20, ()), (34, (30, 4)), (52, (50,)), (96, (95, 63)))
"""Of each person: how many days ago day zero was, and how many days ago each visit was.

A visit ``PART`` days ago was broken off before its last questionnaire.
"""


@dataclass(frozen=True, slots=True)
class Ward:
    """The site of the demonstration and the person who works there."""

    shop: Workshop
    programme: Programme
    place: Place
    actor: str

    def fill(self) -> None:
        """Issue codes where few are left; hand over and enter where nobody is followed yet."""
        keys = self.shop.config.keys.parent / "hcp"
        config = replace(self.shop.config, face="hcp", keys=keys)
        with entering(config, self.shop.clock) as (hand_over, enter):
            with hand_over.store.reading() as unit:
                few = unit.spares(self.place) <= FEW
                begun = any(one.attested for one in unit.followed(self.place))
            if few:
                lab = self.shop.keyboard.acting(Permission.ISSUE_PSEUDONYMS, self.programme.id)
                self.shop.issue(for_site=True)(self.programme.id, self.place.site, SPARES, lab)
            for day_zero, visits in () if begun else FOLLOWED:
                sheet = self._handed_over(hand_over, self._ago(day_zero))
                for visit in visits:
                    self._entered(enter, sheet, self._ago(visit), whole=visit != PART)

    def _ago(self, days: int) -> date:
        return self.shop.clock.today(self.programme.time_zone) - timedelta(days)

    def _handed_over(self, hand_over: HandOver, day_zero: date) -> str:
        version = self.programme.notices[LANGUAGE].version
        attempt = self.shop.dice.reference()
        attested = Attested(version, LANGUAGE, NoteVariant.ADULT, day_zero, attempt)
        return hand_over(self.place, self.actor, attested, day_zero)

    def _entered(self, enter: Enter, sheet: str, on: date, *, whole: bool) -> None:
        """Enter one visit; not the whole of it leaves its last questionnaire out."""
        with self.shop.store().reading() as unit:
            published = unit.releases(self.programme.id)
        drawn = [one for one in published if one.wording.language == LANGUAGE]
        for release in drawn if whole else drawn[:-1]:
            written = Written(on, release, self.shop.dice.reference())
            enter(self.place, self.actor, sheet, written, self._body(release))

    def _body(self, release: Release) -> Body:
        answers = {item.code: self._drawn(item) for item in release.instrument.items}
        return Body(settled(release.instrument, answers), LANGUAGE)

    def _drawn(self, item: Item) -> Code:
        if item.codes:
            return Code(item.codes[self.shop.dice.below(len(item.codes))])
        span = item.maximum - item.minimum + 1
        value = item.minimum + self.shop.dice.below(span)
        return Code(value, "number") if item.display == "line" else Code(value)


def fill_ward(shop: Workshop, programme: Programme, site: str) -> None:
    """Give the site's professional something to do, where there is nothing yet."""
    actor = actor_of(account_named(shop, "ana").reference)
    Ward(shop, programme, Place(programme.id, site), actor).fill()
