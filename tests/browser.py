"""The Chromium of the system. Playwright drives it; its own browsers are not fetched."""

import os
import shutil
from pathlib import Path

import pytest

# The same list as tools/setup.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SNAP = Path("/snap/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-quic",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def _found() -> Path | None:
    named = os.environ.get("QOL_CHROMIUM")
    if named:
        return Path(named)
    if SNAP.exists():  # then the others are scripts that point to it
        return SNAP
    for name in NAMES:
        path = shutil.which(name)
        if path:
            return Path(path)
    return None


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Path of the browser, for Playwright's ``executable_path``.

    ``QOL_CHROMIUM`` names another one; ``QOL_CHROMIUM=none`` leaves the browser tests out.
    """
    if os.environ.get("QOL_CHROMIUM") == "none":
        pytest.skip("QOL_CHROMIUM=none: the browser tests were left out on demand")
    path = _found()
    if path is None:
        pytest.fail("no Chromium here: 'tools/setup test' says what to install", pytrace=False)
    return path
