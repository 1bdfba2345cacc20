"""``python -m tests.integration.attack.faulty FILE``: a patient face whose Sends can be made fail.

FILE holds "down" (the database goes away at the row) or "broken" (an error nobody foresaw);
empty or absent, the face works. The port is printed once it listens; every request line, and
every traceback, goes to stderr.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from werkzeug.serving import make_server

from qol.bootstrap.patient import build
from qol.domain.errors import StoreUnavailableError


def failing(file: Path) -> Callable[[str], None]:
    """Fail after the row as the file says."""

    def fault(reached: str) -> None:
        wanted = file.read_text("utf-8").strip() if file.exists() else ""
        if reached == "after_row" and wanted == "down":
            raise StoreUnavailableError("The database cannot be reached (a test).")
        if reached == "after_row" and wanted == "broken":
            raise RuntimeError("an error nobody foresaw")

    return fault


def main(file: Path) -> None:
    """Serve until killed."""
    logging.basicConfig(level=logging.DEBUG)
    app = build(os.environ, fault=failing(file))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
