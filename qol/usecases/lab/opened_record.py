"""One record opened, checked and scored: what an export writes and a page shows alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from qol.domain.administration import Body, Context
from qol.domain.answers import problems
from qol.domain.errors import EnvelopeError, KeyAbsentError, KeyFolderError, NotAllowedError
from qol.domain.instrument import Release
from qol.domain.scoring import Score, Scoring
from qol.usecases.lab.ports import StoredRecord
from qol.usecases.ports import Opener

_UNFIT = frozenset({"unknown_item", "not_a_code"})


class Unreadable(StrEnum):
    """Why a record cannot be read."""

    KEY = "key"
    """Its private half is destroyed, absent or spoilt."""
    BODY = "body"
    """Its row was swapped, its bytes were altered, or its answers are not its release's."""


@dataclass(frozen=True, slots=True)
class OpenedRecord:
    """A record as it is exported and shown. ``body`` is None when it cannot be read: ``why``."""

    stored: StoredRecord
    release: Release
    body: Body | None
    scores: tuple[Score, ...]
    why: Unreadable | None = None


def open_record(
    opener: Opener, stored: StoredRecord, release: Release, scoring: Scoring
) -> OpenedRecord:
    """Open with the operating key, check against the release, score."""
    row = stored.administration
    context = Context(
        administration=row.id,
        subject=stored.subject_reference,
        programme=row.programme,
        timepoint=row.timepoint,
        release=release.hash,
    )
    try:
        body = Body.from_canonical(opener.open(row.envelope, context))
    except (KeyAbsentError, KeyFolderError):
        return OpenedRecord(stored, release, None, (), Unreadable.KEY)
    except (EnvelopeError, ValueError, KeyError, TypeError, AttributeError):
        return OpenedRecord(stored, release, None, (), Unreadable.BODY)
    if any(one.reason in _UNFIT for one in problems(release.instrument, body.answers)):
        return OpenedRecord(stored, release, None, (), Unreadable.BODY)
    return OpenedRecord(stored, release, body, tuple(scoring(body.answers)))


def release_of(releases: Mapping[int, Release], stored: StoredRecord) -> Release:
    """Find the release that was answered; NotAllowedError when no programme version names it."""
    found = releases.get(stored.administration.release_id)
    if found is None:
        raise NotAllowedError(
            f"Administration {stored.administration.id} was answered on release"
            f" {stored.administration.release_id}, which no programme version names."
        )
    return found
