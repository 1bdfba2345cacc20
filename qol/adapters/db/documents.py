"""A programme version as canonical JSON, and releases drawn from their rows."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, select

from qol.adapters.db.tables import programme_version, release
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Release, Wording
from qol.domain.programme import Notice, Offset, Postal, Programme, Timepoint, Window
from qol.domain.schedule import InForce


class Drawn(NamedTuple):
    """An instrument and its wording, with the hashes of what was really drawn."""

    instrument: Instrument
    wording: Wording
    definition_sha256: str
    wording_sha256: str
    scoring_sha256: str


Decode = Callable[[bytes, bytes], Drawn]
"""Draws from the canonical bytes of a definition and a wording; InstrumentError if it cannot."""

_RELEASES = select(
    release.c.id,
    release.c.instrument,
    release.c.version,
    release.c.definition_sha256,
    release.c.wording_sha256,
    release.c.scoring_sha256,
    release.c.hash,
    release.c.approved,
    release.c.licence_ends,
).order_by(release.c.id)
_NUMBERS = (
    select(programme_version.c.version)
    .where(programme_version.c.programme == bindparam("programme"))
    .order_by(programme_version.c.version)
)
_DOCUMENT = select(programme_version.c.document, programme_version.c.since).where(
    programme_version.c.programme == bindparam("programme"),
    programme_version.c.version == bindparam("version"),
)
_BYTES = select(release.c.definition, release.c.wording)


def release_hash(definition_sha256: str, wording_sha256: str) -> str:
    """Give the hash that covers both, as ``release_sha256`` of the instruments does."""
    return sha256(f"{definition_sha256}:{wording_sha256}".encode("ascii")).hexdigest()


def programme_document(programme: Programme) -> bytes:
    """Give a programme's canonical JSON: sorted keys, no spaces, UTF-8, dates as ISO 8601."""
    plain = asdict(programme)
    plain["decision_date"] = programme.decision_date.isoformat()
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _timepoint(plain: dict[str, Any]) -> Timepoint:
    window = plain["window"]
    return Timepoint(
        code=plain["code"],
        labels=plain["labels"],
        window=Window(opens=Offset(**window["opens"]), closes=Offset(**window["closes"])),
        battery=tuple(plain["battery"]),
    )


def _postal(plain: dict[str, Any] | None) -> Postal | None:
    return Postal(**{**plain, "address": tuple(plain["address"])}) if plain else None


def programme_of(document: bytes) -> Programme:
    """Read a programme back from its canonical JSON."""
    plain = json.loads(document)
    return Programme(
        **{
            **plain,
            "decision_date": date.fromisoformat(plain["decision_date"]),
            "languages": tuple(plain["languages"]),
            "proxy": tuple(plain["proxy"]),
            "timepoints": tuple(_timepoint(one) for one in plain["timepoints"]),
            "notices": {language: Notice(**one) for language, one in plain["notices"].items()},
            "postal": _postal(plain.get("postal")),  # versions before the post lack the key
        }
    )


class Versions:
    """Programme versions. Committed rows never change, so a decoded one may be kept.

    A transaction that may roll a version back reads with an object of its own.
    """

    def __init__(self) -> None:
        """Start with nothing decoded."""
        self._known: dict[tuple[str, int], InForce] = {}

    def read(self, connection: Connection, programme: str) -> tuple[InForce, ...]:
        """List a programme's versions, oldest first."""
        numbers = connection.execute(_NUMBERS, {"programme": programme}).scalars().all()
        return tuple(
            self._known.get((programme, number)) or self._decode(connection, programme, number)
            for number in numbers
        )

    def _decode(self, connection: Connection, programme: str, number: int) -> InForce:
        row = connection.execute(_DOCUMENT, {"programme": programme, "version": number}).one()
        known = InForce(programme_of(row.document), row.since)
        self._known[(programme, number)] = known
        return known


class Releases:
    """Releases drawn from their rows; what is drawn is hashed again before it is used."""

    def __init__(self, decode: Decode) -> None:
        """``decode`` draws instrument and wording from the canonical bytes."""
        self._decode = decode
        self._drawn: dict[tuple[object, ...], Release] = {}

    def read(
        self, connection: Connection, wanted: frozenset[tuple[str, str]] | None = None
    ) -> tuple[Release, ...]:
        """List releases in order of publication; ``wanted`` holds (instrument, version) pairs.

        InstrumentError when a row does not fit its hashes. The big bytes are read, drawn and
        hashed once a process; the row's own words are compared every time.
        """
        rows = connection.execute(_RELEASES).all()
        return tuple(
            self._drawn.get(tuple(row)) or self._draw(connection, row)
            for row in rows
            if wanted is None or (row.instrument, row.version) in wanted
        )

    def _draw(self, connection: Connection, row: Row[*tuple[Any, ...]]) -> Release:
        definition, wording = connection.execute(_BYTES.where(release.c.id == row.id)).one()
        drawn = self._decode(bytes(definition), bytes(wording))
        hashes = (row.definition_sha256, row.wording_sha256, row.scoring_sha256)
        fits = drawn[2:] == hashes and row.hash == release_hash(*hashes[:2])
        if not fits or (drawn.instrument.id, drawn.instrument.version) != row[1:3]:
            raise InstrumentError(
                f"Release {row.id} ({row.instrument} {row.version}) does not fit its hashes: "
                "it was altered after publication and is not shown."
            )
        made = Release(
            id=row.id,
            instrument=drawn.instrument,
            wording=drawn.wording,
            definition_sha256=row.definition_sha256,
            wording_sha256=row.wording_sha256,
            hash=row.hash,
            approved=row.approved,
            licence_ends=row.licence_ends,
        )
        self._drawn[tuple(row)] = made
        return made


def drawn_from(versions: tuple[InForce, ...]) -> frozenset[tuple[str, str]]:
    """List the (instrument, version) pairs that these protocol versions name."""
    return frozenset(pair for version in versions for pair in version.programme.releases.items())
