"""No file, function or template grows past what can be read in one go."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contract.tree import ROOT, tracked

FILE, FUNCTION, TEMPLATE, TEST_FILE = 300, 40, 150, 300
# A file with such a name becomes the application: everything fits in.
NO_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers"}

PYTHON = [path for path in tracked() if path.suffix == ".py"]
CODE = [path for path in tracked() if path.suffix in {".py", ".js", ".css"}]
TEMPLATES = [path for path in tracked() if path.parts[0] == "templates"]


def _lines(path: Path) -> int:
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def functions(source: str) -> Iterator[tuple[str, int]]:
    """Each function's name and its lines, without decorators."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def vague(path: Path) -> bool:
    """Whether a module's or package's name says nothing."""
    names = [path.stem, *path.parts[:-1]]
    return any(name == "base" or NO_NAMES.intersection(name.split("_")) for name in names)


def test_files_stay_short() -> None:
    ceilings = {path: TEST_FILE if path.parts[0] == "tests" else FILE for path in CODE}
    too_long = {str(path): _lines(path) for path, most in ceilings.items() if _lines(path) > most}
    assert too_long == {}


def test_functions_stay_short() -> None:
    too_long = {
        f"{path}:{name}": lines
        for path in PYTHON
        for name, lines in functions((ROOT / path).read_text(encoding="utf-8"))
        if lines > FUNCTION
    }
    assert too_long == {}


def test_templates_stay_short() -> None:
    too_long = {str(path): _lines(path) for path in TEMPLATES if _lines(path) > TEMPLATE}
    assert too_long == {}


def test_names_say_something() -> None:
    assert [str(path) for path in PYTHON if vague(path)] == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("qol/web/utils.py", True),
        ("qol/common/x.py", True),
        ("qol/web/form_helpers.py", True),
        ("qol/adapters/db/base.py", True),
        ("qol/domain/schedule.py", False),
        ("qol/domain/baseline.py", False),
    ],
)
def test_the_rule_on_names_sees_what_it_should(path: str, *, expected: bool) -> None:
    assert vague(Path(path)) is expected


def test_the_rule_on_functions_counts_nested_ones() -> None:
    source = "def a():\n    def b():\n        return 1\n    return b\n"
    assert sorted(functions(source)) == [("a", 4), ("b", 2)]
