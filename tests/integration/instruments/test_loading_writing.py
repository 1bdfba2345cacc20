"""A folder is written whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qol.adapters.instruments import writing
from qol.adapters.instruments.loading import Definition, find_instruments, load
from qol.adapters.instruments.rights import stub
from qol.adapters.instruments.writing import write_folder
from qol.domain.errors import InstrumentError
from qol.domain.instrument import ItemWording, Wording

SHIPPED = Path(__file__).parents[3] / "questionnaires"


@pytest.fixture
def demo() -> Definition:
    return load(SHIPPED, "demo-qol")


def write(root: Path, given: Definition, *wordings: Wording) -> Path:
    texts = wordings or tuple(given.wordings.values())
    return write_folder(root, given.instrument, texts, given.rights, given.vectors)


@pytest.mark.parametrize("name", ["demo-qol", "lasa", "pain-nrs"])
def test_what_is_written_loads_as_it_was(tmp_path: Path, name: str) -> None:
    given = load(SHIPPED, name)
    folder = write(tmp_path / "new" / "root", given)
    assert folder == tmp_path / "new" / "root" / name / "1"
    assert load(tmp_path / "new" / "root", name) == given
    assert sorted(p.name for p in (tmp_path / "new" / "root").iterdir()) == [name]


def test_an_instrument_without_scales_needs_no_vectors(tmp_path: Path, demo: Definition) -> None:
    bare = replace(demo.instrument, scales=())
    write_folder(tmp_path, bare, [], stub(bare, ""))
    assert load(tmp_path, "demo-qol").wordings == {}
    assert not (tmp_path / "demo-qol" / "1" / "vectors.csv").exists()


def test_a_version_is_never_overwritten(tmp_path: Path, demo: Definition) -> None:
    folder = write(tmp_path, demo)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InstrumentError, match="demo-qol/1: this version is there already"):
        write(tmp_path, demo, demo.wordings["fr"])
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["demo-qol"]


def broken(demo: Definition) -> dict[str, tuple[Definition, tuple[Wording, ...]]]:
    french = demo.wordings["fr"]
    item = demo.instrument.items[0]
    surrogate = {**french.items, item.code: ItemWording("\ud800")}
    marked = {**french.items, item.code: ItemWording("<b>")}

    def instrument(**changes: object) -> tuple[Definition, tuple[Wording, ...]]:
        return replace(demo, instrument=replace(demo.instrument, **changes)), ()  # type: ignore[arg-type]

    return {
        "holds markup": (demo, (replace(french, items=marked),)),
        "cannot be written": (demo, (replace(french, items=surrogate),)),
        "no language, or twice": (demo, (replace(french, language="../fr"),)),
        "no language, or twice the same": (demo, (french, french)),
        "RIGHTS.md: it is empty": (replace(demo, rights=""), ()),
        "vectors.csv: the file is missing": (replace(demo, vectors=""), ()),
        "id: must be text of the shape": instrument(id="../escaped"),
        "a section names no item": instrument(items=demo.instrument.items[1:]),
        "contradict": instrument(items=(replace(item, section="body"), *demo.instrument.items[1:])),
    }


@pytest.mark.parametrize("sentence", sorted(broken(load(SHIPPED, "demo-qol"))))
def test_nothing_is_left_of_what_the_loader_refuses(
    tmp_path: Path, demo: Definition, sentence: str
) -> None:
    given, wordings = broken(demo)[sentence]
    with pytest.raises(InstrumentError, match=sentence):
        write(tmp_path / "root", given, *wordings)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("step", ["_write", "_keep"])
def test_nothing_is_left_when_the_disk_fails(
    tmp_path: Path, demo: Definition, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, step, fail)
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "root", demo)
    assert find_instruments([tmp_path / "root"]) == []
    assert list(tmp_path.iterdir()) == []
