"""Names that are safe as item codes, section codes, folder names and versions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from qol.adapters.instruments.fhir_in.imported import Source, shown
from qol.adapters.instruments.reading import CODE

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 64
_LONGEST = 48
_LONGEST_KEPT = 64  # as the one above, leaves room for what is put behind a name
_RESERVED = frozenset({"origin"})  # a column of every vectors.csv


def safe(name: str, fallback: str, kept: str = "_-") -> str:
    """Return the name in ``[a-z0-9_-]``, still readable: ``/44250-9`` gives ``44250-9``."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(rf"[^a-z0-9{re.escape(kept)}]+", "-", plain)
    plain = re.sub(r"-{2,}", "-", plain)[:_LONGEST].strip("-_")
    return plain or fallback


def code(link: str, fallback: str) -> str:
    """Return a linkId that is a valid item code as it is, any other made safe."""
    if CODE.fullmatch(link) and len(link) <= _LONGEST_KEPT:
        return link
    return safe(link, fallback)


def unique_codes(links: Iterable[str], fallback: str) -> dict[str, str]:
    """Map each linkId to its code; where two would share one, the later gets ``-2`` and so on.

    Two codes that differ only in case are one (the loader refuses them together).
    """
    plain = {link: code(link, fallback) for link in links}
    every = {name.lower() for name in plain.values()}
    taken: set[str] = set(_RESERVED)
    result: dict[str, str] = {}
    for link, name in plain.items():
        chosen, number = name, 1
        while chosen.lower() in taken or (number > 1 and chosen.lower() in every):
            number += 1
            chosen = f"{name}-{number}"
        taken.add(chosen.lower())
        result[link] = chosen
    return result


def as_written(found: object, shape: re.Pattern[str], what: str, source: Source) -> str:
    """Return a name of a file that we wrote; InstrumentError when it has not our shape."""
    if not isinstance(found, str) or not shape.fullmatch(found):
        raise source.whole(f"its {what} {shown(found)} is not of the shape {shape.pattern}")
    return found


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
