"""``python -m tests.dying_hcp POINT``: a professionals' face that dies by SIGKILL at a point.

POINT is before_sealing, after_begin, after_row, after_ticket, after_event, after_commit, or
empty for a face that lives. The port is printed once it listens.
"""

from __future__ import annotations

import os
import sys

from werkzeug.serving import make_server

from qol.bootstrap.hcp import build
from tests.dying import killer

if __name__ == "__main__":
    app = build(os.environ, fault=killer(sys.argv[1] if len(sys.argv) > 1 else ""))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    server.serve_forever()
