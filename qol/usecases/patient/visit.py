"""A visit: what a right code found, carried by the cookie and nowhere else (design section 3.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from qol.domain.administration import Mode
from qol.domain.instrument import Release
from qol.domain.licence import may_start
from qol.domain.schedule import Due
from qol.usecases.ports import SubjectState

LIFE = {Mode.SELF_ONLINE: timedelta(hours=4), Mode.HANDED_DEVICE: timedelta(hours=1)}


@dataclass(frozen=True, slots=True)
class DueForm:
    """One instrument that was open when the visit began.

    ``releases`` maps a language to the release drawn in it.
    """

    timepoint: str
    instrument: str
    closes: date
    programme_version: int
    releases: dict[str, int]
    proxy: bool = False

    @property
    def rest(self) -> tuple[int, dict[str, int], bool]:
        """Give what the cookie carries as it is."""
        return self.programme_version, self.releases, self.proxy

    def release_for(self, language: str) -> int:
        """Give the release in that language, else the first that there is."""
        return self.releases.get(language) or next(iter(self.releases.values()))


@dataclass(frozen=True, slots=True)
class Visit:
    """Who deposits what until when.

    ``number`` makes a repeated Send the same deposit; ``pseudonym`` is the row of the code
    that opened the visit, which ends when that code dies.
    """

    number: str
    subject: int
    pseudonym: int
    programme: str
    mode: Mode
    begun: datetime
    forms: tuple[DueForm, ...]
    sent: frozenset[int] = frozenset()

    def over(self, now: datetime) -> bool:
        """Say whether the visit's fixed life has passed; it is never extended."""
        return now - self.begun > LIFE[self.mode]

    def belongs_to(self, subject: SubjectState | None) -> bool:
        """Say whether the code that opened the visit still works."""
        return subject is not None and subject.pseudonym == self.pseudonym

    def after(self, index: int) -> Visit:
        """Give the visit once the form at that index was received."""
        return replace(self, sent=self.sent | {index})

    def following(self) -> int | None:
        """Give the index of the next form to fill, if one is left."""
        return next((i for i in range(len(self.forms)) if i not in self.sent), None)

    def to_plain(self) -> list[object]:
        """Give the compact form that the cookie encrypts."""
        return [
            self.number,
            self.subject,
            self.pseudonym,
            self.programme,
            self.mode.value,
            int(self.begun.timestamp()),
            [(f.timepoint, f.instrument, f.closes.toordinal(), *f.rest) for f in self.forms],
            sorted(self.sent),
        ]

    @classmethod
    def from_plain(cls, plain: Any) -> Visit:  # noqa: ANN401 - JSON that this process encrypted
        """Read the compact form back; only ever given what this process encrypted."""
        number, subject, pseudonym, programme, mode, begun, forms, sent = plain
        return cls(
            number=number,
            subject=subject,
            pseudonym=pseudonym,
            programme=programme,
            mode=Mode(mode),
            begun=datetime.fromtimestamp(begun, UTC),
            forms=tuple(
                DueForm(timepoint, instrument, date.fromordinal(closes), version, releases, proxy)
                for timepoint, instrument, closes, version, releases, proxy in forms
            ),
            sent=frozenset(sent),
        )


def due_forms(
    found: tuple[Due, ...], releases: tuple[Release, ...], today: date
) -> tuple[DueForm, ...]:
    """Join what is due with the releases its protocol version names, language by language.

    What is not approved, or whose licence has ended, is not offered.
    """
    forms = []
    for due in found:
        named = due.programme.releases.get(due.slot.instrument)
        drawn = {
            release.wording.language: release.id
            for release in releases
            if release.instrument.id == due.slot.instrument
            and release.instrument.version == named
            and may_start(release, today, demonstration=due.programme.demonstration)
        }
        if drawn:
            proxy = due.slot.instrument in due.programme.proxy
            form = DueForm(
                timepoint=due.slot.timepoint,
                instrument=due.slot.instrument,
                closes=due.window.closes,
                programme_version=due.programme.version,
                releases=drawn,
                proxy=proxy,
            )
            forms.append(form)
    return tuple(forms)
