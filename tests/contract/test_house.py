"""Rules of the house that no linter knows."""

import ast
import re
import socket
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import SocketConnectBlockedError

from tests.contract.tree import ROOT, tracked

# In two halves, so that this file does not name them either. A lock says what and with which
# hash, never from where; a page or a test fetches nothing from anybody.
FOREIGN = tuple(
    first + second
    for first, second in (
        ("pypi", ".org"),
        ("python", "hosted"),
        ("registry.", "npm"),
        ("jsde", "livr"),
        ("unp", "kg.com"),
        ("cdn", "js."),
        ("google", "apis"),
        ("gst", "atic"),
        ("google", "tagmanager"),
        ("font", "awesome"),
        ("--index", "-url"),
        ("--extra-index", "-url"),
        ("--find", "-links"),
        ("--trusted", "-host"),
    )
)
INPUTS = ("requirements.in", "requirements-dev.in")
LOCKS = ("requirements.txt", "requirements-dev.txt")


def _text(path: Path | str) -> str:
    return (ROOT / path).read_bytes().decode("utf-8", errors="ignore")


def _pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[.*?\])?==(\S+)", _text(lock), re.MULTILINE))


def _entries(name: str) -> list[str]:
    lines = (line.strip() for line in _text(name).splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def test_no_third_party_is_named() -> None:
    named = {
        f"{path}: {word}"
        for path in tracked()
        for word in FOREIGN
        if word in _text(path).lower() or word in str(path).lower()
    }
    assert named == set()


@pytest.mark.parametrize("name", INPUTS)
def test_every_requirement_has_a_reason(name: str) -> None:
    bare = [entry for entry in _entries(name) if not re.search(r"\s#\s+\S+\s+\S+", entry)]
    assert bare == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash(name: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", _text(name), flags=re.MULTILINE)[1:]
    assert blocks
    assert [block.split()[0] for block in blocks if "--hash=sha256:" not in block] == []


@pytest.mark.parametrize(("name", "lock"), list(zip(INPUTS, LOCKS, strict=True)))
def test_every_requirement_is_locked(name: str, lock: str) -> None:
    asked = {
        re.split(r"[\[<>=~! ]", entry)[0].lower().replace(".", "-")
        for entry in _entries(name)
        if not entry.startswith("-r")
    }
    assert asked - set(_pins(lock)) == set()


def test_the_tests_run_on_the_versions_of_production() -> None:
    run, dev = (_pins(lock) for lock in LOCKS)
    assert {name: pin for name, pin in run.items() if dev.get(name) != pin} == {}


def test_every_exception_to_a_linter_rule_has_a_reason() -> None:
    lint = _text("pyproject.toml").split("[tool.ruff.lint]")[1].split("[tool.ruff.format]")[0]
    rules = re.findall(r'^\s+"[A-Z]+[0-9]*",(.*)$', lint, re.MULTILINE)
    assert rules
    assert [rule for rule in rules if not re.match(r"\s+#\s+\S+", rule)] == []
    assert tomllib.loads(_text("pyproject.toml"))["tool"]["ruff"]["lint"]["select"] == ["ALL"]


def _imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield node.module or ""


def test_the_domain_imports_the_standard_library_only() -> None:
    domain = [path for path in tracked() if path.parts[:2] == ("qol", "domain")]
    foreign = {
        f"{path}: {name}"
        for path in domain
        if path.suffix == ".py"
        for name in _imported(ast.parse(_text(path)))
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("qol.domain")
    }
    assert foreign == set()


@pytest.mark.filterwarnings("ignore:A test tried to use socket")  # it warns as well as refuses
def test_no_socket_reaches_beyond_the_machine() -> None:
    # An address of RFC 5737, kept for documents: nobody is there.
    with socket.socket() as stranger, pytest.raises(SocketConnectBlockedError):
        stranger.connect(("192.0.2.1", 80))
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
