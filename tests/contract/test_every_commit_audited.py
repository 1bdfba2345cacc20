"""Every transaction that writes ends in a commit with its event; and no page names a stranger."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.contract.tree import ROOT, tracked

USECASES = [p for p in tracked() if p.parts[:2] == ("qol", "usecases") and p.suffix == ".py"]
CODE = [p for p in tracked() if p.parts[0] == "qol" and p.suffix == ".py"]
PAGES = [p for p in tracked() if p.parts[0] in {"templates", "static"}]
# Opened for the patient, told before the link and never fetched by a page (HV-8.3).
ADDRESSES = re.compile(r"""(?:https?:)?//[a-z0-9-]+\.[a-z]""", re.IGNORECASE)
NAMESPACE = "http://www.w3.org/2000/svg"  # a name, which nothing fetches
LINKED = {"https://signalement.social-sante.gouv.fr/"}


def _calls(node: ast.AST, name: str) -> list[ast.Call]:
    return [
        found
        for found in ast.walk(node)
        if isinstance(found, ast.Call)
        and isinstance(found.func, ast.Attribute)
        and found.func.attr == name
    ]


def _events(scope: ast.AST) -> set[str]:
    """Names bound to an AuditEvent in the scope."""
    return {
        target.id
        for node in ast.walk(scope)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "AuditEvent"
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _makers(tree: ast.AST) -> set[str]:
    """Functions of the module that say they give an AuditEvent."""
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and node.returns is not None
        and ast.unparse(node.returns) == "AuditEvent"
    }


def _audited(commit: ast.Call, scope: ast.AST, makers: set[str]) -> bool:
    if len(commit.args) != 1 or commit.keywords:
        return False
    event = commit.args[0]
    if isinstance(event, ast.Call):
        return ast.unparse(event.func) in makers | {"AuditEvent"}
    return isinstance(event, ast.Name) and event.id in _events(scope)


def unaudited(source: str) -> list[int]:
    """Lines of ``with ….writing()`` whose block does not end in ``commit(AuditEvent(…))``."""
    tree, wrong = ast.parse(source), []
    for scope in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)):
        for block in (n for n in ast.walk(scope) if isinstance(n, ast.With)):
            if not any(_calls(item.context_expr, "writing") for item in block.items):
                continue
            commits = _calls(block, "commit")
            last = block.body[-2] if isinstance(block.body[-1], ast.Return) else block.body[-1]
            audited = all(_audited(one, scope, _makers(tree)) for one in commits)
            if not commits or not audited or not _calls(last, "commit"):
                wrong.append(block.lineno)
    return wrong


def bare_commits(source: str) -> list[int]:
    """Lines of ``.commit()`` without an event."""
    return [call.lineno for call in _calls(ast.parse(source), "commit") if not call.args]


def _text(path: Path) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_use_cases_write() -> None:
    writing = [path for path in USECASES if ".writing()" in _text(path)]
    assert len(writing) >= 7


def test_every_writing_ends_in_a_commit_with_its_event() -> None:
    assert {str(p): lines for p in USECASES if (lines := unaudited(_text(p)))} == {}


def test_only_a_use_case_opens_a_writing() -> None:
    outside = [p for p in CODE if p.parts[1] not in {"usecases", "adapters"}]
    assert [str(p) for p in outside if _calls(ast.parse(_text(p)), "writing")] == []
    assert [str(p) for p in outside if _calls(ast.parse(_text(p)), "commit")] == []


def test_no_commit_is_without_an_event() -> None:
    outside = [p for p in CODE if p.parts[:3] != ("qol", "adapters", "db")]
    assert {str(p): lines for p in outside if (lines := bare_commits(_text(p)))} == {}


def test_no_port_has_a_commit_without_an_event() -> None:
    for path in USECASES:
        for node in ast.walk(ast.parse(_text(path))):
            if isinstance(node, ast.FunctionDef) and node.name == "commit":
                given = [
                    (a.arg, ast.unparse(a.annotation or ast.Constant(0))) for a in node.args.args
                ]
                assert given == [("self", "0"), ("event", "AuditEvent")], path
                assert not node.args.defaults


@pytest.mark.parametrize(
    "block",
    [
        "unit.add(1)",
        "unit.commit()",
        "unit.commit('an event')",
        "unit.commit(event)",
        "unit.commit(AuditEvent(1))\n        unit.add(1)",
        "if x:\n            unit.commit(AuditEvent(1))\n        unit.add(2)",
    ],
)
def test_the_rule_sees_a_writing_without_its_event(block: str) -> None:
    source = f"def act(self):\n    with self.store.writing() as unit:\n        {block}\n"
    assert unaudited(source) == [2]
    good = source.replace(block, "unit.add(1)\n        unit.commit(AuditEvent(1))")
    assert unaudited(good) == []


def addresses(text: str) -> list[str]:
    """What names another host."""
    return ADDRESSES.findall(text.replace(NAMESPACE, ""))


def test_pages_and_scripts_name_no_other_host() -> None:
    assert PAGES
    assert {str(p): found for p in PAGES if (found := addresses(_text(p)))} == {}


def test_the_only_address_that_views_link_to_is_the_national_portal() -> None:
    views = [p for p in CODE if p.parts[1] == "web"]
    named = {url for p in views for url in re.findall(r"https?://[^\"' )]+\.[^\"' )]+", _text(p))}
    assert named == LINKED


def test_the_rule_sees_an_address() -> None:
    for text in ("src='//cdn.example/x.js'", "@import url(https://fonts.example)"):
        assert addresses(text)
    assert not addresses("// a comment of a script")
