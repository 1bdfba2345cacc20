"""A questionnaire from a table: what is read, what is refused."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qol.adapters.instruments.fhir_in import Imported, import_file
from qol.adapters.instruments.rights import stub
from qol.adapters.instruments.writing import write_folder
from qol.domain.errors import InstrumentError
from qol.domain.instrument import Condition, SectionWording

Make = Callable[..., Imported]

TABLE = """\
item,language,part,text
,fr,title,Essai
,en,title,Trial
,,version,2.1
q1,fr,section,Première partie
q1,en,section,First part
q1,fr,text,"Comment, aujourd’hui ?"
q1,en,text,"How, today?"
q1,,loinc,44250-9
q1,fr,option:3,Mal
q1,en,option:3,Badly
q1,fr,option:1,Bien
q1,en,option:1,Well
q2,fr,text,Combien ?
q2,en,text,How much?
q2,,kind,numeric_scale
q2,,min,0
q2,,max,100
q2,,display,line
q2,fr,low,rien
q2,en,low,nothing
q2,fr,high,tout
q2,en,high,everything
q2,,when,q1=3|1
Q3,fr,text,Heures ?
Q3,en,text,Hours?
Q3,,min,0
Q3,,max,24
"""


@pytest.fixture
def read(tmp_path: Path) -> Make:
    def read_table(text: str | bytes, drop: frozenset[str] = frozenset()) -> Imported:
        file = tmp_path / "my-table.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_file(file, id=None, drop=drop)

    return read_table


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_becomes_a_definition(read: Make, tmp_path: Path, start: str, end: str) -> None:
    found = read((start + TABLE).replace("\n", end))
    instrument = found.instrument
    assert (instrument.id, instrument.version) == ("my-table", "2.1")
    assert [(item.code, item.kind, item.display) for item in instrument.items] == [
        ("q1", "single_choice", "options"),
        ("q2", "numeric_scale", "line"),
        ("Q3", "integer", "number"),
    ]
    assert instrument.item("q1").codes == (3, 1)
    assert instrument.item("q2").enable_when == Condition("q1", frozenset({1, 3}))
    assert [wording.language for wording in found.wordings] == ["fr", "en"]
    assert found.wordings[0].label(instrument.item("q1"), 3) == "Mal"
    write_folder(tmp_path / "out", instrument, found.wordings, stub(instrument, ""))


def test_semicolons_are_read_and_noted(read: Make) -> None:
    table = "item;language;part;text\n;fr;title;T\nq;fr;text;Bien, ou mal ?\nq;;min;0\nq;;max;9\n"
    found = read(table)
    assert found.wordings[0].items["q"].text == "Bien, ou mal ?"
    assert "semicolons" in found.notes[0]


HEAD = "item,language,part,text\n,fr,title,T\n"
CHOICE = "q,fr,text,Q\nq,fr,option:1,a\nq,fr,option:2,b\n"


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("", "first line"),
        ("item,language,text\n", "first line"),
        (HEAD, "no item"),
        (HEAD + "q,fr,text\n", "line 3 has 3 columns"),
        (HEAD + 'q,fr,text,"open\n', "not CSV"),
        (HEAD + CHOICE + "q,fr,text,again\n", "item q: line 6: the part text stands twice"),
        (HEAD + CHOICE + "q,fr,option:2,b\n", "stands twice"),
        (HEAD + CHOICE + "q,fr,option:x,b\n", "option:NUMBER"),
        (HEAD + CHOICE + "q,fr,remark,b\n", "not known"),
        (HEAD + CHOICE + "q,,low,b\n", "needs a language"),
        (HEAD + CHOICE + "q,fr,min,1\n", "takes no language"),
        (HEAD + CHOICE + "q,f!,low,1\n", "is no language"),
        (HEAD + CHOICE + "q,en,text,Q\n", "no text in en"),
        (HEAD + "q,fr,text,<b>Q</b>\n", "item q: its text carries HTML"),
        (HEAD + "q,fr,text,\n", "has no text"),
        (HEAD + "q,fr,text,Q\n", "has no min"),
        (HEAD + "q,fr,text,Q\nq,,min,5\nq,,max,1\n", "min below its max"),
        (HEAD + "q,fr,text,Q\nq,,min,0.5\nq,,max,1\n", "whole number"),
        (HEAD + "q,fr,text,Q\nq,,kind,text\n", "its kind is none of"),
        (HEAD + CHOICE + "q,,when,q=1\n", "no earlier item"),
        (HEAD + CHOICE + "r,fr,text,R\nr,,min,0\nr,,max,1\nr,,when,q=7\n", "does not have"),
        (HEAD + CHOICE + "q,,when,sometimes\n", "not of the form"),
        (HEAD.encode() + b"q,fr,text,\xe9\n", "UTF-8"),
    ],
)
def test_a_table_with_a_fault_is_refused_in_one_sentence(
    read: Make, table: str | bytes, reason: str
) -> None:
    with pytest.raises(InstrumentError) as refusal:
        read(table)
    assert str(refusal.value).startswith("my-table.csv: ")
    assert reason in str(refusal.value)


def test_drop_is_not_for_tables(read: Make) -> None:
    with pytest.raises(InstrumentError, match="--drop is for FHIR"):
        read(TABLE, frozenset({"q1"}))


def test_a_section_has_its_heading_its_instruction_and_its_period(read: Make) -> None:
    parts = "q,fr,section,S\nq,fr,section-instruction,I\nq,fr,period,P\n"
    other = "r,fr,text,R\nr,,min,0\nr,,max,1\nr,fr,period,Depuis hier\n"
    found = read(HEAD + CHOICE + parts + other)
    assert list(found.wordings[0].sections.values()) == [
        SectionWording("S", "I", "P"),
        SectionWording(period="Depuis hier"),
    ]
    assert [section.items for section in found.instrument.sections] == [("q",), ("r",)]
