"""Installed wordings stand beside the definition: checked as strictly, written whole or not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from qol.adapters.instruments import writing
from qol.adapters.instruments.loading import Definition, load
from qol.adapters.instruments.writing import write_wordings
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Wording
from tests.integration.instruments.holders_file import SHIPPED, definition, planned, questionnaire

GAD = definition("gad-7")


@pytest.fixture
def english(tmp_path: Path) -> Wording:
    (tmp_path / "given").mkdir()
    found = planned(tmp_path / "given", GAD, questionnaire(GAD.instrument))
    return found.wordings[0]


def _files(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def _loaded(root: Path) -> Definition:
    return load(SHIPPED, "gad-7", installed=root)


def test_what_is_installed_is_loaded_with_the_definition(tmp_path: Path, english: Wording) -> None:
    root = tmp_path / "wordings"
    assert _loaded(root) == GAD
    french = replace(english, language="fr", title="Un titre")
    folder = write_wordings(root, GAD, (english, french), replace=False)
    assert folder == root / "gad-7" / "1"
    assert _loaded(root) == replace(GAD, wordings={"en": english, "fr": french})
    assert sorted(_files(root)) == ["gad-7/1/wording.en.json", "gad-7/1/wording.fr.json"]
    assert load(SHIPPED, "gad-7") == GAD


def test_a_language_is_replaced_only_on_demand(tmp_path: Path, english: Wording) -> None:
    root = tmp_path / "wordings"
    write_wordings(root, GAD, (english,), replace=False)
    before = _files(root)
    other = replace(english, title="Another title")
    french = replace(english, language="fr")
    with pytest.raises(InstrumentError, match="gad-7/1: it has a wording in en already"):
        write_wordings(root, GAD, (french, other), replace=False)
    assert _files(root) == before
    write_wordings(root, GAD, (french,), replace=False)
    write_wordings(root, GAD, (other,), replace=True)
    assert _loaded(root).wordings == {"en": other, "fr": french}


def test_a_language_that_ships_is_replaced_only_on_demand(tmp_path: Path) -> None:
    pain = definition("pain-nrs")
    own = replace(pain.wordings["fr"], title="Notre titre")
    with pytest.raises(InstrumentError, match="it has a wording in fr already"):
        write_wordings(tmp_path / "wordings", pain, (own,), replace=False)
    assert list(tmp_path.iterdir()) == []
    write_wordings(tmp_path / "wordings", pain, (own,), replace=True)
    found = load(SHIPPED, "pain-nrs", installed=tmp_path / "wordings").wordings
    assert found == {**pain.wordings, "fr": own}


@pytest.mark.parametrize("step", ["_write", "_keep", "_exchange"])
@pytest.mark.parametrize("there", [False, True])
def test_everything_is_as_it_was_when_the_disk_fails(
    tmp_path: Path, english: Wording, monkeypatch: pytest.MonkeyPatch, step: str, there: bool
) -> None:
    root = tmp_path / "wordings"
    if there:
        write_wordings(root, GAD, (english,), replace=False)
    before = _files(tmp_path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, step, fail)
    more = (replace(english, title="New"), replace(english, language="fr"))
    with pytest.raises(OSError, match="No space left"):
        write_wordings(root, GAD, more, replace=True)
    assert _files(tmp_path) == before
    assert root.exists() == there


def test_what_the_loader_refuses_is_not_written(tmp_path: Path, english: Wording) -> None:
    root = tmp_path / "wordings"
    short = replace(english, items=dict(list(english.items.items())[1:]))
    with pytest.raises(InstrumentError, match=r"items\.q1: this item has no wording"):
        write_wordings(root, GAD, (replace(english, language="fr"), short), replace=False)
    with pytest.raises(InstrumentError, match=r"no language, or twice the same"):
        write_wordings(root, GAD, (english, english), replace=False)
    assert not root.exists()


BROKEN = [
    ("wording.en.json", {"colour": 1}, "wordings/gad-7/1/wording.en.json: colour: unknown key"),
    ("wording.fr.json", {}, "wordings/gad-7/1/wording.fr.json: language: the file is called for"),
    ("wording.en.json", {"items": {}}, "wordings/gad-7/1/wording.en.json: items.q1: this item"),
    ("instrument.json", {}, "wordings/gad-7/1/instrument.json: it is no file of a definition"),
]


@pytest.mark.parametrize(("name", "change", "sentence"), BROKEN)
def test_a_broken_wording_is_refused_by_file_and_key(
    tmp_path: Path, english: Wording, name: str, change: dict[str, object], sentence: str
) -> None:
    root = tmp_path / "wordings"
    folder = write_wordings(root, GAD, (english,), replace=False)
    plain = json.loads((folder / "wording.en.json").read_text("utf-8"))
    (folder / name).write_text(json.dumps(plain | change), "utf-8")
    with pytest.raises(InstrumentError) as refusal:
        _loaded(root)
    assert str(refusal.value).startswith(sentence)
