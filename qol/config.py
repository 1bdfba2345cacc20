"""The environment of one face, read once. Every error is told at the same time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HOST = re.compile(
    r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?|https?://\[[0-9A-Fa-f:]+\](?::[0-9]+)?"
)
SHORTEST_LEDGER, LONGEST_LEDGER = 183, 365  # days, EA-JOU-1-b


class ConfigError(Exception):
    """The environment does not say what the face needs."""


@dataclass(frozen=True, slots=True)
class Config:
    """Where a process finds its data, its keys and its hosts.

    ``patient_origin`` is the patient face's address, which the faces of staff need: slips say
    it and a handed device goes there. ``keys`` is this face's own folder; ``all_keys`` its
    parent, only used to check that the other faces' folders cannot be read.
    """

    face: str
    instance: Path
    database_url: str
    keys: Path
    demonstration: bool
    origin: str
    trusted_proxies: int = 0
    ledger_days: int = LONGEST_LEDGER
    patient_origin: str = ""

    @property
    def volatile(self) -> Path:
        """The housekeeping file that stands beside an SQLite database."""
        return self.instance / "volatile.sqlite3"


FACES = ("patient", "hcp", "lab")


def instance_folder(environ: Mapping[str, str]) -> Path:
    """Give the instance folder: ``QOL_INSTANCE``, else ``instance`` beside ``app.py``."""
    named = environ.get("QOL_INSTANCE")
    return Path(named).resolve() if named else Path(__file__).parent.parent / "instance"


def from_environ(environ: Mapping[str, str], face: str) -> Config:
    """Read a face's configuration; ConfigError lists everything that is missing or wrong."""
    errors = []
    if face not in FACES:
        errors.append(f"QOL_FACE is {face!r}: it must be one of {', '.join(FACES)}.")
    instance = instance_folder(environ)
    origin = environ.get("QOL_ORIGIN", "")
    demonstration = environ.get("QOL_DEMONSTRATION", "") == "1"
    if not origin.startswith(("https://", "http://")):
        errors.append("QOL_ORIGIN is missing: give the address of this face, as https://host.")
    elif origin.startswith("http://") and not demonstration:
        errors.append("QOL_ORIGIN is plain http: only a demonstration (QOL_DEMONSTRATION=1) may.")
    proxies = environ.get("QOL_TRUSTED_PROXIES", "0")
    if not proxies.isdecimal():
        errors.append("QOL_TRUSTED_PROXIES must be a whole number.")
        proxies = "0"
    days = environ.get("QOL_LEDGER_DAYS", str(LONGEST_LEDGER))
    if not days.isdecimal() or not SHORTEST_LEDGER <= int(days) <= LONGEST_LEDGER:
        errors.append(
            f"QOL_LEDGER_DAYS is {days!r}: acts are kept {SHORTEST_LEDGER} to "
            f"{LONGEST_LEDGER} days."
        )
        days = "0"
    patient_origin, wrong = _patient_origin(environ, face, demonstration=demonstration)
    if wrong:
        errors.append(wrong)
    if errors:
        raise ConfigError(" ".join(errors))
    return Config(
        face=face,
        instance=instance,
        database_url=environ.get("QOL_DATABASE_URL", f"sqlite:///{instance / 'portal.sqlite3'}"),
        keys=Path(environ.get("QOL_KEYS", str(instance / "keys" / face))),
        demonstration=demonstration,
        origin=origin.rstrip("/"),
        trusted_proxies=int(proxies),
        ledger_days=int(days),
        patient_origin=patient_origin,
    )


def _patient_origin(
    environ: Mapping[str, str], face: str, *, demonstration: bool
) -> tuple[str, str]:
    """Give the patient face's address and what is wrong with it."""
    origin = environ.get("QOL_PATIENT_ORIGIN", "").rstrip("/")
    if face != "patient" and not _HOST.fullmatch(origin):
        return "", "QOL_PATIENT_ORIGIN is missing: give the patient face's address."
    if origin.startswith("http://") and not demonstration:
        return "", "QOL_PATIENT_ORIGIN is plain http: only a demonstration may."
    return origin, ""
