"""Start what is measured: gunicorn with the settings of the documentation, for all alike."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from socket import create_server

TOP = Path(__file__).parent.parent
THREADS = 8
SETTINGS = (
    "--worker-class",
    "gthread",
    "--workers",
    "1",
    "--threads",
    str(THREADS),
    "--keep-alive",
    "60",
)
_READY = 30.0
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """A gunicorn with one worker."""

    port: int
    master: int

    def _worker(self) -> Path:
        children = Path(f"/proc/{self.master}/task/{self.master}/children").read_text("ascii")
        return Path("/proc") / children.split()[0]

    def processor(self) -> float:
        """Give the seconds of processor that the worker has used."""
        told = (self._worker() / "stat").read_text("utf-8").rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / _TICKS

    def memory(self) -> tuple[float, float]:
        """Give the worker's resident memory in MB: now, and at its highest."""
        status = (self._worker() / "status").read_text("utf-8")
        found = dict(line.split(":", 1) for line in status.splitlines())
        now, most = (int(found[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))
        return now, most


@contextmanager
def serving(application: str, environ: Mapping[str, str]) -> Iterator[Server]:
    """Serve an application on a free port until the end."""
    with create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, *SETTINGS]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "error", "--no-control-socket"]
    child = subprocess.Popen(command, cwd=TOP, env=dict(environ))
    try:
        _wait(child, port)
        yield Server(port, child.pid)
    finally:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait(child: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + _READY
    while time.monotonic() < until and child.poll() is None:
        connection = HTTPConnection("127.0.0.1", port, timeout=5)
        with suppress(OSError):
            connection.request("GET", "/")
            connection.getresponse().read()
            return
        connection.close()
        time.sleep(0.05)
    raise RuntimeError("a server did not start")
