"""No free text: not on a page, not in an instrument, not in a column (EA-7.3-a)."""

from __future__ import annotations

import dataclasses
import json
import re
from typing import Any, get_args

import pytest
from sqlalchemy import LargeBinary, String, Text

import qol.adapters.db.grants  # noqa: F401 - every table is known once the rights are
from qol.adapters.db.tables import metadata, subject, volatile
from qol.adapters.instruments.loading import find_instruments, load
from qol.domain import answers
from qol.domain.instrument import Item, Kind
from tests import builders
from tests.contract.tree import ROOT, tracked
from tests.patient_face import Here, make
from tests.web.patient.journey import enter, fields, fill

ABOUT_PATIENTS = {
    *("pseudonym", "administration", "attestation", "device_ticket", "entry"),
    *("not_done", "follow_up_end", "mixup_report", "received_sheet"),
    *("record_change", "mixup_decision"),
    *("sheet_replaced", "sheet_too_late"),
}
SHIPPED = [found.id for found in find_instruments([builders.QUESTIONNAIRES])]
KINDS = {"single_choice", "numeric_scale", "integer"}
PAGES = ("", "start", "questions/1", "questions/1/switch", "received", "rights", "adverse")
CLOSED = {"hidden", "radio", "checkbox"}


def free(page: str) -> list[str]:
    """Everything on a page into which a patient could write what they want."""
    found = re.findall(r"<(?:textarea|select|datalist|object|iframe)\b[^>]*>", page)
    found += re.findall(r"<[^>]*\bcontenteditable\b[^>]*>", page)
    for tag in re.findall(r"<input\b[^>]*>", page):
        kept = dict(re.findall(r'([a-z]+)="([^"]*)"', tag))
        kind, name = kept.get("type", "text"), kept.get("name", "")
        code = name == "code" and kept.get("maxlength") == "64"
        number = kept.get("inputmode") == "numeric" and int(kept.get("maxlength", 99)) <= 6
        if kind not in CLOSED and not (kind == "text" and (code or number)):
            found.append(tag)
    return found


def on_release(instrument: str) -> Here:
    """The face with a programme of that one instrument."""
    here = make()
    here.store.versions = builders.in_force(builders.programme((instrument,)))
    here.store.releases = builders.releases(instrument)
    return here


def test_the_three_instruments_ship() -> None:
    assert {"demo-qol", "pain-nrs", "lasa"} <= set(SHIPPED)


@pytest.mark.parametrize("instrument", SHIPPED)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_page_of_the_journey_takes_free_text(instrument: str, language: str) -> None:
    here = on_release(instrument)
    client = here.client()
    assert enter(client, here.code.reveal(), language).status_code == 303
    pages = {name: client.get(f"/{language}/{name}").text for name in PAGES if name}
    form = pages["questions/1"]
    assert 'name="q.' in form
    sent = fields(form) | {"q." + here.store.releases[0].instrument.items[0].code: ""}
    pages["asked once more"] = client.post(f"/{language}/send/1", data=sent).text
    pages["sent"] = fill(client, here.store.releases[0].instrument, 1, language).text
    pages["receipt"] = client.get(f"/{language}/received").text
    pages["code"] = client.get(f"/{language}/").text
    pages["refused"] = enter(client, "oops", language).text
    pages["late"] = here.client().post(f"/{language}/send/1", data=sent).text
    assert {name: found for name, page in pages.items() if (found := free(page))} == {}
    assert pages["code"].count('type="text"') == 1


@pytest.mark.parametrize("instrument", SHIPPED)
def test_every_item_has_a_closed_list_or_bounds(instrument: str) -> None:
    for item in load(builders.QUESTIONNAIRES, instrument).instrument.items:
        assert item.kind in KINDS
        assert item.codes or -999_999 <= item.minimum < item.maximum <= 999_999, item.code


def test_the_model_has_no_kind_of_text() -> None:
    assert set(get_args(Kind)) == KINDS
    assert "str" not in {f.type for f in dataclasses.fields(answers.Code) if f.name == "value"}
    assert {f.name for f in dataclasses.fields(Item)} & {"text", "free", "pattern"} == set()
    states = {"declined", "unanswered", "not_applicable", "two_boxes", "illegible"}
    assert {state.value for state in answers.State} <= states


def test_the_schema_of_definitions_has_no_kind_of_text() -> None:
    schemas = [p for p in tracked() if p.name == "schema.json" and "instruments" in p.parts]
    assert schemas
    for path in schemas:
        text = (ROOT / path).read_text("utf-8")
        rules = _named(json.loads(text), "kind")
        assert rules
        assert {kind for rule in rules for kind in rule.get("enum", [rule.get("const")])} == KINDS


def _named(node: object, name: str) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for one in node for found in _named(one, name)]
    if not isinstance(node, dict):
        return []
    here = [node[name]] if isinstance(node.get(name), dict) else []
    return here + [found for one in node.values() for found in _named(one, name)]


def test_no_column_about_a_patient_takes_text_without_a_bound() -> None:
    about = (metadata.tables[name] for name in ABOUT_PATIENTS)
    for table in (subject, *about, *volatile.tables.values()):
        for column in table.columns:
            kind = column.type
            assert not isinstance(kind, Text), f"{table.name}.{column.name}"
            if isinstance(kind, String):
                assert kind.length is not None, f"{table.name}.{column.name}"
                assert kind.length <= 64, f"{table.name}.{column.name}"
            elif isinstance(kind, LargeBinary):
                sealed = {"envelope", "slip", "digest", "source", "sealed"}
                assert column.name in sealed, f"{table.name}.{column.name}"


def test_the_tables_about_patients_are_these() -> None:
    """A table that points at a subject is held to the rule above."""
    pointing = {
        table.name
        for table in metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name in {"subject", "administration", "pseudonym"}
    }
    assert pointing == ABOUT_PATIENTS


@pytest.mark.parametrize(
    "tag",
    [
        "<textarea name='q.x'></textarea>",
        '<input name="q.x">',
        '<input type="text" name="q.x" maxlength="64">',
        '<input type="text" name="q.x" inputmode="numeric" maxlength="60">',
        '<input type="search" name="code" maxlength="64">',
        '<p contenteditable="true">',
    ],
)
def test_the_rule_sees_free_text(tag: str) -> None:
    assert free(f"<form>{tag}</form>")
    assert not free('<input type="text" name="q.x" inputmode="numeric" maxlength="6">')
