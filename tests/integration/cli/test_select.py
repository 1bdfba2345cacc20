"""A selection of a library, and an instrument from a folder: data becomes an instrument."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qol.adapters.instruments.loading import load_folder
from tests.integration.cli.conftest import Run

NAUSEA = "PROCTCAE_9A_SCL,PROCTCAE_9B_SCL"


def test_a_selection_is_an_instrument_that_is_scored(
    run: Run, instance: Path, tmp_path: Path
) -> None:
    said = run(
        "instruments",
        "select",
        "pro-ctcae",
        "--id",
        "pro-lung",
        "--items",
        f"PROCTCAE_5A_IND,{NAUSEA}",
    ).stdout
    assert "3 items and 1 scales" in said
    made = load_folder(instance / "questionnaires" / "pro-lung" / "1")
    assert [item.code for item in made.instrument.items] == [
        "PROCTCAE_5A_IND",
        "PROCTCAE_9A_SCL",
        "PROCTCAE_9B_SCL",
    ]
    assert not made.instrument.library
    assert made.vectors.count("\n") == 1 + 21 + 1  # a header, the table, a case without a grade
    assert made.rights.startswith("# Rights: pro-lung, version 1\n")
    file = tmp_path / "answers.csv"
    file.write_text(NAUSEA + "\n3,4\n0,4\n2,\n")
    scores = run("instruments", "score", "pro-lung", "--answers", file).stdout.split()
    assert scores == ["PROCTCAE_9_COMP", "3", "0", '""']


@pytest.mark.parametrize(
    ("library", "name", "items", "sentence"),
    [
        ("pro-ctcae", "mine", "PROCTCAE_9A_SCL", "needs PROCTCAE_9B_SCL too"),
        ("pro-ctcae", "mine", "PROCTCAE_9B_SCL", "needs PROCTCAE_9A_SCL too"),
        ("pro-ctcae", "mine", "PROCTCAE_99A_SCL", "has no item PROCTCAE_99A_SCL"),
        ("pro-ctcae", "mine", f"{NAUSEA},PROCTCAE_9A_SCL", "is named twice"),
        ("pro-ctcae", "mine", " , ", "name the items"),
        ("pro-ctcae", "../mine", NAUSEA, "must be text of the shape"),
        ("pro-ctcae", "qlq-c30", NAUSEA, "qlq-c30 is a definition that ships"),
        ("phq-9", "mine", "q1", "phq-9 is no library"),
    ],
)
def test_a_selection_that_cannot_be_is_refused(
    library: str, name: str, items: str, sentence: str, run: Run, instance: Path
) -> None:
    found = run("instruments", "select", library, "--id", name, "--items", items, code=1)
    assert sentence in found.stderr
    assert not list(instance.rglob("instrument.json"))


def test_the_write_ins_are_not_in_the_library(run: Run) -> None:
    """CDISC PT01081 to PT01091B take free text: the portal cannot represent them (EA-7.3-a)."""
    folder = Path(__file__).parents[3] / "questionnaires" / "pro-ctcae" / "1"
    codes = [item.cdisc for item in load_folder(folder).instrument.items]
    assert len(codes) == 124
    assert all(code and int(code[4:7]) <= 80 for code in codes)


RULES = {"method": "sum", "parameters": {"missing": "more_than_half", "prorated": True}}
ITEMS = [{"code": f"s{n}", "kind": "single_choice", "response_set": "three"} for n in range(1, 4)]
STEPS = {
    "format": 1,
    "id": "steps",
    "version": "1",
    "validated": True,
    "response_sets": [{"code": "three", "codes": [0, 1, 2]}],
    "sections": [{"code": "main", "items": ITEMS}],
    "scoring": {
        "algorithm": "1",
        "scales": [
            {"code": "effort", "items": ["s1", "s2", "s3"], **RULES},
            {
                "code": "band",
                "scales": ["effort"],
                "method": "bands",
                "parameters": {"bands": [{"name": "low", "from": 0}, {"name": "high", "from": 3}]},
            },
        ],
    },
}


def test_an_instrument_whose_scoring_exists_is_a_folder_and_nothing_else(
    run: Run, instance: Path, tmp_path: Path
) -> None:
    """What docs/adding-an-instrument.md promises: no Python file is touched."""
    folder = instance / "questionnaires" / "steps" / "1"
    folder.mkdir(parents=True)
    (folder / "instrument.json").write_text(json.dumps(STEPS))
    (folder / "vectors.csv").write_text(
        "s1,s2,s3,effort,band,origin\n2,2,,6,high,worked: by hand\n"
    )
    (folder / "RIGHTS.md").write_text(RIGHTS)
    assert "steps 1" in run("instruments", "list").stdout
    answers = tmp_path / "answers.csv"
    answers.write_text("s3,s2,s1\n0,1,0\n,2,2\n,,2\n")
    found = run("instruments", "score", "steps", "--answers", answers).stdout.splitlines()
    assert found == ["effort,band", "1,low", "6,high", ","]
    (folder / "vectors.csv").unlink()
    told = run("instruments", "score", "steps", "--answers", answers, code=1).stderr
    assert "steps/1/vectors.csv: the file is missing" in told


RIGHTS = """# Rights: steps, version 1

* **Holder**: the authors of this test.
* **Terms**: none.
* **What a programme needs to use it**: nothing.
* **Publishing asks for**: nothing

## Sources

| rule | source | confidence |
|---|---|---|
| everything | this test | – |
"""
