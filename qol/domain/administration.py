"""One instrument answered once: what is in the clear, and what is sealed.

The clear columns are those that schedule, work list and counts need without a key
(design section 3, last paragraph). All else is in the body.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qol.domain.answers import Answer, from_plain, to_plain


class Mode(StrEnum):
    """How the answers came."""

    SELF_ONLINE = "self_online"
    HANDED_DEVICE = "handed_device"
    INTERVIEW = "interview"
    PAPER_HCP = "paper_hcp"
    PAPER_POST = "paper_post"


class Respondent(StrEnum):
    """Who answered."""

    SELF = "self"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True)
class Body:
    """What is sealed."""

    answers: dict[str, Answer]
    language: str
    respondent: Respondent = Respondent.SELF
    answered_on: date | None = None

    def canonical(self) -> bytes:
        """Give canonical JSON version 1: sorted keys, no spaces, UTF-8."""
        plain = {
            "v": 1,
            "answers": {code: to_plain(answer) for code, answer in self.answers.items()},
            "respondent": self.respondent.value,
            "language": self.language,
            "answered_on": self.answered_on.isoformat() if self.answered_on else None,
        }
        return json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()

    @classmethod
    def from_canonical(cls, raw: bytes) -> Body:
        """Read canonical JSON version 1 back; ValueError on another version or shape."""
        plain = json.loads(raw)
        if plain.get("v") != 1:
            raise ValueError("this body is not version 1")
        answered = plain["answered_on"]
        return cls(
            answers={code: from_plain(answer) for code, answer in plain["answers"].items()},
            language=plain["language"],
            respondent=Respondent(plain["respondent"]),
            answered_on=date.fromisoformat(answered) if answered else None,
        )


@dataclass(frozen=True, slots=True)
class Context:
    """What an envelope is bound to; a swapped row does not open (EA-CRY-1-a)."""

    administration: str
    subject: str
    programme: str
    timepoint: str
    release: str

    def encoded(self) -> bytes:
        """Give the bound bytes: each part length-prefixed, so that no two contexts collide."""
        parts = (self.administration, self.subject, self.programme, self.timepoint, self.release)
        return b"".join(len(p.encode()).to_bytes(2, "big") + p.encode() for p in parts)


@dataclass(frozen=True, slots=True)
class Administration:
    """A row as it is stored. ``visit`` makes a repeated Send the same deposit."""

    id: str
    subject_id: int
    programme: str
    programme_version: int
    timepoint: str
    instrument: str
    release_id: int
    mode: Mode
    received_at: datetime
    visit: str
    envelope: bytes
    key_id: str
    escrow_key_id: str
    state: str = "current"
