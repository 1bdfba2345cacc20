"""Node.js, for the one test against a certified provider of identities."""

import os
import shutil
from pathlib import Path

import pytest

PROVIDER = Path(__file__).parent / "oidc" / "provider"
LEFT_OUT = "QOL_NODE=none: the test against a certified provider was left out on demand"
LACKING = "no Node.js here: 'tools/setup test' says what to install, QOL_NODE=none goes without"
NOT_INSTALLED = (
    "the certified provider is not installed: 'tools/setup test' does it with npm and says what "
    "hinders it, QOL_NODE=none goes without"
)


@pytest.fixture(scope="session")
def node() -> Path:
    """Path of Node.js, once the provider's packages are installed beside ``server.mjs``.

    ``QOL_NODE`` names another one; ``QOL_NODE=none`` leaves the test out.
    """
    named = os.environ.get("QOL_NODE", "")
    if named == "none":
        pytest.skip(LEFT_OUT)
    found = named or shutil.which("node") or shutil.which("nodejs")
    if found is None:
        pytest.fail(LACKING, pytrace=False)
    if not (PROVIDER / "node_modules" / "oidc-provider" / "package.json").is_file():
        pytest.fail(NOT_INSTALLED, pytrace=False)
    return Path(found)
