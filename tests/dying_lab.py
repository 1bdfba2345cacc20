"""``python -m tests.dying_lab``: faces of the laboratory, each a process that dies by SIGKILL.

Each line read is a point's name, ``NAME.N`` for its N-th pass, or empty for a face that lives;
its port is printed once it listens. A further line that says ``end`` waits for the face started
last, and prints the signal that it died of. Faces are forked from here: code and words are read
once, and nothing is open yet.
"""

from __future__ import annotations

import os
import signal
import sys
import time

from werkzeug.serving import make_server

from qol.adapters.words import read_catalogues
from qol.bootstrap.lab import build
from qol.usecases.ports import Fault
from tests.dying import killer

_PATIENCE_S = 10.0


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


def serve(point: str) -> None:
    """Serve until killed."""
    app = build(os.environ, fault=nth(point))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    server.serve_forever()


def ended(child: int) -> str:
    """Say which signal the face died of; one that does not die by itself is ended."""
    until = time.monotonic() + _PATIENCE_S
    while time.monotonic() < until:
        found, status = os.waitpid(child, os.WNOHANG)
        if found:
            return str(os.waitstatus_to_exitcode(status))
        time.sleep(0.01)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "alive"


def main() -> None:
    """Start faces until the input ends."""
    read_catalogues()
    child = 0
    for line in sys.stdin:
        if line == "end\n":
            sys.stdout.write(f"{ended(child)}\n")
            sys.stdout.flush()
            continue
        child = os.fork()
        if not child:
            serve(line.strip())


if __name__ == "__main__":
    main()
