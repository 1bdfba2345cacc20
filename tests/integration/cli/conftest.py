from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qol.bootstrap.cli import workshop
from qol.cli.demonstration.making import fill, make_instance
from qol.cli.main import commands

Run = Callable[..., Result]
REGISTER = (
    *("programme", "site", "add", "--programme", "demonstration", "--site", "S1"),
    *("--label", "Site 1", "--contract", "C-1", "--from", "2026-01-01", "--to", "2099-12-31"),
    *("--signed", "2025-12-15", "--security", "security@site.example"),
)


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    """Where the instance of this test is."""
    return tmp_path / "instance"


@pytest.fixture
def run(instance: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the instance, as a new process would."""
    monkeypatch.setenv("QOL_INSTANCE", str(instance))
    for name in ("QOL_DATABASE_URL", "QOL_KEYS", "QOL_DEMONSTRATION"):
        monkeypatch.delenv(name, raising=False)

    def invoke(*words: str | Path, code: int = 0) -> Result:
        result = CliRunner().invoke(commands, [str(word) for word in words])
        assert result.exit_code == code, result.output
        return result

    return invoke


@pytest.fixture
def demonstration(instance: Path, run: Run) -> Path:
    """A demonstration instance, made and not served."""
    make_instance(instance)
    fill(workshop({"QOL_INSTANCE": str(instance)}), ())
    run(*REGISTER)
    return instance
