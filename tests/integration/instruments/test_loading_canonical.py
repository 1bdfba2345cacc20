"""Canonical bytes read back to the same thing, and their hashes tell what changed."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import qol.adapters.instruments.loading as loading_module
from qol.adapters.instruments.canonical import (
    definition_sha256,
    instrument_bytes,
    instrument_from,
    questions_sha256,
    scoring_sha256,
    wording_bytes,
    wording_from,
    wording_sha256,
)
from qol.adapters.instruments.loading import load
from qol.domain.errors import InstrumentError
from qol.domain.instrument import (
    Condition,
    Display,
    Instrument,
    Item,
    ItemWording,
    Kind,
    LayoutPolicy,
    ResponseSet,
    Scale,
    Section,
    SectionWording,
    Wording,
)

SHIPPED = Path(__file__).parents[3] / "questionnaires"
SCHEMA = json.loads(
    Path(loading_module.__file__).with_name("schema.json").read_text(encoding="utf-8")
)

BOUNDED: list[tuple[Kind, Display]] = [
    ("numeric_scale", "options"),
    ("numeric_scale", "line"),
    ("integer", "number"),
]

whole = st.integers(-1000, 1000)
words = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="<>*`&_#[]()~"),
                max_size=30)  # fmt: skip
some_words = words.filter(lambda text: bool(text.strip()))


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    made_sets = tuple(
        ResponseSet(f"set{place}", tuple(codes))
        for place, codes in enumerate(
            draw(st.lists(st.lists(whole, min_size=1, unique=True), min_size=1, max_size=3))
        )
    )
    items: list[Item] = []
    sections: list[Section] = []
    for name in ("s0", "s1", "s2")[: draw(st.integers(1, 3))]:
        held = [draw(an_item(f"{name}i{n}", name, made_sets, tuple(items))) for n in range(2)]
        items += held
        sections.append(Section(name, tuple(item.code for item in held)))
    return Instrument(
        id=draw(st.from_regex(r"[a-z][a-z0-9-]{0,20}", fullmatch=True)),
        version=draw(st.sampled_from(["1", "1.0", "2024-05"])),
        sections=tuple(sections),
        items=tuple(items),
        scales=(Scale("alone", (items[0].code,), "single", {}, "worse"),),
        response_sets=made_sets,
        layout=draw(st.builds(LayoutPolicy, st.booleans(), st.booleans(), st.booleans())),
        validated=draw(st.booleans()),
        algorithm=draw(st.sampled_from(["1", "1.1"])),
    )


@st.composite
def an_item(
    draw: st.DrawFn,
    code: str,
    section: str,
    sets: tuple[ResponseSet, ...],
    earlier: tuple[Item, ...],
) -> Item:
    condition = None
    leans = draw(st.booleans())
    if earlier and leans:
        on = draw(st.sampled_from(earlier))
        codes = on.codes or (on.minimum, on.maximum)
        condition = Condition(on.code, draw(st.frozensets(st.sampled_from(codes), min_size=1)))
    loinc = draw(st.none() | st.just("12345-6"))
    if draw(st.booleans()):
        chosen = draw(st.sampled_from(sets))
        return Item(code, "single_choice", section, chosen.code, chosen.codes,
                    enable_when=condition, loinc=loinc)  # fmt: skip
    low = draw(whole)
    high = low + draw(st.integers(1, 100))
    kind, display = draw(st.sampled_from(BOUNDED))
    return Item(code, kind, section, minimum=low, maximum=high, display=display,
                enable_when=condition, cdisc=loinc)  # fmt: skip


wordings = st.builds(
    Wording,
    language=st.sampled_from(["fr", "en", "fr-CA"]),
    title=some_words,
    sections=st.dictionaries(st.sampled_from("ab"), st.builds(SectionWording, words, words, words)),
    items=st.dictionaries(
        st.sampled_from("cd"), st.builds(ItemWording, some_words, words, words, words, words)
    ),
    options=st.dictionaries(
        st.sampled_from("ef"), st.dictionaries(whole, some_words, min_size=1, max_size=5)
    ),
    instruction=words,
    copyright=words,
)


def fits(raw: bytes, part: str) -> None:
    schema = {"$ref": f"#/$defs/{part}", "$defs": SCHEMA["$defs"]}
    jsonschema.validate(json.loads(raw), schema, cls=jsonschema.Draft202012Validator)


@given(instruments())
def test_an_instrument_reads_back_and_fits_the_schema(instrument: Instrument) -> None:
    raw = instrument_bytes(instrument)
    assert instrument_from(raw) == instrument
    assert instrument_bytes(instrument_from(raw)) == raw
    assert definition_sha256(instrument) == sha256(raw).hexdigest()
    fits(raw, "instrument")


@given(wordings)
def test_a_wording_reads_back_and_fits_the_schema(wording: Wording) -> None:
    raw = wording_bytes(wording)
    assert wording_from(raw) == wording
    assert wording_sha256(wording) == sha256(raw).hexdigest()
    fits(raw, "wording")


def test_the_order_in_which_a_wording_was_typed_does_not_show() -> None:
    wording = load(SHIPPED, "demo-qol").wordings["fr"]
    turned = replace(wording, items=dict(reversed(wording.items.items())))
    assert wording_bytes(turned) == wording_bytes(wording)


def test_a_scoring_repair_is_no_new_questionnaire() -> None:
    before = load(SHIPPED, "demo-qol").instrument
    after = replace(before, algorithm="2")
    assert questions_sha256(after) == questions_sha256(before)
    assert scoring_sha256(after) != scoring_sha256(before)
    assert definition_sha256(after) != definition_sha256(before)


def test_another_question_leaves_the_scorings_hash_alone() -> None:
    before = load(SHIPPED, "demo-qol").instrument
    after = replace(before, layout=LayoutPolicy(skip=False))
    assert questions_sha256(after) != questions_sha256(before)
    assert scoring_sha256(after) == scoring_sha256(before)


@pytest.mark.parametrize("raw", [b"", b"null", b"{}", b'{"format":1}'])
def test_other_bytes_are_refused(raw: bytes) -> None:
    for read in (instrument_from, wording_from):
        with pytest.raises(InstrumentError):
            read(raw)
