"""A real browser against a real server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import make_server

from tests.browser import ARGUMENTS
from tests.patient_face import Here, make


@dataclass
class Served:
    """A face on fakes behind a real socket."""

    here: Here
    origin: str


@contextmanager
def served(*, tls: bool = False, proxy: tuple[str, ...] = ()) -> Iterator[Served]:
    """Serve the face until the block ends."""
    here = make(proxy=proxy)
    server = make_server(
        "127.0.0.1", 0, here.app, threaded=True, ssl_context="adhoc" if tls else None
    )
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    scheme = "https" if tls else "http"
    try:
        yield Served(here, f"{scheme}://127.0.0.1:{server.port}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def face() -> Iterator[Served]:
    """The face over plain HTTP."""
    with served() as found:
        yield found


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser a worker; each test opens contexts of its own."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(chromium), args=list(ARGUMENTS))
        yield found
        found.close()
