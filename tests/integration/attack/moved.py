"""``python -m tests.integration.attack.moved FILE``: a patient face whose time a test moves.

It is noon of today plus the seconds that FILE holds. The port is printed once it listens.
"""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from werkzeug.serving import make_server

from qol.bootstrap.patient import build


@dataclass(frozen=True)
class MovedClock:
    """Noon of today, and what the file adds."""

    file: Path

    def now(self) -> datetime:
        """The time that the test wants."""
        today = datetime.now(ZoneInfo("Europe/Paris")).date()
        added = float(self.file.read_text("utf-8") or 0)
        return datetime.combine(today, time(12), UTC) + timedelta(seconds=added)

    def today(self, time_zone: str) -> date:
        """The day of that time."""
        return self.now().astimezone(ZoneInfo(time_zone)).date()


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = build(os.environ, clock=MovedClock(Path(sys.argv[1])))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    server.serve_forever()
