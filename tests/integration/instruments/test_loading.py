"""The shipped definitions load, are complete, and are found by name."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

import qol.adapters.instruments.loading as loading_module
from qol.adapters.instruments.loading import Definition, find_instruments, load
from qol.adapters.instruments.vectors import check_vectors
from qol.domain.errors import InstrumentError
from qol.domain.scoring import METHODS

SHIPPED = Path(__file__).parents[3] / "questionnaires"
SCHEMA = json.loads(
    Path(loading_module.__file__).with_name("schema.json").read_text(encoding="utf-8")
)
FOUND = find_instruments([SHIPPED])


@pytest.fixture(scope="module")
def demo() -> Definition:
    return load(SHIPPED, "demo-qol")


def test_what_is_shipped() -> None:
    assert {"demo-qol", "lasa", "pain-nrs"} <= {entry.id for entry in FOUND}


@pytest.mark.parametrize("name", ["demo-qol", "lasa", "pain-nrs"])
def test_what_ships_complete_has_french_and_english(name: str) -> None:
    definition = load(SHIPPED, name)
    assert set(definition.wordings) == {"en", "fr"}
    assert definition.rights.startswith("# Rights: ")


@pytest.mark.parametrize("entry", FOUND, ids=lambda entry: f"{entry.id}-{entry.version}")
def test_each_definition_loads_and_equals_its_vectors(entry: loading_module.Found) -> None:
    definition = load(entry.folder.parents[1], entry.id, entry.version)
    scales = definition.instrument.scales
    if scales:
        assert check_vectors(definition.instrument, definition.vectors, "vectors.csv") > 0


@pytest.mark.parametrize(
    "path",
    sorted(SHIPPED.glob("*/*/*.json")),
    ids=lambda path: "-".join(path.parts[-3:]),
)
def test_each_file_fits_the_published_schema(path: Path) -> None:
    part = "instrument" if path.name == "instrument.json" else "wording"
    jsonschema.validate(
        json.loads(path.read_text(encoding="utf-8")),
        {"$ref": f"#/$defs/{part}", "$defs": SCHEMA["$defs"]},
        cls=jsonschema.Draft202012Validator,
    )


def test_the_schema_is_one_and_knows_every_method() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert set(SCHEMA["$defs"]["scale"]["properties"]["method"]["enum"]) == set(METHODS)


def test_the_demonstration_shows_every_kind_of_item(demo: Definition) -> None:
    items = demo.instrument.items
    shown = {(item.kind, item.display, len(item.codes), item.maximum) for item in items}
    assert shown >= {
        ("single_choice", "options", 4, 0),
        ("single_choice", "options", 5, 0),
        ("numeric_scale", "options", 0, 10),
        ("numeric_scale", "line", 0, 100),
        ("integer", "number", 0, 7),
    }
    assert 20 <= len(items) <= 24
    assert 4 <= len(demo.instrument.sections) <= 5
    assert sum(item.enable_when is not None for item in items) == 1
    assert demo.instrument.validated is False
    methods = {scale.method for scale in demo.instrument.scales}
    assert methods == {"mean_linear", "sum", "single"}


def test_the_demonstration_is_fit_for_a_phone(demo: Definition) -> None:
    for wording in demo.wordings.values():
        assert max(len(words.text) for words in wording.items.values()) <= 90
        assert all(words.short for words in wording.items.values())
        assert all(section.period for section in wording.sections.values())
        labels = [label for table in wording.options.values() for label in table.values()]
        assert max(map(len, labels)) <= 24


def test_item_codes_are_unmistakable_across_what_is_shipped() -> None:
    codes = [
        item.code
        for name in ("demo-qol", "lasa", "pain-nrs")
        for item in load(SHIPPED, name).instrument.items
    ]
    assert len(set(codes)) == len(codes)
    assert all(code.startswith(("dq", "lasa", "pnrs")) and len(code) >= 6 for code in codes)


def test_every_scale_of_the_demonstration_has_a_vector_without_a_value(demo: Definition) -> None:
    last = demo.vectors.splitlines()[-1]
    assert last.startswith(",,,")
    assert last.rsplit(",", 1)[0].strip(",") == ""


def test_the_newest_version_is_loaded_when_none_is_named(tmp_path: Path) -> None:
    for version in ("2", "10", "9"):
        folder = tmp_path / "pain-nrs" / version
        shutil.copytree(SHIPPED / "pain-nrs" / "1", folder)
        for name, old in (("instrument.json", '"version": "{}"'), ("RIGHTS.md", ", version {}")):
            said = (folder / name).read_text("utf-8")
            changed = said.replace(old.format("1"), old.format(version), 1)
            (folder / name).write_text(changed, "utf-8")
    assert [entry.version for entry in find_instruments([tmp_path])] == ["2", "9", "10"]
    assert load(tmp_path, "pain-nrs").instrument.version == "10"
    assert load(tmp_path, "pain-nrs", "2").instrument.version == "2"


def test_the_first_root_wins_and_a_missing_one_holds_nothing(tmp_path: Path) -> None:
    shutil.copytree(SHIPPED / "lasa", tmp_path / "lasa")
    (entry,) = find_instruments([tmp_path / "absent", tmp_path, tmp_path])
    assert entry.folder == tmp_path / "lasa" / "1"
    both = find_instruments([tmp_path, SHIPPED])
    assert [e.folder for e in both if e.id == "lasa"] == [tmp_path / "lasa" / "1"]


@pytest.mark.parametrize(
    ("name", "version"), [("absent", None), ("lasa", "2"), ("../lasa", None), ("lasa", "../1")]
)
def test_what_is_not_there_is_said(name: str, version: str | None) -> None:
    with pytest.raises(InstrumentError, match="there is no instrument"):
        load(SHIPPED, name, version)
