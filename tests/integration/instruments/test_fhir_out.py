"""Every definition goes out as a FHIR R4 Questionnaire and comes back the same."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qol.adapters.instruments.canonical import questions_sha256, wording_sha256
from qol.adapters.instruments.fhir_in import Imported, import_file
from qol.adapters.instruments.fhir_out import questionnaire_bytes
from qol.adapters.instruments.fhir_terms import CDISC, LOINC
from qol.adapters.instruments.loading import Found, find_instruments, load_folder
from qol.adapters.instruments.rights import stub
from qol.adapters.instruments.writing import write_folder
from qol.domain.instrument import Condition, Instrument, Item, Wording
from tests.integration.instruments import r4
from tests.integration.instruments.made_up import wordings
from tests.integration.instruments.test_loading_canonical import instruments

SHIPPED = find_instruments([Path(__file__).parents[3] / "questionnaires"])
FOREIGN = Path(__file__).parents[4] / "shared" / "instruments" / "fhir"
DROPPED = {"calculated_expression_small.json": {"q3", "q4", "q5"}}
some = settings(deadline=None, suppress_health_check=list(HealthCheck))
each = pytest.mark.parametrize("found", SHIPPED, ids=[f"{one.id} {one.version}" for one in SHIPPED])


def back(content: bytes) -> Imported:
    """Import a file, and have the strict loader take what it gives."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "any name.json"
        file.write_bytes(content)
        found = import_file(file, id=None, drop=frozenset())
        write_folder(
            Path(folder) / "out", found.instrument, found.wordings, stub(found.instrument, "")
        )
        return found


def comes_back(instrument: Instrument, wording: Wording | None) -> None:
    content = questionnaire_bytes(instrument, wording)
    read = Questionnaire.model_validate_json(content)
    assert json.loads(read.model_dump_json()) == json.loads(content)
    assert r4.faults(json.loads(content)) == []
    found = back(content)
    assert questions_sha256(found.instrument) == questions_sha256(instrument)
    assert found.instrument == replace(instrument, scales=(), algorithm="1")
    assert found.wordings == (() if wording is None else (wording,))
    assert [wording_sha256(one) for one in found.wordings] == [
        wording_sha256(one) for one in (wording,) if one
    ]
    assert [note for note in found.notes if "only one option" not in note] == []


@each
def test_a_shipped_definition_comes_back_with_its_wordings_and_without(found: Found) -> None:
    definition = load_folder(found.folder)
    for wording in (None, *definition.wordings.values()):
        comes_back(definition.instrument, wording)


@each
@settings(some, max_examples=5)
@given(st.data())
def test_a_shipped_definition_comes_back_with_any_wording(
    found: Found, data: st.DataObject
) -> None:
    instrument = load_folder(found.folder).instrument
    for language in ("fr", "en"):
        comes_back(instrument, data.draw(wordings(instrument, language)))


codes = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}", fullmatch=True)


@st.composite
def rich(draw: st.DrawFn) -> Instrument:
    """Draw a definition that uses what the loader allows and few definitions have."""
    plain = draw(instruments())
    named = {item.code: f"{draw(codes)[:70]}{n}" for n, item in enumerate(plain.items)}
    sets = [
        replace(held, loinc={code: f"LA{n}-1" for n, code in enumerate(held.codes) if n % 2 == 0})
        for held in plain.response_sets
    ]
    sections = [replace(one, items=tuple(map(named.get, one.items))) for one in plain.sections]
    return replace(
        plain,
        version=draw(st.sampled_from(["1", "2.0_RC-1"])),
        sections=tuple(sections),
        items=tuple(draw(renamed(item, named)) for item in plain.items),
        response_sets=tuple(draw(st.permutations(sets))),
        scales=(),
        algorithm="1",
        status=draw(st.sampled_from(["final", "provisional"])),
        library=draw(st.booleans()),
        loinc=draw(st.none() | codes),
        cdisc=draw(st.none() | codes),
    )


@st.composite
def renamed(draw: st.DrawFn, item: Item, named: dict[str, str]) -> Item:
    outside = st.integers(-5, 5).filter(lambda code: not item.accepts(code))
    bounded = item.kind != "single_choice"
    leans = item.enable_when
    return replace(
        item,
        code=named[item.code],
        also=tuple(draw(st.lists(outside, max_size=2, unique=True))) if bounded else (),
        enable_when=Condition(named[leans.item], leans.codes) if leans else None,
        loinc=draw(st.none() | codes),
        cdisc=draw(st.none() | codes),
    )


@settings(some, max_examples=60)
@given(st.data())
def test_any_definition_that_the_loader_takes_comes_back(data: st.DataObject) -> None:
    instrument = data.draw(rich())
    wording = data.draw(st.none() | wordings(instrument, "fr-CA"))
    comes_back(instrument, wording)


@settings(some, max_examples=30)
@given(st.data())
def test_the_same_wording_in_another_order_gives_the_same_bytes(data: st.DataObject) -> None:
    instrument = data.draw(rich())
    wording = data.draw(wordings(instrument, "fr"))

    other = replace(
        wording,
        sections=dict(reversed(wording.sections.items())),
        items=dict(reversed(wording.items.items())),
        options={
            name: dict(reversed(labels.items()))
            for name, labels in reversed(wording.options.items())
        },
    )
    assert questionnaire_bytes(instrument, other) == questionnaire_bytes(instrument, wording)


@pytest.mark.skipif(
    not FOREIGN.is_dir(), reason="these files carry wording of third parties and are not shipped"
)
@pytest.mark.parametrize(
    "name",
    [
        "apgar_itemweight.json",
        "calculated_expression_small.json",
        "effort_de_en_fr_quantity.json",
        "gad7_asbi_en.json",
        "phq9_asbi_en.json",
        "phq9_lforms_en.json",
    ],
)
def test_a_holders_file_goes_out_and_comes_back(name: str) -> None:
    held = import_file(FOREIGN / name, id=None, drop=frozenset(DROPPED.get(name, ())))
    assert held.wordings
    for wording in (None, *held.wordings):
        comes_back(held.instrument, wording)


def test_codes_that_are_confirmed_go_out_and_no_others() -> None:
    pain = load_folder(next(one for one in SHIPPED if one.id == "pain-nrs").folder).instrument
    item = json.loads(questionnaire_bytes(pain, None))["item"][0]["item"][0]
    assert item["code"] == [{"system": CDISC, "code": "PI0101"}]
    demo = load_folder(next(one for one in SHIPPED if one.id == "demo-qol").folder).instrument
    assert LOINC.encode() not in questionnaire_bytes(demo, None)


def test_status_and_experimental_say_how_sure_a_definition_is() -> None:
    pain = load_folder(next(one for one in SHIPPED if one.id == "pain-nrs").folder).instrument
    said = {}
    for status, validated in (("final", True), ("provisional", False)):
        made = json.loads(
            questionnaire_bytes(replace(pain, status=status, validated=validated), None)
        )
        said[status] = (made["status"], made["experimental"])
        assert "title" not in made
    assert said == {"final": ("active", False), "provisional": ("draft", True)}
