"""Whatever JSON comes in, an import gives a definition or one sentence, and nothing else."""

import copy
import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qol.adapters.instruments.fhir_in import Imported, import_file
from qol.adapters.instruments.rights import stub
from qol.adapters.instruments.writing import write_folder
from qol.domain.errors import InstrumentError

Node = dict[str, object]
Place = tuple[Node, str]
HL7 = "http://hl7.org/fhir/StructureDefinition/"
BOUNDS = [
    {"url": HL7 + "minValue", "valueInteger": 0},
    {"url": HL7 + "maxValue", "valueInteger": 9},
]
FRENCH = {
    "extension": [
        {
            "url": HL7 + "translation",
            "extension": [
                {"url": "lang", "valueCode": "fr"},
                {"url": "content", "valueString": "Comment ?"},
            ],
        }
    ]
}
UNIT = {"url": HL7 + "questionnaire-unit", "valueCoding": {"code": "min", "display": "minutes"}}
SET = {
    "resourceType": "ValueSet",
    "id": "vs",
    "compose": {"include": [{"system": "x", "concept": [{"code": "0", "display": "None"}]}]},
}
GOOD = {
    "resourceType": "Questionnaire",
    "id": "good",
    "version": "1.2",
    "title": "Good",
    "_title": FRENCH,
    "copyright": "Nobody",
    "contained": [SET],
    "item": [
        {
            "linkId": "g",
            "type": "group",
            "text": "Part",
            "item": [
                {
                    "linkId": "a",
                    "type": "choice",
                    "text": "How?",
                    "_text": FRENCH,
                    "code": [{"system": "http://loinc.org", "code": "44250-9"}],
                    "answerOption": [
                        {
                            "extension": [{"url": HL7 + "ordinalValue", "valueDecimal": n}],
                            "valueCoding": {"code": f"c{n}", "display": f"Label {n}"},
                        }
                        for n in (0, 1)
                    ],
                },
                {"linkId": "b", "type": "integer", "text": "n", "extension": BOUNDS},
            ],
        },
        {"linkId": "c", "type": "boolean", "text": "Pain?"},
        {
            "linkId": "d",
            "type": "quantity",
            "text": "Long?",
            "extension": [*BOUNDS, UNIT],
            "enableBehavior": "any",
            "enableWhen": [
                {"question": "a", "operator": "=", "answerCoding": {"code": "c1"}},
                {"question": "a", "operator": "=", "answerCoding": {"code": "c0"}},
            ],
        },
        {"linkId": "e", "type": "choice", "text": "Which?", "answerValueSet": "#vs"},
        {"linkId": "f", "type": "display", "text": "Thank you"},
    ],
}
WORDS = "a b c d e g choice integer decimal group string = exists != any all fr en #vs 1 0 <b>x</b>"
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=12),
    st.sampled_from(WORDS.split()),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["url", "code", "item", "extension", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def places(node: Node | list[object], found: list[Place]) -> list[Place]:
    """Collect every (holder, key) of a document."""
    entries = node.items() if isinstance(node, dict) else enumerate(node)
    for key, inner in list(entries):
        found.append((node, key))
        if isinstance(inner, dict | list):
            places(inner, found)
    return found


@st.composite
def mutated(draw: st.DrawFn, good: Node = GOOD) -> Node:
    document = copy.deepcopy(good)
    for _ in range(draw(st.integers(0, 4))):
        holder, key = draw(st.sampled_from(places(document, [])))
        act = draw(st.sampled_from(["replace", "remove", "copy", "add"]))
        if act == "replace":
            holder[key] = draw(JSON)
        elif act == "remove":
            del holder[key]
        elif act == "copy":
            other, name = draw(st.sampled_from(places(document, [])))
            holder[key] = copy.deepcopy(other[name])
        elif isinstance(holder, dict):
            name = draw(
                st.sampled_from(["item", "repeats", "readOnly", "_text", "enableWhen", "code"])
            )
            holder[name] = draw(JSON)
        if not places(document, []):
            break
    return document


def import_bytes(content: bytes, name: str = "fuzz.json") -> Imported | None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / name
        file.write_bytes(content)
        try:
            found = import_file(file, id=None, drop=frozenset())
        except InstrumentError as refusal:
            sentence = str(refusal)
            assert sentence.startswith(f"{name}: ")
            assert sentence.isprintable()
            assert len(sentence) < 500
            return None
        assert isinstance(found, Imported)
        assert not set(file.parent.iterdir()) - {file}
        write_folder(
            file.parent / "out", found.instrument, found.wordings, stub(found.instrument, "")
        )
        return found


def test_the_good_one_is_good() -> None:
    found = import_bytes(json.dumps(GOOD).encode())
    assert [item.code for item in found.instrument.items] == list("abcde")


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(mutated())
def test_any_mutation_is_imported_or_refused_and_what_is_imported_can_be_written(
    document: Node,
) -> None:
    import_bytes(json.dumps(document).encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda text: text.encode()))
def test_any_bytes_are_refused(content: bytes) -> None:
    assert import_bytes(content) is None


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["", "q1", "q2", "Q1"]),
        st.sampled_from(["", "fr", "en", "?"]),
        st.sampled_from(
            [
                "title",
                "text",
                "option:1",
                "option:2",
                "option:x",
                "min",
                "max",
                "kind",
                "when",
                "low",
                "section",
            ]
        ),
        st.sampled_from(["", "1", "5", "q1=1", "integer", "Bonjour", "<b>", '"']),
    ),
    max_size=12,
)


@settings(max_examples=200, deadline=None)
@given(ROWS, st.sampled_from(",;\t"))
def test_any_table_is_imported_or_refused(rows: list[tuple[str, ...]], mark: str) -> None:
    lines = [mark.join(row) for row in [("item", "language", "part", "text"), *rows]]
    import_bytes("\n".join(lines).encode(), "fuzz.csv")
