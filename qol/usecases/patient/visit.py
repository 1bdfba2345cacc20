"""A visit: what a right code found, carried by the cookie and nowhere else (design section 3.2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from qol.domain.administration import Mode
from qol.usecases.ports import SubjectState
from qol.usecases.recording import DueForm

LIFE = {Mode.SELF_ONLINE: timedelta(hours=4), Mode.HANDED_DEVICE: timedelta(hours=1)}


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
