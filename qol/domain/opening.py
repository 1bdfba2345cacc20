"""What a programme lacks before a patient may be given a code, and whether it is open."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qol.domain.instrument import Release
from qol.domain.licence import may_be_shown, may_start
from qol.domain.programme import Notice, Programme
from qol.domain.site import Site, Standing


class State(StrEnum):
    """A programme is made, opened to patients, and closed; it may be opened again."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Lack(StrEnum):
    """One kind of thing that is missing."""

    NOTICE = "notice"
    RELEASE = "release"
    LICENCE = "licence"
    KEYS = "keys"
    SITE = "site"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Missing:
    """What is missing, and of what: a language, a questionnaire, a year, a site; coded, short."""

    lack: Lack
    of: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a programme stands on: its releases, the purposes of this year's keys, its sites."""

    releases: Collection[Release]
    purposes: frozenset[str]
    sites: Collection[Site]
    today: date


NEEDED_KEYS = frozenset({"deposit-public", "escrow-public"})


def missing(programme: Programme, ground: Ground) -> tuple[Missing, ...]:
    """List everything that is missing; empty when the programme may be opened."""
    return (*_notices(programme), *_releases(programme, ground), *_around(ground))


def _notices(programme: Programme) -> Iterator[Missing]:
    for language in programme.languages:
        notice = programme.notices.get(language)
        texts = [getattr(notice, name, "") for name in Notice.__dataclass_fields__]
        if not all(text.strip() for text in texts):
            yield Missing(Lack.NOTICE, language)


def _releases(programme: Programme, ground: Ground) -> Iterator[Missing]:
    """One language is enough: the others are shown that one, and told so."""
    demonstration = programme.demonstration
    for instrument, version in programme.releases.items():
        shown = [
            one
            for one in ground.releases
            if (one.instrument.id, one.instrument.version) == (instrument, version)
            and one.wording.language in programme.languages
            and may_be_shown(one, demonstration=demonstration)
        ]
        if not shown:
            yield Missing(Lack.RELEASE, f"{instrument} {version}")
        elif not any(may_start(one, ground.today, demonstration=demonstration) for one in shown):
            yield Missing(Lack.LICENCE, f"{instrument} {version}")


def _around(ground: Ground) -> Iterator[Missing]:
    if not ground.purposes >= NEEDED_KEYS:
        yield Missing(Lack.KEYS, str(ground.today.year))
    in_force = [one for one in ground.sites if one.standing(ground.today) is Standing.IN_FORCE]
    if not in_force:
        yield Missing(Lack.SITE)
    for site in in_force:
        if not site.complete:
            yield Missing(Lack.CONTRACT, site.code)
