"""Definitions from folders ``questionnaires/<id>/<version>/``, strictly or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from qol.adapters.instruments.consistency import check_instrument, check_wording
from qol.adapters.instruments.node import parsed
from qol.adapters.instruments.reading import IDENTIFIER, VERSION, read_instrument, read_wording
from qol.adapters.instruments.rights import check_status, read_rights
from qol.adapters.instruments.vectors import check_vectors
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Wording
from qol.domain.rights import Rights

DEFINITION, VECTORS, RIGHTS = "instrument.json", "vectors.csv", "RIGHTS.md"
LARGEST = 2_000_000  # bytes of one file

_WORDING = re.compile(r"wording\.([A-Za-z0-9-]+)\.json")


@dataclass(frozen=True, slots=True)
class Found:
    """A folder that holds a version of an instrument; not yet read."""

    id: str
    version: str
    folder: Path


@dataclass(frozen=True, slots=True)
class Definition:
    """A folder's content, read and checked. ``wordings`` is by language, maybe empty.

    ``rights`` is RIGHTS.md as it stands, ``permission`` what was read from it.
    """

    instrument: Instrument
    wordings: dict[str, Wording]
    rights: str
    permission: Rights
    vectors: str


def find_instruments(roots: Sequence[Path]) -> list[Found]:
    """List the versions under these folders, by id, then oldest version first.

    A root that is not there holds nothing. The same id and version in two roots is taken
    from the first of them.
    """
    found: dict[tuple[str, str], Found] = {}
    for root in roots:
        for entry in _versions(root):
            found.setdefault((entry.id, entry.version), entry)
    return sorted(found.values(), key=lambda entry: (entry.id, _age(entry.version)))


def load(
    root: Path, instrument_id: str, version: str | None = None, installed: Path | None = None
) -> Definition:
    """Load one version of an instrument, the newest when none is named.

    ``installed`` holds wordings of its own, ``<id>/<version>/wording.<lang>.json``; where the
    definition ships a language too, the one installed holds.
    InstrumentError when there is none, or with the file and key of what is wrong.
    """
    entries = [entry for entry in find_instruments([root]) if entry.id == instrument_id]
    if version is not None:
        entries = [entry for entry in entries if entry.version == version]
    if not entries:
        wanted = f"{instrument_id} {version}" if version else instrument_id
        raise InstrumentError(f"{root}: there is no instrument {wanted}")
    return load_folder(entries[-1].folder, installed)


def load_folder(folder: Path, installed: Path | None = None) -> Definition:
    """Load a folder ``<id>/<version>`` whose names are those that it says itself."""
    place = f"{folder.parent.name}/{folder.name}"
    definition = read_folder(folder, place)
    if installed is None or not (installed / place).exists():
        return definition
    more = read_wordings(installed / place, definition.instrument, f"{installed.name}/{place}")
    return replace(definition, wordings=definition.wordings | more)


def read_wordings(folder: Path, instrument: Instrument, place: str) -> dict[str, Wording]:
    """Read and check a folder that holds wordings and nothing else, by language."""
    return dict(_wordings(_files(folder, place, frozenset()), instrument, place))


def read_folder(folder: Path, place: str) -> Definition:
    """Read and check a folder that is, or will be, called ``place``: ``<id>/<version>``."""
    files = _files(folder, place, frozenset({DEFINITION, VECTORS, RIGHTS}))
    instrument = read_instrument(parsed(_bytes(files, DEFINITION, place), f"{place}/{DEFINITION}"))
    for key, name in zip(("id", "version"), place.split("/"), strict=True):
        if getattr(instrument, key) != name:
            raise InstrumentError(f"{place}/{DEFINITION}: {key}: the folder is called {name}")
    check_instrument(instrument, f"{place}/{DEFINITION}")
    wordings = dict(_wordings(files, instrument, place))
    rights = _text(files, RIGHTS, place)
    permission = read_rights(rights, instrument, f"{place}/{RIGHTS}")
    check_status(instrument, permission, f"{place}/{DEFINITION}")
    vectors = ""
    if instrument.scales or VECTORS in files:
        vectors = _text(files, VECTORS, place)
        check_vectors(instrument, vectors, f"{place}/{VECTORS}")
    return Definition(instrument, wordings, rights, permission, vectors)


def _versions(root: Path) -> Iterator[Found]:
    for definition in sorted(root.glob(f"*/*/{DEFINITION}")):
        folder = definition.parent
        if IDENTIFIER.fullmatch(folder.parent.name) and VERSION.fullmatch(folder.name):
            yield Found(folder.parent.name, folder.name, folder)


def _age(version: str) -> tuple[tuple[int, int, str], ...]:
    """Order versions as people do: 2 before 10, 1.9 before 1.10."""
    parts = re.findall(r"\d+|[^\d]+", version)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts)


def _files(folder: Path, place: str, beside: frozenset[str]) -> dict[str, Path]:
    """Find the files by name: wordings, and those that may stand beside them."""
    if not folder.is_dir():
        raise InstrumentError(f"{place}: there is no such folder")
    files = {path.name: path for path in folder.iterdir() if not path.name.startswith(".")}
    for name, path in sorted(files.items()):
        known = name in beside or _WORDING.fullmatch(name)
        if not known or not path.is_file():
            raise InstrumentError(f"{place}/{name}: it is no file of a definition")
    return files


def _bytes(files: dict[str, Path], name: str, place: str) -> bytes:
    if name not in files:
        raise InstrumentError(f"{place}/{name}: the file is missing")
    if files[name].stat().st_size > LARGEST:
        raise InstrumentError(f"{place}/{name}: it is larger than {LARGEST} bytes")
    return files[name].read_bytes()


def _text(files: dict[str, Path], name: str, place: str) -> str:
    try:
        return _bytes(files, name, place).decode()
    except UnicodeDecodeError:
        raise InstrumentError(f"{place}/{name}: it is not UTF-8 text") from None


def _wordings(
    files: dict[str, Path], instrument: Instrument, place: str
) -> Iterator[tuple[str, Wording]]:
    for name in sorted(files):
        match = _WORDING.fullmatch(name)
        if not match:
            continue
        file = f"{place}/{name}"
        wording = read_wording(parsed(_bytes(files, name, place), file))
        if wording.language != match[1]:
            raise InstrumentError(f"{file}: language: the file is called for {match[1]}")
        check_wording(instrument, wording, file)
        yield wording.language, wording
