"""Prints through a worker process that has WeasyPrint loaded, so that no face ever has.

The worker gets no key, no environment of the face and no network; it lives for a number of
jobs and under limits of time, memory and pages (T-63, T-64). A sheet goes to it and comes
back through pipes: no code is ever in a file.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from xml.sax.saxutils import escape

from qol.domain.errors import PrintingError

FONTS = Path(__file__).parent / "fonts"
_WORKER = Path(__file__).with_name("worker.py")
# Only where programs and libraries are: the rest of a face's environment is not the worker's.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH")
_FAILED = "The sheet could not be printed"
Told = Callable[[int], None]


def _nobody(_: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take, and how many jobs one worker does. ``seconds`` is for each part."""

    seconds: int = 20
    megabytes: int = 512
    pages: int = 12
    jobs: int = 50


# A questionnaire or all those of a programme; and one that is shown item by item, twice.
FORMS = Limits(seconds=60, pages=60)
REVIEWS = Limits(seconds=180, pages=400)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element stands: a page, from 1, and millimetres from its top left."""

    page: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF, how many pages it has, and the place of each element that has an id."""

    pdf: bytes
    pages: int
    places: dict[str, Place]


class _Worker:
    """One process and its temporary folder."""

    def __init__(self, limits: Limits) -> None:
        self._folder = TemporaryDirectory(prefix="qol-paper-")
        self.jobs = 0
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
            [
                *(sys.executable, "-I", str(_WORKER), str(FONTS)),
                *(str(limits.seconds), str(limits.megabytes), str(limits.pages)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a warning may quote what it is about
            env=self._environment(),
        )

    def _environment(self) -> dict[str, str]:
        """System fonts are off: a sheet is the same on every machine."""
        folder = self._folder.name
        fonts = Path(folder, "fonts.conf")
        lines = f"<dir>{escape(str(FONTS))}</dir><cachedir>{escape(folder)}</cachedir>"
        fonts.write_text(f"<fontconfig>{lines}</fontconfig>", "utf-8")
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        own = {"FONTCONFIG_FILE": str(fonts), "TMPDIR": folder, "HOME": folder}
        return kept | own | {"LC_ALL": "C.UTF-8"}

    def ask(self, parts: Sequence[str], told: Told) -> tuple[dict[str, object], bytes]:
        """Send one job and wait; PrintingError when the worker ends over it."""
        to, back = self.process.stdin, self.process.stdout
        if to is None or back is None:
            raise PrintingError(f"{_FAILED}: its worker has no pipe.")
        self.jobs += 1
        try:
            to.write(json.dumps({"html": parts}).encode() + b"\n")
            to.flush()
            reply: dict[str, object] = json.loads(back.readline() or b"{}")
            while isinstance(laid := reply.get("drawn"), int):
                told(laid)
                reply = json.loads(back.readline() or b"{}")
            size = reply.get("size")
            pdf = back.read(size) if isinstance(size, int) else b""
        except OSError:
            reply, pdf = {}, b""
        if not reply or len(pdf) != reply.get("size", 0):
            late = self.process.wait() == -signal.SIGALRM
            raise PrintingError(f"{_FAILED} in time." if late else f"{_FAILED}. Please try again.")
        return reply, pdf

    def end(self) -> None:
        """Kill the process and remove its folder."""
        self.process.kill()
        self.process.communicate()
        self._folder.cleanup()


class Press:
    """One worker at a time, started at the first job and replaced when spent or dead."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Take the limits of a job; nothing is started yet."""
        self._limits = limits or Limits()
        self._turn = Lock()
        self._worker: _Worker | None = None

    def pdf(self, *parts: str, told: Told = _nobody) -> bytes:
        """Draw a document that carries all it shows; PrintingError says why it was not drawn.

        Several parts become one file; ``told`` hears how many of them are drawn.
        """
        return self.drawn(*parts, told=told).pdf

    def drawn(self, *parts: str, told: Told = _nobody) -> Drawn:
        """Draw it, and say where what has an id stands; PrintingError as ``pdf``."""
        # One job before us may take its whole time, and so may the one before that.
        if not self._turn.acquire(timeout=2 * self._limits.seconds):
            raise PrintingError(f"{_FAILED}: too many are waiting. Please try again.")
        try:
            reply, pdf = self._ready().ask(parts, told)
        except BaseException:
            self._end()  # also when the listener failed: the rest of the reply is still to come
            raise
        finally:
            self._turn.release()
        if reply.get("refused") == "pages":
            raise PrintingError(f"{_FAILED}: it has more than {self._limits.pages} pages.")
        if reply.get("refused") == "signs":
            raise PrintingError(f"{_FAILED}: the font has no sign for {_listed(reply)}.")
        return Drawn(pdf, int(str(reply.get("pages"))), _places(reply))

    def _ready(self) -> _Worker:
        """Give a worker that lives and is not spent."""
        worker = self._worker
        if worker and (worker.jobs >= self._limits.jobs or worker.process.poll() is not None):
            self._end()
        if self._worker is None:
            self._worker = _Worker(self._limits)
        return self._worker

    def _end(self) -> None:
        if self._worker is not None:
            self._worker.end()
        self._worker = None

    def close(self) -> None:
        """End the worker; another job would start a new one."""
        with self._turn:
            self._end()


def _listed(reply: dict[str, object]) -> str:
    signs = reply.get("signs")
    return ", ".join(str(sign) for sign in signs) if isinstance(signs, list) else "a character"


def _places(reply: dict[str, object]) -> dict[str, Place]:
    found = reply.get("places")
    named = found.items() if isinstance(found, dict) else ()
    return {name: Place(int(place[0]), *place[1:]) for name, place in named}
