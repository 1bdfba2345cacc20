"""``python -m tests.contract.listing``: the face that QOL_FACE names; tells what it has imported.

The port is printed once it listens; then one line of JSON for each line read: every module in
this process. Nothing else of the tests is imported.
"""

from __future__ import annotations

import json
import sys
import threading
from importlib import import_module

from werkzeug.serving import make_server

from app import create_app

if __name__ == "__main__":
    for planted in sys.argv[1:]:
        import_module(planted)
    server = make_server("127.0.0.1", 0, create_app(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.port}\n")
    sys.stdout.flush()
    for _ in sys.stdin:
        sys.stdout.write(json.dumps(sorted(sys.modules)) + "\n")
        sys.stdout.flush()
