import stat
from pathlib import Path

import pytest

from qol.bootstrap.cli import MARK
from qol.cli.demonstration.making import escrow_folder
from tests.integration.cli.conftest import Run

AT = ("--programme", "demonstration", "--site", "S1")
CSV = """item,language,part,text
,fr,title,Essai
q1,fr,text,Ça va ?
q1,fr,option:0,Non
q1,fr,option:1,Oui
"""


def _refused(run: Run, *words: str | Path) -> str:
    result = run(*words, code=1)
    assert result.stderr.startswith("Error: ")
    assert "Traceback" not in result.output
    return result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("programme", "list"),
        ("pseudonyms", "issue", *AT, "--count", "1"),
        ("audit", "verify"),
        ("database", "check"),
        ("instruments", "publish", "demo-qol", "--language", "fr"),
        ("instruments", "import", "none.json"),
        ("programme", "check", "none.toml"),
    ],
)
def test_without_an_installation_every_command_says_one_sentence(
    run: Run, words: tuple[str, ...]
) -> None:
    assert len(_refused(run, *words).strip().splitlines()) == 1


@pytest.mark.parametrize("purpose", [(), ("--purpose", "compensation"), ("--purpose", "")])
def test_an_export_names_a_purpose_of_the_list(
    run: Run, tmp_path: Path, purpose: tuple[str, ...]
) -> None:
    run("records", "export", "--format", "csv", "--output", tmp_path / "out", *purpose, code=2)
    assert not (tmp_path / "out").exists()


def test_a_real_installation_step_by_step(run: Run, instance: Path, tmp_path: Path) -> None:
    escrow = tmp_path / "stick"
    escrow.mkdir()
    run("keys", "generate", "--escrow-to", escrow)
    run("database", "upgrade")
    assert "in order" in run("database", "check").output
    assert "demonstration only" in _refused(
        run, "instruments", "publish", "pain-nrs", "--language", "fr", "--unapproved"
    )
    assert "EA-7.3-b" in _refused(run, "instruments", "publish", "pain-nrs", "--language", "fr")
    decision = ("--authority", "HAS", "--decision", "2026-1", "--decision-date", "2026-01-01")
    run("instruments", "publish", "pain-nrs", "--language", "fr", *decision)
    assert "release 1: pain-nrs 1 fr" in run("instruments", "list").output
    run("keys", "generate", "--escrow-to", escrow, "--programme", "real", "--year", "2027")
    assert "real 2027  escrow-public" in run("keys", "list").output
    assert [path.name for path in escrow.iterdir()] == ["escrow-private.real.2027.key"]
    assert not list(instance.rglob("escrow-private*"))
    again = ("keys", "generate", "--escrow-to", escrow, "--programme", "real", "--year", "2027")
    assert "there already" in _refused(run, *again)


def test_an_escrow_inside_the_instance_is_refused(run: Run, instance: Path) -> None:
    run("keys", "generate", "--escrow-to", instance.parent)
    run("database", "upgrade")
    inside = instance / "escrow"
    inside.mkdir()
    told = _refused(run, "keys", "generate", "--escrow-to", inside, "--programme", "p")
    assert "kept elsewhere" in told


def test_a_demonstration_is_made_once(demonstration: Path, run: Run) -> None:
    assert (demonstration / MARK).exists()
    listed = run("programme", "list").output
    assert listed.startswith("demonstration version 1")
    assert any(escrow_folder(demonstration).iterdir())
    modes = {stat.S_IMODE(path.stat().st_mode) for path in demonstration.rglob("*.key")}
    assert modes == {0o400}


def test_a_programme_goes_out_and_in_again(demonstration: Path, run: Run, tmp_path: Path) -> None:
    text = run("programme", "show", "demonstration").output
    file = tmp_path / "next.toml"
    file.write_text(text.replace("version = 1\n", "version = 2\n", 1), "utf-8")
    run("programme", "load", file, "--based-on", "1")
    assert "version 2 is current" in _refused(run, "programme", "load", file, "--based-on", "1")
    assert "version = 1\n" in run("programme", "show", "demonstration", "--version", "1").output


def test_an_import_is_written_into_the_instance(run: Run, instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "essai.csv"
    file.write_text(CSV, "utf-8")
    assert "1 items in fr" in run("instruments", "import", file).output
    assert list((instance / "questionnaires" / "essai").iterdir())
    assert "essai" in run("instruments", "list").output
    assert "there already" in _refused(run, "instruments", "import", file)


def test_an_import_that_is_refused_writes_nothing(run: Run, instance: Path, tmp_path: Path) -> None:
    file = tmp_path / "bad.json"
    file.write_text("{", "utf-8")
    assert "bad.json" in _refused(run, "instruments", "import", file)
    assert not (instance / "questionnaires").exists()


def test_issue_says_what_is_wrong(demonstration: Path, run: Run) -> None:
    told = _refused(run, "pseudonyms", "revoke", *AT, "--sheet", "00000")
    assert told == "Error: Site S1 of programme demonstration has no sheet 00000.\n"
    run("pseudonyms", "issue", *AT, "--count", "0", code=2)
    _refused(run, "pseudonyms", "issue", "--programme", "no", "--site", "S1", "--count", "1")


def test_a_folder_that_is_no_demonstration_is_not_touched(run: Run, instance: Path) -> None:
    instance.mkdir()
    (instance / "portal.sqlite3").write_bytes(b"")
    assert "not a demonstration" in _refused(run, "demo", "serve", "--port", "18460")
    assert [path.name for path in instance.iterdir()] == ["portal.sqlite3"]
