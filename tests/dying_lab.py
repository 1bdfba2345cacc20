"""``python -m tests.dying_lab``: faces of the laboratory, each a process that dies by SIGKILL.

Each line read is a point's name, ``NAME.N`` for its N-th pass, or empty for a face that lives;
its port is printed. A line that says ``end`` waits for the face that was given last, and prints
what it died of. Faces are forked from here, the next one while a test is busy with the last:
code and words are read once, and nothing is open before the fork.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import dataclass
from typing import NoReturn

from werkzeug.serving import make_server

from qol.adapters.words import read_catalogues
from qol.bootstrap.lab import build
from qol.usecases.ports import Fault
from tests.dying import killer

_PATIENCE_S = 10.0
_LONGEST = 64


def nth(point: str) -> Fault:
    """Die at the N-th pass of a point, the first where none is said."""
    name, _, number = point.partition(".")
    left, die = [int(number or 1)], killer(name)

    def fault(reached: str) -> None:
        if reached == name:
            left[0] -= 1
            if left[0] == 0:
                die(reached)

    return fault


@dataclass(frozen=True)
class Spare:
    """A face that listens, and waits for its point before it serves."""

    child: int
    ports: int
    points: int

    def given(self, point: str) -> str:
        """Tell it its point; its port, empty when it could not start."""
        port = os.read(self.ports, _LONGEST).decode()
        if port:
            os.write(self.points, f"{point}\n".encode())
        os.close(self.ports)
        os.close(self.points)
        return port

    def ended(self) -> str:
        """Say what it died of; one that does not die by itself is ended."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            found, status = os.waitpid(self.child, os.WNOHANG)
            if found:
                return str(os.waitstatus_to_exitcode(status))
            time.sleep(0.01)
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        return "alive"


def spare() -> Spare:
    """Start a face."""
    port, point = os.pipe(), os.pipe()
    child = os.fork()
    if not child:
        serve(point[0], port[1])
    os.close(port[1])
    os.close(point[0])
    return Spare(child, port[0], point[1])


def serve(points: int, ports: int) -> NoReturn:
    """Serve until killed."""
    known: list[Fault] = []

    def fault(reached: str) -> None:
        known[0](reached)

    app = build(os.environ, fault=fault)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    os.write(ports, str(server.port).encode())
    known.append(nth(os.read(points, _LONGEST).decode().strip()))
    server.serve_forever()
    raise SystemExit


def main() -> None:
    """Give faces until the input ends."""
    read_catalogues()
    following, given = spare(), None
    for line in sys.stdin:
        if line == "end\n":
            said = given.ended() if given else ""
        else:
            given = following
            said = given.given(line.strip())
            following = spare()
        sys.stdout.write(f"{said}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
