"""Three child processes, one a face, each with an environment of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from qol.config import Config
from qol.domain.errors import NotAllowedError

_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "PYTHONPATH", "VIRTUAL_ENV")
_PATIENCE = 10.0  # seconds for a face to finish what it is doing
_READY = 60.0


@dataclass(frozen=True, slots=True)
class FaceAt:
    """A face and where it listens."""

    face: str
    address: str
    port: int

    @property
    def local(self) -> str:
        """The face's address on this machine; passkeys need a name, not a number."""
        host = "127.0.0.1" if self.face == "patient" else "localhost"
        return f"http://{host}:{self.port}"


class Stopped(Exception):  # noqa: N818 - a request to end, not an error
    """Somebody asked the faces to stop."""


def lan_address() -> str | None:
    """Find this machine's address in its network; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address for documentation, RFC 5737
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if found.startswith("127.") or found == "0.0.0.0" else found  # noqa: S104 - compared, not bound


def refuse_taken(faces: tuple[FaceAt, ...]) -> None:
    """Refuse to start when a port is in use, before any code is issued."""
    for face in faces:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((face.address, face.port))
            except OSError:
                raise NotAllowedError(
                    f"Port {face.port} is in use: stop what uses it, or name another with --port."
                ) from None


def environment(
    face: FaceAt, config: Config, environ: Mapping[str, str], patient: str
) -> dict[str, str]:
    """Give a face's own environment: what every program needs, and its own settings.

    ``patient`` is the address that slips say and a handed device goes to.
    """
    own = {key: environ[key] for key in _KEPT if key in environ}
    if face.face != "patient":
        own["QOL_PATIENT_ORIGIN"] = patient
    return own | {
        "QOL_FACE": face.face,
        "QOL_ORIGIN": face.local,
        "QOL_INSTANCE": str(config.instance),
        "QOL_KEYS": str(config.instance / "keys" / face.face),
        "QOL_DATABASE_URL": config.database_url,
        "QOL_DEMONSTRATION": "1",
        "PYTHONUNBUFFERED": "1",
    }


def command(face: FaceAt) -> list[str]:
    """Give the command of a face: one process with threads, and no access log."""
    return [
        sys.executable,
        *("-m", "gunicorn", "app:create_app()"),
        *("--worker-class", "gthread", "--workers", "1", "--threads", "8"),
        *("--bind", f"{face.address}:{face.port}", "--log-level", "warning"),
        *("--no-control-socket", "--graceful-timeout", "5"),
    ]


@contextmanager
def running(
    faces: tuple[FaceAt, ...], config: Config, top: Path, patient: str
) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
    """Start the faces and stop them all at the end, whatever happens."""
    with _signals():
        children: dict[str, subprocess.Popen[bytes]] = {}
        try:
            for face in faces:
                children[face.face] = subprocess.Popen(  # noqa: S603 - our own command
                    command(face),
                    cwd=top,
                    env=environment(face, config, os.environ, patient),
                    start_new_session=True,  # Ctrl-C comes to us alone; we stop them in order
                )
            yield children
        finally:
            stop(children)


@contextmanager
def _signals() -> Iterator[None]:
    def asked(_number: int, _frame: FrameType | None) -> None:
        raise Stopped

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_ready(faces: tuple[FaceAt, ...], children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Wait until every face answers; NotAllowedError when one ends or stays silent."""
    until = time.monotonic() + _READY
    for face in faces:
        while not _answers(face):
            refuse_dead(children)
            if time.monotonic() > until:
                raise NotAllowedError(f"The {face.face} face does not answer after {_READY:.0f} s.")
            time.sleep(0.1)


def _answers(face: FaceAt) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", face.port)) == 0


def refuse_dead(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Raise NotAllowedError naming the first face that ended, and its exit."""
    for face, child in children.items():
        code = child.poll()
        if code is not None:
            how = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
            raise NotAllowedError(f"The {face} face {how}; the others are stopped.")


def watch(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Stay until a face ends (NotAllowedError) or somebody asks to stop (Stopped)."""
    while True:
        refuse_dead(children)
        time.sleep(0.5)


def stop(children: Mapping[str, subprocess.Popen[bytes]]) -> None:
    """Ask every face to finish; end what does not within ten seconds."""
    for child in children.values():
        if child.poll() is None:
            child.terminate()
    until = time.monotonic() + _PATIENCE
    for child in children.values():
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
