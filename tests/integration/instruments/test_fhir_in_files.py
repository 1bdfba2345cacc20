"""Every public file of ../shared/instruments/fhir, with its verdict.

These files carry wording that belongs to others, so they are not shipped with the project.
"""

from pathlib import Path

import pytest

from qol.adapters.instruments.fhir_in import import_file
from qol.adapters.instruments.rights import stub
from qol.adapters.instruments.writing import write_folder
from qol.domain.errors import InstrumentError

FILES = Path(__file__).parents[4] / "shared" / "instruments" / "fhir"
pytestmark = pytest.mark.skipif(
    not FILES.is_dir(), reason="these files carry wording of third parties and are not shipped"
)

NO_DROP: frozenset[str] = frozenset()

ACCEPTED = [
    # file, --drop, id, items, languages, items left out
    ("apgar_itemweight.json", NO_DROP, "1-minute-apgar-score", 5, "de", {"9272-6"}),
    (
        "calculated_expression_small.json",
        frozenset({"q3", "q4", "q5"}),
        "calculated-expression-test-questionnaire",
        2,
        "en",
        {"q3", "q4", "q5", "score-choice", "score-integer"},
    ),
    (
        "effort_de_en_fr_quantity.json",
        NO_DROP,
        "effort-questionnaire",
        12,
        "de en fr",
        {"I0", "timeSpent"},
    ),
    ("gad7_asbi_en.json", NO_DROP, "cirg-gad7", 7, "en", {"introduction", "/70274-6"}),
    (
        "phq9_asbi_en.json",
        NO_DROP,
        "cirg-phq9",
        10,
        "en",
        {"/69722-7-help", "/44261-6", "/44261-6-help"},
    ),
    (
        "phq9_lforms_en.json",
        NO_DROP,
        "phq-9-quick-depression-assessment-panel",
        10,
        "en",
        {"/44261-6"},
    ),
]

REFUSED = [
    # file, item, a word of the reason
    ("all_item_types.json", "Item-string", "free text"),
    ("audit_asbi_en_enablewhen.json", "audit-question-two", "only = can be kept"),
    ("calculated_expression_small.json", "q3", "no lowest and highest value"),
    ("enablewhen_loop.json", "item1", "circular"),
    ("enablewhen_matrix.json", "Q1-exists", "free text"),
    ("enablewhen_nested.json", "d1", "free text"),
    ("sdc_cardiology_large_freetext.json", "patient_surname", "free text"),
    ("various_types_nested_freetext.json", "1.1.1-string", "free text"),
]


@pytest.mark.parametrize(
    ("name", "drop", "ident", "items", "languages", "left"),
    ACCEPTED,
    ids=[row[0] for row in ACCEPTED],
)
def test_an_accepted_file_becomes_a_definition_the_strict_loader_takes(
    name: str,
    drop: frozenset[str],
    ident: str,
    items: int,
    languages: str,
    left: set[str],
    tmp_path: Path,
) -> None:
    found = import_file(FILES / name, id=None, drop=drop)
    assert found.instrument.id == ident
    assert len(found.instrument.items) == items
    assert [wording.language for wording in found.wordings] == languages.split()
    assert {line.split()[1] for line in found.dropped} == left
    write_folder(tmp_path, found.instrument, found.wordings, stub(found.instrument, ""))


@pytest.mark.parametrize(("name", "item", "reason"), REFUSED)
def test_a_refused_file_is_told_by_file_item_and_reason(name: str, item: str, reason: str) -> None:
    with pytest.raises(InstrumentError) as refusal:
        import_file(FILES / name, id=None, drop=NO_DROP)
    assert str(refusal.value).startswith(f"{name}: item {item}: ")
    assert reason in str(refusal.value)


def test_what_is_no_questionnaire_is_refused() -> None:
    with pytest.raises(InstrumentError, match=r"manifest\.json: the file is not a FHIR Quest"):
        import_file(FILES / "manifest.json", id=None, drop=NO_DROP)


def test_every_file_has_its_verdict() -> None:
    judged = {row[0] for row in ACCEPTED} | {row[0] for row in REFUSED} | {"manifest.json"}
    assert {path.name for path in FILES.glob("*.json")} == judged


def test_numbers_come_from_the_file_where_it_has_them() -> None:
    phq = import_file(FILES / "phq9_lforms_en.json", id=None, drop=NO_DROP)
    first, last = phq.instrument.items[0], phq.instrument.items[-1]
    assert (first.code, first.codes, first.loinc) == ("44250-9", (0, 1, 2, 3), "44250-9")
    assert last.codes == (1, 2, 3, 4)
    assert [n for n in phq.notes if "by position" in n and "69722-7" in n]
    apgar = import_file(FILES / "apgar_itemweight.json", id=None, drop=NO_DROP)
    assert {item.codes for item in apgar.instrument.items} == {(0, 1, 2)}


def test_quantities_sliders_and_conditions_of_a_french_file() -> None:
    found = import_file(FILES / "effort_de_en_fr_quantity.json", id="effort", drop=NO_DROP)
    often, slider, typed = (found.instrument.item(code) for code in ("Q1a", "Q1b", "Q4b"))
    assert often.codes == (0, 1, 2, 3)
    assert often.enable_when is not None
    assert (often.enable_when.item, often.enable_when.codes) == ("Q1", frozenset({1}))
    assert (slider.kind, slider.display, slider.minimum, slider.maximum) == (
        "numeric_scale",
        "line",
        0,
        120,
    )
    assert (typed.kind, typed.display) == ("integer", "number")
    french = next(wording for wording in found.wordings if wording.language == "fr")
    assert french.label(found.instrument.item("Q1"), 1) == "Oui"
