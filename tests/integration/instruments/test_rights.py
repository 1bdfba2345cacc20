"""RIGHTS.md for machine and people: read strictly, and the status follows from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qol.adapters.instruments.loading import find_instruments, load, load_folder
from qol.adapters.instruments.rights import check_status, read_rights, stub
from qol.adapters.instruments.vectors import count_independent
from qol.domain.errors import InstrumentError
from qol.domain.rights import Ask

SHIPPED = Path(__file__).parents[3] / "questionnaires"
PAIN = load(SHIPPED, "pain-nrs")
WHOLE = """# Rights: pain-nrs, version 1

* **Holder**: somebody
* **Terms**: a licence
* **What a programme needs to use it**: to ask
* **Publishing asks for**: licence, credit line
* **Safety**: item 9 needs a decision

## Sources

| rule | source | confidence |
|---|---|---|
| sum | two packages | A |
| bands | one package | – |

Free prose, with | bars and * stars.
"""


@pytest.mark.parametrize("entry", find_instruments([SHIPPED]), ids=lambda entry: entry.id)
def test_what_ships_has_its_rights_written(entry: object) -> None:
    found = load(SHIPPED, entry.id, entry.version).permission  # type: ignore[attr-defined]
    assert found.unwritten == ()


def test_the_shape_is_read_whole() -> None:
    rights = read_rights(WHOLE, PAIN.instrument, "RIGHTS.md")
    assert (rights.holder, rights.terms, rights.needs) == ("somebody", "a licence", "to ask")
    assert rights.asks == {Ask.LICENCE, Ask.CREDIT}
    assert rights.asked == "licence, credit line"
    assert rights.safety == "item 9 needs a decision"
    assert [one.confidence for one in rights.sources] == ["A", "–"]
    assert not rights.unwritten


@pytest.mark.parametrize("ask", list(Ask))
def test_every_word_of_the_closed_list_is_known(ask: Ask) -> None:
    text = WHOLE.replace("licence, credit line", ask.value)
    assert read_rights(text, PAIN.instrument, "R").asks == {ask}
    none = text.replace(f"for**: {ask}", "for**: nothing")
    assert read_rights(none, PAIN.instrument, "R").asks == set()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (WHOLE, "", "R: it is empty"),
        ("version 1", "version 2", "R: line 1: '# Rights: pain-nrs, version 1' must stand here"),
        ("pain-nrs", "pain", "R: line 1"),
        ("* **Terms**: a licence\n", "", "R: line 4: '* **Terms**: …' must stand here"),
        ("a licence\n", "a\n  licence\n", "R: line 5: '* **What a programme needs to use it**"),
        ("**Holder**: somebody", "**Holder**:", "R: line 3: '* **Holder**: …'"),
        ("**Safety**", "**Danger**", "R: line 7: '* **Safety**"),
        ("## Sources", "Prose.\n\n## Sources", "R: line 9: '## Sources' must stand here"),
        ("licence, credit line", "a licence", "Publishing asks for: it is 'nothing' or some of"),
        ("licence, credit line", "licence, licence", "each once"),
        ("licence, credit line", "nothing, licence", "each once"),
        ("| A |", "| two |", "R: line 13: the confidence is one of A, B, C, –"),
        ("| sum | two", "| sum, two", "R: line 13: a source has a rule, a source and"),
        ("| sum |", "| |", "a source has a rule, a source and a confidence"),
        ("| rule |", "| scale |", "'| rule | source | confidence |' must stand here"),
        ("| sum | two packages | A |\n| bands | one package | – |\n", "", "of sources has no row"),
    ],
)
def test_another_shape_is_refused_by_line(old: str, new: str, sentence: str) -> None:
    assert old in WHOLE
    with pytest.raises(InstrumentError) as caught:
        read_rights(WHOLE.replace(old, new, 1), PAIN.instrument, "R")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_rule_that_nobody_confirmed_makes_a_definition_provisional(tmp_path: Path) -> None:
    folder = tmp_path / "lasa" / "1"
    shutil.copytree(SHIPPED / "lasa" / "1", folder)
    definition = folder / "instrument.json"
    said = definition.read_text("utf-8")
    assert load_folder(folder).instrument.status == "provisional"
    definition.write_text(said.replace('  "status": "provisional",\n', ""), "utf-8")
    with pytest.raises(InstrumentError, match=r"lasa/1/instrument.json: status: nobody confirmed"):
        load_folder(folder)
    definition.write_text(said, "utf-8")
    rights = folder / "RIGHTS.md"
    rights.write_text(rights.read_text("utf-8").replace("| C |", "| B |"), "utf-8")
    with pytest.raises(InstrumentError, match="no source has confidence C"):
        load_folder(folder)


def test_what_import_writes_loads_and_says_what_is_missing() -> None:
    rights = read_rights(stub(PAIN.instrument, "Imported."), PAIN.instrument, "R")
    check_status(PAIN.instrument, rights, "instrument.json")
    names = (
        "Holder",
        "Terms",
        "What a programme needs to use it",
        "Publishing asks for",
        "Sources",
    )
    assert rights.unwritten == names
    assert rights.asks == set()


def test_vectors_of_others_are_counted_apart() -> None:
    kinds = ("published", "package", "formula", "worked", "package")
    text = "a,origin\n" + "".join(f'1,"{kind}: x, y"\n' for kind in kinds)
    assert count_independent(text) == (5, 3)
    assert count_independent(PAIN.vectors) == (5, 0)
