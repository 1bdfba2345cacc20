"""``python -m tests.dying POINT``: a patient face that dies by SIGKILL at a point of a Send.

POINT is before_sealing, after_begin, after_row, after_event, after_commit, first_byte, or
empty for a face that lives. The port is printed once it listens.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from werkzeug.serving import make_server

from qol.bootstrap.patient import build

POINTS = ("before_sealing", "after_begin", "after_row", "after_event", "after_commit", "first_byte")


def killer(point: str) -> Callable[[str], None]:
    """Die when the named point is reached, as a power cut would have it."""

    def fault(reached: str) -> None:
        if reached == point:
            os.kill(os.getpid(), signal.SIGKILL)

    return fault


def dying_at_first_byte(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterator[bytes]]:
    """Send the first byte of a Send's answer, then die."""

    def wrapped(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        for part in app(environ, start_response):
            if "/send/" in environ["PATH_INFO"]:
                yield part[:1]
                killer("here")("here")
            yield part

    return wrapped


def main(point: str) -> None:
    """Serve until killed."""
    app = build(os.environ, fault=killer(point))
    if point == "first_byte":
        app.wsgi_app = dying_at_first_byte(app.wsgi_app)  # type: ignore[method-assign]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
