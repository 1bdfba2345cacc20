"""Names that are safe as item codes, section codes, folder names and versions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from qol.adapters.instruments.fhir_in.imported import Source

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 64
_LONGEST = 48  # leaves room for what is put behind a name
_RESERVED = frozenset({"origin"})  # a column of every vectors.csv


def safe(name: str, fallback: str, kept: str = "_-") -> str:
    """Return the name in ``[a-z0-9_-]``, still readable: ``/44250-9`` gives ``44250-9``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(rf"[^a-z0-9{re.escape(kept)}]+", "-", plain)
    plain = re.sub(r"-{2,}", "-", plain)[:_LONGEST].strip("-_")
    return plain or fallback


def unique_codes(links: Iterable[str], fallback: str) -> dict[str, str]:
    """Map each linkId to its code; where two would share one, the later gets ``-2`` and so on."""
    plain = {link: safe(link, fallback) for link in links}
    every = set(plain.values())
    taken: set[str] = set(_RESERVED)
    result: dict[str, str] = {}
    for link, code in plain.items():
        chosen, number = code, 1
        while chosen in taken or (number > 1 and chosen in every):
            number += 1
            chosen = f"{code}-{number}"
        taken.add(chosen)
        result[link] = chosen
    return result


def instrument_id(given: str | None, candidates: Iterable[object], source: Source) -> str:
    """Return the id asked for, or the first of the file's own names that makes one."""
    if given is not None:
        if not ID.fullmatch(given) or len(given) > _LONGEST_ID:
            raise source.whole("--id takes small letters, digits and single dashes between them")
        return given
    for name in candidates:
        if isinstance(name, str) and (made := safe(name, "", kept="-")):
            return made
    raise source.whole("the file has no id or name, so give one with --id")


def version(found: object) -> str:
    """Return the file's version as a folder name, ``1`` when it has none."""
    if not isinstance(found, str):
        return "1"
    return re.sub(r"[^a-z0-9.]+", "-", found.lower())[:32].strip("-.") or "1"
