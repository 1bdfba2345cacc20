"""Broken folders: each is refused with one sentence that names file and key."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qol.adapters.instruments.loading import load, load_folder
from qol.domain.errors import InstrumentError

SHIPPED = Path(__file__).parents[3] / "questionnaires"
Change = Callable[[Any], object]


def section(place: int) -> Callable[[Any], Any]:
    return lambda d: d["sections"][place]["items"]


def item(where: int, place: int, **changes: object) -> Change:
    return lambda d: section(where)(d)[place].update(changes)


def scale(place: int, **changes: object) -> Change:
    return lambda d: d["scoring"]["scales"][place].update(changes)


def leans(on: str, *codes: int) -> dict[str, object]:
    return {"item": on, "codes": list(codes)}


def circle(d: dict[str, Any]) -> None:
    section(1)(d)[3]["enable_when"] = leans("dq12wakeups", 1)


DEFINITIONS: list[tuple[Change, str]] = [
    (lambda d: d.update(colour=1), "colour: unknown key"),
    (lambda d: d.pop("validated"), "validated: missing key"),
    (lambda d: d.update(format=2), "format: must lie between 1 and 1"),
    (lambda d: d.update(id="Demo QOL"), "id: must be text of the shape"),
    (lambda d: d.update(id="other"), "id: the folder is called demo-qol"),
    (lambda d: d.update(version="2"), "version: the folder is called 1"),
    (lambda d: d.update(validated="no"), "validated: must be true or false"),
    (lambda d: d.update(sections=[]), "sections: an instrument needs an item"),
    (lambda d: d["sections"][0].update(items=[]), "sections[0].items: a section needs an item"),
    (lambda d: d["sections"][1].update(code="moving"), "sections: moving stands twice"),
    (lambda d: d["layout"].update(back=True), "layout.back: unknown key"),
    (lambda d: d["response_sets"].append(d["response_sets"][0]), "effort4 stands twice"),
    (lambda d: d["response_sets"][0].update(codes=[1, 1]), "it needs codes, each of them once"),
    (lambda d: d["response_sets"][0].update(codes=[1, True]), "codes[1]: must be a whole number"),
    (item(0, 0, kind="text"), "sections[0].items[0].kind: must be one of single_choice"),
    (item(0, 0, text="hello"), "sections[0].items[0].text: unknown key"),
    (item(0, 0, response_set="nine"), "items[0].response_set: there is no response set nine"),
    (item(0, 0, code="dq02steps"), "items: dq02steps stands twice"),
    (item(0, 0, code="dq 01"), "items[0].code: must be text of the shape"),
    (item(0, 0, minimum=0), "sections[0].items[0].minimum: unknown key"),
    (item(1, 3, maximum=0), "items[3].maximum: must be above the minimum"),
    (item(1, 3, minimum=0.5), "items[3].minimum: must be a whole number"),
    (item(1, 3, maximum=10**9), "items[3].maximum: must lie between"),
    (item(1, 3, display="line"), "items[3].display: must be one of number"),
    (item(2, 0, display="number"), "items[0].display: must be one of options, line"),
    (item(1, 4, enable_when=leans("nobody", 1)), "wakeups.enable_when: there is no item nobody"),
    (item(1, 4, enable_when=leans("dq11nights", 8)), "enable_when.codes: 8 is no code of dq11"),
    (item(1, 4, enable_when=leans("dq11nights")), "enable_when.codes: it needs codes"),
    (item(1, 3, enable_when=leans("dq22day", 1)), "dq11nights.enable_when: it leans on a later"),
    (item(1, 3, enable_when=leans("dq11nights", 1)), "it leans on itself in a circle"),
    (circle, "dq11nights.enable_when: it leans on itself in a circle"),
    (scale(0, items=["dq99"]), "scoring.scales.moving_score.items: there is no item dq99"),
    (scale(0, method="guess"), "scoring: scale moving_score: there is no method 'guess'"),
    (scale(0, parameters={"maximum": 4}), "scale moving_score: parameter 'minimum' must be"),
    (scale(0, direction="up"), "scales[0].direction: must be one of better, worse, none"),
    (scale(0, code="dq01bags"), "scoring.scales: dq01bags stands twice or is reserved"),
    (scale(0, code="origin"), "scoring.scales: origin stands twice or is reserved"),
    (scale(0, code="renamed"), "vectors.csv: moving_score: neither an item nor a scale"),
]

WORDINGS: list[tuple[Change, str]] = [
    (lambda w: w.update(footer="x"), "footer: unknown key"),
    (lambda w: w.update(language="de"), "language: the file is called for fr"),
    (lambda w: w.update(title=" "), "title: has no text"),
    (lambda w: w["items"].pop("dq01bags"), "items.dq01bags: this item has no wording"),
    (lambda w: w["items"]["dq01bags"].pop("text"), "items.dq01bags.text: missing key"),
    (lambda w: w["items"]["dq01bags"].update(text=""), "items.dq01bags.text: has no text"),
    (lambda w: w["items"].update(dq99={"text": "x"}), "items.dq99: the instrument has no such"),
    (lambda w: w["sections"].pop("body"), "sections.body: this section has no wording"),
    (lambda w: w["sections"].update(extra={}), "sections.extra: the instrument has no such"),
    (lambda w: w["options"].pop("days5"), "options.days5: this response set has no wording"),
    (lambda w: w["options"]["days5"].pop("3"), "options.days5.3: this option has no wording"),
    (lambda w: w["options"]["days5"].update({"3": ""}), "options.days5.3: has no text"),
    (lambda w: w["options"]["days5"].update({"9": "x"}), "options.days5.9: the instrument has no"),
    (lambda w: w["options"]["days5"].update({"03": "x"}), "days5.03: the key must be a whole"),
    (lambda w: w["items"]["dq13muscles"].pop("low"), "dq13muscles: only one of its two ends"),
    (lambda w: w["items"]["dq01bags"].update(unit="kg"), "dq01bags: a choice has no ends"),
]

TEXTS: list[tuple[str, str]] = [
    ("<b>Avez-vous</b>", "holds markup"),
    ("<!-- caché -->", "holds markup"),
    ("&lt;b&gt;", "holds markup"),
    ("l&#39;eau", "holds markup"),
    ("**très**", "holds markup"),
    ("`code`", "holds markup"),
    ("# Titre", "holds markup"),
    ("[ici](https://example.org)", "holds markup"),
    ("une étoile * seule", "holds a * that is not one of a pair"),
    ("*pas fermée", "holds a * that is not one of a pair"),
    ("* pas collée *", "holds a * that is not one of a pair"),
    ("deux\nlignes", "holds a control character"),
    ("tabulation\t", "holds a control character"),
    ("zéro\x00", "holds a control character"),
    ("retourné \u202e", "holds a control character"),
    ("moitié \ud800", "holds a control character"),
    ("x" * 4001, "is longer than 4000 characters"),
]

RAW: list[tuple[str, bytes | None, str]] = [
    ("instrument.json", None, "instrument.json"),
    ("instrument.json", b"{", "instrument.json: line 1: it is not JSON"),
    ("instrument.json", b"[]", "instrument.json: must be an object"),
    ("instrument.json", b"\xff\xfe", "instrument.json: it is not UTF-8 text"),
    ("instrument.json", b'{"id": "a", "id": "b"}', "instrument.json: id: the key stands twice"),
    ("instrument.json", b'{"id": NaN}', "instrument.json: NaN is not a JSON number"),
    ("instrument.json", b"[" * 100_000, "instrument.json: it is nested too deeply"),
    ("instrument.json", b"1" * 5000, "instrument.json: it is nested too deeply or holds a huge"),
    ("instrument.json", b" " * 2_000_001, "instrument.json: it is larger than"),
    ("RIGHTS.md", None, "RIGHTS.md: the file is missing"),
    ("RIGHTS.md", b" \n", "RIGHTS.md: it is empty"),
    ("vectors.csv", None, "vectors.csv: the file is missing"),
    ("vectors.csv", b"dq01bags,origin\n", "vectors.csv: moving_score: this scale has no vectors"),
    ("notes.txt", b"x", "notes.txt: it is no file of a definition"),
    ("wording.french!.json", b"{}", "it is no file of a definition"),
]

VECTORS: list[tuple[str, str, str]] = [
    ("66.666667", "66.67667", "line 4: moving_score: scoring gives 66.66"),
    ("100,100,100,0,0", "100,100,99,0,0", "line 2: moving_score: scoring gives 100.0"),
    (
        ",,,,,worked: by hand from the rules in RIGHTS.md; nothing",
        ",,,,0,worked: by hand",
        "line 8: day_line",
    ),
    ("illegible", "smudged", "line 7: dq10slow: neither a code nor a state"),
    ("4,4,4,4,4,4,4,4", "9,4,4,4,4,4,4,4", "line 3: dq01bags: it is not one of the"),
    ("worst everywhere", "worst, everywhere", "line 3: it has not one cell for each column"),
    ("worked: by hand from the rules in RIGHTS.md; mixed", "", "line 5: origin: it does not say"),
    ("worked: by hand from the rules in RIGHTS.md; mixed", "worked:", "line 5: origin: it does"),
    ("worked: by hand", "guessed: by hand", "line 2: origin: it does not say where"),
    ("worked: by hand", "Published: by hand", "line 2: origin: it does not say where"),
    ("dq02steps", "dq01bags", "vectors.csv: dq01bags: the column stands twice"),
    ("66.666667", "high", "line 4: moving_score: it is not a number"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "demo-qol" / "1"
    shutil.copytree(SHIPPED / "demo-qol" / "1", copy)
    return copy


def edit(path: Path, change: Change) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    change(document)
    path.write_text(json.dumps(document), encoding="utf-8")


def refused(folder: Path, file: str, sentence: str) -> None:
    with pytest.raises(InstrumentError) as caught:
        load_folder(folder)
    assert str(caught.value).startswith(f"demo-qol/1/{file}")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("change", "sentence"), DEFINITIONS, ids=[s for _, s in DEFINITIONS])
def test_definitions(folder: Path, change: Change, sentence: str) -> None:
    edit(folder / "instrument.json", change)
    refused(folder, "vectors.csv" if "vectors.csv" in sentence else "instrument.json", sentence)


@pytest.mark.parametrize(("change", "sentence"), WORDINGS, ids=[s for _, s in WORDINGS])
def test_wordings(folder: Path, change: Change, sentence: str) -> None:
    edit(folder / "wording.fr.json", change)
    refused(folder, "wording.fr.json", sentence)


@pytest.mark.parametrize(("text", "sentence"), TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("key", ["items.dq01bags.text", "options.days5.3", "sections.body.title"])
def test_texts(folder: Path, key: str, text: str, sentence: str) -> None:
    part, code, name = key.split(".")
    edit(folder / "wording.fr.json", lambda w: w[part][code].update({name: text}))
    refused(folder, "wording.fr.json", f"{key}: {sentence}")


@pytest.mark.parametrize(("file", "content", "sentence"), RAW, ids=[s for *_, s in RAW])
def test_files(folder: Path, file: str, content: bytes | None, sentence: str) -> None:
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_bytes(content)
    refused(folder, file, sentence)


@pytest.mark.parametrize(("old", "new", "sentence"), VECTORS, ids=[s for *_, s in VECTORS])
def test_vectors(folder: Path, old: str, new: str, sentence: str) -> None:
    text = (folder / "vectors.csv").read_text(encoding="utf-8")
    assert old in text
    (folder / "vectors.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    refused(folder, "vectors.csv", sentence)


def test_a_scale_needs_a_vector_with_a_value(folder: Path) -> None:
    lines = (folder / "vectors.csv").read_text(encoding="utf-8").splitlines()
    (folder / "vectors.csv").write_text("\n".join([lines[0], lines[-1]]), encoding="utf-8")
    refused(folder, "vectors.csv", "moving_score: this scale has no vector with a value")


@pytest.mark.parametrize("text", ["*Avez-vous* dormi ?", "5 & 6 sur 7", "R&D", "a_b", "un *mot*."])
def test_plain_words_pass(folder: Path, text: str) -> None:
    edit(folder / "wording.fr.json", lambda w: w["items"]["dq01bags"].update(text=text))
    assert load(folder.parents[1], "demo-qol").wordings["fr"].items["dq01bags"].text == text
