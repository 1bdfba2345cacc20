"""A definition into its folder: all of it, or nothing."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from qol.adapters.instruments.loading import (
    DEFINITION,
    RIGHTS,
    VECTORS,
    Definition,
    read_folder,
    read_wordings,
)
from qol.adapters.instruments.plain import instrument_plain, wording_plain
from qol.adapters.instruments.reading import LANGUAGE
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Instrument, Wording


def write_folder(
    root: Path,
    instrument: Instrument,
    wordings: Sequence[Wording],
    rights: str,
    vectors: str = "",
) -> Path:
    """Write ``root/<id>/<version>/`` and return it; a version is never overwritten.

    What was written is read back by the strict loader before it takes its name.
    InstrumentError when the loader refuses it or the version is there; OSError as it comes.
    On any failure nothing is left.
    """
    place = f"{instrument.id}/{instrument.version}"
    files = _files(instrument, wordings, rights, vectors)
    with _made(root), tempfile.TemporaryDirectory(prefix=".new-", dir=root) as temporary:
        draft = Path(temporary) / "draft"
        draft.mkdir()
        for name, content in files.items():
            _write(draft / name, content)
        _same(read_folder(draft, place), instrument, wordings, place)
        folder = root / instrument.id / instrument.version
        with _made(folder.parent):
            if folder.exists():
                raise InstrumentError(f"{place}: this version is there already")
            draft.rename(folder)
            try:
                _keep(folder.parent)
            except BaseException:
                folder.rename(draft)
                raise
    return folder


def write_wordings(
    root: Path, definition: Definition, wordings: Sequence[Wording], *, replace: bool
) -> Path:
    """Write ``root/<id>/<version>/wording.<lang>.json`` for each wording; return the folder.

    What was written is read back by the strict loader before it takes its name. A language
    that is there, shipped or written earlier, is refused unless ``replace``. InstrumentError
    or OSError as they come; on any failure everything is as it was.
    """
    instrument = definition.instrument
    place = f"{instrument.id}/{instrument.version}"
    folder = root / instrument.id / instrument.version
    files = _wording_files(wordings)
    for name, wording in zip(files, wordings, strict=True):
        known = wording.language in definition.wordings or (folder / name).exists()
        if known and not replace:
            raise InstrumentError(
                f"{place}: it has a wording in {wording.language} already:"
                " nothing is written without --replace"
            )
    with _made(root), tempfile.TemporaryDirectory(prefix=".new-", dir=root) as temporary:
        draft, before = Path(temporary) / "draft", Path(temporary) / "before"
        draft.mkdir()
        for name, text in files.items():
            _write(draft / name, text.encode())
        if list(read_wordings(draft, instrument, place).values()) != _by_language(wordings):
            raise InstrumentError(f"{place}: the wording does not read back as it was")
        with _made(folder):
            _exchange(draft, folder, before)
    return folder


def _by_language(wordings: Sequence[Wording]) -> list[Wording]:
    return sorted(wordings, key=lambda wording: wording.language)


def _exchange(draft: Path, folder: Path, before: Path) -> None:
    """Give every new file its name, each in one step; on failure give the old ones back."""
    before.mkdir()
    done: list[str] = []
    try:
        for path in sorted(draft.iterdir()):
            if (folder / path.name).exists():
                shutil.copyfile(folder / path.name, before / path.name)
            done.append(path.name)
            path.replace(folder / path.name)
        _keep(folder)
    except BaseException:
        for name in done:
            if (before / name).exists():
                (before / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise


def _same(
    written: Definition, instrument: Instrument, wordings: Sequence[Wording], place: str
) -> None:
    if written.instrument != instrument:
        raise InstrumentError(f"{place}/{DEFINITION}: its parts contradict each other")
    for wording in wordings:
        if written.wordings[wording.language] != wording:
            raise InstrumentError(f"{place}: the wording {wording.language} does not read back")


def _files(
    instrument: Instrument, wordings: Sequence[Wording], rights: str, vectors: str
) -> dict[str, bytes]:
    texts = {RIGHTS: rights}
    try:
        texts[DEFINITION] = _pretty(instrument_plain(instrument))
        texts |= _wording_files(wordings)
        if vectors:
            texts[VECTORS] = vectors
        return {name: text.encode() for name, text in texts.items()}
    except KeyError as error:
        raise InstrumentError(f"{DEFINITION}: a section names no item {error}") from None
    except (TypeError, ValueError):
        raise InstrumentError(
            f"{instrument.id}: a text or a parameter cannot be written as JSON"
        ) from None


def _wording_files(wordings: Sequence[Wording]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for wording in wordings:
        name = f"wording.{wording.language}.json"
        # The language becomes a file's name here, before the loader has judged it.
        if not LANGUAGE.fullmatch(wording.language) or name in texts:
            raise InstrumentError(f"{name}: no language, or twice the same")
        texts[name] = _pretty(wording_plain(wording))
    return texts


def _pretty(plain: dict[str, object]) -> str:
    return json.dumps(plain, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep(folder: Path) -> None:
    """Make the new name last through a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _made(folder: Path) -> Iterator[None]:
    """Have the folder; on failure take away what was made for it."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield
    except BaseException:
        for path in missing:
            with suppress(OSError):
                path.rmdir()
        raise
